import Cluster
import Script
import Syntax

/// The TCP connections of the BIN protocol: accepts, dials, frames. One outgoing connection to each address, dialed when
/// there is something to send, is kept as long as it holds; packets are taken from any connection. The ping machine of
/// the clusterer paces the dials: one a heartbeat until the node is down, then one a `node_timeout` and a random bit more.
///
/// `bins:` (proto_bins, the same over TLS) is missing: nothing is sent to a node with such a url. With swift-nio-ssl it
/// would be a TLS handler in front of `LiveConnection` in its channel, asked for by a parameter of `Host.connect` and
/// `Host.listen` (certificate, key, authorities, whether to verify); nothing above the host would change.
final class ProtoBIN: Transport {
    static let name = "proto_bin"

    /// Connections that others may have open to us at a time.
    private static let maximalConnections = 1024
    private static let idleLifetime: Nanoseconds = .seconds(120)
    private static let connectTimeout: Nanoseconds = .seconds(3)
    private static let sweepInterval: Nanoseconds = .seconds(2)

    private final class Incoming {
        let stream: any StreamConnection
        var framer: PacketFramer
        var lastReceived: Nanoseconds
        /// Who sends; known from the first packet on.
        var peer: PeerAddress?
        /// The other side dialed.
        var isAccepted = false
        var hasSpoken = false

        init(_ stream: any StreamConnection, _ framer: PacketFramer, at now: Nanoseconds) {
            self.stream = stream
            self.framer = framer
            lastReceived = now
        }
    }

    /// Where a connection leads, and from which own address; nil for any.
    private struct Way: Hashable {
        let to: BINAddress
        let from: Address.IP?

        func hash(into hasher: inout Hasher) { hasher.combine(to) }
    }

    private final class Outgoing {
        var stream: (any StreamConnection)?
        var isFull = false
    }

    private unowned let node: Node
    private var listeners: [any Listener] = []
    /// What sockets are known as (`as`).
    private var advertised: [Address] = []
    private var connections: [ConnectionID: Incoming] = [:]
    private var outgoing: [Way: Outgoing] = [:]
    private var nextConnection: UInt64 = 0
    private var limits = PacketFramer.Limits()
    private var offenders = Offenders()
    private var resolved: [String: Address.IP] = [:]
    private var isStopped = false
    /// A refusal was logged and none was accepted since.
    private var isCrowded = false

