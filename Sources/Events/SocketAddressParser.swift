extension SocketAddress {
    /// Parses the socket argument of `subscribe_event`.
    ///
    ///     udp:host:port                unix:/path               tcp:host:port[/method]
    ///     flatstore:/path              xmlrpc:host:port:method  jsonrpc:host:port[(/|:)method]
    ///     rabbitmq:[user[:password]@]host[:port]/[[key[=value];...]?]routing_key
    ///     virtual:policy socket socket ...
    ///
    /// A socket of a virtual socket may be a virtual socket; it takes all that follows, or stands in parentheses:
    /// `virtual:FAILOVER (virtual:PARALLEL udp:a:1 udp:b:1) udp:c:1`. A path alone, without a transport, is a
    /// `unix:` socket, as the manual of event_datagram says.
    package init(parsing text: [UInt8]) throws(SocketAddressError) {
        if let offset = text.firstIndex(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
            throw SocketAddressError(reason: .controlCharacter, offset: offset)
        }
        var text = text[...]
        while let first = text.first, isBlank(first) { text.removeFirst() }
        while let last = text.last, isBlank(last) { text.removeLast() }
        self = try SocketAddress.parse(text)
        if backends.count > SocketAddress.mostBackends {
            throw SocketAddressError(reason: .tooManySockets(limit: SocketAddress.mostBackends), offset: 0)
        }
    }

    package init(parsing text: String) throws(SocketAddressError) {
        try self.init(parsing: Array(text.utf8))
    }

    static func parse(_ text: ArraySlice<UInt8>) throws(SocketAddressError) -> SocketAddress {
        let (transport, rest) = try splitTransport(text)
        guard transport.elementsEqual("virtual".utf8) else { return try plain(transport, rest) }
        var words = try SocketWords(rest)
        let address = try virtual(&words, depth: 1)
        if let word = words.next() { throw SocketAddressError(reason: .unbalancedParenthesis, offset: word.offset) }
        return address
    }

    private static func splitTransport(
        _ text: ArraySlice<UInt8>
    ) throws(SocketAddressError) -> (name: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
        if text.first == UInt8(ascii: "/") { return (ArraySlice("unix".utf8), text) }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else {
            throw SocketAddressError(reason: .noTransport, offset: text.startIndex)
        }
        return (text[..<colon], text[(colon + 1)...])
    }

    private static func plain(
        _ transport: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8>
    ) throws(SocketAddressError) -> SocketAddress {
        var rest = rest
        let name = Array(transport)
        switch String(decoding: name, as: UTF8.self) {
        case "udp":
            let endpoint = try endpoint(&rest)
            if !rest.isEmpty { throw SocketAddressError(reason: .badPort, offset: rest.startIndex) }
            return .udp(endpoint)
        case "tcp": return try tcp(rest, separators: [UInt8(ascii: "/")])
        case "jsonrpc": return try tcp(rest, separators: [UInt8(ascii: "/"), UInt8(ascii: ":")])
        case "xmlrpc":
            let endpoint = try endpoint(&rest)
            guard rest.popFirst() == UInt8(ascii: ":"), !rest.isEmpty else {
                throw SocketAddressError(reason: .noMethod, offset: rest.startIndex)
            }
            return .xmlrpc(endpoint, method: Array(rest))
        case "unix":
            // sockaddr_un has room for 107 bytes and a zero.
            return .unix(path: try path(rest, limit: 107))
        case "flatstore": return .flatstore(path: try path(rest, limit: 4095))
        case "rabbitmq": return .rabbitmq(try rabbitMQ(rest))
        case "kafka", "sqs":
            throw SocketAddressError(reason: .unsupportedTransport(name), offset: transport.startIndex)
        default: throw SocketAddressError(reason: .unknownTransport(name), offset: transport.startIndex)
        }
    }

    private static func path(_ text: ArraySlice<UInt8>, limit: Int) throws(SocketAddressError) -> [UInt8] {
        if text.isEmpty { throw SocketAddressError(reason: .noPath, offset: text.startIndex) }
        if text.count > limit { throw SocketAddressError(reason: .pathTooLong(limit: limit), offset: text.startIndex) }
        return Array(text)
    }

    private static func tcp(
        _ text: ArraySlice<UInt8>, separators: [UInt8]
    ) throws(SocketAddressError) -> SocketAddress {
        var rest = text
        let endpoint = try endpoint(&rest)
        guard let separator = rest.popFirst() else { return .tcp(endpoint, method: nil) }
        guard separators.contains(separator) else {
            throw SocketAddressError(reason: .badPort, offset: rest.startIndex - 1)
        }
        return .tcp(endpoint, method: rest.isEmpty ? nil : Array(rest))
    }
}

// MARK: - Hosts and ports

