/// An event raised at a socket; counted from 0 there.
package typealias EventNumber = UInt64

/// One attempt to bring one event to one backend. Never given twice.
package struct DeliveryID: Hashable, Sendable {
    package let raw: UInt64
}

/// Why a backend did not take an event, or why the event was given up.
package enum FailureReason: String, Hashable, Sendable {
    /// Nobody was reached; the backend cannot have the event.
    case unreachable
    /// The connection broke, or the system refused the bytes; the backend does not have the event.
    case broken
    /// The backend answered that it does not want this event, or it does not fit: an error reply, a fault, a datagram
    /// too long. The backend is well.
    case refused
    /// Nothing came back, so the backend may have the event.
    case unknown
    /// Given up for want of room in a queue.
    case queueFull = "queue full"
    /// Given up because it was too old to be sent.
    case expired
    /// Given up because the socket was closed.
    case closed
}

/// What became of an event, once and for all.
package struct Outcome: Hashable, Sendable {
    package enum Result: Hashable, Sendable {
        /// Every backend that had to get the event has it.
        case delivered
        /// Some have it, some never will.
        case partly
        /// Nobody has it, as far as is known.
        case failed
    }

    package struct Failure: Hashable, Sendable {
        /// The place in `VirtualSocket.backends`; nil where the event was given up before a backend was chosen.
        package var backend: Int?
        package var reason: FailureReason
    }

    package var result: Result
    /// Empty where all went well.
    package var failures: [Failure]
}

extension Outcome.Failure {
    /// The event that tells that an event was given up: `E_EVI_DELIVERY_FAILED` with `event`, `socket` and `reason`.
    ///
    /// - Parameters:
    ///   - event: the name of the event given up.
    ///   - socket: the subscribed socket. The backend is told instead, where it is known.
    package func event(givingUp event: [UInt8], at socket: VirtualSocket) -> Event {
        let address = backend.flatMap { socket.backends.indices.contains($0) ? socket.backends[$0] : nil }
        return Event(
            name: Array("E_EVI_DELIVERY_FAILED".utf8),
            attributes: [
                .init(name: Array("event".utf8), value: .bytes(event)),
                .init(name: Array("socket".utf8), value: .bytes(Array((address ?? socket.address).label.utf8))),
                .init(name: Array("reason".utf8), value: .bytes(Array(reason.rawValue.utf8))),
            ])
    }
}

/// What a socket asks for.
package enum DeliveryEffect: Hashable, Sendable {
    package struct Delivery: Hashable, Sendable {
        package var id: DeliveryID
        /// The place in `VirtualSocket.backends`.
        package var backend: Int
        package var number: EventNumber
        package var event: Event
        /// The backend has failed, and this is how it is found out whether it is back.
        package var isProbe: Bool
        /// A backend may have the event already.
        package var isPossibleDuplicate: Bool
    }

    /// Send the event, then tell the result.
    case send(Delivery)
    /// Nobody can take the event now: it waits. Told once an event, before it is settled.
    case queued(EventNumber, Event)
    /// The event is done with. Told once for every event raised.
    case settled(EventNumber, Event, Outcome)
    /// A backend has failed and is left alone. For the log; there is nothing to do.
    case backendDown(Int, FailureReason)
    /// A probe has found the backend well again. For the log.
    case backendUp(Int, failedFor: Nanoseconds)
    /// Call `onTimer` at that moment or soon after. Earlier requests stay good.
    case wake(at: Nanoseconds)
}

/// What became of the deliveries to a backend, or of the events of a whole socket.
package struct DeliveryStatistics: Hashable, Sendable {
    /// Events raised; for a backend, deliveries begun.
    package var raised: UInt64 = 0
    package var delivered: UInt64 = 0
    /// Events of which some backends have a copy and some do not.
    package var partly: UInt64 = 0
    /// Events that nobody has; for a backend, deliveries that failed.
    package var failed: UInt64 = 0
    /// How often an event had to wait.
    package var queued: UInt64 = 0
    /// Copies given up for want of room.
    package var dropped: UInt64 = 0
    /// Copies given up because they were too old.
    package var expired: UInt64 = 0
    /// Deliveries of something that another delivery had failed to bring.
    package var retried: UInt64 = 0
    /// Retries of something that may have arrived the first time.
    package var possibleDuplicates: UInt64 = 0
    /// Results that came when nobody waited for them any more.
    package var late: UInt64 = 0
    /// From raised to delivered, in sum and at most.
    package var latencyTotal: Nanoseconds = 0
    package var latencyMost: Nanoseconds = 0

    package init() {}

    mutating func onDelivered(latency: Nanoseconds) {
        delivered &+= 1
        latencyTotal = latencyTotal.later(by: latency)
        latencyMost = max(latencyMost, latency)
    }
}
