/// The static slots of a machine: the constants of its program and its `$var`s, addressed by negative operands.
///
/// They lie backwards in memory, so that `top[operand]` finds slot `~operand`. `$var`s own their texts; constants
/// point to bytes that live as long as the machine.
final class Statics {
    struct Owner {
        var buffer: UnsafeMutablePointer<UInt8>?
        var capacity: Int32 = 0
    }

    private(set) var top: UnsafeMutablePointer<Value>
    private(set) var owners: UnsafeMutablePointer<Owner>
    private(set) var count = 0
    private var capacity: Int
    private var texts: [UnsafeMutablePointer<UInt8>] = []
    private var original: Statics?

    init(capacity: Int = 64) {
        self.capacity = max(16, capacity)
        top = UnsafeMutablePointer<Value>.allocate(capacity: self.capacity) + self.capacity
        owners = .allocate(capacity: self.capacity)
    }

    /// A copy of the variables; constants keep pointing to the texts of the other one, which must live longer.
    init(copying other: Statics) {
        capacity = other.capacity
        top = UnsafeMutablePointer<Value>.allocate(capacity: capacity) + capacity
        owners = .allocate(capacity: capacity)
        original = other
        for index in 0..<other.count {
            add()
            let value = other.top[~index]
            if other.owners[index].buffer != nil { set(~index, value) } else { top[~index] = value }
        }
    }

    deinit {
        for index in 0..<count { owners[index].buffer?.deallocate() }
        (top - capacity).deallocate()
        owners.deallocate()
        for text in texts { text.deallocate() }
    }

    /// A null slot; its index.
    @discardableResult
    func add() -> Int {
        if count == capacity { grow() }
        count += 1
        top[-count] = .null
        owners[count - 1] = Owner()
        return count - 1
    }

    func add(_ slot: StaticTable.Slot) {
        let index = add()
        switch slot {
        case .null, .variable: break
        case .number(let number): top[~index] = .bare(number)
        case .text(let bytes):
            let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
            copy.initialize(from: bytes, count: bytes.count)
            texts.append(copy)
            top[~index] = .text(copy, bytes.count)
        }
    }

    /// Sets a `$var`.
    @inline(__always)
    func set(_ operand: Int, _ value: Value) {
        top[operand] = storeText(of: value, in: &owners[~operand].buffer, &owners[~operand].capacity)
    }

    private func grow() {
        let newTop = UnsafeMutablePointer<Value>.allocate(capacity: capacity * 2) + capacity * 2
        (newTop - count).update(from: top - count, count: count)
        (top - capacity).deallocate()
        top = newTop
        let newOwners = UnsafeMutablePointer<Owner>.allocate(capacity: capacity * 2)
        newOwners.moveInitialize(from: owners, count: count)
        owners.deallocate()
        owners = newOwners
        capacity *= 2
    }
}
