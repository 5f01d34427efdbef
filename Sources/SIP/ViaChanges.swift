/// The Via that this element puts on top of a request (RFC 3261, 16.6 step 8).
package struct OwnVia {
    package var transport: Transport
    /// As in a URI: IPv6 in brackets.
    package var host: Bytes
    package var port: Int
    /// With the magic cookie.
    package var branch: Bytes
    /// Asks for `rport` (RFC 3581).
    package var asksForPort: Bool

    package init(_ transport: Transport, host: Bytes, port: Int, branch: Bytes, asksForPort: Bool = false) {
        self.transport = transport
        self.host = host
        self.port = port
        self.branch = branch
        self.asksForPort = asksForPort
    }

    /// Appends the header line.
    package func write(into output: inout [UInt8]) {
        output.append("Via: SIP/2.0/")
        output.append(transport.viaName)
        output.append(UInt8(ascii: " "))
        output.append(contentsOf: host)
        output.append(UInt8(ascii: ":"))
        output.append(decimal: port)
        output.append(";branch=")
        output.append(contentsOf: branch)
        if asksForPort { output.append(";rport") }
        output.append("\r\n")
    }
}

extension Changes {
    /// Puts an own Via above the others.
    package mutating func push(_ via: OwnVia, on message: Message) {
        insert(at: message.header(.via)?.line.lower ?? message.firstLine.line.upper) { via.write(into: &$0) }
    }

    /// Notes in the topmost Via where the request really came from: `received` if its sender calls itself differently
    /// (RFC 3261, 18.2.1), `rport` and `received` if it asks for them (RFC 3581, 4).
    /// - Parameter forcesPort: as if it had asked for them.
    /// - Throws: if the Via cannot be parsed.
    package mutating func noteSource(
        _ source: Endpoint, of message: Message, forcesPort: Bool = false
    ) throws(ParseError) {
        guard let via = try message.via() else { return }
        let asked = via.rportName.isPresent
        let end = via.parameters.isPresent ? via.parameters.upper : via.sentByEnd
        if forcesPort, !asked {
            insert(at: end) { text in
                text.append(";rport=")
                text.append(decimal: source.port)
            }
        }
        guard asked || forcesPort || via.received.isPresent || IPAddress(host: message[via.host]) != source.address
        else { return }
        if asked {
            // What stands there was not written by anyone who could know.
            let old = ByteRange(via.rportName.upper, via.rport.isPresent ? via.rport.upper : via.rportName.upper)
            replace(old) { text in
                text.append(UInt8(ascii: "="))
                text.append(decimal: source.port)
            }
        }
        if via.received.isPresent {
            replace(via.received) { source.address.write(into: &$0) }
        } else {
            insert(at: end) { text in
                text.append(";received=")
                source.address.write(into: &text)
            }
        }
    }

    /// Takes the topmost Via away, as a proxy does before it forwards a reply (RFC 3261, 16.7 step 3).
    /// - Throws: if it cannot be parsed.
    package mutating func popVia(of message: Message) throws(ParseError) {
        guard let header = message.header(.via), let via = try message.via() else { return }
        let value = header.value
        let comma = message.bytes.skipSpace(from: via.whole.upper, to: value.upper)
        if comma < value.upper {
            remove(ByteRange(value.lower, message.bytes.skipSpace(from: comma &+ 1, to: value.upper)))
        } else {
            remove(header)
        }
    }
}

/// Where a reply goes, as its Via says (RFC 3261, 18.2.2).
package struct ReplyTarget: Sendable {
    /// Nil for a transport that is not known.
    package let transport: Transport?
    /// A name or an address (IPv6 in brackets or, after `received`, without), in the message.
    package let host: ByteRange
    package let port: Int
    /// Whether the sender wrote its port.
    package let isPortGiven: Bool

    /// - Parameter bytes: what the Via was parsed from.
    package init(_ via: Via, in bytes: Bytes) {
        let transport = Transport(bytes[via.transport])
        self.transport = transport
        isPortGiven = via.port.isPresent
        let sentBy = via.port.isPresent ? via.portNumber : transport?.defaultPort ?? 5060
        if via.maddr.count > 0, transport?.isReliable != true {
            host = via.maddr
            port = sentBy
        } else if via.received.count > 0 {
            host = via.received
            port = bytes[via.rport].decimal(atMost: 65_535) ?? sentBy
        } else {
            host = via.host
            port = sentBy
        }
    }
}

extension Message {
    /// Where a reply to this request goes, or, for a reply, where it goes after the topmost Via was taken away; nil if
    /// there is no further Via.
    package func replyTarget() throws(ParseError) -> ReplyTarget? {
        guard let via = try via(at: isRequest ? 0 : 1) else { return nil }
        return ReplyTarget(via, in: bytes)
    }
}
