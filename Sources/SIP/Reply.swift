/// A reply to a request (RFC 3261, 8.2.6). The bytes are only looked at while the reply is written.
package struct Reply {
    package enum RecordRoutes: Sendable {
        case leftOut
        /// For replies that establish a dialog (RFC 3261, 12.1.1).
        case copied
    }

    /// 100...699.
    package var status: Int
    /// Line ends in it become blanks.
    package var reason: Bytes
    /// Given to a To without a tag, except in a 100; empty for none.
    package var toTag = Bytes(start: nil, count: 0)
    package var recordRoutes = RecordRoutes.leftOut
    /// Notes the source port in the topmost Via even if nobody asked (`force_rport`).
    package var forcesPort = false
    /// Whole lines with their line ends; Content-Type of the body among them.
    package var headers = Bytes(start: nil, count: 0)
    package var body = Bytes(start: nil, count: 0)

    package init(_ status: Int, _ reason: Bytes) {
        self.status = status
        self.reason = reason
    }

    /// Appends the reply to `request`: Via, Record-Route, To, From, Call-ID and CSeq as they came, Timestamp in a 100,
    /// then `headers` and Content-Length.
    /// - Parameter source: where the request came from; goes into the topmost Via as RFC 3261, 18.2.1 wants it.
    package func write(to request: Message, from source: Endpoint?, into output: inout [UInt8]) {
        output.append("SIP/2.0 ")
        output.append(decimal: min(max(status, 100), 699))
        output.append(UInt8(ascii: " "))
        for byte in reason { output.append(byte == 0x0d || byte == 0x0a ? 0x20 : byte) }
        output.append("\r\n")

        var changes = Changes(reserving: 128)
        // A Via that cannot be parsed goes back as it is.
        if let source { try? changes.noteSource(source, of: request, forcesPort: forcesPort) }
        copy(.via, of: request, changes, into: &output)
        if recordRoutes == .copied { copy(.recordRoute, of: request, changes, into: &output) }
        // A To that cannot be parsed gets no tag: nobody could tell where it ends.
        if status > 100, toTag.count > 0, let to = try? request.to(), !to.tag.isPresent {
            changes.insert(at: to.whole.upper) { text in
                text.append(";tag=")
                text.append(contentsOf: toTag)
            }
        }
        for kind in [HeaderKind.to, .from, .callID, .cseq] {
            copyFirst(kind, of: request, changes, into: &output)
        }
        if status == 100 { copyFirst(.timestamp, of: request, changes, into: &output) }
        output.append(contentsOf: headers)
        output.append("Content-Length: ")
        output.append(decimal: body.count)
        output.append("\r\n\r\n")
        output.append(contentsOf: body)
    }

    private func copy(_ kind: HeaderKind, of request: Message, _ changes: Changes, into output: inout [UInt8]) {
        var next = request.index(of: kind)
        while let index = next, let header = request.header(at: index) {
            copy(header, of: request, changes, into: &output)
            next = request.index(of: kind, from: index &+ 1)
        }
    }

    private func copyFirst(_ kind: HeaderKind, of request: Message, _ changes: Changes, into output: inout [UInt8]) {
        if let header = request.header(kind) { copy(header, of: request, changes, into: &output) }
    }

    private func copy(_ header: Header, of request: Message, _ changes: Changes, into output: inout [UInt8]) {
        // A value at the end of a datagram, or one ended by a lone line feed, still gets a proper line end.
        request.write(changes, from: header.line.lower, to: header.value.upper, through: .end, into: &output)
        output.append("\r\n")
    }
}
