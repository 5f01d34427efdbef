import Events
import Script
import Syntax

/// `xmlrpc:host:port:method` sockets: a call over HTTP for every event, one after the other on a connection that is kept.
///
/// Siskin's own parameter: `timeout`, the milliseconds that a call may take (5000).
///
/// Differs from OpenSIPS: the answer is waited for and read. A fault, or a status 4xx, means that the server does not want
/// the event; anything else but success, that it may or may not have it.
final class EventXMLRPC: EventTransport {
    static let name = "event_xmlrpc"
    static let transports = ["xmlrpc"]

    let node: Node
    private(set) var parameters = XMLRPC.Parameters.separate
    private(set) var timeout = Nanoseconds.milliseconds(5000)

    init(_ node: Node) {
        self.node = node
        node.events.transports["xmlrpc"] = self
    }

    var implementation: ModuleImplementation { ModuleImplementation(own: "param int timeout") }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch parameter {
        case "use_struct_param": parameters = value.number == 0 ? .separate : .structure
        case "timeout":
            guard let number = value.number, number > 0 else { throw ParameterError("milliseconds above 0") }
            timeout = .milliseconds(Int(number))
        default: break
        }
    }

    func open(_ address: SocketAddress, _ port: BackendPort) throws(SubscribeError) -> any EventBackend {
        guard case .xmlrpc(let endpoint, let method) = address else {
            throw .unusable("\(address.label) is no XML-RPC socket")
        }
        return XMLRPCBackend(endpoint, method: method, self, port)
    }
}
