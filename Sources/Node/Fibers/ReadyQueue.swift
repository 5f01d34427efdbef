/// What waits until no script runs: event routes and resumptions, first in, first out.
///
/// Events are bounded, so that a storm of them neither fills the memory nor keeps a fiber from being resumed: every
/// resumption belongs to a wait, and those are bounded elsewhere.
///
/// An event raised by the route of another, which was raised by the route of a third, and so on without any time between
/// them, belongs to a cascade from the eleventh on. Cascades come behind everything else and have an allowance, so that
/// an event route that raises its own event goes on at a pace that leaves the node to others, and time passes in a
/// simulation.
struct ReadyQueue {
    /// Events that may wait; cascades leave half of the room to others.
    static let limit = 100_000
    /// Generations of events before a cascade.
    static let deepest = 10
    /// Events of cascades that may run in one go.
    static let burst = 10_000
    /// The time between two when that is used up.
    static let pace = Nanoseconds.milliseconds(1) / 10

    struct Entry {
        var action: () -> Void
        var isEvent: Bool
        /// How many events led to this one.
        var depth: Int

        var isCascade: Bool { isEvent && depth > ReadyQueue.deepest }
    }

    private var entries = Line()
    private var cascades = Line()
    private var events = 0
    /// Events for which there was no room.
    private(set) var dropped: UInt64 = 0
    /// Events of cascades that had to wait for their turn.
    private(set) var slowed: UInt64 = 0
    private var allowance = 0
    private var allowedAt = Nanoseconds.min / 2
    /// A cascade has used up its allowance.
    private(set) var isSlow = false

    var isEmpty: Bool { entries.isEmpty && cascades.isEmpty }
    /// Nothing is there that could be done at once.
    var mustWait: Bool { entries.isEmpty && isSlow }

    /// Makes sure of a place for an event; false, and counted, where there is none. Each place is for one `append`.
    mutating func reserveEvent(depth: Int) -> Bool {
        guard events < (depth > ReadyQueue.deepest ? ReadyQueue.limit / 2 : ReadyQueue.limit) else {
            dropped &+= 1
            return false
        }
        events += 1
        return true
    }

    mutating func append(_ entry: Entry) {
        if entry.isCascade { cascades.append(entry) } else { entries.append(entry) }
    }

    mutating func popFirst(now: @autoclosure () -> Nanoseconds) -> Entry? {
        guard let entry = entries.popFirst() ?? popCascade(now) else { return nil }
        if entry.isEvent { events -= 1 }
        return entry
    }

    private mutating func popCascade(_ now: () -> Nanoseconds) -> Entry? {
        guard !cascades.isEmpty else {
            isSlow = false
            return nil
        }
        if allowance == 0 { renewAllowance(now()) }
        guard allowance > 0 else { return nil }
        allowance -= 1
        if isSlow { slowed &+= 1 }
        return cascades.popFirst()
    }

    private mutating func renewAllowance(_ now: Nanoseconds) {
        allowance = Int(min(Int64(ReadyQueue.burst), (now &- allowedAt) / ReadyQueue.pace))
        isSlow = allowance < ReadyQueue.burst
        if allowance > 0 { allowedAt = now }
    }

    private struct Line {
        private var entries: [Entry] = []
        private var head = 0

        var isEmpty: Bool { head == entries.count }

        mutating func append(_ entry: Entry) { entries.append(entry) }

        mutating func popFirst() -> Entry? {
            guard head < entries.count else { return nil }
            let entry = entries[head]
            head += 1
            if head == entries.count {
                entries.removeAll(keepingCapacity: entries.count < 4096)
                head = 0
            } else if head > 4096, head > entries.count / 2 {
                // In a storm the line is never empty.
                entries.removeFirst(head)
                head = 0
            }
            return entry
        }
    }
}
