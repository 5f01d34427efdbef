// What scripts and the other parts of this library ask a message for. All of these parse at the first call and
// remember.

extension Message {
    /// The request URI in its parts; nil in a reply.
    /// - Throws: if it is nonsense.
    package func uri() throws(ParseError) -> URI? {
        if case .known(let uri) = table.pointee.uri { return uri }
        guard requestURI.isPresent else { return nil }
        let uri = try URI(bytes, in: requestURI)
        table.pointee.uri = .known(uri)
        return uri
    }

    /// The From header; nil if there is none.
    package func from() throws(ParseError) -> NameAddress? {
        if case .known(let address) = table.pointee.from { return address }
        guard let header = header(.from) else { return nil }
        let address = try single(header)
        table.pointee.from = .known(address)
        return address
    }

    /// The To header; nil if there is none.
    package func to() throws(ParseError) -> NameAddress? {
        if case .known(let address) = table.pointee.to { return address }
        guard let header = header(.to) else { return nil }
        let address = try single(header)
        table.pointee.to = .known(address)
        return address
    }

    /// The topmost Via; nil if there is none.
    package func via() throws(ParseError) -> Via? {
        if case .known(let via) = table.pointee.via { return via }
        guard let header = header(.via) else { return nil }
        var cursor = header.value.lower
        let via = try inside(.via) { () throws(ParseError) in try Via(bytes, at: &cursor, end: header.value.upper) }
        table.pointee.via = .known(via)
        return via
    }

    package func cseq() throws(ParseError) -> CSeq? {
        if case .known(let cseq) = table.pointee.cseq { return cseq }
        guard let header = header(.cseq) else { return nil }
        let cseq = try inside(.cseq) { () throws(ParseError) in try CSeq(bytes, in: header.value) }
        table.pointee.cseq = .known(cseq)
        return cseq
    }

    /// The Call-ID without blanks at its end; absent if there is none.
    package var callID: ByteRange { trimmed(.callID) }

    /// The value of the first header of a kind without blanks at its end; absent if there is none.
    package func trimmed(_ kind: HeaderKind) -> ByteRange {
        let value = value(kind)
        guard value.isPresent else { return value }
        return ByteRange(value.lower, bytes.trimEnd(from: value.lower, to: value.upper))
    }

    /// The number in a header such as Max-Forwards or Expires; nil if there is no such header.
    /// - Throws: `badNumber` if it is none, or above `limit`.
    package func number(_ kind: HeaderKind, atMost limit: Int = Int(UInt32.max)) throws(ParseError) -> Int? {
        let value = trimmed(kind)
        guard value.isPresent else { return nil }
        guard let number = bytes[value].decimal(atMost: limit) else {
            throw ParseError(kind == .contentLength ? .badContentLength : .badNumber, at: value.lower, in: kind)
        }
        return number
    }

    /// The bytes that Content-Length announces; nil if there is no such header.
    package func contentLength() throws(ParseError) -> Int? { try number(.contentLength) }

    /// The body, possibly empty: as long as Content-Length says, else up to the end of the message. What a datagram
    /// holds behind it is not part of the message (RFC 3261, 18.3). A length that cannot be is ignored here.
    package var body: ByteRange {
        if table.pointee.bodyCount < 0 {
            let rest = count &- table.pointee.bodyStart
            table.pointee.bodyCount = min((try? contentLength()) ?? rest, rest)
        }
        return ByteRange(table.pointee.bodyStart, table.pointee.bodyStart &+ table.pointee.bodyCount)
    }

    // MARK: Lists over several headers

    /// How many values the headers of a kind hold together, commas counted (`Contact: <sip:a>, <sip:b>` has two).
    package func addressCount(of kind: HeaderKind) throws(ParseError) -> Int {
        try walk(kind, NameAddress.self, until: nil).count
    }

    /// The value at `index` of all the comma lists of a kind; -1 is the last. Nil if there is none.
    package func address(of kind: HeaderKind, at index: Int = 0) throws(ParseError) -> NameAddress? {
        try element(kind, index)
    }

    package func viaCount() throws(ParseError) -> Int { try walk(.via, Via.self, until: nil).count }

    /// The Via at `index` from the top; -1 is the last. Nil if there is none.
    package func via(at index: Int) throws(ParseError) -> Via? { try element(.via, index) }

    private func element<Element: ListElement>(_ kind: HeaderKind, _ index: Int) throws(ParseError) -> Element? {
        var index = index
        if index < 0 {
            index &+= try walk(kind, Element.self, until: nil).count
            guard index >= 0 else { return nil }
        }
        return try walk(kind, Element.self, until: index).found
    }

    private func walk<Element: ListElement>(
        _ kind: HeaderKind, _: Element.Type, until index: Int?
    ) throws(ParseError) -> (found: Element?, count: Int) {
        var seen = 0
        var next = self.index(of: kind)
        while let i = next {
            let value = table.pointee.headers[i].value
            var cursor = bytes.skipSpace(from: value.lower, to: value.upper)
            while cursor < value.upper {
                let element = try inside(kind) { () throws(ParseError) in
                    try Element(bytes, at: &cursor, end: value.upper)
                }
                if seen == index { return (element, seen) }
                seen &+= 1
            }
            next = self.index(of: kind, from: i &+ 1)
        }
        return (nil, seen)
    }

    private func single(_ header: Header) throws(ParseError) -> NameAddress {
        var cursor = header.value.lower
        let end = header.value.upper
        let address = try inside(header.kind) { () throws(ParseError) in
            try NameAddress(bytes, at: &cursor, end: end)
        }
        let rest = bytes.skipSpace(from: address.whole.upper, to: end)
        guard rest == end else { throw ParseError(.unexpectedByte, at: rest, in: header.kind) }
        return address
    }

    private func inside<Value>(
        _ kind: HeaderKind, _ parse: () throws(ParseError) -> Value
    ) throws(ParseError) -> Value {
        do {
            return try parse()
        } catch {
            throw error.inside(kind)
        }
    }
}

/// A value of a comma list that is read from a cursor; the cursor is left behind the comma that follows, or at the end.
protocol ListElement {
    init(_ bytes: Bytes, at cursor: inout Int, end: Int) throws(ParseError)
}
