/// Cuts the bytes of a connection into events: JSON texts one behind the other, as `tcp:` sockets send them, or the
/// calls of `xmlrpc:` sockets.
struct EventStreamReader {
    struct Received {
        /// The JSON text, or the XML of the call.
        var text: String
        /// The `id` of a JSON-RPC request as it was written; nil for a notification. Empty for an XML-RPC call.
        fileprivate var number: String?
        fileprivate var isHTTP: Bool
    }

    private let isHTTP: Bool
    private var bytes: [UInt8] = []

    init(isHTTP: Bool) { self.isHTTP = isHTTP }

    mutating func onBytes(_ more: [UInt8]) -> [Received] {
        bytes += more
        var found: [Received] = []
        while let event = isHTTP ? nextCall() : nextText() { found.append(event) }
        return found
    }

    private mutating func nextCall() -> Received? {
        let end = Array("</methodCall>".utf8)
        guard let range = bytes.firstRange(of: end) else { return nil }
        let request = bytes[..<range.upperBound]
        let start = request.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound ?? request.startIndex
        let text = String(decoding: request[start...], as: UTF8.self)
        bytes.removeSubrange(..<range.upperBound)
        return Received(text: text, number: "", isHTTP: true)
    }

    /// Braces are counted, but not those inside of texts.
    private mutating func nextText() -> Received? {
        var depth = 0
        var isInText = false
        var isEscaped = false
        for (index, byte) in bytes.enumerated() {
            if isInText {
                if byte == UInt8(ascii: "\""), !isEscaped { isInText = false }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                guard depth <= 0 else { continue }
                let text = String(decoding: bytes[...index], as: UTF8.self)
                bytes.removeSubrange(...index)
                return Received(text: text.trimmed, number: EventStreamReader.number(in: text), isHTTP: false)
            default: break
            }
        }
        return nil
    }

    /// `5` of `{"id":5,...`, which Siskin writes in front or behind.
    private static func number(in text: String) -> String? {
        guard let range = text.firstRange(of: "\"id\":") else { return nil }
        return String(text[range.upperBound...].prefix { $0.isNumber })
    }
}

extension EventStreamReader.Received {
    /// The bytes to answer; nil where nothing is said.
    func reply(_ answer: Backend.Answer) -> [UInt8]? {
        guard answer != .nothing, let number else { return nil }
        let isRefusal = answer == .refuses
        guard isHTTP else {
            let result = isRefusal ? "\"error\":{\"code\":-32000,\"message\":\"refused\"}" : "\"result\":\"OK\""
            return Array("{\"jsonrpc\":\"2.0\",\(result),\"id\":\(number)}".utf8)
        }
        let body =
            "<?xml version=\"1.0\"?><methodResponse>"
            + (isRefusal
                ? "<fault><value><string>refused</string></value></fault>"
                : "<params><param><value><string>OK</string></value></param></params>") + "</methodResponse>"
        return Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }
}
