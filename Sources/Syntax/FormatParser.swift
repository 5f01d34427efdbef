/// Texts that are expanded when they are used: `xlog`, and most text arguments of functions.
///
/// A name runs as long as letters, digits, `_` and `.` follow; indexes and transformations need `$( )`. `$$` is one
/// dollar sign, and a dollar sign that starts nothing is an error.
package enum FormatParser {
    /// The pieces of a literal, in order, neighbouring texts joined. With the source that the literal stands in,
    /// variables behind escapes get their exact places, too.
    package static func parse(
        _ literal: Literal, in source: Source? = nil
    ) -> (pieces: [FormatPiece], diagnostics: [Diagnostic]) {
        guard let source, Int(literal.span.end) - Int(literal.span.start) != literal.bytes.count + 2,
            case let place = source.range(literal.span), place.count > 2
        else { return parse(literal.bytes, span: literal.span) }
        let table = source.bytes.withUnsafeBufferPointer { text in
            Escapes.offsets(text, place.lowerBound + 1, place.upperBound - 1)
        }
        return parse(literal.bytes, .table(table))
    }

    /// The pieces of bytes that stand at `span`, with or without quotes around them.
    package static func parse(
        _ bytes: [UInt8], span: Span = .none
    ) -> (pieces: [FormatPiece], diagnostics: [Diagnostic]) {
        parse(bytes, VariableReader.Offsets(span, count: bytes.count))
    }

    private static func parse(
        _ bytes: [UInt8], _ offsets: VariableReader.Offsets
    ) -> (pieces: [FormatPiece], diagnostics: [Diagnostic]) {
        var pieces: [FormatPiece] = []
        var diagnostics: [Diagnostic] = []
        bytes.withUnsafeBufferPointer { text in
            var literal: [UInt8] = []
            var index = 0
            // A text with more errors than this is no text for people.
            while index < text.count, diagnostics.count < 20 {
                var end = index
                while end < text.count, text[end] != UInt8(ascii: "$") { end &+= 1 }
                literal.append(contentsOf: text[index..<end])
                index = end
                guard index < text.count else { break }
                if text.byte(index &+ 1) == UInt8(ascii: "$") {
                    literal.append(UInt8(ascii: "$"))
                    index &+= 2
                    continue
                }
                var reader = VariableReader(text, at: index, end: text.count, offsets: offsets)
                if startsVariable(text.byte(index &+ 1)), let variable = try? reader.variable() {
                    diagnostics += reader.diagnostics
                    if !literal.isEmpty { pieces.append(.text(literal)) }
                    literal.removeAll()
                    pieces.append(.variable(variable))
                    index = reader.position
                } else {
                    diagnostics += reader.diagnostics
                    if reader.diagnostics.isEmpty { diagnostics.append(loneDollar(offsets.span(index, index &+ 1))) }
                    literal.append(UInt8(ascii: "$"))
                    index &+= 1
                }
            }
            if !literal.isEmpty { pieces.append(.text(literal)) }
        }
        return (pieces, diagnostics)
    }

    private static func startsVariable(_ byte: UInt8) -> Bool { byte.isVariableName || byte == UInt8(ascii: "(") }

    private static func loneDollar(_ span: Span) -> Diagnostic {
        Diagnostic(
            .loneDollar, at: span, "this dollar sign starts no variable",
            notes: [Diagnostic.Note("write $$ for a dollar sign in a text")])
    }
}