    /// Takes whole packets.
    var onPacket: (_ bytes: [UInt8], _ peer: PeerAddress, _ connection: ConnectionID) -> Void = { _, _, _ in }
    /// Something that was to be sent to the address is lost.
    var onSendFailed: (BINAddress) -> Void = { _ in }
    var onQueueFull: (BINAddress) -> Void = { _ in }
    var onQueueDrained: (BINAddress) -> Void = { _ in }

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation { ModuleImplementation() }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        guard parameter == "bin_max_msg_chunks", let number = value.number else { return }
        guard number > 0 else { throw ParameterError("must be above 0") }
        limits.chunks = Int(number)
    }

    func listen(_ socket: SocketDefinition, on address: Address) throws(HostError) {
        let listener = try node.host.listen(address) { [weak self] stream in
            self?.accept(stream) ?? StreamHandlers()
        }
        listeners.append(listener)
        if let option = socket.options.first(where: { $0.name.text == "as" }),
            let ip = Address.IP(option.value?.text ?? "")
        {
            advertised.append(.ip(ip, port: option.port ?? listener.local.port ?? 0))
        }
        guard listeners.count == 1 else { return }
        sweep()
        node.statistics.add("violations", group: "proto_bin") { [weak self] in self?.offenders.total ?? 0 }
    }

    func stop() {
        isStopped = true
        for listener in listeners { listener.close() }
        for connection in connections.values { connection.stream.close() }
        for connection in outgoing.values { connection.stream?.close() }
    }

    /// The addresses that others can dial.
    var localAddresses: [Address] { listeners.map(\.local) + advertised }

    // MARK: Receiving

    private func accept(_ stream: any StreamConnection) -> StreamHandlers {
        if let ip = stream.remote.ip, offenders.isRefused(ip, now: node.host.now) {
            stream.close()
            return StreamHandlers()
        }
        guard connections.count < ProtoBIN.maximalConnections else {
            if !isCrowded {
                isCrowded = true
                let count = ProtoBIN.maximalConnections
                node.log(.warning, "bin: \(stream.remote) and others are refused: \(count) connections are open")
            }
            stream.close()
            return StreamHandlers()
        }
        isCrowded = false
        let id = add(stream)
        connections[id]?.isAccepted = true
        return StreamHandlers(
            onReceive: { [weak self] in self?.receive($0, on: id) },
            onClose: { [weak self] _ in self?.connections[id] = nil })
    }

    private func add(_ stream: any StreamConnection) -> ConnectionID {
        let id = ConnectionID(nextConnection)
        nextConnection += 1
        connections[id] = Incoming(stream, PacketFramer(limits: limits), at: node.host.now)
        return id
    }

    private func receive(_ bytes: UnsafeBufferPointer<UInt8>, on id: ConnectionID) {
        guard let connection = connections[id] else { return }
        connection.lastReceived = node.host.now
        connection.hasSpoken = true
        connection.framer.append(bytes)
        takePackets(from: connection, id)
    }

    private func takePackets(from connection: Incoming, _ id: ConnectionID) {
        guard case .ip(let ip, let port) = connection.stream.remote else { return }
        let peer = connection.peer ?? PeerAddress(ip: ip.text, port: port)
        connection.peer = peer
        let now = node.host.now
        do throws(FramingViolation) {
            while let packet = try connection.framer.next(now: now) { onPacket(packet, peer, id) }
        } catch {
            if offenders.onViolation(by: ip, now: node.host.now) {
                let measure = offenders.isRefused(ip, now: node.host.now) ? "its connections are refused" : "closed"
                node.log(.warning, "bin: \(connection.stream.remote) sent no BIN packet (\(error)); \(measure)")
            }
            connections[id] = nil
            connection.stream.close()
        }
    }

    /// Closes connections that say nothing, or that never finish a packet.
    private func sweep() {
        _ = node.host.schedule(after: ProtoBIN.sweepInterval) { [weak self] in
            guard let self, !isStopped else { return }
            let now = node.host.now
            for (id, connection) in connections.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                if let deadline = connection.framer.deadline, deadline <= now { takePackets(from: connection, id) }
                // Ours may carry much and bring nothing: peers answer on their own connections.
                if connection.isAccepted && now - connection.lastReceived > ProtoBIN.idleLifetime {
                    if !connection.hasSpoken {
                        node.log(.warning, "bin: \(connection.stream.remote) said nothing; connection closed")
                    }
                    connections[id] = nil
                    connection.stream.close()
                }
            }
            sweep()
        }
    }

    // MARK: Sending

    func answer(_ bytes: [UInt8], on connection: ConnectionID) {
        _ = connections[connection]?.stream.send(bytes)
    }

    /// Sends to where a node listens.
    /// - Parameter source: the own address that the node knows, where there is a socket of it.
    func send(_ bytes: [UInt8], to address: BINAddress, from source: Address.IP?) {
        let way = Way(to: address, from: source)
        let connection = outgoing[way] ?? addOutgoing(way)
        if connection.stream == nil { dial(way, connection) }
        guard let stream = connection.stream else {
            onSendFailed(address)
            return
        }
        if !stream.send(bytes) {
            connection.isFull = true
            onQueueFull(address)
            onSendFailed(address)
        }
    }

    private func addOutgoing(_ way: Way) -> Outgoing {
        let connection = Outgoing()
        outgoing[way] = connection
        return connection
    }

    private func dial(_ way: Way, _ connection: Outgoing) {
        let address = way.to
        guard address.transport == .bin else {
            return node.warnOnce("bin: nothing can be sent to \(address): there is no TLS")
        }
        guard let ip = Address.IP(address.host) ?? resolved[address.host] else {
            lookUp(address)
            return
        }
        let incoming = ConnectionID(nextConnection)
        let handlers = StreamHandlers(
            onReceive: { [weak self] in self?.receive($0, on: incoming) },
            onDrained: { [weak self, weak connection] in
                guard let connection, connection.isFull else { return }
                connection.isFull = false
                self?.onQueueDrained(address)
            },
            onClose: { [weak self] error in self?.closed(way, incoming, error) })
        let stream = node.host.connect(
            to: .ip(ip, port: address.port), from: localAddress(for: ip, preferring: way.from),
            timeout: ProtoBIN.connectTimeout, handlers)
        // What a peer answers on our own connection is heard, too.
        _ = add(stream)
        connection.stream = stream
    }

    private func closed(_ way: Way, _ incoming: ConnectionID, _ error: HostError?) {
        connections[incoming] = nil
        guard let connection = outgoing.removeValue(forKey: way) else { return }
        if connection.isFull { onQueueDrained(way.to) }
        if error != nil && !isStopped { onSendFailed(way.to) }
    }

    private func lookUp(_ address: BINAddress) {
        node.host.resolve(address.host, port: address.port) { [weak self] answers in
            if case .ip(let ip, _)? = answers.first { self?.resolved[address.host] = ip }
        }
    }

    /// Real nodes dial from the address of their own listener, and know each other by it.
    private func localAddress(for remote: Address.IP, preferring source: Address.IP?) -> Address? {
        let own = listeners.compactMap(\.local.ip).filter { $0.isV4 == remote.isV4 && !$0.isUnspecified }
        return (own.first { $0 == source } ?? own.first).map { .ip($0, port: 0) }
    }
}

extension Address.IP {
    var isUnspecified: Bool { high == 0 && (low == 0 || isV4 && low & 0xffff_ffff == 0) }
}
