import Events
import Node
import Simulation

/// A receiver of events outside of the nodes. It keeps what it gets, and fails on demand.
final class Backend {
    /// What it says to an event.
    enum Answer {
        case accepts, refuses, nothing
    }

    private enum Receiver {
        case datagrams(DatagramRecorder)
        case stream(StreamRecorder)
        case broker(SimulatedBroker)
    }

    private let socket: SocketAddress
    private let address: Address
    private let world: Simulation
    private var receiver: Receiver?
    private var answer = Answer.accepts
    private var delay: Nanoseconds = 0
    private var received: [String] = []
    /// What came on a connection and is no whole event yet.
    private var pending: [ObjectIdentifier: EventStreamReader] = [:]

    /// - Parameter text: as in `subscribe_event`. A name for a host is made known to the simulated network.
    init(_ text: String, in world: Simulation) throws(TestFailure) {
        self.world = world
        do throws(SocketAddressError) {
            socket = try SocketAddress(parsing: text)
        } catch {
            throw TestFailure("'\(text)' is no event socket: \(error)")
        }
        switch socket {
        case .udp(let endpoint), .tcp(let endpoint, _), .xmlrpc(let endpoint, _):
            address = Backend.address(of: endpoint, in: world)
        case .rabbitmq(let broker): address = Backend.address(of: broker.endpoint, in: world)
        case .unix(let path): address = .unix(path: String(decoding: path, as: UTF8.self))
        case .flatstore, .virtual: throw TestFailure("a backend cannot stand for \(socket.label)")
        }
        try open()
    }

    private static func address(of endpoint: SocketAddress.Endpoint, in world: Simulation) -> Address {
        if let ip = Address.IP(endpoint.host) { return .ip(ip, port: endpoint.port) }
        // From the addresses for documentation (RFC 5737).
        let ip =
            world.zone[endpoint.host]?.first
            ?? Address.IP(v4: 0xcb00_7101 + UInt32(truncatingIfNeeded: world.zone.count % 250))
        world.zone[endpoint.host] = [ip]
        return .ip(ip, port: endpoint.port)
    }

    /// All events that it got, the oldest first.
    var deliveries: [String] {
        if case .broker(let broker)? = receiver { return broker.texts }
        return received
    }

    // MARK: Failures

    func fail() {
        switch receiver {
        case .datagrams(let recorder)?:
            recorder.close()
            receiver = nil
        case .stream(let recorder)?:
            recorder.close()
            for connection in recorder.connections where !connection.isClosed { connection.close() }
            receiver = nil
        case .broker(let broker)?: broker.isUp = false
        case nil: break
        }
    }

    func recover() throws(TestFailure) {
        try answer(.accepts)
        if case .broker(let broker)? = receiver { broker.isUp = true } else if receiver == nil { try open() }
    }

    func answer(_ answer: Answer, after delay: Nanoseconds = 0) throws(TestFailure) {
        if case .datagrams? = receiver, answer != .accepts || delay > 0 {
            throw TestFailure("nobody answers events that come as datagrams")
        }
        self.answer = answer
        self.delay = delay
        guard case .broker(let broker)? = receiver else { return }
        broker.isSilent = answer == .nothing
        broker.accepts = { _ in answer != .refuses }
        broker.confirmDelay = max(delay, .milliseconds(1))
    }

    // MARK: Receiving

    private func open() throws(TestFailure) {
        do throws(HostError) {
            switch socket {
            case .udp, .unix:
                let recorder = try world.recordDatagrams(at: address)
                recorder.answer = { [unowned self] datagram in
                    received.append(datagram.text)
                    return nil
                }
                receiver = .datagrams(recorder)
            case .rabbitmq(let broker):
                let key = "\(broker.endpoint.host):\(broker.endpoint.port)"
                let known = world.brokers[key] ?? SimulatedBroker()
                world.brokers[key] = known
                receiver = .broker(known)
            default:
                let recorder = try world.recordStreams(at: address)
                recorder.onReceive = { [unowned self] connection, bytes in receive(bytes, on: connection) }
                receiver = .stream(recorder)
            }
        } catch {
            throw TestFailure("there cannot be a backend at \(address.text): \(error.reason)")
        }
    }

    private func receive(_ bytes: [UInt8], on connection: StreamRecorder.Connection) {
        let key = ObjectIdentifier(connection)
        var reader = pending[key] ?? EventStreamReader(isHTTP: socket.isHTTP)
        for event in reader.onBytes(bytes) {
            received.append(event.text)
            guard let reply = event.reply(answer) else { continue }
            if delay == 0 {
                connection.send(reply)
            } else {
                world.schedule(after: delay) { if !connection.isClosed { connection.send(reply) } }
            }
        }
        pending[key] = reader
    }
}

extension SocketAddress {
    fileprivate var isHTTP: Bool { if case .xmlrpc = self { true } else { false } }
}
