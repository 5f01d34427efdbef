/// What is to be done when: actions ordered by time, and in the order they were added where times are equal.
/// Both hosts keep their timers in one.
///
/// A binary heap of plain entries over slots that hold the actions. Cancelling empties the slot and leaves the entry to
/// be skipped, so that it costs nothing; when half of the heap is such entries they are swept out.
package struct Agenda {
    fileprivate struct Entry {
        var time: Nanoseconds
        var sequence: UInt64
        var slot: UInt32

        static func < (left: Entry, right: Entry) -> Bool {
            left.time != right.time ? left.time < right.time : left.sequence < right.sequence
        }
    }

    private struct Slot {
        var action: (() -> Void)?
        /// Makes the timers of a slot that is used again differ; never 0.
        var generation: UInt32
        var owner: UInt32
    }

    private var heap: [Entry] = []
    private var slots: [Slot] = []
    private var free: [UInt32] = []
    private var cancelled = 0
    /// How many actions were added yet.
    package private(set) var sequence: UInt64 = 0

    package init() {}

    /// Entries that wait, cancelled ones that were not swept out yet among them.
    package var count: Int { heap.count }

    /// - Parameter owner: whose action it is, for `removeAll(of:)` and `hold(_:)`.
    package mutating func add(at time: Nanoseconds, owner: UInt32 = 0, _ action: @escaping () -> Void) -> Timer {
        let slot: UInt32
        if let last = free.popLast() {
            slot = last
            slots[Int(slot)].action = action
            slots[Int(slot)].owner = owner
        } else {
            slot = UInt32(truncatingIfNeeded: slots.count)
            slots.append(Slot(action: action, generation: 1, owner: owner))
        }
        sequence &+= 1
        push(Entry(time: time, sequence: sequence, slot: slot))
        return Timer(id: UInt64(slots[Int(slot)].generation) << 32 | UInt64(slot))
    }

    package mutating func cancel(_ timer: Timer) {
        let slot = Int(UInt32(truncatingIfNeeded: timer.id))
        guard slot < slots.count, UInt64(slots[slot].generation) == timer.id >> 32, slots[slot].action != nil
        else { return }
        slots[slot].action = nil
        cancelled += 1
        if cancelled > 64, cancelled > heap.count / 2 { sweep() }
    }

    /// When the next action is due.
    package var next: Nanoseconds? {
        mutating get {
            while let first = heap.first {
                if slots[Int(first.slot)].action != nil { return first.time }
                pop()
                release(first.slot)
                cancelled -= 1
            }
            return nil
        }
    }

    /// Takes the next action that is due at `time`.
    /// - Parameter limit: passes over what was added after `sequence` stood there.
    package mutating func take(due time: Nanoseconds, addedUpTo limit: UInt64 = .max) -> (
        time: Nanoseconds, action: () -> Void
    )? {
        guard let due = next, due <= time, let first = heap.first, first.sequence <= limit,
            let action = slots[Int(first.slot)].action
        else { return nil }
        pop()
        release(first.slot)
        return (due, action)
    }

    package mutating func removeAll(of owner: UInt32) {
        for entry in extract(owner) { release(entry.slot) }
    }

    /// Actions that were taken out and still have their place and their timers.
    package struct Held {
        fileprivate var entries: [Entry]

        package init() { entries = [] }

        fileprivate init(_ entries: [Entry]) { self.entries = entries }
    }

    /// Takes the owner's actions out until `restore`.
    package mutating func hold(_ owner: UInt32) -> Held { Held(extract(owner)) }

    package mutating func restore(_ held: Held) {
        for entry in held.entries { push(entry) }
    }

    package mutating func drop(_ held: Held) {
        for entry in held.entries { release(entry.slot) }
    }

    private mutating func extract(_ owner: UInt32) -> [Entry] {
        let taken = heap.filter { slots[Int($0.slot)].owner == owner }
        guard !taken.isEmpty else { return [] }
        heap.removeAll { slots[Int($0.slot)].owner == owner }
        heapify()
        cancelled = heap.count { slots[Int($0.slot)].action == nil }
        return taken
    }

    private mutating func release(_ slot: UInt32) {
        slots[Int(slot)].action = nil
        let generation = slots[Int(slot)].generation &+ 1
        slots[Int(slot)].generation = generation == 0 ? 1 : generation
        free.append(slot)
    }

    private mutating func sweep() {
        for entry in heap where slots[Int(entry.slot)].action == nil { release(entry.slot) }
        // A released slot is empty as well, and no new action has taken it yet.
        heap.removeAll { slots[Int($0.slot)].action == nil }
        heapify()
        cancelled = 0
    }

    private mutating func heapify() {
        for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
    }

    private mutating func push(_ entry: Entry) {
        heap.append(entry)
        heap.withUnsafeMutableBufferPointer { heap in
            var index = heap.count - 1
            while index > 0 {
                let parent = (index - 1) / 2
                guard entry < heap[parent] else { break }
                heap[index] = heap[parent]
                index = parent
            }
            heap[index] = entry
        }
    }

    private mutating func pop() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        sink(0)
    }

    private mutating func sink(_ start: Int) {
        heap.withUnsafeMutableBufferPointer { heap in
            let entry = heap[start]
            var index = start
            while true {
                var child = 2 * index + 1
                guard child < heap.count else { break }
                if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
                guard heap[child] < entry else { break }
                heap[index] = heap[child]
                index = child
            }
            heap[index] = entry
        }
    }
}
