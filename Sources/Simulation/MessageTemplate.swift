import Node

/// A SIP message with the placeholders that SIPp has: `[local_ip]`, `[local_port]` of the client, `[remote_ip]`,
/// `[remote_port]` of the node, `[call_id]`, `[branch]`, `[cseq]`, `[len]`.
package struct MessageTemplate {
    /// With the line ends of SIP (RFC 3261, 7).
    package private(set) var text: String

    package init(_ template: String, number: Int, from: Address, to: Address) {
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
