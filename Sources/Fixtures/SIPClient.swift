import Node
import Simulation
import Syntax

/// The world outside of the nodes, as far as it speaks SIP over UDP: it sends messages and keeps the answers.
final class SIPClient {
    private let world: Simulation
    private var sockets: [Address: DatagramRecorder] = [:]
    private var lastNumber = 0

    init(_ world: Simulation) { self.world = world }

    /// The first UDP socket of a node, as others reach it.
    static func address(of node: StageNode) throws(TestFailure) -> Address {
        for socket in try node.running().globals.sockets where socket.proto.text.lowercased() == "udp" {
            let host = ["*", "0.0.0.0"].contains(socket.host.text) ? "127.0.0.1" : socket.host.text
            guard let ip = Address.IP(host) else { continue }
            return .ip(ip, port: socket.ports.first?.lowerBound ?? 5060)
        }
        throw TestFailure("\(node.name) has no udp socket")
    }

    /// Sends a message to the node.
    /// - Parameters:
    ///   - template: a whole message with placeholders, or `METHOD uri`.
    ///   - source: where from; nil for the client's own address.
    func send(_ template: String, to node: StageNode, from source: Address? = nil) throws(TestFailure) {
        let target = try SIPClient.address(of: node)
        let home = try SIPClient.home(facing: target)
        let socket = try socket(at: source ?? home)
        socket.send(message(template, from: socket.local, to: target), to: target)
    }

    /// A message as the client would send it to a node.
    func message(_ template: String, to node: Address) throws(TestFailure) -> (bytes: [UInt8], from: Address) {
        let from = try SIPClient.home(facing: node)
        return (message(template, from: from, to: node), from)
    }

    private func message(_ template: String, from: Address, to: Address) -> [UInt8] {
        lastNumber += 1
        return Array(MessageTemplate(template, number: lastNumber, from: from, to: to).text.utf8)
    }

    /// What came back from a node, the oldest first.
    func received(from node: StageNode) throws(TestFailure) -> [String] {
        let target = try SIPClient.address(of: node)
        // Opened at the latest now, so that nothing that comes is lost on it.
        _ = try socket(at: SIPClient.home(facing: target))
        let all = sockets.values.flatMap { $0.datagrams }.filter { $0.from == target }
        return all.sorted { $0.time < $1.time }.map(\.text)
    }

    /// The addresses that the client sends from and listens at.
    func isMine(_ address: Address) -> Bool { sockets[address] != nil }

    /// A node on the loopback reaches only what is there, too.
    private static func home(facing target: Address) throws(TestFailure) -> Address {
        switch target.ip {
        case let ip? where ip.isLoopback: return .ip(ip, port: 7060)
        case let ip? where !ip.isV4: return .ip(Address.IP("2001:db8::1") ?? ip, port: 7060)
        case let ip?: return .ip(Address.IP("192.0.2.1") ?? ip, port: 7060)
        case nil: throw TestFailure("\(target) is no address of SIP")
        }
    }

    private func socket(at place: Address) throws(TestFailure) -> DatagramRecorder {
        if let socket = sockets[place] { return socket }
        do {
            let socket = try world.recordDatagrams(at: place)
            sockets[place] = socket
            return socket
        } catch {
            throw TestFailure("the test cannot have a socket: \(error)")
        }
    }
}
