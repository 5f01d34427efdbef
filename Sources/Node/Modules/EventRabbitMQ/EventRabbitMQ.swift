import Events
import Script
import Syntax

/// `rabbitmq:` sockets, and `rabbitmq_publish`. An event is delivered when the broker confirms it.
///
/// Siskin's own: the socket parameter `vhost`, and `async(rabbitmq_publish(...), resume)`, which waits for the broker: 1
/// it has the message, -1 it does not, or nobody knows. Every message carries a number as its message id.
///
/// Differs from OpenSIPS: `timeout` is how long a confirm may take (default 5000 milliseconds). An event that no queue
/// takes is refused and not lost. TLS is not there yet: a socket with `tls_domain` cannot be subscribed, and a server with
/// an `amqps` address stops the start.
final class EventRabbitMQ: EventTransport {
    static let name = "event_rabbitmq"
    static let transports = ["rabbitmq"]

    let node: Node
    private var connectTimeout = Nanoseconds.milliseconds(500)
    private var heartbeat: Int32 = 0
    private var timeout = Nanoseconds.seconds(5)
    private var definitions: [BrokerServer] = []
    private var publishers: [String: BrokerPublisher] = [:]

    init(_ node: Node) {
        self.node = node
        node.events.transports["rabbitmq"] = self
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: ["rabbitmq_publish": { [unowned self] in publish(&$0) }],
            own: "async rabbitmq_publish(ssss?a?a?)*")
    }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch parameter {
        case "connect_timeout": connectTimeout = .milliseconds(max(1, Int(value.number ?? 500)))
        case "heartbeat": heartbeat = max(0, value.number ?? 0)
        case "timeout": if let number = value.number, number > 0 { timeout = .milliseconds(Int(number)) }
        case "use_tls": if value.number != 0 { throw ParameterError("siskin has no TLS to brokers yet") }
        case "server_id":
            let server = try BrokerServer(value.text ?? "")
            guard !definitions.contains(where: { $0.id == server.id }) else {
                throw ParameterError("server \(server.id) is defined twice")
            }
            definitions.append(server)
        default: break
        }
    }

    func start() throws(StartError) {
        for server in definitions {
            var settings = server.settings
            settings.connectTimeout = connectTimeout
            settings.confirmTimeout = timeout
            publishers[server.id] = BrokerPublisher(server, settings, node)
        }
    }

    func stop() {
        for publisher in publishers.values { publisher.close() }
        publishers = [:]
    }

    var isIdle: Bool { publishers.values.allSatisfy(\.isIdle) }

    func open(_ address: SocketAddress, _ port: BackendPort) throws(SubscribeError) -> any EventBackend {
        guard case .rabbitmq(let address) = address else { throw .unusable("\(address.label) is no broker") }
        if address.tlsDomain != nil { throw .unusable("siskin has no TLS to brokers yet") }
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        var settings = BrokerSettings(host: address.endpoint.host)
        settings.port = address.endpoint.port
        settings.user = text(address.user)
        settings.password = text(address.password)
        settings.virtualHost = text(address.virtualHost)
        settings.connectTimeout = connectTimeout
        settings.heartbeat = heartbeat
        settings.confirmTimeout = timeout
        return RabbitMQBackend(address, settings, node.host, port)
    }

    /// `rabbitmq_publish(server_id, routing_key, message[, content_type[, headers, values]])`
    private func publish(_ call: inout CallContext) -> Completion {
        guard let id = call.string(0), let key = call.bytes(1), let body = call.bytes(2) else { return .code(-1) }
        guard let publisher = publishers[id] else {
            call.warn("there is no server \(id)")
            return .code(-1)
        }
        guard let headers = headers(&call) else {
            call.warn("there are not as many values as headers")
            return .code(-1)
        }
        var message = BrokerMessage(routingKey: key, body: body)
        message.contentType = call.bytes(3)
        message.headers = headers
        if call.mode == .plain { return .code(publisher.publish(message, nil) ? 1 : -1) }
        var isOver = false
        let ticket = node.makeTicket { isOver = true }
        let isTaken = publisher.publish(message) { [unowned node] isConfirmed in
            if !isOver { node.complete(ticket, code: isConfirmed ? 1 : -1) }
        }
        if !isTaken { node.complete(ticket, code: -1) }
        return .pending(ticket)
    }

    /// Nil where names and values do not match.
    private func headers(_ call: inout CallContext) -> [BrokerMessage.Header]? {
        let avps = call.fiber.avps
        let names = call.target(4).flatMap { call.machine.avpNumber(of: $0, call.fiber) }
        let values = call.target(5).flatMap { call.machine.avpNumber(of: $0, call.fiber) }
        guard let names, let values else { return names == nil && values == nil ? [] : nil }
        guard avps.count(names) == avps.count(values) else { return nil }
        return (0..<avps.count(names)).map { index in
            let value = avps.value(values, at: index)
            return BrokerMessage.Header(
                name: Array(avps.value(names, at: index).text(in: call.scratch)),
                value: value.isNumber ? .integer(Int(value.number)) : .text(Array(value.text(in: call.scratch))))
        }
    }
}

/// Publishes the events of one socket.
final class RabbitMQBackend: EventBackend {
    private let address: RabbitMQAddress
    private var broker: (any BrokerConnection)?
    private let port: BackendPort
    private var open: [UInt64: DeliveryID] = [:]
    private var nextNumber: UInt64 = 0

    init(_ address: RabbitMQAddress, _ settings: BrokerSettings, _ host: any Host, _ port: BackendPort) {
        self.address = address
        self.port = port
        broker = host.openBroker(
            settings,
            BrokerHandlers(
                onResult: { [weak self] in self?.onResult($0, $1) }, onUp: { [weak self] in self?.port.isUp() }))
    }

    func send(_ delivery: DeliveryEffect.Delivery) -> DeliveryAnswer {
        var body: [UInt8] = []
        JSONRPC.appendNotification(delivery.event, to: &body)
        var message = BrokerMessage(routingKey: address.routingKey, body: body)
        message.exchange = address.exchange
        message.isPersistent = address.isPersistent
        nextNumber += 1
        guard broker?.publish(message, nextNumber) == true else { return .failed(.broken) }
        open[nextNumber] = delivery.id
        return .pending
    }

    private func onResult(_ number: UInt64, _ result: BrokerResult) {
        guard let delivery = open.removeValue(forKey: number) else { return }
        switch result {
        case .confirmed: port.settle(delivery, .delivered)
        case .refused: port.settle(delivery, .failed(.refused))
        case .unreachable: port.settle(delivery, .failed(.unreachable))
        case .unknown: port.settle(delivery, .failed(.unknown))
        }
    }

    func close() {
        broker?.close()
        broker = nil
        let lost = open.sorted { $0.key < $1.key }
        open = [:]
        for entry in lost { port.settle(entry.value, .failed(.unknown)) }
    }
}
