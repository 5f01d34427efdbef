extension Message {
    /// Looks at everything that a strict element has to look at: the headers every message needs, one of each, values
    /// that parse, addresses that are addresses, lengths that fit (RFC 3261, 8.1.1, 16.3 and 20).
    /// - Throws: the first fault. Nothing here keeps a message from being read, answered or forwarded.
    package func check() throws(ParseError) {
        let version = firstLine.version
        guard bytes[version].equalsIgnoringCase("SIP/2.0") else {
            throw ParseError(.unsupportedVersion, at: version.lower)
        }
        if let defect { throw defect }
        try checkSingles()
        try checkAddresses()
        try checkVias()
        try checkNumbers()
        try checkLengths()
        if let date = header(.date) {
            // Always in GMT (RFC 3261, 25.1), whatever a mail program would write.
            let text = trimmed(.date)
            let zone = ByteRange(max(text.upper &- 4, text.lower), text.upper)
            guard bytes[zone].equalsIgnoringCase(" GMT") else {
                throw ParseError(.badDate, at: date.value.lower, in: .date)
            }
        }
    }

    private func checkSingles() throws(ParseError) {
        for kind in [HeaderKind.via, .from, .to, .callID, .cseq] where header(kind) == nil {
            throw ParseError(.missingHeader(kind), at: firstLine.line.upper, in: kind)
        }
        for kind in [HeaderKind.from, .to, .callID, .cseq, .maxForwards] {
            guard let first = index(of: kind), let second = index(of: kind, from: first &+ 1),
                let header = header(at: second)
            else { continue }
            throw ParseError(.repeatedHeader(kind), at: header.line.lower, in: kind)
        }
        guard callID.count > 0 else { throw ParseError(.missingHeader(.callID), at: callID.lower, in: .callID) }
        if let cseq = try cseq(), isRequest {
            guard bytes[cseq.methodText].elementsEqual(bytes[firstLine.methodText]) else {
                throw ParseError(.methodMismatch, at: cseq.methodText.lower, in: .cseq)
            }
        }
    }

    private func checkAddresses() throws(ParseError) {
        if let uri = try uri(), uri.headers.isPresent {
            // RFC 3261, 19.1.1: a request URI has no headers.
            throw ParseError(.headersInRequestURI, at: uri.headers.lower)
        }
        if let from = try from() { try check(from, in: .from) }
        if let to = try to() { try check(to, in: .to) }
        for kind in [HeaderKind.contact, .route, .recordRoute] {
            var index = 0
            while let address = try address(of: kind, at: index) {
                try check(address, in: kind)
                index &+= 1
                guard index < 64 else { break }
            }
        }
    }

    private func check(_ address: NameAddress, in kind: HeaderKind) throws(ParseError) {
        if address.isWildcard {
            guard kind == .contact else { throw ParseError(.expectedURI, at: address.uri.lower, in: kind) }
            return
        }
        if let name = nameFault(address) { throw ParseError(.unexpectedByte, at: name, in: kind) }
        let uri: URI
        do {
            uri = try URI(bytes, in: address.uri)
        } catch {
            throw error.inside(kind)
        }
        // Without brackets a question mark would leave open whose headers follow (RFC 3261, 20.10).
        if address.isBare, let mark = bytes[address.uri].firstIndex(of: UInt8(ascii: "?")), uri.scheme != .other {
            throw ParseError(.bareURIWithHeaders, at: address.uri.lower &+ mark, in: kind)
        }
    }

    /// Where an unquoted display name holds something other than tokens and blanks.
    private func nameFault(_ address: NameAddress) -> Int? {
        guard address.name.count > 0, bytes[address.name.lower] != UInt8(ascii: "\"") else { return nil }
        var i = address.name.lower
        while i < address.name.upper {
            guard bytes[i].isSpace || bytes[i] >= 0x80 || ByteSet.token.contains(bytes[i]) else { return i }
            i &+= 1
        }
        return nil
    }

    private func checkVias() throws(ParseError) {
        _ = try viaCount()
    }

    private func checkNumbers() throws(ParseError) {
        _ = try number(.maxForwards, atMost: 255)
    }

    private func checkLengths() throws(ParseError) {
        guard let length = try contentLength() else { return }
        var next = index(of: .contentLength)
        while let i = next, let header = header(at: i) {
            let end = bytes.trimEnd(from: header.value.lower, to: header.value.upper)
            guard bytes[ByteRange(header.value.lower, end)].decimal() == length else {
                throw ParseError(.conflictingContentLength, at: header.value.lower, in: .contentLength)
            }
            next = index(of: .contentLength, from: i &+ 1)
        }
        guard body.lower &+ length <= count else {
            throw ParseError(.bodyShorterThanContentLength, at: count, in: .contentLength)
        }
    }
}
