/// What waits until no script runs: event routes and resumptions, first in, first out. Bounded.
struct ReadyQueue {
    static let limit = 100_000

    private var actions: [() -> Void] = []
    private var head = 0
    private(set) var dropped: UInt64 = 0

    var isEmpty: Bool { head == actions.count }

    /// False, and nothing added, when the queue is full.
    mutating func append(_ action: @escaping () -> Void) -> Bool {
        guard actions.count - head < ReadyQueue.limit else {
            dropped += 1
            return false
        }
        actions.append(action)
        return true
    }

    mutating func popFirst() -> (() -> Void)? {
        guard head < actions.count else { return nil }
        let action = actions[head]
        head += 1
        if head == actions.count {
            actions.removeAll(keepingCapacity: actions.count < 4096)
            head = 0
        }
        return action
    }
}
