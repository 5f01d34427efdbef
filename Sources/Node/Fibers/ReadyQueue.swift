/// What waits until no script runs: event routes and resumptions, first in, first out.
///
/// Events are bounded, so that a storm of them neither fills the memory nor keeps a fiber from being resumed: every
/// resumption belongs to a wait, and those are bounded elsewhere.
struct ReadyQueue {
    /// Events that may wait.
    static let limit = 100_000

    private struct Entry {
        var action: () -> Void
        var isEvent: Bool
    }

    private var entries: [Entry] = []
    private var head = 0
    private var events = 0
    /// Events for which there was no room.
    private(set) var dropped: UInt64 = 0

    var isEmpty: Bool { head == entries.count }

    /// Makes sure of a place for an event; false, and counted, where there is none. Each place is for one `append`.
    mutating func reserveEvent() -> Bool {
        guard events < ReadyQueue.limit else {
            dropped &+= 1
            return false
        }
        events += 1
        return true
    }

    mutating func append(isEvent: Bool, _ action: @escaping () -> Void) {
        entries.append(Entry(action: action, isEvent: isEvent))
    }

    mutating func popFirst() -> (() -> Void)? {
        guard head < entries.count else { return nil }
        let entry = entries[head]
        head += 1
        if entry.isEvent { events -= 1 }
        if head == entries.count {
            entries.removeAll(keepingCapacity: entries.count < 4096)
            head = 0
        } else if head > 4096, head > entries.count / 2 {
            // In a storm the queue is never empty.
            entries.removeFirst(head)
            head = 0
        }
        return entry.action
    }
}
