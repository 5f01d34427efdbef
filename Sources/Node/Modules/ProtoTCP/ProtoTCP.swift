import SIP
import Script
import Syntax

/// SIP over TCP: connections are used again for everything that goes to the same address, idle ones are closed. How much
/// of a message is taken, `Limits` says.
///
/// Differs from OpenSIPS: a connection that holds half a message too long is closed after `tcp_max_msg_time` whatever
/// comes in pieces; `tcp_max_connections` counts incoming and outgoing connections together.
final class ProtoTCP: Transport {
    static let name = "proto_tcp"

    private unowned let node: Node
    private var listeners: [any Listener] = []
    private var connections: [UInt64: TCPConnection] = [:]
    /// Where bytes to an address go: the other end of a connection, or what `force_tcp_alias` said.
    private var aliases: [Address: UInt64] = [:]
    /// Addresses that could not be dialled, and until when others are preferred to them.
    private var unreachable: [Address: Nanoseconds] = [:]
    private var lastNumber: UInt64 = 0
    private var sweeper: Timer?
    private var answersPings = true
    private var limits = Limits()

    init(_ node: Node) { self.node = node }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        if parameter == "tcp_crlf_pingpong", let number = value.number { answersPings = number != 0 }
        _ = try limits.set(parameter, value)
    }

    var implementation: ModuleImplementation { ModuleImplementation(own: Limits.parameters) }

    // MARK: Life

    func listen(_ definition: SocketDefinition, on address: Address) throws(HostError) {
        var socket: SIPSocket?
        let listener = try node.host.listen(address) { [weak self] stream in
            guard let self, let socket else { return StreamHandlers() }
            return accept(stream, on: socket)
        }
        listeners.append(listener)
        let made = SIPSocket(.tcp, listener.local, definition, limits: limits) {
            [weak self] bytes, to, connection, later in
            guard let self, let socket else { return false }
            return send(bytes, to: to, over: connection, from: socket, later)
        }
        socket = made
        if let made { node.sip.add(made) }
    }

    func stop() {
        for listener in listeners { listener.close() }
        listeners = []
        for connection in connections.values { connection.stream?.close() }
        connections = [:]
        aliases = [:]
        if let sweeper { node.host.cancel(sweeper) }
        sweeper = nil
        node.sip.removeSockets(.tcp)
    }

    var connectionCount: Int { connections.count }

    /// More messages to an address go over this connection.
    func addAlias(_ address: Address, for connection: UInt64) -> Bool {
        guard connections[connection] != nil else { return false }
        aliases[address] = connection
        return true
    }

    // MARK: Connections

    private func accept(_ stream: any StreamConnection, on socket: SIPSocket) -> StreamHandlers {
        guard let connection = open(on: socket, stream.remote) else {
            stream.close()
            return StreamHandlers()
        }
        connection.stream = stream
        return handlers(of: connection)
    }

    private func open(on socket: SIPSocket, _ remote: Address) -> TCPConnection? {
        guard connections.count < node.sip.options.maximalConnections else {
            node.warnOnce("there are too many TCP connections (\(node.sip.options.maximalConnections))")
            return nil
        }
        lastNumber += 1
        let connection = TCPConnection(
            number: lastNumber, remote: remote, socket: socket, now: node.host.now, limits: limits)
        connections[connection.number] = connection
        aliases[remote] = connection.number
        arm()
        return connection
    }

    private func handlers(of connection: TCPConnection) -> StreamHandlers {
        StreamHandlers(
            onOpen: { [weak connection] in connection?.onDialEnd(true) },
            onReceive: { [weak self, weak connection] bytes in
                if let self, let connection { receive(bytes, connection) }
            },
            onClose: { [weak self, weak connection] error in
                guard let self, let connection else { return }
                forget(connection)
                if connection.isDialled { onDialFailure(connection, error) }
            })
    }

    private func onDialFailure(_ connection: TCPConnection, _ error: HostError?) {
        let now = node.host.now
        // Told once while it lasts.
        if unreachable.updateValue(now + .seconds(30), forKey: connection.remote) ?? .min <= now {
            node.log(.warning, "no TCP connection to \(connection.remote): \(error?.reason ?? "given up")")
        }
        connection.onDialEnd(false)
    }

    /// Whether a dial to a place failed a moment ago: a request that has the choice goes elsewhere.
    func isUnreachable(_ place: Place) -> Bool {
        guard place.transport == .tcp, let end = unreachable[place.address] else { return false }
        return end > node.host.now
    }

    private func forget(_ connection: TCPConnection) {
        guard connections.removeValue(forKey: connection.number) != nil else { return }
        aliases = aliases.filter { $0.value != connection.number }
    }

    private func close(_ connection: TCPConnection) {
        forget(connection)
        connection.stream?.close()
        connection.stream = nil
    }

    private func receive(_ bytes: Bytes, _ connection: TCPConnection) {
        connection.lastHeard = node.host.now
        connection.framer.append(bytes)
        do {
            while let frame = try connection.framer.next() {
                connection.messageSince = nil
                switch frame {
                case .message(let range):
                    let framer = connection.framer
                    framer.withBytes(range) {
                        node.sip.receive(
                            $0, from: connection.remote, on: connection.socket, connection: connection.number)
                    }
                    guard connection.stream != nil else { return }
                case .ping: if answersPings { _ = connection.stream?.send([0x0d, 0x0a]) }
                case .pong: break
                }
            }
        } catch {
            // Nobody knows where the next message begins.
            return close(connection)
        }
        if connection.framer.pendingCount == 0 {
            connection.messageSince = nil
        } else if connection.messageSince == nil {
            connection.messageSince = node.host.now
        }
    }

    // MARK: Sending

    private func send(
        _ bytes: Bytes, to address: Address, over number: UInt64, from socket: SIPSocket, _ later: ((Bool) -> Void)?
    ) -> Bool? {
        let known = connections[number] ?? aliases[address].flatMap { connections[$0] }
        guard let connection = known ?? dial(address, from: socket), let stream = connection.stream else {
            return false
        }
        connection.lastHeard = node.host.now
        guard stream.send(Array(bytes)) else { return false }
        guard connection.isDialled else { return true }
        if let later { connection.waiting.append(later) }
        return nil
    }

    private func dial(_ address: Address, from socket: SIPSocket) -> TCPConnection? {
        guard let connection = open(on: socket, address) else { return nil }
        connection.isDialled = true
        let local: Address? = socket.isAny ? nil : socket.address.ip.map { .ip($0, port: 0) }
        connection.stream = node.host.connect(
            to: address, from: local, timeout: .milliseconds(node.sip.options.connectTimeout), handlers(of: connection))
        return connection
    }

    /// Whether a connection is still there and leads to an address.
    func connection(_ number: UInt64, leadsTo ip: IPAddress) -> Bool {
        guard let connection = connections[number], let remote = connection.remote.ip else { return false }
        return IPAddress(remote) == ip
    }

    // MARK: Idle connections

    private func arm() {
        guard sweeper == nil, !connections.isEmpty else { return }
        sweeper = node.host.schedule(after: .seconds(1)) { [weak self] in
            guard let self else { return }
            sweeper = nil
            sweep()
            arm()
        }
    }

    private func sweep() {
        let now = node.host.now
        let options = node.sip.options
        unreachable = unreachable.filter { $0.value > now }
        for connection in connections.values {
            let isSilent = now - connection.lastHeard >= .seconds(options.connectionLifetime)
            let isStuck = connection.messageSince.map { now - $0 >= .seconds(options.maximalMessageTime) } ?? false
            if isSilent || isStuck { close(connection) }
        }
    }
}

/// One TCP connection.
final class TCPConnection {
    let number: UInt64
    let remote: Address
    let socket: SIPSocket
    /// Nil before it is dialled, and when it is over.
    var stream: (any StreamConnection)?
    var framer: StreamFramer
    /// On its way to the other side.
    var isDialled = false
    /// Told whether it got there.
    var waiting: [(Bool) -> Void] = []
    var lastHeard: Nanoseconds
    /// When the message began that is not complete yet.
    var messageSince: Nanoseconds?

    init(number: UInt64, remote: Address, socket: SIPSocket, now: Nanoseconds, limits: Limits) {
        self.number = number
        self.remote = remote
        self.socket = socket
        lastHeard = now
        framer = StreamFramer(limits: limits)
    }

    func onDialEnd(_ isOpen: Bool) {
        isDialled = false
        let waiting = waiting
        self.waiting = []
        for later in waiting { later(isOpen) }
    }
}
