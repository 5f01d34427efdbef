/// How diagnostics are shown: to people in a terminal, to programs as JSON.
extension Diagnostic {
    package enum Colours: Sendable { case none, ansi }

    /// `file:line:column: severity: message [code]`, the source line with a caret below, and the notes. Ends with a
    /// line feed.
    package func rendered(in source: Source, colours: Colours = .none) -> String {
        let paint = Paint(colours)
        let place = source.location(of: span.start)
        var lines = [
            paint(.bold, "\(place.file):\(place.line):\(place.column): ")
                + paint(.severity(severity), severity.rawValue)
                + paint(.bold, ": \(message)") + paint(.dim, " [\(code.name)]")
        ]
        lines += excerpt(of: span, in: source, paint, .severity(severity))
        for note in notes {
            guard let span = note.span else {
                lines.append("  " + paint(.severity(.note), "note") + ": \(note.message)")
                continue
            }
            let place = source.location(of: span.start)
            lines.append(
                "  \(place.file):\(place.line):\(place.column): " + paint(.severity(.note), "note")
                    + ": \(note.message)")
            lines += excerpt(of: span, in: source, paint, .severity(.note))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The line of the source and the marks below it; nothing for a place outside of the text.
    private func excerpt(of span: Span, in source: Source, _ paint: Paint, _ style: Paint.Style) -> [String] {
        let line = source.line(around: span.start)
        let place = Swift.min(Swift.max(Int(span.start), line.lowerBound), line.upperBound)
        guard !source.bytes.isEmpty else { return [] }
        // Of a line as long as a file the part around the place is enough.
        let shown = Swift.max(line.lowerBound, place - 100)..<Swift.min(line.upperBound, place + 100)
        let column = place - shown.lowerBound
        let text = Self.printable(source.bytes[shown])
        let before = Self.printable(source.bytes[shown.prefix(column)])
        let marked = Swift.max(place, Swift.min(Int(span.end), shown.upperBound))
        let length = Self.printable(source.bytes[place..<marked]).count
        let marks = "^" + String(repeating: "~", count: Swift.max(0, length - 1))
        return ["    " + text, "    " + String(repeating: " ", count: before.count) + paint(style, marks)]
    }

    /// The text with a blank for each tab, and a mark for what would disturb the terminal.
    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        String(
            String.UnicodeScalarView(
                String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
                    if scalar == "\t" { return " " }
                    return scalar.value < 32 || (127..<160).contains(scalar.value) ? "?" : scalar
                }))
    }

    /// One JSON object on one line, with `file`, `line`, `column`, `endLine`, `endColumn`, `severity`, `code`,
    /// `message` and `notes`.
    package func json(in source: Source) -> String {
        let notes = notes.map { note in
            let place = note.span.map { ",\(Self.place($0, in: source))" } ?? ""
            return "{\"message\":\(Self.jsonString(note.message))\(place)}"
        }
        let fix = fix.map { ",\"fix\":{\(Self.place($0.span, in: source)),\"text\":\(Self.jsonString($0.text))}" } ?? ""
        return "{\(Self.place(span, in: source)),\"severity\":\"\(severity.rawValue)\","
            + "\"code\":\(Self.jsonString(code.name)),\"message\":\(Self.jsonString(message)),"
            + "\"notes\":[\(notes.joined(separator: ","))]\(fix)}"
    }

    private static func place(_ span: Span, in source: Source) -> String {
        let start = source.location(of: span.start)
        let end = source.location(of: span.end)
        return "\"file\":\(jsonString(start.file)),\"line\":\(start.line),\"column\":\(start.column),"
            + "\"endLine\":\(end.line),\"endColumn\":\(end.column)"
    }

    /// A text as JSON writes it, with its quotes.
    package static func jsonString(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case _ where scalar.value < 32 || scalar.value == 127:
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}

/// ANSI colours, or none.
private struct Paint {
    enum Style {
        case bold, dim
        case severity(Diagnostic.Severity)
    }

    private let isOn: Bool

    init(_ colours: Diagnostic.Colours) { isOn = colours == .ansi }

    func callAsFunction(_ style: Style, _ text: String) -> String {
        guard isOn else { return text }
        let code =
            switch style {
            case .bold: "1"
            case .dim: "2"
            case .severity(.error): "1;31"
            case .severity(.warning): "1;33"
            case .severity(.note): "1;36"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
