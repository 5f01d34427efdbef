/// One header of a message: a small trivial value, all offsets from the message's first byte.
///
///     Subject :  two\r\n words  \r\n
///     -------                            name
///                ------------------      value: folds and blanks at its end are kept
///     -----------------------------      line: with the line end
package struct Header: Sendable {
    package let kind: HeaderKind
    let nameCount: UInt16
    let start: UInt32
    let valueStart: UInt32
    let valueEnd: UInt32
    let end: UInt32

    package var name: ByteRange { ByteRange(start: start, count: UInt32(nameCount)) }
    package var value: ByteRange { ByteRange(start: valueStart, count: valueEnd &- valueStart) }
    package var line: ByteRange { ByteRange(start: start, count: end &- start) }
}

/// Walks over the headers of a message. Also finds Content-Length for the framing of streams.
struct HeaderScanner {
    let bytes: Bytes
    /// Where the next header starts; behind the empty line when the scan is over.
    var cursor: Int

    enum Step {
        case header(Header)
        /// A line that is no header; the scan can go on behind it.
        case broken(ParseError)
        /// The empty line, which starts at this offset.
        case end(Int)
        /// The bytes ended before the empty line.
        case unterminated
    }

    @inline(__always)
    mutating func next() -> Step {
        let start = cursor
        let count = bytes.count
        guard start < count else { return .unterminated }
        if bytes[start] == UInt8(ascii: "\n") {
            cursor = start &+ 1
            return .end(start)
        }
        if bytes[start] == UInt8(ascii: "\r"), start &+ 1 < count, bytes[start &+ 1] == UInt8(ascii: "\n") {
            cursor = start &+ 2
            return .end(start)
        }
        var feed = bytes.position(of: UInt8(ascii: "\n"), from: start, to: count)
        // A line that begins with a blank continues the one before (RFC 3261, 7.3.1).
        while feed &+ 1 < count, bytes[feed &+ 1].isBlank {
            feed = bytes.position(of: UInt8(ascii: "\n"), from: feed &+ 1, to: count)
        }
        let end = Swift.min(feed &+ 1, count)
        cursor = end
        let valueEnd = feed > start && feed < count && bytes[feed &- 1] == UInt8(ascii: "\r") ? feed &- 1 : feed
        return header(start, valueEnd, end)
    }

    @inline(__always)
    private func header(_ start: Int, _ valueEnd: Int, _ end: Int) -> Step {
        let colon = bytes.position(of: UInt8(ascii: ":"), from: start, to: valueEnd)
        var nameEnd = colon
        while nameEnd > start, bytes[nameEnd &- 1].isBlank { nameEnd &-= 1 }
        let nameCount = nameEnd &- start
        guard colon < valueEnd, nameCount > 0, nameCount <= 0xffff else {
            return .broken(ParseError(.badHeaderLine, at: start))
        }
        let kind = HeaderKind(name: bytes[ByteRange(start, nameEnd)])
        if kind == .other {
            let stop = bytes.skip(.token, from: start, to: nameEnd)
            if stop < nameEnd { return .broken(ParseError(.badHeaderLine, at: stop)) }
        }
        let valueStart = bytes.skipSpace(from: colon &+ 1, to: valueEnd)
        return .header(
            Header(
                kind: kind,
                nameCount: UInt16(truncatingIfNeeded: nameCount),
                start: UInt32(truncatingIfNeeded: start),
                valueStart: UInt32(truncatingIfNeeded: valueStart),
                valueEnd: UInt32(truncatingIfNeeded: valueEnd),
                end: UInt32(truncatingIfNeeded: end)))
    }
}
