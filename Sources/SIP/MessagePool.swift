/// Messages that wait to be loaded again, so that receiving allocates nothing in the long run.
package struct MessagePool {
    private var idle: [Message] = []
    private let capacity: Int

    /// - Parameter capacity: how many idle messages are kept.
    package init(capacity: Int = 64) {
        self.capacity = capacity
        idle.reserveCapacity(capacity)
    }

    package var idleCount: Int { idle.count }

    package mutating func take() -> Message { idle.popLast() ?? Message() }

    /// Takes a message back if nobody else holds it; a message that a waiting fiber holds goes when the fiber does.
    package mutating func give(_ message: consuming Message) {
        guard idle.count < capacity, isKnownUniquelyReferenced(&message) else { return }
        idle.append(message)
    }
}
