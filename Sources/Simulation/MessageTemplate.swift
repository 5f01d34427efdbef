import Node

/// A SIP message with the placeholders that SIPp has: `[local_ip]`, `[local_port]` of the client, `[remote_ip]`,
/// `[remote_port]` of the node, `[call_id]`, `[branch]`, `[cseq]`, `[len]`.
///
/// Where the first line is a method and a URI without `SIP/2.0` behind it, the headers that are missing are added.
package struct MessageTemplate {
    /// With the line ends of SIP (RFC 3261, 7).
    package private(set) var text: String

    package init(_ template: String, number: Int, from: Address, to: Address) {
        var lines = MessageTemplate.lines(of: template)
        // A message without a body may come without the empty line behind its headers.
        let split = lines.firstIndex(of: "") ?? lines.count
        let body = lines[min(split + 1, lines.count)...].joined(separator: "\r\n")
        lines = MessageTemplate.completed(Array(lines[..<split]))
        let local = MessageTemplate.parts(of: from)
        let remote = MessageTemplate.parts(of: to)
        let values = [
            "local_ip": local.host, "local_port": local.port, "remote_ip": remote.host, "remote_port": remote.port,
            "call_id": "test-\(number)@\(local.host)", "branch": "z9hG4bKtest\(number)", "cseq": "\(number)",
            "len": "\(body.utf8.count)",
        ]
        let head = lines.map { MessageTemplate.filled($0, values) }
        text = head.joined(separator: "\r\n") + "\r\n\r\n" + MessageTemplate.filled(body, values)
    }

    /// Without the indentation that a text has in the lines of a test: that of its second line is taken from all.
    private static func lines(of template: String) -> [String] {
        var lines = template.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        let indentation = lines.dropFirst().first?.prefix { $0 == " " || $0 == "\t" }.count ?? 0
        for index in lines.indices.dropFirst() {
            let blanks = lines[index].prefix { $0 == " " || $0 == "\t" }.count
            lines[index].removeFirst(min(indentation, blanks))
        }
        if indentation > 0, lines.last == "" { lines.removeLast() }
        return lines
    }

    /// `OPTIONS sip:bob@example.org` and the headers that a request needs (RFC 3261, 8.1.1).
    private static func completed(_ head: [String]) -> [String] {
        guard let first = head.first, !first.contains("SIP/2.0") else { return head }
        let words = first.split(separator: " ").map(String.init)
        let method = words.first ?? "OPTIONS"
        let uri = words.dropFirst().first ?? "sip:[remote_ip]:[remote_port]"
        var lines = ["\(method) \(uri) SIP/2.0"] + head.dropFirst()
        let names = Set(head.dropFirst().map { $0.prefix { $0 != ":" && $0 != " " }.lowercased() })
        for (name, short, value) in [
            ("Via", "v", "SIP/2.0/UDP [local_ip]:[local_port];branch=[branch];rport"), ("Max-Forwards", "", "70"),
            ("From", "f", "<sip:test@[local_ip]>;tag=test"), ("To", "t", "<\(uri)>"), ("Call-ID", "i", "[call_id]"),
            ("CSeq", "", "[cseq] \(method)"), ("Contact", "m", "<sip:test@[local_ip]:[local_port]>"),
            ("Content-Length", "l", "[len]"),
        ] where !names.contains(name.lowercased()) && !names.contains(short) {
            lines.append("\(name): \(value)")
        }
        return lines
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
