import Events

/// A module that brings events to the sockets of a transport.
package protocol EventTransport: Module {
    /// What stands in front of the colon: `udp`.
    static var transports: [String] { get }
    /// Something that brings events to the socket, told of results through `port`.
    func open(_ address: SocketAddress, _ port: BackendPort) throws(SubscribeError) -> any EventBackend
}

/// Brings events to one place.
package protocol EventBackend: AnyObject {
    /// Begins to bring an event. After `.pending`, the result goes to the port, soon or after a timeout of the backend's
    /// own: every delivery ends.
    func send(_ delivery: DeliveryEffect.Delivery) -> DeliveryAnswer
    /// Brings what can be brought at once; no result is waited for any more.
    func close()
}

/// A backend that can take an event without a delivery of its own, while it is well and nothing waits: no bookkeeping
/// for each event, only for each batch.
package protocol DirectBackend: EventBackend {
    /// False where the event was not taken. One that was taken and did not arrive is given back to the port.
    func take(_ event: Event) -> Bool
    /// Finds out now what became of the events taken, so that they keep their place before what follows.
    func finish()
}

package enum DeliveryAnswer {
    case delivered
    case failed(FailureReason)
    case pending
}

/// Where a backend tells the results of its deliveries.
package struct BackendPort {
    private weak var socket: EventSocket?
    private let backend: Int

    init(_ socket: EventSocket, _ backend: Int) {
        self.socket = socket
        self.backend = backend
    }

    package func settle(_ delivery: DeliveryID, _ answer: DeliveryAnswer) { socket?.settle(delivery, answer) }

    /// Events that were taken directly have arrived.
    /// - Parameter latency: of the one that took longest.
    package func onTaken(_ count: Int, latency: Nanoseconds) { socket?.onTaken(count, latency: latency) }

    /// An event that was taken directly has not arrived.
    package func giveBack(_ event: Event, raisedAt: Nanoseconds) { socket?.giveBack(event, raisedAt: raisedAt) }

    /// The place can be reached again.
    package func isUp() { socket?.onBackendUp(backend) }

    /// The place cannot be reached; deliveries under way get their results one by one.
    package func isDown() { socket?.onBackendDown(backend) }
}

/// A backend that a virtual socket names and no loaded module serves. OpenSIPS subscribes such a socket and fails when
/// it comes to that backend; so do we.
final class AbsentBackend: EventBackend {
    func send(_ delivery: DeliveryEffect.Delivery) -> DeliveryAnswer { .failed(.unreachable) }
    func close() {}
}

extension SocketAddress {
    /// What stands in front of the colon.
    package var transport: String {
        switch self {
        case .udp: "udp"
        case .unix: "unix"
        case .tcp: "tcp"
        case .flatstore: "flatstore"
        case .rabbitmq: "rabbitmq"
        case .xmlrpc: "xmlrpc"
        case .virtual: "virtual"
        }
    }
}
