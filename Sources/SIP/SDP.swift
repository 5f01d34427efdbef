/// Lines and media streams of a session description (RFC 4566): the transformation `{sdp}`.
///
///     v=0            the session: every line before the first m=
///     ...
///     m=audio ...    a stream: from its m= line to the next, line ends included
///     a=...
package struct SDP {
    private let bytes: Bytes

    package init(_ bytes: Bytes) { self.bytes = bytes }

    /// The line at `index` among those that begin with `letter=`, without its line end; -1 is the last. Nil if there is
    /// none.
    package func line(_ letter: UInt8, at index: Int = 0) -> ByteRange? {
        element(index) { cursor in
            while let line = nextLine(&cursor) {
                if isLine(line, letter) { return line }
            }
            return nil
        }
    }

    /// The stream at `index`; -1 is the last. Nil if there is none.
    package func stream(at index: Int) -> ByteRange? { element(index, nextStream) }

    /// The first stream of a medium, such as `audio`.
    package func stream(medium: Bytes) -> ByteRange? {
        var cursor = 0
        while let stream = nextStream(&cursor) {
            let start = stream.lower &+ 2
            var end = start
            while end < stream.upper, !bytes[end].isSpace { end &+= 1 }
            if bytes[ByteRange(start, end)].equalsIgnoringCase(medium) { return stream }
        }
        return nil
    }

    package var streams: [ByteRange] { all(from: 0, nextStream) }

    /// The lines from a place on that begins one, without their ends.
    package func lines(from start: Int = 0) -> [ByteRange] { all(from: start, nextLine) }

    private func all(from start: Int, _ next: (inout Int) -> ByteRange?) -> [ByteRange] {
        var cursor = start
        var found: [ByteRange] = []
        while let element = next(&cursor) { found.append(element) }
        return found
    }

    /// The words of a line; two blanks have an empty one between them.
    package func words(of line: ByteRange) -> [ByteRange] {
        var words: [ByteRange] = []
        var start = line.lower
        while start <= line.upper {
            let end = bytes.position(of: UInt8(ascii: " "), from: start, to: line.upper)
            words.append(ByteRange(start, end))
            start = end &+ 1
        }
        return words
    }

    private func element(_ index: Int, _ next: (inout Int) -> ByteRange?) -> ByteRange? {
        var cursor = 0
        var rest = index
        if index < 0 {
            while next(&cursor) != nil { rest &+= 1 }
            cursor = 0
        }
        guard rest >= 0 else { return nil }
        while let found = next(&cursor) {
            if rest == 0 { return found }
            rest &-= 1
        }
        return nil
    }

    private func isLine(_ line: ByteRange, _ letter: UInt8) -> Bool {
        line.count >= 2 && bytes[line.lower] == letter && bytes[line.lower &+ 1] == UInt8(ascii: "=")
    }

    private func nextLine(_ cursor: inout Int) -> ByteRange? {
        let start = cursor
        guard start < bytes.count else { return nil }
        let feed = bytes.position(of: UInt8(ascii: "\n"), from: start, to: bytes.count)
        cursor = Swift.min(feed &+ 1, bytes.count)
        let end = feed > start && bytes[feed &- 1] == UInt8(ascii: "\r") ? feed &- 1 : feed
        return ByteRange(start, end)
    }

    private func nextStream(_ cursor: inout Int) -> ByteRange? {
        while let first = nextLine(&cursor) {
            guard isLine(first, UInt8(ascii: "m")) else { continue }
            var end = cursor
            while let line = nextLine(&cursor), !isLine(line, UInt8(ascii: "m")) { end = cursor }
            cursor = end
            return ByteRange(first.lower, end)
        }
        return nil
    }
}
