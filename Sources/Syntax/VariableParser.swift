/// Bytes that are one variable, such as the literal `"$avp(x)"` where a script of the 2.4 era names an output.
package enum VariableParser {
    /// Nil, and why, unless the bytes are exactly one variable. `span` is where they stand in the source.
    package static func parse(_ bytes: [UInt8], span: Span = .none) -> (variable: Variable?, diagnostics: [Diagnostic])
    {
        bytes.withUnsafeBufferPointer { text in
            let offsets = VariableReader.Offsets(span, count: text.count)
            guard text.byte(0) == UInt8(ascii: "$") else {
                return (nil, [Diagnostic(.badVariable, at: span, "a variable begins with '$'")])
            }
            var reader = VariableReader(text, at: 0, end: text.count, offsets: offsets)
            guard let variable = try? reader.variable() else { return (nil, reader.diagnostics) }
            guard reader.position == text.count else {
                let rest = Diagnostic.quote(text, reader.position, text.count)
                let place = offsets.span(reader.position, text.count)
                return (nil, [Diagnostic(.badVariable, at: place, "\(rest) does not belong to the variable")])
            }
            return (variable, reader.diagnostics)
        }
    }
}

extension VariableReader.Offsets {
    /// For `count` bytes that stand at `span`, with or without quotes around them.
    init(_ span: Span, count: Int) {
        let length = Int(span.end) - Int(span.start)
        if length == count {
            self = .from(span.start)
        } else if length == count + 2 {
            self = .from(span.start &+ 1)
        } else {
            self = .within(span)
        }
    }
}
