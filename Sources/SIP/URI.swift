/// A URI in its parts (RFC 3261, 19.1; RFC 3966), as places in the buffer it was parsed from.
///
///     sip:alice:secret@example.com:5080;transport=tcp;lr?Subject=hi&Priority=low
///     --- ----- ------ ----------- ---- ---------------- -----------------------
///     scheme user password host    port parameters       headers
package struct URI: Sendable {
    package enum Scheme: UInt8, Sendable {
        case sip, sips, tel
        /// A service (RFC 5031), `urn:service:sos`, the name of which stands in the place of the host, as OpenSIPS has it.
        case service
        case other
    }

    package private(set) var scheme: Scheme
    package private(set) var schemeText: ByteRange
    /// Not unescaped; the number of a `tel` URI. Absent, never empty.
    package private(set) var user = ByteRange.absent
    package private(set) var password = ByteRange.absent
    /// With the brackets of an IPv6 address; absent unless the scheme is `sip` or `sips`, or names a service.
    package private(set) var host = ByteRange.absent
    package private(set) var port = ByteRange.absent
    /// 0 if there is no port.
    package private(set) var portNumber = 0
    /// Without the first semicolon; absent if there are none.
    package private(set) var parameters = ByteRange.absent
    /// Without the question mark; absent if there are none.
    package private(set) var headers = ByteRange.absent
    /// The whole URI.
    package let extent: ByteRange

    /// Parses `range` (all of `bytes` by default), which must hold a URI and nothing else.
    /// - Throws: `ParseError` with an offset into `bytes`. A scheme that is not known is no error; the URI has no parts
    ///   then.
    package init(_ bytes: Bytes, in range: ByteRange? = nil) throws(ParseError) {
        let (lower, upper) = bytes.bounds(range)
        extent = ByteRange(lower, upper)
        var colon = lower
        while colon < upper, bytes[colon] != UInt8(ascii: ":") {
            let byte = bytes[colon]
            guard byte.isLetter || colon > lower && (byte.isDigit || byte == 0x2b || byte == 0x2d || byte == 0x2e)
            else { throw ParseError(.missingScheme, at: colon) }
            colon &+= 1
        }
        guard colon < upper, colon > lower else { throw ParseError(.missingScheme, at: lower) }
        schemeText = ByteRange(lower, colon)
        let name = bytes[schemeText]
        scheme =
            name.equalsIgnoringCase("sip")
            ? .sip : name.equalsIgnoringCase("sips") ? .sips : name.equalsIgnoringCase("tel") ? .tel : .other
        if scheme == .other, let start = URI.serviceName(in: bytes, extent) {
            scheme = .service
            colon = start &- 1
        }
        let stop = bytes.position(in: .notInURI, from: colon &+ 1, to: upper)
        guard stop == upper else { throw ParseError(.unexpectedByte, at: stop) }
        switch scheme {
        case .sip, .sips, .service: try readSIP(bytes, from: colon &+ 1, to: upper)
        case .tel: try readTelephone(bytes, from: colon &+ 1, to: upper)
        case .other: break
        }
    }

    /// Where the name of a service begins.
    private static func serviceName(in bytes: Bytes, _ extent: ByteRange) -> Int? {
        for prefix in ["urn:service:", "urn:nena:service:"] as [StaticString] {
            let end = extent.lower &+ prefix.utf8CodeUnitCount
            if end < extent.upper, bytes[ByteRange(extent.lower, end)].elementsEqual(prefix.bytes) { return end }
        }
        return nil
    }

    private mutating func readSIP(_ bytes: Bytes, from start: Int, to end: Int) throws(ParseError) {
        // An `@` stands nowhere but behind the user: in all other parts it is escaped. A user, on the other hand, may
        // hold `;`, `?` and `/`.
        let at = bytes.position(of: UInt8(ascii: "@"), from: start, to: end)
        var i = start
        if at < end {
            let colon = bytes.position(of: UInt8(ascii: ":"), from: start, to: at)
            user = ByteRange(start, colon)
            guard user.count > 0 else { throw ParseError(.emptyUser, at: start) }
            if colon < at { password = ByteRange(colon &+ 1, at) }
            i = at &+ 1
        }
        let stop = try hostEnd(bytes, from: i, to: end)
        host = ByteRange(i, stop)
        i = stop
        if i < end, bytes[i] == UInt8(ascii: ":") {
            let portStart = i &+ 1
            i = portStart
            while i < end, bytes[i].isDigit { i &+= 1 }
            port = ByteRange(portStart, i)
            guard let number = bytes[port].decimal(atMost: 65_535) else { throw ParseError(.badPort, at: portStart) }
            portNumber = number
        }
        try readTail(bytes, from: i, to: end)
    }

    private mutating func readTelephone(_ bytes: Bytes, from start: Int, to end: Int) throws(ParseError) {
        let stop = bytes.position(of: UInt8(ascii: ";"), from: start, to: end)
        user = ByteRange(start, stop)
        guard user.count > 0 else { throw ParseError(.emptyUser, at: start) }
        try readTail(bytes, from: stop, to: end)
    }

    private mutating func readTail(_ bytes: Bytes, from start: Int, to end: Int) throws(ParseError) {
        var i = start
        if i < end, bytes[i] == UInt8(ascii: ";") {
            let stop = bytes.position(of: UInt8(ascii: "?"), from: i, to: end)
            parameters = ByteRange(i &+ 1, stop)
            i = stop
        }
        if i < end, bytes[i] == UInt8(ascii: "?") {
            headers = ByteRange(i &+ 1, end)
            i = end
        }
        guard i == end else { throw ParseError(.unexpectedByte, at: i) }
        let at = bytes.position(of: UInt8(ascii: "@"), from: start, to: end)
        guard at == end else { throw ParseError(.unexpectedByte, at: at) }
    }

    /// A parameter of the URI; `bytes` must be what the URI was parsed from.
    package func parameter(_ name: StaticString, in bytes: Bytes) -> Parameter? {
        ParameterList(bytes, in: parameters).first(named: name)
    }

    /// What the `transport` parameter says, whatever it is; else `tls` for `sips` and `udp` for the rest, as `$rP` shows.
    package func transportName(in bytes: Bytes) -> Bytes {
        if let named = parameter("transport", in: bytes), !named.value.isEmpty { return bytes[named.value] }
        return (scheme == .sips ? Transport.tls : .udp).name.bytes
    }

    /// The transport to use; nil for one that is not known. A `sips` URI always means TLS (RFC 3261, 26.2.2).
    package func transport(in bytes: Bytes) -> Transport? {
        let transport = Transport(transportName(in: bytes))
        guard scheme == .sips else { return transport }
        return switch transport {
        case .udp, .tcp: .tls
        case .ws: .wss
        default: transport
        }
    }

    /// The port, else that of the transport, 0 for one that is not known, as `$rp` shows it.
    package func portOrDefault(in bytes: Bytes) -> Int {
        port.isPresent ? portNumber : Transport(transportName(in: bytes))?.defaultPort ?? 0
    }
}
