import Simulation
import Syntax
import Testing

@testable import Node

/// A node with a script at 10.0.0.1:5060, and a phone at 10.0.0.2:5060 that talks to it.
final class SIPStory {
    let world: Simulation
    let phone: SimulatedHost
    let host: SimulatedHost
    let node: Node
    /// Datagrams that came to the phone.
    private(set) var heard: [String] = []
    private var socket: (any DatagramSocket)?

    /// - Parameters:
    ///   - modules: besides proto_udp, sl and sipmsgops.
    ///   - globals: parameters of the core.
    ///   - addresses: more of the node and the phone.
    ///   - listensFirst: at 10.0.0.1:5060, before the sockets of `globals`.
    init(
        _ script: String, modules: [String] = [], globals: String = "", seed: UInt64 = 1,
        addresses: [(String, String)] = [], listensFirst: Bool = true, zone: [String: String] = [:]
    ) throws {
        world = Simulation(seed: seed)
        world.zone = zone.mapValues { [Address.IP($0)!] }
        host = world.host("node", addresses: (["10.0.0.1"] + addresses.map(\.0)).map { Address.IP($0)! })
        phone = world.host("phone", addresses: (["10.0.0.2"] + addresses.map(\.1)).map { Address.IP($0)! })
        node = Node(name: "node", host: host)
        let loads = (["proto_udp", "sl", "sipmsgops"] + modules).map { "loadmodule \"\($0).so\"\n" }.joined()
        let own = "socket = udp:10.0.0.1:5060\n"
        let text = (listensFirst ? own + globals : globals + "\n" + own) + "\n\(loads)\(script)\n"
        let errors = node.load(Source(name: "story.cfg", bytes: Array(text.utf8))).filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors)")
        try node.start()
        socket = try phone.bindDatagram(Address("10.0.0.2:5060")!) { [unowned self] bytes, _ in
            heard.append(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Sends a message, its line ends made those of SIP, and lets everything happen that follows at once.
    @discardableResult
    func send(_ message: String) -> SIPStory {
        let bytes = Array(wire(message).utf8)
        bytes.withUnsafeBufferPointer { _ = socket?.send($0, to: Address("10.0.0.1:5060")!, onFailure: nil) }
        world.advance(by: .milliseconds(10))
        return self
    }

    func send(bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { _ = socket?.send($0, to: Address("10.0.0.1:5060")!, onFailure: nil) }
        world.advance(by: .milliseconds(10))
    }

    func hear(_ message: String) { heard.append(message) }

    /// What the script said with `xlog("@ ...\n")`.
    var said: [String] {
        host.logLines.compactMap { line in
            line.text.split(separator: "@ ", maxSplits: 1).dropFirst().first.map(String.init)
        }
    }

    /// First lines of what the phone heard.
    var answers: [String] { heard.map { String($0.prefix { $0 != "\r\n" }) } }
}

/// Line ends of SIP; a message without an empty line gets one.
func wire(_ text: String) -> String {
    var text = text
    if text.range(of: "\n\n") == nil {
        while text.hasSuffix("\n") { text.removeLast() }
        text += "\n\n"
    }
    return text.components(separatedBy: "\n").joined(separator: "\r\n")
}

/// A request with the headers that every request has.
func request(
    _ method: String = "OPTIONS", _ uri: String = "sip:bob@10.0.0.1", via: String = "10.0.0.2:5060", _ more: String = ""
) -> String {
    let rest = more.isEmpty ? "" : more.hasSuffix("\n") ? more : more + "\n"
    let end = rest.contains("\n\n") ? "" : "\n"
    return """
        \(method) \(uri) SIP/2.0
        Via: SIP/2.0/UDP \(via);branch=z9hG4bK-1
        From: "Alice" <sip:alice@example.org>;tag=a1
        To: <sip:bob@example.net>
        Call-ID: call-1
        CSeq: 1 \(method)
        \(rest)\(end)
        """
}

/// The lines of a message without those that depend on chance.
func lines(_ message: String?) -> [String] {
    guard let message else { return [] }
    let head = message.components(separatedBy: "\r\n")
    return head.map { line in
        guard let tag = line.range(of: ";tag="), line.hasPrefix("To:") else { return line }
        return line[..<tag.lowerBound] + ";tag=*"
    }
}

extension String {
    func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.range(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

extension StringProtocol {
    func range(of text: String) -> Range<Index>? {
        // Bytes, not characters: a carriage return and a line feed are one of these.
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if self[start...].utf8.starts(with: text.utf8) {
                return start..<utf8.index(start, offsetBy: text.utf8.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
