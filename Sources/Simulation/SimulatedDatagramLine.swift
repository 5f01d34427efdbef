import Node

extension SimulatedHost {
    package func openDatagrams(to address: Address) throws(HostError) -> any DatagramLine {
        if case .unix = address, simulation.destination(of: address, from: self, in: \.datagramSockets) == nil {
            throw HostError(subject: address.text, reason: "No such file or directory")
        }
        let any: Address = address.ip.map { .ip($0.isV4 ? .anyV4 : .anyV6, port: 0) } ?? .unix(path: "")
        let socket = try bindDatagram(any) { _, _ in }
        return SimulatedDatagramLine(socket, to: address, host: self)
    }
}

/// Datagrams to one address. As on a real network within a machine, one for a port that nobody has is told of.
final class SimulatedDatagramLine: DatagramLine {
    private let socket: any DatagramSocket
    private let remote: Address
    private let host: SimulatedHost
    private var error: HostError?

    init(_ socket: any DatagramSocket, to remote: Address, host: SimulatedHost) {
        self.socket = socket
        self.remote = remote
        self.host = host
    }

    func send(_ bytes: UnsafeBufferPointer<UInt8>) -> DatagramOutcome {
        if let error = takeError() { return .unreachable(error) }
        if bytes.count > 65_507 { return .tooLong }
        let world = host.simulation
        let destination = world.destination(of: remote, from: host, in: \.datagramSockets)
        let isThere = destination?[\.datagramSockets, remote] != nil
        if case .unix = remote, !isThere {
            return .unreachable(HostError(subject: remote.text, reason: "Connection refused"))
        }
        if let destination, world[host, destination].isUnreachable {
            return .unreachable(HostError(subject: remote.text, reason: "Network is unreachable"))
        }
        guard socket.send(bytes, to: remote, onFailure: nil) else { return .full }
        let isCut = destination.map { world[host, $0].isCut || $0.condition == .crashed } ?? false
        if !isThere, !isCut { error = HostError(subject: remote.text, reason: "Connection refused") }
        return .sent
    }

    func takeError() -> HostError? {
        defer { error = nil }
        return error
    }

    func close() { socket.close() }
}
