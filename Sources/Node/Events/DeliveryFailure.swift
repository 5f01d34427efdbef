import Events

/// An event that a socket gave up, as `E_EVI_DELIVERY_FAILED` tells it.
struct DeliveryFailure {
    static let eventName = Array("E_EVI_DELIVERY_FAILED".utf8)

    var event: Event
    var socket: EventSocket
    var outcome: Outcome

    init(_ event: Event, _ socket: EventSocket, _ outcome: Outcome) {
        self.event = event
        self.socket = socket
        self.outcome = outcome
    }

    /// `unreachable`, or for a virtual socket `udp:10.0.0.1:9000 unreachable, tcp:10.0.0.2:9000 broken`.
    var reason: String {
        let labels = socket.backendLabels
        return outcome.failures.map { failure in
            guard let backend = failure.backend, labels.count > 1, backend < labels.count else {
                return failure.reason.rawValue
            }
            return "\(labels[backend]) \(failure.reason.rawValue)"
        }.joined(separator: ", ")
    }

    var report: Event {
        func attribute(_ name: String, _ value: [UInt8]) -> Event.Attribute {
            Event.Attribute(name: Array(name.utf8), value: .bytes(value))
        }
        return Event(
            name: Self.eventName,
            attributes: [
                attribute("event", event.name), attribute("socket", Array(socket.label.utf8)),
                attribute("reason", Array(reason.utf8)),
            ])
    }
}

extension Node {
    /// A socket gave an event up.
    func onGivenUp(_ failure: DeliveryFailure) {
        // A report that cannot be delivered is counted like any other event, and not reported again.
        guard failure.event.name != DeliveryFailure.eventName else { return }
        warnOnce("\(failure.socket.label) gives up events: \(failure.reason); the statistics count them")
        guard let id = events.names.id(of: DeliveryFailure.eventName), events.isHeard(id, now: host.now) else { return }
        raise(failure.report, id, from: nil, nil)
    }
}
