import Node

package final class SimulatedDatagramSocket: DatagramSocket, Endpoint {
    package let local: Address
    let host: SimulatedHost
    private let onReceive: (UnsafeBufferPointer<UInt8>, Address) -> Void
    /// Datagrams that wait for a host that stands still.
    var waiting = 0

    /// As many datagrams as a system's receive buffer takes.
    private static let maximalWaiting = 512
    private static let maximalSize = 65_507

    init(host: SimulatedHost, local: Address, onReceive: @escaping (UnsafeBufferPointer<UInt8>, Address) -> Void) {
        self.host = host
        self.local = local
        self.onReceive = onReceive
    }

    package func send(
        _ bytes: UnsafeBufferPointer<UInt8>, to: Address, onFailure: ((HostError) -> Void)?
    ) -> Bool {
        guard isOpen else { return false }
        let world = host.simulation
        let sameFamily = to.ip.map { $0.isV4 } == local.ip.map { $0.isV4 }
        let destination = world.destination(of: to, from: host, in: \.datagramSockets)
        let failure: String? =
            if !sameFamily {
                "Address family not supported by protocol"
            } else if bytes.count > Self.maximalSize {
                "Message too long"
            } else if let destination, world[host, destination].isUnreachable {
                "Network is unreachable"
            } else if case .unix = to, destination == nil {
                "No such file or directory"
            } else {
                nil
            }
        if let failure {
            if let onFailure { host.soon { onFailure(HostError(subject: to.text, reason: failure)) } }
            return true
        }
        if case .unix = to, let socket = destination?[\.datagramSockets, to], socket.isFull { return false }
        var source = local
        if case .ip(let ip, let port) = local, ip.isAny, let target = to.ip {
            source = .ip(host.source(for: target), port: port)
        }
        world.carry(Array(bytes), from: source, of: host, to: to, destination)
        return true
    }

    package func close() {
        if isOpen { host.datagramSockets[local] = nil }
        isClosed = true
    }

    private var isClosed = false

    /// A crash takes the socket out of its host's table.
    private var isOpen: Bool { !isClosed && (host.datagramSockets[local] === self || local == .unix(path: "")) }

    private var isFull: Bool { waiting >= Self.maximalWaiting }

    func receive(_ bytes: [UInt8], from: Address, at to: Address) {
        if host.condition == .paused {
            guard !isFull else {
                host.simulation.record(.overflowed, .datagram, from: from, to: to, bytes)
                return
            }
            waiting += 1
        }
        host.whenRunning { [self] in
            guard isOpen else { return }
            host.simulation.record(.delivered, .datagram, from: from, to: to, bytes)
            bytes.withUnsafeBufferPointer { onReceive($0, from) }
        }
    }
}

extension SimulatedHost {
    package func bindDatagram(
        _ address: Address, onReceive: @escaping (_ bytes: UnsafeBufferPointer<UInt8>, _ from: Address) -> Void
    ) throws(HostError) -> any DatagramSocket {
        if address == .unix(path: "") {
            return SimulatedDatagramSocket(host: self, local: address, onReceive: onReceive)
        }
        let local = try claim(address) { $0.isTaken($1, in: \.datagramSockets, by: self) }
        let socket = SimulatedDatagramSocket(host: self, local: local, onReceive: onReceive)
        datagramSockets[local] = socket
        return socket
    }
}

extension Simulation {
    /// Takes a datagram over the link to where its socket is, or is not, when it arrives.
    func carry(
        _ bytes: [UInt8], from: Address, of sender: SimulatedHost, to: Address, _ destination: SimulatedHost?
    ) {
        guard let destination else { return record(.lost, .datagram, from: from, to: to, bytes) }
        let link = self[sender, destination]
        guard !link.isCut, !random.chance(link.loss) else {
            return record(.lost, .datagram, from: from, to: to, bytes)
        }
        let way = Way(from: sender.index, to: destination.index)
        let copies = random.chance(link.duplication) ? 2 : 1
        for _ in 0..<copies {
            var arrival = now.later(link.latency.later(random.delay(upTo: link.jitter)))
            if random.chance(link.reordering) {
                arrival = arrival.later(random.delay(upTo: link.latency &* 10))
            } else {
                arrival = max(arrival, lastArrivals[way] ?? 0)
                lastArrivals[way] = arrival
            }
            _ = agenda.add(at: arrival) { [self] in
                guard let socket = destination[\.datagramSockets, to] else {
                    return record(.lost, .datagram, from: from, to: to, bytes)
                }
                socket.receive(bytes, from: from, at: to)
            }
        }
    }

    /// Sends a datagram from the outside, without a socket: from any address to any host.
    package func send(_ bytes: [UInt8], from: Address, to: Address) {
        carry(bytes, from: from, of: outside, to: to, destination(of: to, from: outside, in: \.datagramSockets))
    }
}
