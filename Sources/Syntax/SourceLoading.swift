/// Includes: a line that holds nothing but `include_file "path"` (or `import_file`) in front is replaced by the file.
///
/// OpenSIPS does this on the raw text, inside comments and literals as well; a `#` in front switches it off, and
/// what follows the path on its line is dropped.
extension Source {
    /// Files may be nested this deep, the main file counted, as in OpenSIPS.
    package static let maximumDepth = 20
    /// Bounds what a few hostile files can grow into.
    package static let maximumBytes = 256 << 20

    /// Reads a script with its includes. `include` gets the path as written and the name of the including file and
    /// answers with the name under which the file is reported and its bytes, nil if there is none.
    ///
    /// An include that fails stays in the text as written and is reported at its path.
    package static func load(
        _ name: String, _ bytes: [UInt8], limit: Int = maximumBytes,
        include: (_ path: String, _ from: String) -> (name: String, bytes: [UInt8])?
    ) -> (source: Source, diagnostics: [Diagnostic]) {
        var loader = SourceLoader(limit: limit)
        loader.append(name, bytes, depth: 1, include)
        let source = Source(bytes: loader.text, files: loader.files, segments: loader.segments)
        return (source, loader.diagnostics)
    }
}

/// `include_file "path"` on one line; offsets count from where the search began.
struct IncludeLine {
    /// The keyword, without the blanks in front.
    var keyword: Range<Int>
    /// Without the quotes.
    var path: Range<Int>
    /// Where the line ends, in front of its line feed.
    var end: Int

    /// The include line that begins at `start`, the beginning of a line.
    init?(_ text: UnsafeBufferPointer<UInt8>, at start: Int) {
        var position = start
        func skipBlanks() {
            while position < text.count, text[position].isBlank { position += 1 }
        }
        skipBlanks()
        guard position < text.count, text[position] == UInt8(ascii: "i") else { return nil }
        let word = position
        guard text.hasWord("include_file", at: position) || text.hasWord("import_file", at: position) else {
            return nil
        }
        while position < text.count, text[position].isIdentifier { position += 1 }
        keyword = word..<position
        skipBlanks()
        guard position < text.count, text[position] == UInt8(ascii: "\"") || text[position] == UInt8(ascii: "'") else {
            return nil
        }
        let quote = text[position]
        let begin = position + 1
        position = begin
        while position < text.count, text[position] != quote, text[position] != UInt8(ascii: "\n") { position += 1 }
        guard position < text.count, text[position] == quote, position > begin else { return nil }
        path = begin..<position
        while position < text.count, text[position] != UInt8(ascii: "\n") { position += 1 }
        end = position
    }
}

private struct SourceLoader {
    let limit: Int
    var text: [UInt8] = []
    var files: [String] = []
    var segments: [Source.Segment] = []
    var diagnostics: [Diagnostic] = []
    private var indices: [String: Int] = [:]

    init(limit: Int) { self.limit = limit }

    mutating func append(
        _ name: String, _ bytes: [UInt8], depth: Int, _ include: (String, String) -> (name: String, bytes: [UInt8])?
    ) {
        let file = index(of: name)
        segments.append(Source.Segment(start: text.count, file: file, line: 1))
        // Copied up to here; everything between is taken over in one go.
        var copied = 0
        var line = 1
        var start = 0
        bytes.withUnsafeBufferPointer { bytes in
            while start < bytes.count {
                if let found = IncludeLine(bytes, at: start) {
                    text.append(contentsOf: bytes[copied..<found.keyword.lowerBound])
                    copied = found.keyword.lowerBound
                    let path = String(decoding: bytes[found.path], as: UTF8.self)
                    if let part = load(path, found, line, name, depth: depth, include) {
                        append(part.name, part.bytes, depth: depth + 1, include)
                        segments.append(Source.Segment(start: text.count, file: file, line: line))
                        copied = found.end
                    }
                }
                while start < bytes.count, bytes[start] != UInt8(ascii: "\n") { start += 1 }
                start += 1
                line += 1
            }
            text.append(contentsOf: bytes[copied...])
        }
    }

    private mutating func load(
        _ path: String, _ line: IncludeLine, _ number: Int, _ name: String, depth: Int,
        _ include: (String, String) -> (name: String, bytes: [UInt8])?
    ) -> (name: String, bytes: [UInt8])? {
        // The failing line is copied next, so its path will stand at this distance from the end.
        let start = Int32(truncatingIfNeeded: text.count + line.path.lowerBound - line.keyword.lowerBound)
        let span = Span(start: start, end: start &+ Int32(truncatingIfNeeded: line.path.count))
        guard depth < Source.maximumDepth else {
            diagnostics.append(
                Diagnostic(
                    .includeTooDeep, at: span, "files are included more than \(Source.maximumDepth) deep",
                    notes: [Diagnostic.Note("does \(path) include itself?")]))
            return nil
        }
        guard let part = include(path, name) else {
            diagnostics.append(
                Diagnostic(
                    .includeMissing, at: span, "the file \(path) cannot be read",
                    notes: [Diagnostic.Note("a path is tried from the working directory, then from beside \(name)")]))
            return nil
        }
        guard text.count + part.bytes.count <= limit else {
            if diagnostics.last?.code != .includeTooLarge {
                diagnostics.append(Diagnostic(.includeTooLarge, at: span, "the included files are too large together"))
            }
            return nil
        }
        return part
    }

    private mutating func index(of name: String) -> Int {
        if let index = indices[name] { return index }
        files.append(name)
        indices[name] = files.count - 1
        return files.count - 1
    }
}
