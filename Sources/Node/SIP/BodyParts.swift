import SIP

/// The parts of a body (RFC 2046, 5.1): those of a `multipart` body in order, else the body itself as the only one.
///
///     --boundary CRLF
///     Content-Type: text/plain CRLF
///     CRLF
///     body CRLF
///     --boundary--
struct BodyParts {
    struct Part {
        /// From its delimiter to the next one.
        var whole: ByteRange
        /// The header lines with their line ends; absent for a body that is no multipart.
        var headers: ByteRange
        /// The value of its Content-Type with parameters.
        var fullType: ByteRange
        /// Without parameters: `text/plain`.
        var type: ByteRange
        var body: ByteRange
    }

    let isMultipart: Bool
    private let message: Message
    private let boundary: ByteRange
    /// Where the next delimiter line starts.
    private var cursor: Int
    private let end: Int

    init(_ message: Message) {
        self.message = message
        let body = message.body
        let type = message.trimmed(.contentType)
        let bytes = message.bytes
        cursor = body.lower
        end = body.upper
        let isNamed = bytes[type].startsIgnoringCase(with: "multipart/")
        boundary = isNamed ? BodyParts.boundary(bytes, type) : .absent
        isMultipart = boundary.count > 0
        if isMultipart { cursor = delimiter(from: body.lower)?.lower ?? end }
    }

    private static func boundary(_ bytes: Bytes, _ type: ByteRange) -> ByteRange {
        let semicolon = bytes[type].firstIndex(of: UInt8(ascii: ";")).map { type.lower + $0 + 1 }
        guard let semicolon else { return .absent }
        return ParameterList(bytes, in: ByteRange(semicolon, type.upper)).first(named: "boundary")?.value ?? .absent
    }

    /// The boundary between the parts, without the hyphens; empty where the body is no multipart.
    var boundaryText: Bytes { message[boundary] }

    /// Where the closing delimiter starts; the end of the body where it is missing.
    var closing: Int {
        var at = message.body.lower
        while let line = delimiter(from: at) {
            let rest = message[ByteRange(line.upper, min(line.upper + 2, end))]
            if rest.count == 2, rest[0] == UInt8(ascii: "-"), rest[1] == UInt8(ascii: "-") { return line.lower }
            at = line.upper
        }
        return end
    }

    /// The next `--boundary` at the start of a line, without what follows it on the line.
    private func delimiter(from start: Int) -> ByteRange? {
        let bytes = message.bytes
        let text = bytes[boundary]
        var at = start
        while at + text.count + 2 <= end {
            let isLineStart = at == message.body.lower || bytes[at - 1] == 0x0a
            if isLineStart, bytes[at] == UInt8(ascii: "-"), bytes[at + 1] == UInt8(ascii: "-"),
                bytes[ByteRange(at + 2, at + 2 + text.count)].elementsEqual(text)
            {
                return ByteRange(at, at + 2 + text.count)
            }
            at += 1
            while at < end, bytes[at - 1] != 0x0a { at += 1 }
        }
        return nil
    }

    mutating func next() -> Part? {
        guard cursor < end else { return nil }
        guard isMultipart else {
            let body = message.body
            cursor = end
            let full = message.trimmed(.contentType)
            return Part(whole: body, headers: .absent, fullType: full, type: plain(full), body: body)
        }
        guard let line = delimiter(from: cursor) else { return nil }
        let bytes = message.bytes
        var start = line.upper
        while start < end, bytes[start] != 0x0a {
            guard bytes[start] != UInt8(ascii: "-") else {
                cursor = end
                return nil
            }
            start += 1
        }
        start = min(start + 1, end)
        let stop = delimiter(from: start)?.lower ?? end
        cursor = stop
        return part(line.lower, start, stop)
    }

    private func part(_ lower: Int, _ start: Int, _ stop: Int) -> Part {
        let bytes = message.bytes
        var type = ByteRange.absent
        var at = start
        while at < stop {
            var lineEnd = at
            while lineEnd < stop, bytes[lineEnd] != 0x0a { lineEnd += 1 }
            let isCR = lineEnd > at && bytes[lineEnd - 1] == 0x0d
            let text = ByteRange(at, isCR ? lineEnd - 1 : lineEnd)
            let next = min(lineEnd + 1, stop)
            if text.isEmpty { return finish(lower, start, at, next, stop, type) }
            if let colon = bytes[text].firstIndex(of: UInt8(ascii: ":")),
                HeaderKind(name: bytes[ByteRange(at, at + colon)].trimmed) == .contentType
            {
                type = bytes.trimmed(ByteRange(at + colon + 1, text.upper))
            }
            at = next
        }
        return finish(lower, start, stop, stop, stop, type)
    }

    private func finish(
        _ lower: Int, _ start: Int, _ headersEnd: Int, _ bodyStart: Int, _ stop: Int, _ type: ByteRange
    ) -> Part {
        // The line end before a delimiter belongs to the delimiter.
        let bytes = message.bytes
        var bodyEnd = stop
        if bodyEnd > bodyStart, bytes[bodyEnd - 1] == 0x0a { bodyEnd -= 1 }
        if bodyEnd > bodyStart, bytes[bodyEnd - 1] == 0x0d { bodyEnd -= 1 }
        return Part(
            whole: ByteRange(lower, stop), headers: ByteRange(start, headersEnd), fullType: type, type: plain(type),
            body: ByteRange(bodyStart, bodyEnd))
    }

    private func plain(_ type: ByteRange) -> ByteRange {
        let semicolon = message[type].firstIndex(of: UInt8(ascii: ";"))
        return semicolon.map { message.bytes.trimmed(ByteRange(type.lower, type.lower + $0)) } ?? type
    }

    /// The part at `index`; -1 is the last.
    func part(at index: Int) -> Part? { pick(index) { _ in true } }

    /// The part at `index` among those of a type; -1 is the last.
    func part(ofType type: Bytes, at index: Int) -> Part? {
        pick(index) { message[$0.type].equalsIgnoringCase(type) }
    }

    private func pick(_ index: Int, _ isWanted: (Part) -> Bool) -> Part? {
        var found: [Part] = []
        var parts = self
        while let part = parts.next() {
            guard isWanted(part) else { continue }
            found.append(part)
            if index >= 0, found.count > index { return part }
        }
        let resolved = index < 0 ? index + found.count : index
        return found.indices.contains(resolved) ? found[resolved] : nil
    }
}

extension Bytes {
    /// A piece without blanks around it.
    func trimmed(_ range: ByteRange) -> ByteRange {
        guard range.isPresent, range.upper <= count else { return range }
        var lower = range.lower
        var upper = range.upper
        while lower < upper, self[lower].isSpace { lower += 1 }
        while upper > lower, self[upper - 1].isSpace { upper -= 1 }
        return ByteRange(lower, upper)
    }

    var trimmed: Bytes { self[trimmed(ByteRange(0, count))] }
}
