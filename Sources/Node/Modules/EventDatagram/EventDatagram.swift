import Events
import Script
import Syntax

/// `udp:host:port` and `unix:/path` sockets: a JSON-RPC notification a datagram.
///
/// Differs from OpenSIPS: a receiver that is not there is noticed, so that the event counts as failed and another backend
/// can take it. The name of a UDP receiver is looked up in the background, so that `subscribe_event` does not fail when
/// there is no such name; the deliveries do.
final class EventDatagram: EventTransport {
    static let name = "event_datagram"
    static let transports = ["udp", "unix"]

    private unowned let node: Node

    init(_ node: Node) {
        self.node = node
        for transport in Self.transports { node.events.transports[transport] = self }
    }

    var implementation: ModuleImplementation { ModuleImplementation() }

    func open(_ address: SocketAddress, _ port: BackendPort) throws(SubscribeError) -> any EventBackend {
        switch address {
        case .udp(let endpoint): return DatagramBackend(.name(endpoint), node.host, port)
        case .unix(let path):
            return DatagramBackend(.address(.unix(path: String(decoding: path, as: UTF8.self))), node.host, port)
        default: throw .unusable("\(address.label) is no datagram socket")
        }
    }
}
