/// The text of a script with its includes put in place, and where each part came from.
///
/// OpenSIPS includes by line before it reads a token, so the parser sees one text; positions are offsets into
/// it, and `location(of:)` leads back to the file, line and column that a person knows.
package struct Source: Sendable {
    package let bytes: [UInt8]
    /// File names; the main file is the first.
    package let files: [String]
    private let segments: [Segment]
    /// Offsets at which the lines of the joined text begin, ascending; the first is 0.
    private let lineStarts: [Int32]

    /// Bytes from `start` to the next segment's start were taken from `file`, beginning at its line `line` (1...).
    package struct Segment: Sendable {
        package var start: Int
        package var file: Int
        package var line: Int

        package init(start: Int, file: Int, line: Int) {
            self.start = start
            self.file = file
            self.line = line
        }
    }

    /// Line and column count from 1; the column counts bytes.
    package struct Location: Sendable, Hashable {
        package var file: String
        package var line: Int
        package var column: Int

        package init(file: String, line: Int, column: Int) {
            self.file = file
            self.line = line
            self.column = column
        }
    }

    /// `segments` are ordered by `start`, the first starts at 0.
    package init(bytes: [UInt8], files: [String], segments: [Segment]) {
        self.bytes = bytes
        self.files = files
        self.segments = segments
        lineStarts = Source.lineStarts(of: bytes)
    }

    /// One file as it is; its include lines stay in the text.
    package init(name: String, bytes: [UInt8]) {
        self.init(bytes: bytes, files: [name], segments: [Segment(start: 0, file: 0, line: 1)])
    }

    /// This text and another one behind it, which begins on a line of its own at the offset that is returned.
    package func appending(_ other: Source) -> (source: Source, start: Int32) {
        let joint = bytes.isEmpty || bytes.last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")]
        let start = bytes.count + joint.count
        let more = other.segments.map {
            Segment(start: $0.start + start, file: $0.file + files.count, line: $0.line)
        }
        let source = Source(
            bytes: bytes + joint + other.bytes, files: files + other.files, segments: segments + more)
        return (source, Int32(truncatingIfNeeded: start))
    }

    /// Where the byte at `offset` stands; an offset outside of the text is moved to its nearest end.
    package func location(of offset: Int32) -> Location {
        let offset = Swift.min(Swift.max(Int(offset), 0), bytes.count)
        guard let segment = segments.last(atOrBefore: offset, by: \.start) else {
            return Location(file: files.first ?? "", line: 1, column: offset + 1)
        }
        let line = lineIndex(of: offset)
        // Lines that began in front of the segment belong to another file.
        let first = lineIndex(of: segment.start)
        let start = Swift.max(lineStart(line), segment.start)
        let file = files.indices.contains(segment.file) ? files[segment.file] : ""
        return Location(file: file, line: segment.line + line - first, column: offset - start + 1)
    }

    /// The bytes of the line around `offset`, without its line end, as a range of the text.
    package func line(around offset: Int32) -> Range<Int> {
        let offset = Swift.min(Swift.max(Int(offset), 0), bytes.count)
        let line = lineIndex(of: offset)
        let start = lineStart(line)
        var end = line + 1 < lineStarts.count ? lineStart(line + 1) - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<Swift.max(start, end)
    }

    /// The text of a span; what lies outside of the source is cut off.
    package func text(_ span: Span) -> String {
        String(decoding: bytes[range(span)], as: UTF8.self)
    }

    package func range(_ span: Span) -> Range<Int> {
        let start = Swift.min(Swift.max(Int(span.start), 0), bytes.count)
        return start..<Swift.min(Swift.max(Int(span.end), start), bytes.count)
    }

    private func lineStart(_ line: Int) -> Int { Int(lineStarts[line]) }

    private func lineIndex(of offset: Int) -> Int {
        Swift.max(lineStarts.partitioningIndex { Int($0) > offset } - 1, 0)
    }

    static func lineStarts(of bytes: [UInt8]) -> [Int32] {
        var starts: [Int32] = [0]
        starts.reserveCapacity(bytes.count / 24)
        bytes.withUnsafeBufferPointer { bytes in
            for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
                starts.append(Int32(truncatingIfNeeded: index &+ 1))
            }
        }
        return starts
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index whose element satisfies the predicate; all elements behind it must, too.
    func partitioningIndex(_ belongsBehind: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The last element whose key is not above `key`, in a collection ordered by that key.
    func last(atOrBefore key: Int, by path: (Element) -> Int) -> Element? {
        let index = partitioningIndex { path($0) > key }
        return index > startIndex ? self[index - 1] : nil
    }
}
