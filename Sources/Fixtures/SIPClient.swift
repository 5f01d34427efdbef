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

    /// Sends a message from the client's address to the node.
    /// - Parameter template: a whole message with placeholders, or `METHOD uri`.
    func send(_ template: String, to node: StageNode) throws(TestFailure) {
        let target = try SIPClient.address(of: node)
        let socket = try socket(for: target)
        lastNumber += 1
        let message = MessageTemplate(template, number: lastNumber, from: socket.local, to: target)
        socket.send(Array(message.text.utf8), to: target)
    }

    /// What came back from a node, the oldest first.
    func received(from node: StageNode) throws(TestFailure) -> [String] {
        let target = try SIPClient.address(of: node)
        return try socket(for: target).datagrams.filter { $0.from == target }.map(\.text)
    }

    /// A node on the loopback reaches only what is there, too.
    private func socket(for target: Address) throws(TestFailure) -> DatagramRecorder {
        let place: Address
        switch target.ip {
        case let ip? where ip.isLoopback: place = .ip(ip, port: 7060)
        case let ip? where !ip.isV4: place = .ip(Address.IP("2001:db8::1") ?? ip, port: 7060)
        case let ip?: place = .ip(Address.IP("192.0.2.1") ?? ip, port: 7060)
        case nil: throw TestFailure("\(target) is no address of SIP")
        }
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

/// A SIP message with the placeholders that SIPp has: `[local_ip]`, `[local_port]` of the client, `[remote_ip]`,
/// `[remote_port]` of the node, `[call_id]`, `[branch]`, `[cseq]`, `[len]`.
struct MessageTemplate {
    /// With the line ends of SIP (RFC 3261, 7).
    private(set) var text: String

    init(_ template: String, number: Int, from: Address, to: Address) {
        var lines = template.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.last == "\r" ? String(line.dropLast()) : line.last == "\r\n" ? String(line) : String(line)
        }
        if lines.count == 1 { lines = MessageTemplate.request(template) }
        let local = MessageTemplate.parts(of: from)
        let remote = MessageTemplate.parts(of: to)
        // A message without a body may come without the empty line behind its headers.
        let split = lines.firstIndex(of: "") ?? lines.count
        let body = lines[min(split + 1, lines.count)...].joined(separator: "\r\n")
        let values = [
            "local_ip": local.host, "local_port": local.port, "remote_ip": remote.host, "remote_port": remote.port,
            "call_id": "test-\(number)@\(local.host)", "branch": "z9hG4bKtest\(number)", "cseq": "\(number)",
            "len": "\(body.utf8.count)",
        ]
        let head = lines[..<split].map { MessageTemplate.filled($0, values) }
        text = head.joined(separator: "\r\n") + "\r\n\r\n" + MessageTemplate.filled(body, values)
    }

    /// `OPTIONS sip:bob@example.org`
    private static func request(_ line: String) -> [String] {
        let words = line.split(separator: " ").map(String.init)
        let method = words.first ?? "OPTIONS"
        let uri = words.dropFirst().first ?? "sip:[remote_ip]:[remote_port]"
        return [
            "\(method) \(uri) SIP/2.0", "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch];rport",
            "Max-Forwards: 70", "From: <sip:test@[local_ip]>;tag=test", "To: <\(uri)>", "Call-ID: [call_id]",
            "CSeq: [cseq] \(method)", "Contact: <sip:test@[local_ip]:[local_port]>", "Content-Length: 0",
        ]
    }

    private static func parts(of address: Address) -> (host: String, port: String) {
        guard let ip = address.ip else { return ("", "") }
        return (ip.isV4 ? ip.text : "[\(ip.text)]", String(address.port ?? 0))
    }

    private static func filled(_ text: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            let name = String(rest[rest.index(after: open)..<close])
            guard let value = values[name] else {
                result += rest[...open]
                rest = rest[rest.index(after: open)...]
                continue
            }
            result += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
