/// The first line of a message (RFC 3261, 7.1 and 7.2), as places in its buffer.
///
///     INVITE sip:bob@example.net SIP/2.0        SIP/2.0 486 Busy Here
///     ------ ------------------- -------        ------- --- ---------
///     method requestURI          version        version status reason
package struct FirstLine: Sendable {
    /// Of a request; `other` for a method without a case, and for replies.
    package var method = Method.other
    /// 100...699 for a reply, 0 for a request.
    package var status: UInt16 = 0
    package var methodText = ByteRange.absent
    package var requestURI = ByteRange.absent
    package var version = ByteRange.absent
    package var reason = ByteRange.absent
    /// The whole line with its line end.
    package var line = ByteRange.absent

    package var isRequest: Bool { status == 0 }

    init() {}

    /// Reads the line at `start`. Between its parts stands exactly one blank, nothing at its ends (RFC 3261, 25.1).
    /// A version other than 2.0 is accepted here, `Message.check()` objects to it.
    init(_ bytes: Bytes, from start: Int, limits: Limits) throws(ParseError) {
        let feed = bytes.position(of: UInt8(ascii: "\n"), from: start, to: bytes.count)
        let next = feed < bytes.count ? feed &+ 1 : feed
        let end = feed > start && bytes[feed &- 1] == UInt8(ascii: "\r") ? feed &- 1 : feed
        line = ByteRange(start, next)
        if FirstLine.isVersion(bytes[ByteRange(start, end)]) {
            try readStatusLine(bytes, start, end)
        } else {
            try readRequestLine(bytes, start, end, limits)
        }
    }

    private mutating func readRequestLine(
        _ bytes: Bytes, _ start: Int, _ end: Int, _ limits: Limits
    ) throws(ParseError) {
        let methodEnd = bytes.position(of: 0x20, from: start, to: end)
        guard methodEnd < end else { throw ParseError(.badRequestLine, at: start) }
        methodText = ByteRange(start, methodEnd)
        method = Method(bytes[methodText])
        if method == .other {
            let stop = bytes.skip(.token, from: start, to: methodEnd)
            guard stop == methodEnd, stop > start else { throw ParseError(.badMethod, at: stop) }
        }
        let uriEnd = bytes.position(of: 0x20, from: methodEnd &+ 1, to: end)
        requestURI = ByteRange(methodEnd &+ 1, uriEnd)
        guard requestURI.count > 0 else { throw ParseError(.badRequestLine, at: methodEnd &+ 1) }
        guard requestURI.count <= limits.requestURI else { throw ParseError(.requestURITooLong, at: uriEnd) }
        let versionStart = uriEnd &+ 1
        guard uriEnd < end, FirstLine.isVersion(bytes[ByteRange(versionStart, end)]),
            bytes.position(of: 0x20, from: versionStart, to: end) == end
        else { throw ParseError(.badRequestLine, at: uriEnd) }
        version = ByteRange(versionStart, end)
    }

    private mutating func readStatusLine(_ bytes: Bytes, _ start: Int, _ end: Int) throws(ParseError) {
        let versionEnd = bytes.position(of: 0x20, from: start, to: end)
        version = ByteRange(start, versionEnd)
        let codeStart = Swift.min(versionEnd &+ 1, end)
        let codeEnd = bytes.position(of: 0x20, from: codeStart, to: end)
        guard codeEnd &- codeStart == 3, let code = bytes[ByteRange(codeStart, codeEnd)].decimal(atMost: 699),
            code >= 100
        else { throw ParseError(.badStatusLine, at: codeStart) }
        status = UInt16(truncatingIfNeeded: code)
        // The blank before the reason is required even if there is none; who forgets it is understood all the same.
        reason = ByteRange(Swift.min(codeEnd &+ 1, end), end)
    }

    /// Begins like `SIP/1.0`, any numbers.
    private static func isVersion(_ text: Bytes) -> Bool {
        text.count >= 5 && text.startsIgnoringCase(with: "SIP/") && text[4].isDigit
    }
}
