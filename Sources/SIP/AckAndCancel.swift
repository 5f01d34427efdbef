// Requests that follow from an INVITE that was sent by this element.

extension Message {
    /// Appends the ACK for a final error reply to this INVITE, which is the one that was sent (RFC 3261, 17.1.1.3).
    /// - Parameter reply: its To, with the tag, goes into the ACK.
    /// - Throws: if this is no INVITE with the headers it needs.
    package func writeACK(to reply: Message, into output: inout [UInt8]) throws(ParseError) {
        try writeFollower("ACK", to: reply.header(.to).map { reply[$0.value] }, into: &output)
    }

    /// Appends the CANCEL for this INVITE, which is the one that was sent (RFC 3261, 9.1).
    /// - Throws: if this is no INVITE with the headers it needs.
    package func writeCANCEL(into output: inout [UInt8]) throws(ParseError) {
        try writeFollower("CANCEL", to: nil, into: &output)
    }

    private func writeFollower(_ method: StaticString, to: Bytes?, into output: inout [UInt8]) throws(ParseError) {
        guard let cseq = try cseq(), let via = try via(), isRequest else {
            throw ParseError(.badRequestLine, at: firstLine.line.lower)
        }
        output.append(method)
        output.append(UInt8(ascii: " "))
        output.append(contentsOf: self[requestURI])
        output.append(" SIP/2.0\r\nVia: ")
        output.append(contentsOf: self[via.whole])
        output.append("\r\n")
        writeAll(.route, into: &output)
        writeLine(.from, into: &output)
        if let to {
            output.append("To: ")
            output.append(contentsOf: to)
            output.append("\r\n")
        } else {
            writeLine(.to, into: &output)
        }
        writeLine(.callID, into: &output)
        output.append("CSeq: ")
        output.append(decimal: Int(cseq.number))
        output.append(UInt8(ascii: " "))
        output.append(method)
        output.append("\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
    }

    private func writeAll(_ kind: HeaderKind, into output: inout [UInt8]) {
        var next = index(of: kind)
        while let i = next, let header = header(at: i) {
            write(header, into: &output)
            next = index(of: kind, from: i &+ 1)
        }
    }

    private func writeLine(_ kind: HeaderKind, into output: inout [UInt8]) {
        if let header = header(kind) { write(header, into: &output) }
    }

    private func write(_ header: Header, into output: inout [UInt8]) {
        output.append(contentsOf: self[ByteRange(header.line.lower, header.value.upper)])
        output.append("\r\n")
    }
}
