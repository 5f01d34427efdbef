/// `socket = proto:host[:ports] options`
extension Parser {
    mutating func socket() throws(Failure) -> SocketDefinition {
        if isAt(.string) {
            throw fail(
                .badSocket, at: token.span, "a socket is written without quotes",
                Diagnostic.Note("like socket = udp:127.0.0.1:5060; only its host may be quoted"))
        }
        guard isAt(.identifier) else { throw socketStart() }
        let proto = anyWord()
        guard isAt(.colon) else { throw socketStart() }
        advance()
        let host = isAt(.star) ? anyWord() : try host()
        let ports = accept(.colon) ? try ports() : []
        var options: [SocketOption] = []
        while let option = try socketOption() { options.append(option) }
        return SocketDefinition(proto: proto, host: host, ports: ports, options: options)
    }

    private mutating func socketStart() -> Failure {
        unexpected(
            "expected a protocol and ':'",
            Diagnostic.Note("a socket is written as udp:127.0.0.1:5060, tcp:eth0:5060 or udp:*:5060"))
    }

    /// An address, a text, or words joined by dots and hyphens: `sip-1.example.org`.
    mutating func host() throws(Failure) -> Name {
        switch token.kind {
        case .string, .network: return anyWord()
        case .leftBracket: return try network()
        case .identifier, .number:
            let start = token.start
            let isWord = isAt(.identifier)
            advance()
            while isWord, isAt(.dot) || isAt(.minus), isAdjacent {
                advance()
                guard isAt(.identifier) || isAt(.number), isAdjacent else {
                    throw unexpected("expected the rest of the host name")
                }
                advance()
            }
            guard isWord else {
                throw fail(
                    .badSocket, at: since(start), "this is no host",
                    Diagnostic.Note("a host name that begins with a digit or holds a word of the language needs quotes")
                )
            }
            return Name(text.string(Int(start), Int(previousEnd)), span: since(start))
        default: throw unexpected("expected a host")
        }
    }

    /// `5060`, `5060-5065`, several with commas between them.
    private mutating func ports() throws(Failure) -> [ClosedRange<UInt16>] {
        var ports: [ClosedRange<UInt16>] = []
        repeat {
            let first = try port()
            guard accept(.minus) else {
                ports.append(first...first)
                continue
            }
            let start = token.span
            let last = try port()
            guard first <= last else {
                throw fail(.badPort, at: start, "the last port is lower than the first")
            }
            ports.append(first...last)
        } while accept(.comma)
        return ports
    }

    private mutating func port() throws(Failure) -> UInt16 {
        guard isAt(.number) else { throw unexpected("expected a port") }
        guard let port = UInt16(exactly: token.value) else {
            throw fail(.badPort, at: token.span, "a port is at most 65535")
        }
        advance()
        return port
    }

    /// The option at hand; nil when the word begins something else.
    private mutating func socketOption() throws(Failure) -> SocketOption? {
        guard isAt(.identifier), lexer.peek() != UInt8(ascii: "=") else { return nil }
        var name = name(token)
        name.text = name.text.lowercased()
        switch name.text {
        case "anycast", "frag", "reuse_port", "accept_subdomain":
            advance()
            return SocketOption(name: name, value: nil, port: nil)
        case "use_workers", "use_children", "tos":
            advance()
            if name.text == "use_children" {
                report(
                    .legacyChildren, .warning, at: name.span, "'use_children' is now called 'use_workers'",
                    Diagnostic.Note("write use_workers"), fix: .init(name.span, "use_workers"))
                name.text = "use_workers"
            }
            return SocketOption(name: name, value: try word(.number, "a number"), port: nil)
        case "tag", "use_auto_scaling_profile":
            advance()
            return SocketOption(name: name, value: try identifier("a name without quotes"), port: nil)
        case "as":
            advance()
            let host = try host()
            return SocketOption(name: name, value: host, port: accept(.colon) ? try ports().first?.lowerBound : nil)
        default: return nil
        }
    }
}
