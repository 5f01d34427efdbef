/// Tickets by deadline, the earliest first. A ticket is not taken out when its wait ends; the owner skips it when it
/// comes up, and calls `compact` when there are too many of those.
struct DeadlineHeap: Sendable {
    struct Entry: Sendable {
        var deadline: Nanoseconds
        var ticket: UInt64

        /// Equal deadlines run out in ticket order.
        static func < (left: Entry, right: Entry) -> Bool {
            (left.deadline, left.ticket) < (right.deadline, right.ticket)
        }
    }

    private var entries: [Entry] = []

    var count: Int { entries.count }
    var first: Entry? { entries.first }

    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0, entries[child] < entries[(child - 1) / 2] {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popFirst() -> Entry? {
        guard let first = entries.first else { return nil }
        let last = entries.removeLast()
        if !entries.isEmpty {
            entries[0] = last
            sink(0)
        }
        return first
    }

    /// Drops the entries that are of no use any more.
    mutating func compact(keeping isLive: (Entry) -> Bool) {
        entries = entries.filter(isLive)
        for parent in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(parent) }
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            let left = parent * 2 + 1
            guard left < entries.count else { return }
            let right = left + 1
            let child = right < entries.count && entries[right] < entries[left] ? right : left
            guard entries[child] < entries[parent] else { return }
            entries.swapAt(child, parent)
            parent = child
        }
    }
}
