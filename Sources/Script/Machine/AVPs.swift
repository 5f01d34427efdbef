/// The attribute-value pairs of one message or transaction: a stack of values for each name, newest first.
///
/// Names are numbers here. Nodes come from a pool and keep their text buffer when they are freed, so a warm script
/// pushes and pops without allocating.
package final class AVPs {
    private struct Node {
        var value: Value
        var buffer: UnsafeMutablePointer<UInt8>?
        var capacity: Int32
        /// Next older value, or the next free node; -1 at the end.
        var next: Int32
    }

    /// Behind a pointer, where an access costs nothing but the access.
    private struct State {
        var nodes: UnsafeMutablePointer<Node>
        var capacity = 16
        var used = 0
        var free: Int32 = -1
        /// Newest node by name, -1 for none.
        var heads: UnsafeMutablePointer<Int32>
        var names = 16
    }

    private let state: UnsafeMutablePointer<State>
    private var nodes: UnsafeMutablePointer<Node> { state.pointee.nodes }
    private var heads: UnsafeMutablePointer<Int32> { state.pointee.heads }
    private var names: Int { state.pointee.names }

    package init() {
        state = .allocate(capacity: 1)
        state.initialize(to: State(nodes: .allocate(capacity: 16), heads: .allocate(capacity: 16)))
        heads.initialize(repeating: -1, count: names)
    }

    deinit {
        for index in 0..<state.pointee.used { nodes[index].buffer?.deallocate() }
        nodes.deallocate()
        heads.deallocate()
        state.deallocate()
    }

    /// The newest value.
    @inline(never)
    package func newest(_ name: Int) -> Value {
        guard name < names else { return .null }
        let head = heads[name]
        return head < 0 ? .null : nodes[Int(head)].value
    }

    /// The value at an index: 0 is the newest, -1 the oldest.
    package func value(_ name: Int, at index: Int32) -> Value {
        guard let node = node(name, at: index) else { return .null }
        return nodes[node].value
    }

    package func count(_ name: Int) -> Int32 {
        var count: Int32 = 0
        var node = name < names ? heads[name] : -1
        while node >= 0 {
            count += 1
            node = nodes[Int(node)].next
        }
        return count
    }

    package func push(_ name: Int, _ value: Value) {
        if name >= names { growNames(to: name + 1) }
        let node = take()
        store(value, in: node)
        nodes[node].next = heads[name]
        heads[name] = Int32(node)
    }

    /// Adds behind the oldest value.
    package func append(_ name: Int, _ value: Value) {
        guard let last = self.node(name, at: -1) else { return push(name, value) }
        let node = take()
        store(value, in: node)
        nodes[node].next = -1
        nodes[last].next = Int32(node)
    }

    /// False where there is no such index.
    package func replace(_ name: Int, at index: Int32, _ value: Value) -> Bool {
        guard let node = node(name, at: index) else { return false }
        store(value, in: node)
        return true
    }

    package func remove(_ name: Int, at index: Int32) {
        guard let node = node(name, at: index) else { return }
        let next = nodes[node].next
        if heads[name] == Int32(node) {
            heads[name] = next
        } else {
            var previous = Int(heads[name])
            while nodes[previous].next != Int32(node) { previous = Int(nodes[previous].next) }
            nodes[previous].next = next
        }
        release(node)
    }

    package func removeAll(_ name: Int) {
        guard name < names else { return }
        while heads[name] >= 0 {
            let node = Int(heads[name])
            heads[name] = nodes[node].next
            release(node)
        }
    }

    package func removeAll() {
        for name in 0..<names where heads[name] >= 0 { removeAll(name) }
    }

    /// Every value, by name and from the oldest to the newest, so that pushing them again restores the stacks.
    package func forEachFromOldest(_ body: (_ name: Int, _ value: Value) -> Void) {
        var stack: [Int32] = []
        for name in 0..<names {
            var node = heads[name]
            while node >= 0 {
                stack.append(node)
                node = nodes[Int(node)].next
            }
            while let node = stack.popLast() { body(name, nodes[Int(node)].value) }
        }
    }

    private func node(_ name: Int, at index: Int32) -> Int? {
        guard name < names else { return nil }
        var rest = index < 0 ? index &+ count(name) : index
        var node = heads[name]
        while node >= 0 && rest > 0 {
            rest -= 1
            node = nodes[Int(node)].next
        }
        return node >= 0 && rest == 0 ? Int(node) : nil
    }

    private func take() -> Int {
        if state.pointee.free >= 0 {
            let node = Int(state.pointee.free)
            state.pointee.free = nodes[node].next
            return node
        }
        if state.pointee.used == state.pointee.capacity { growNodes() }
        nodes[state.pointee.used] = Node(value: .null, buffer: nil, capacity: 0, next: -1)
        state.pointee.used += 1
        return state.pointee.used - 1
    }

    private func release(_ node: Int) {
        nodes[node].next = state.pointee.free
        state.pointee.free = Int32(node)
    }

    private func store(_ value: Value, in node: Int) {
        nodes[node].value = storeText(of: value, in: &nodes[node].buffer, &nodes[node].capacity)
    }

    private func growNodes() {
        let capacity = state.pointee.capacity * 2
        let grown = UnsafeMutablePointer<Node>.allocate(capacity: capacity)
        grown.moveInitialize(from: nodes, count: state.pointee.used)
        nodes.deallocate()
        state.pointee.nodes = grown
        state.pointee.capacity = capacity
    }

    private func growNames(to count: Int) {
        let capacity = max(count, names * 2)
        let grown = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
        grown.moveInitialize(from: heads, count: names)
        (grown + names).initialize(repeating: -1, count: capacity - names)
        heads.deallocate()
        state.pointee.heads = grown
        state.pointee.names = capacity
    }
}

/// Copies the text of a value into a buffer that a variable owns, which grows when it must; the value that
/// points there. Numbers get a text form, as values of variables have one. The text may lie in the buffer itself.
@inline(__always)
func storeText(
    of value: Value, in buffer: inout UnsafeMutablePointer<UInt8>?, _ capacity: inout Int32
) -> Value {
    if !value.hasOwnText { return value.isNull ? .null : .number(value.number) }
    return copyText(of: value, in: &buffer, &capacity)
}

@inline(never)
private func copyText(
    of value: Value, in buffer: inout UnsafeMutablePointer<UInt8>?, _ capacity: inout Int32
) -> Value {
    let count = value.count
    let old = buffer
    if count > Int(capacity) || old == nil {
        capacity = Int32(max(16, count + count / 2))
        buffer = .allocate(capacity: Int(capacity))
    }
    guard let target = buffer else { return .null }
    if let base = value.base { target.update(from: base, count: count) }
    if old != buffer { old?.deallocate() }
    var stored = value
    stored.base = UnsafePointer(target)
    // A number keeps only its digits; the spelling it was read from is gone once it is assigned.
    return value.isNumber ? .number(value.number) : stored
}
