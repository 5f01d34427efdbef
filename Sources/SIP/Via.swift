/// One value of a Via header (RFC 3261, 20.42).
///
///     SIP / 2.0 / UDP  host.example:5070 ;branch=z9hG4bK1;rport;received=192.0.2.1 (comment)
package struct Via: Sendable, ListElement {
    package private(set) var name: ByteRange
    package private(set) var version: ByteRange
    package private(set) var transport: ByteRange
    /// With the brackets of an IPv6 address.
    package private(set) var host: ByteRange
    package private(set) var port = ByteRange.absent
    /// 0 if there is no port.
    package private(set) var portNumber = 0
    /// Without the semicolon before the first; absent if there are none.
    package private(set) var parameters = ByteRange.absent
    package private(set) var branch = ByteRange.absent
    package private(set) var received = ByteRange.absent
    package private(set) var maddr = ByteRange.absent
    /// The value of `rport`; absent also for `;rport` alone.
    package private(set) var rport = ByteRange.absent
    /// The word `rport` (RFC 3581); absent if nobody asked for it.
    package private(set) var rportName = ByteRange.absent
    /// A comment of RFC 2543 without its brackets.
    package private(set) var comment = ByteRange.absent
    /// All of it, without white space around.
    package private(set) var whole: ByteRange
    /// Where the sent-by ends: parameters can be put in here.
    package private(set) var sentByEnd: Int

    /// The first Via in `range` (all of `bytes` by default).
    package init(_ bytes: Bytes, in range: ByteRange? = nil) throws(ParseError) {
        var (cursor, end) = bytes.bounds(range)
        try self.init(bytes, at: &cursor, end: end)
    }

    /// Reads the Via at `cursor`, which is left behind the comma that follows it, or at the end.
    package init(_ bytes: Bytes, at cursor: inout Int, end: Int) throws(ParseError) {
        let start = bytes.skipSpace(from: cursor, to: end)
        var i = start
        name = try Via.token(bytes, &i, end, then: UInt8(ascii: "/"))
        version = try Via.token(bytes, &i, end, then: UInt8(ascii: "/"))
        transport = try Via.token(bytes, &i, end, then: nil)
        let hostEnd = try hostEnd(bytes, from: i, to: end)
        host = ByteRange(i, hostEnd)
        sentByEnd = hostEnd
        i = bytes.skipSpace(from: hostEnd, to: end)
        if i < end, bytes[i] == UInt8(ascii: ":") {
            let portStart = bytes.skipSpace(from: i &+ 1, to: end)
            i = portStart
            while i < end, bytes[i].isDigit { i &+= 1 }
            port = ByteRange(portStart, i)
            sentByEnd = i
            guard let number = bytes[port].decimal(atMost: 65_535) else { throw ParseError(.badPort, at: portStart) }
            portNumber = number
            i = bytes.skipSpace(from: i, to: end)
        }
        whole = ByteRange(start, sentByEnd)
        try readParameters(bytes, &i, end)
        if i < end, bytes[i] == UInt8(ascii: "(") { try readComment(bytes, &i, end) }
        guard i >= end || bytes[i] == UInt8(ascii: ",") else { throw ParseError(.badVia, at: i) }
        cursor = i < end ? i &+ 1 : end
    }

    /// A token and what has to follow it, white space allowed between; nil stands for white space.
    private static func token(
        _ bytes: Bytes, _ i: inout Int, _ end: Int, then delimiter: UInt8?
    ) throws(ParseError) -> ByteRange {
        let start = bytes.skipSpace(from: i, to: end)
        let tokenEnd = bytes.skip(.token, from: start, to: end)
        let next = bytes.skipSpace(from: tokenEnd, to: end)
        guard tokenEnd > start, next < end, delimiter.map({ bytes[next] == $0 }) ?? (next > tokenEnd) else {
            throw ParseError(.badVia, at: tokenEnd)
        }
        i = delimiter == nil ? next : next &+ 1
        return ByteRange(start, tokenEnd)
    }

    private mutating func readParameters(_ bytes: Bytes, _ i: inout Int, _ end: Int) throws(ParseError) {
        let semicolon = UInt8(ascii: ";")
        while i < end, bytes[i] == semicolon {
            i &+= 1
            let parameter = try Parameter(bytes, at: &i, end: end, separator: semicolon, stop: UInt8(ascii: ","))
            note(bytes[parameter.name], parameter)
            let first = parameters.isPresent ? parameters.lower : parameter.extent.lower
            parameters = ByteRange(first, parameter.extent.upper)
            whole = ByteRange(whole.lower, parameter.extent.upper)
        }
    }

    private mutating func note(_ name: Bytes, _ parameter: Parameter) {
        switch name.count {
        case 5:
            if name.equalsIgnoringCase("rport") {
                rport = parameter.value
                rportName = parameter.name
            } else if name.equalsIgnoringCase("maddr") {
                maddr = parameter.value
            }
        case 6: if name.equalsIgnoringCase("branch") { branch = parameter.value }
        case 8: if name.equalsIgnoringCase("received") { received = parameter.value }
        default: break
        }
    }

    private mutating func readComment(_ bytes: Bytes, _ i: inout Int, _ end: Int) throws(ParseError) {
        let open = i
        var depth = 0
        while i < end {
            switch bytes[i] {
            case UInt8(ascii: "("): depth &+= 1
            case UInt8(ascii: ")"): depth &-= 1
            case UInt8(ascii: "\\"): i &+= 1
            default: break
            }
            i &+= 1
            if depth == 0 { break }
        }
        guard depth == 0, i <= end else { throw ParseError(.unterminatedBracket, at: open) }
        comment = ByteRange(open &+ 1, i &- 1)
        whole = ByteRange(whole.lower, i)
        i = bytes.skipSpace(from: i, to: end)
    }

    /// Begins with the magic cookie and has something behind it: a branch that identifies a transaction
    /// (RFC 3261, 8.1.1.7). `bytes` must be what the Via was parsed from.
    package func hasUsableBranch(in bytes: Bytes) -> Bool {
        branch.count > 7 && bytes[branch].startsIgnoringCase(with: "z9hG4bK")
    }
}

/// The end of the host that starts at `start`: a name, an IPv4 address, or an IPv6 address in brackets.
func hostEnd(_ bytes: Bytes, from start: Int, to end: Int) throws(ParseError) -> Int {
    guard start < end else { throw ParseError(.emptyHost, at: start) }
    guard bytes[start] == UInt8(ascii: "[") else {
        let stop = bytes.skip(.host, from: start, to: end)
        guard stop > start else { throw ParseError(.emptyHost, at: start) }
        return stop
    }
    let close = bytes.position(of: UInt8(ascii: "]"), from: start, to: end)
    guard close < end, let address = IPAddress(text: bytes[ByteRange(start &+ 1, close)]), address.family == .v6 else {
        throw ParseError(.badHost, at: start)
    }
    return close &+ 1
}
