/// A `server_id`: `[id] uri = amqp://user:password@host:port/vhost; exchange = x; persistent ...`
struct BrokerServer: Equatable {
    var id: String
    var settings: BrokerSettings
    var exchange: [UInt8] = []
    var retries = 0
    var isMandatory = false
    var isImmediate = false
    var isPersistent = true

    init(_ text: String) throws(ParameterError) {
        let text = text.trimmingSpace
        guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else {
            throw ParameterError("a server is written [id] uri = amqp://host")
        }
        id = text[text.index(after: text.startIndex)..<end].trimmingSpace
        if id.isEmpty { throw ParameterError("the id between the brackets is empty") }
        var uri: String?
        var words: [(name: String, value: String?)] = []
        for part in text[text.index(after: end)...].split(separator: ";") {
            let mark = part.firstIndex(of: "=")
            let name = part[..<(mark ?? part.endIndex)].trimmingSpace
            let value = mark.map { part[part.index(after: $0)...].trimmingSpace }
            if name == "uri" { uri = value } else if !name.isEmpty { words.append((name, value)) }
        }
        guard let uri else { throw ParameterError("server \(id) has no uri") }
        settings = try BrokerSettings(uri: uri)
        for word in words { try set(word.name, word.value) }
    }

    private mutating func set(_ name: String, _ value: String?) throws(ParameterError) {
        func number(_ range: ClosedRange<Int32>) throws(ParameterError) -> Int32 {
            guard let number = value.flatMap({ Int32($0) }), range.contains(number) else {
                throw ParameterError(
                    "\(name) of server \(id) is a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        switch name {
        // 4096 is the least that AMQP 0-9-1 allows.
        case "frames": settings.frameSize = try number(4096...(16 << 20))
        case "retries": retries = Int(try number(0...1000))
        case "heartbeat": settings.heartbeat = try number(0...65_535)
        case "exchange": exchange = Array((value ?? "").utf8)
        case "immediate": isImmediate = true
        case "mandatory": isMandatory = true
        case "non-persistent": isPersistent = false
        case "tls_domain": throw ParameterError("siskin has no TLS to brokers yet")
        default: throw ParameterError("a server has no parameter '\(name)'")
        }
    }
}

extension BrokerSettings {
    /// Reads `amqp://[user[:password]@]host[:port][/vhost]`, with `%` escapes.
    init(uri: String) throws(ParameterError) {
        let scheme = uri.prefix { $0 != ":" }.lowercased()
        if scheme == "amqps" { throw ParameterError("siskin has no TLS to brokers yet") }
        guard scheme == "amqp", uri.dropFirst(4).hasPrefix("://") else {
            throw ParameterError("a uri begins with amqp://")
        }
        var rest = uri.dropFirst(7)
        self.init(host: "localhost")
        if let slash = rest.firstIndex(of: "/") {
            // The path is the name of the virtual host; `amqp://host/` has the empty one.
            virtualHost = try Self.unescaped(rest[rest.index(after: slash)...])
            rest = rest[..<slash]
        }
        if let at = rest.lastIndex(of: "@") {
            let words = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = try Self.unescaped(words[0])
            if words.count > 1 { password = try Self.unescaped(words[1]) }
            rest = rest[rest.index(after: at)...]
        }
        // The colons of an IPv6 address stand in brackets.
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") {
            guard let port = UInt16(rest[rest.index(after: colon)...]), port > 0 else {
                throw ParameterError("the uri has a bad port")
            }
            self.port = port
            rest = rest[..<colon]
        }
        let name = try Self.unescaped(rest)
        if !name.isEmpty {
            host = name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()) : name
        }
    }

    private static func unescaped(_ text: Substring) throws(ParameterError) -> String {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16), value != 0 else {
                throw ParameterError("the uri has a bad escape")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension StringProtocol {
    /// Without the white space around it.
    fileprivate var trimmingSpace: String {
        let start = drop { $0.isWhitespace }
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }
}