extension SocketAddress {
    /// Takes `host:port` off the front.
    private static func endpoint(_ text: inout ArraySlice<UInt8>) throws(SocketAddressError) -> Endpoint {
        let host = try host(&text)
        guard text.first == UInt8(ascii: ":") else {
            throw SocketAddressError(reason: .noPort, offset: text.startIndex)
        }
        text.removeFirst()
        return Endpoint(host: host, port: try port(&text))
    }

    /// Takes a name, an IPv4 address or an IPv6 address in brackets off the front.
    private static func host(_ text: inout ArraySlice<UInt8>) throws(SocketAddressError) -> String {
        let start = text.startIndex
        let isBracketed = text.first == UInt8(ascii: "[")
        if isBracketed { text.removeFirst() }
        let host = text.prefix { isBracketed ? $0.isIPv6 : $0.isHostName }
        text = text[host.endIndex...]
        if isBracketed {
            guard text.popFirst() == UInt8(ascii: "]"), host.contains(UInt8(ascii: ":")) else {
                throw SocketAddressError(reason: .badHost, offset: start)
            }
        } else if host.isEmpty {
            let isMissing = text.isEmpty || text.first == UInt8(ascii: ":") || text.first == UInt8(ascii: "/")
            throw SocketAddressError(reason: isMissing ? .noHost : .badHost, offset: start)
        }
        if host.count > 253 { throw SocketAddressError(reason: .badHost, offset: start) }
        return String(decoding: host, as: UTF8.self)
    }

    private static func port(_ text: inout ArraySlice<UInt8>) throws(SocketAddressError) -> UInt16 {
        let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard !digits.isEmpty else { throw SocketAddressError(reason: .noPort, offset: text.startIndex) }
        guard digits.count <= 5, let number = Int64(decimal: digits), let port = UInt16(exactly: number), port > 0
        else {
            throw SocketAddressError(reason: .badPort, offset: text.startIndex)
        }
        text = text[digits.endIndex...]
        return port
    }
}

// MARK: - RabbitMQ

extension SocketAddress {
    private static func rabbitMQ(_ text: ArraySlice<UInt8>) throws(SocketAddressError) -> RabbitMQAddress {
        guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else {
            throw SocketAddressError(reason: .noRoutingKey, offset: text.endIndex)
        }
        var authority = text[..<slash]
        var user: [UInt8]?
        var password: [UInt8]?
        // A password may hold an @, a host cannot.
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            let credentials = authority[..<at]
            let colon = credentials.firstIndex(of: UInt8(ascii: ":")) ?? credentials.endIndex
            user = Array(credentials[..<colon])
            if colon < at { password = Array(credentials[(colon + 1)...]) }
            authority = authority[(at + 1)...]
        }
        let host = try host(&authority)
        var endpoint = Endpoint(host: host, port: RabbitMQAddress.defaultPort)
        if authority.first == UInt8(ascii: ":") {
            authority.removeFirst()
            endpoint.port = try port(&authority)
        }
        if !authority.isEmpty { throw SocketAddressError(reason: .badHost, offset: authority.startIndex) }
        var address = RabbitMQAddress(endpoint: endpoint, user: user, password: password, routingKey: [])
        var key = text[(slash + 1)...]
        if let mark = key.firstIndex(of: UInt8(ascii: "?")) {
            try parameters(key[..<mark], into: &address)
            key = key[(mark + 1)...]
        }
        if key.isEmpty, address.exchange.isEmpty {
            throw SocketAddressError(reason: .noRoutingKey, offset: key.startIndex)
        }
        address.routingKey = Array(key)
        return address
    }

    /// `key[=value]` separated by semicolons. A single word that is no key is the exchange, as the 2.x manuals wrote
    /// it: `rabbitmq:host/exchange?key`.
    private static func parameters(
        _ text: ArraySlice<UInt8>, into address: inout RabbitMQAddress
    ) throws(SocketAddressError) {
        let words = text.split(separator: UInt8(ascii: ";"))
        for word in words {
            let mark = word.firstIndex(of: UInt8(ascii: "=")) ?? word.endIndex
            let name = word[..<mark]
            let value: [UInt8]? = mark < word.endIndex ? Array(word[(mark + 1)...]) : nil
            switch (String(decoding: name, as: UTF8.self), value) {
            case ("persistent", _): address.isPersistent = true
            case ("exchange", let value?): address.exchange = value
            case ("tls_domain", let value?): address.tlsDomain = value
            case ("vhost", let value?): address.virtualHost = value
            case ("exchange", nil), ("tls_domain", nil), ("vhost", nil):
                throw SocketAddressError(reason: .parameterWithoutValue(Array(name)), offset: name.startIndex)
            case (_, nil) where words.count == 1: address.exchange = Array(name)
            default: throw SocketAddressError(reason: .unknownParameter(Array(name)), offset: name.startIndex)
            }
        }
    }
}
