/// A display name, a URI and parameters: the values of From, To, Contact, Route and the like (RFC 3261, 20.10).
///
///     "Alice A" <sip:alice@example.org;p=q>;tag=1;x ,
///     ---------  ------------------------- --------
///     name       uri                       parameters
///     ------------------------------------            extent
///     ---------------------------------------------   whole
package struct NameAddress: Sendable, ListElement {
    /// As written: a quoted name with its quotes (as `$fn` shows it); absent if there is none.
    package private(set) var name = ByteRange.absent
    package private(set) var uri: ByteRange
    /// Without the semicolon before the first; absent if there are none.
    package private(set) var parameters = ByteRange.absent
    /// The value of the `tag` parameter.
    package private(set) var tag = ByteRange.absent
    /// From the name to the closing bracket, or to the end of a bare URI.
    package private(set) var extent: ByteRange
    /// With the parameters; without white space around.
    package private(set) var whole: ByteRange
    /// Written without angle brackets; parameters then belong to the header, not to the URI.
    package private(set) var isBare = false

    /// `Contact: *`
    package private(set) var isWildcard = false

    /// What can stand without angle brackets.
    package enum BareForm: Sendable { case uri, anyWord }

    /// The one address that `range` (all of `bytes` by default) holds; what follows a comma is left alone.
    package init(_ bytes: Bytes, in range: ByteRange? = nil) throws(ParseError) {
        var (cursor, end) = bytes.bounds(range)
        try self.init(bytes, at: &cursor, end: end)
    }

    /// Reads the address at `cursor`, which is left behind the comma that follows it, or at the end.
    package init(_ bytes: Bytes, at cursor: inout Int, end: Int) throws(ParseError) {
        try self.init(bytes, at: &cursor, end: end, bare: .uri)
    }

    package init(_ bytes: Bytes, at cursor: inout Int, end: Int, bare: BareForm) throws(ParseError) {
        let start = bytes.skipSpace(from: cursor, to: end)
        guard start < end else { throw ParseError(.expectedURI, at: start) }
        uri = .absent
        extent = ByteRange(start, start)
        whole = extent
        var i: Int
        if bytes[start] == UInt8(ascii: "\"") {
            let nameEnd = try bytes.skipQuoted(from: start, to: end)
            name = ByteRange(start, nameEnd)
            i = bytes.skipSpace(from: nameEnd, to: end)
            guard i < end, bytes[i] == UInt8(ascii: "<") else { throw ParseError(.expectedURI, at: i) }
            i = try readBracketed(bytes, start, i, end)
        } else {
            i = start
            while i < end, bytes[i] != UInt8(ascii: "<"), bytes[i] != UInt8(ascii: ";"), bytes[i] != UInt8(ascii: ",") {
                i &+= 1
            }
            if i < end, bytes[i] == UInt8(ascii: "<") {
                let nameEnd = bytes.trimEnd(from: start, to: i)
                if nameEnd > start { name = ByteRange(start, nameEnd) }
                i = try readBracketed(bytes, start, i, end)
            } else {
                try readBare(bytes, start, i, bare)
            }
        }
        whole = extent
        try readParameters(bytes, from: i, end)
        cursor = whole.upper
        cursor = bytes.skipSpace(from: cursor, to: end)
        if cursor < end { cursor &+= 1 }
    }

    private mutating func readBracketed(
        _ bytes: Bytes, _ start: Int, _ open: Int, _ end: Int
    ) throws(ParseError) -> Int {
        let close = bytes.position(of: UInt8(ascii: ">"), from: open &+ 1, to: end)
        let second = bytes.position(of: UInt8(ascii: "<"), from: open &+ 1, to: close)
        guard second == close else { throw ParseError(.unexpectedByte, at: second) }
        guard close < end else { throw ParseError(.unterminatedBracket, at: open) }
        guard close > open &+ 1 else { throw ParseError(.expectedURI, at: close) }
        uri = ByteRange(open &+ 1, close)
        extent = ByteRange(start, close &+ 1)
        return close &+ 1
    }

    private mutating func readBare(
        _ bytes: Bytes, _ start: Int, _ stop: Int, _ form: BareForm
    ) throws(ParseError) {
        let uriEnd = bytes.trimEnd(from: start, to: stop)
        uri = ByteRange(start, uriEnd)
        extent = uri
        isBare = true
        if uri.count == 1, bytes[start] == UInt8(ascii: "*") {
            isWildcard = true
            return
        }
        var i = start
        while i < uriEnd, bytes[i] != UInt8(ascii: ":") {
            guard !bytes[i].isSpace, bytes[i] != UInt8(ascii: "\"") else { throw ParseError(.expectedURI, at: i) }
            i &+= 1
        }
        let isWord = form == .anyWord && uriEnd > start && bytes[uriEnd &- 1] != UInt8(ascii: ">")
        guard isWord || i > start && i < uriEnd else { throw ParseError(.expectedURI, at: start) }
        while i < uriEnd {
            guard !bytes[i].isSpace else { throw ParseError(.unexpectedByte, at: i) }
            i &+= 1
        }
    }

    /// From behind the address; sets `whole` and leaves the comma, if any, unread.
    private mutating func readParameters(_ bytes: Bytes, from start: Int, _ end: Int) throws(ParseError) {
        let comma = UInt8(ascii: ",")
        let semicolon = UInt8(ascii: ";")
        var i = bytes.skipSpace(from: start, to: end)
        while i < end, bytes[i] == semicolon {
            i &+= 1
            let parameter = try Parameter(bytes, at: &i, end: end, separator: semicolon, stop: comma)
            if parameter.name.count == 3, bytes[parameter.name].equalsIgnoringCase("tag") { tag = parameter.value }
            let first = parameters.isPresent ? parameters.lower : parameter.extent.lower
            parameters = ByteRange(first, parameter.extent.upper)
            whole = ByteRange(extent.lower, parameter.extent.upper)
        }
        guard i >= end || bytes[i] == comma else { throw ParseError(.unexpectedByte, at: i) }
    }

    /// A parameter of the header, such as `q` or `expires`; `bytes` must be what the address was parsed from.
    package func parameter(_ name: StaticString, in bytes: Bytes) -> Parameter? {
        ParameterList(bytes, in: parameters).first(named: name)
    }
}

/// How many addresses a comma list holds, and one of them: the transformation `{nameaddr}`.
package struct NameAddressList {
    private let bytes: Bytes
    private let range: ByteRange
    private let bare: NameAddress.BareForm

    package init(_ bytes: Bytes, in range: ByteRange? = nil, bare: NameAddress.BareForm = .uri) {
        self.bytes = bytes
        self.range = range ?? ByteRange(of: bytes)
        self.bare = bare
    }

    package func count() throws(ParseError) -> Int {
        var (cursor, end) = bytes.bounds(range)
        var count = 0
        while cursor < end {
            _ = try NameAddress(bytes, at: &cursor, end: end, bare: bare)
            count &+= 1
        }
        return count
    }

    /// The address at `index`; -1 is the last. Nil if there is none.
    package func address(at index: Int) throws(ParseError) -> NameAddress? {
        var rest = index >= 0 ? index : index &+ (try count())
        var (cursor, end) = bytes.bounds(range)
        guard rest >= 0 else { return nil }
        while cursor < end {
            let address = try NameAddress(bytes, at: &cursor, end: end, bare: bare)
            if rest == 0 { return address }
            rest &-= 1
        }
        return nil
    }
}
