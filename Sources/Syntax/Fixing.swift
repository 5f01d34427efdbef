extension Source {
    /// A file of the source with what fixes say; those that overlap an earlier one are left for another time. A line on
    /// which nothing is left goes, too.
    /// - Parameter bytes: the file, from which the source was loaded.
    package func fixing(_ fixes: [Diagnostic.Fix], in file: String, _ bytes: [UInt8]) -> [UInt8] {
        let lines = Source.lineStarts(of: bytes)
        let edits = Set(fixes).compactMap { fix in edit(fix, in: file, lines).map { (range: $0, text: fix.text) } }
            .sorted { ($0.range.lowerBound, $0.text) < ($1.range.lowerBound, $1.text) }
        var result: [UInt8] = []
        var copied = 0
        for edit in edits where edit.range.lowerBound >= copied && edit.range.upperBound <= bytes.count {
            result += bytes[copied..<edit.range.lowerBound]
            result += edit.text.utf8
            copied = edit.range.upperBound
            if edit.text.isEmpty, let rest = emptyLine(at: copied, of: bytes, behind: result) {
                result.removeLast(rest.before)
                copied = rest.end
            }
        }
        return result + bytes[copied...]
    }

    /// The place of a fix in its file; nil where that is another one.
    private func edit(_ fix: Diagnostic.Fix, in file: String, _ lines: [Int32]) -> Range<Int>? {
        let start = location(of: fix.span.start)
        guard start.file == file, lines.indices.contains(start.line - 1) else { return nil }
        let offset = Int(lines[start.line - 1]) + start.column - 1
        return offset..<offset + Int(fix.span.end - fix.span.start)
    }

    /// How many blanks stand before a place on its line, and where the next line begins, if there is nothing else.
    private func emptyLine(at place: Int, of bytes: [UInt8], behind written: [UInt8]) -> (before: Int, end: Int)? {
        let before = written.reversed().prefix { $0.isBlank }.count
        guard before == written.count || written[written.count - before - 1] == UInt8(ascii: "\n") else { return nil }
        let end = bytes[place...].firstIndex { !$0.isBlank && $0 != UInt8(ascii: "\r") } ?? bytes.count
        guard end == bytes.count || bytes[end] == UInt8(ascii: "\n") else { return nil }
        return (before, min(end + 1, bytes.count))
    }
}
