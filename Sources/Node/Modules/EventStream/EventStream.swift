import Events
import Script
import Syntax

/// `tcp:host:port[/method]` sockets: JSON-RPC over TCP, as notifications or, with `reliable_mode`, as requests that the
/// receiver has to answer. All sockets of one host and port share a connection.
///
/// Differs from OpenSIPS: several requests are under way at a time, so that one that is not answered does not hold up the
/// others. An answer with an `error` means that the receiver does not want the event; nobody else is offered it.
final class EventStream: EventTransport {
    static let name = "event_stream"
    static let transports = ["tcp"]

    let node: Node
    private(set) var isReliable = false
    private(set) var timeout = Nanoseconds.milliseconds(1000)
    private(set) var eventParameter: [UInt8]?
    private var lines: [SocketAddress.Endpoint: StreamLine] = [:]

    init(_ node: Node) {
        self.node = node
        node.events.transports["tcp"] = self
    }

    var implementation: ModuleImplementation { ModuleImplementation() }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch parameter {
        case "reliable_mode": isReliable = value.number != 0
        case "timeout":
            guard let number = value.number, number > 0 else { throw ParameterError("milliseconds above 0") }
            timeout = .milliseconds(Int(number))
        case "event_param": eventParameter = value.text.flatMap { $0.isEmpty ? nil : Array($0.utf8) }
        default: break
        }
    }

    func open(_ address: SocketAddress, _ port: BackendPort) throws(SubscribeError) -> any EventBackend {
        guard case .tcp(let endpoint, let method) = address else {
            throw .unusable("\(address.label) is no stream socket")
        }
        let line = lines[endpoint] ?? StreamLine(endpoint, self)
        lines[endpoint] = line
        return StreamBackend(line, method: method, port)
    }

    func forget(_ line: StreamLine) { lines[line.endpoint] = nil }
}

/// One socket's way to its connection.
final class StreamBackend: EventBackend {
    private let line: StreamLine
    let method: [UInt8]?
    let port: BackendPort

    init(_ line: StreamLine, method: [UInt8]?, _ port: BackendPort) {
        self.line = line
        self.method = method
        self.port = port
        line.users += 1
    }

    func send(_ delivery: DeliveryEffect.Delivery) -> DeliveryAnswer { line.send(delivery, self) }

    func close() { line.leave(self) }
}
