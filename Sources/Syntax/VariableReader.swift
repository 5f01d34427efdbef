/// Reads one variable at a position of a text: in code, in a literal, or inside of another variable.
struct VariableReader: ~Copyable {
    /// Longer than any sensible variable; keeps the search for a closing parenthesis short.
    static let maximumLength = 1 << 16
    /// Variables inside of variables.
    static let maximumDepth = 30

    struct Failure: Error {}

    let text: UnsafeBufferPointer<UInt8>
    var position: Int
    let end: Int
    let offsets: Offsets
    var diagnostics: [Diagnostic] = []

    init(_ text: UnsafeBufferPointer<UInt8>, at position: Int, end: Int, offsets: Offsets = .same) {
        self.text = text
        self.position = position
        self.end = end
        self.offsets = offsets
    }

    /// How positions in the text lead to places in the source.
    enum Offsets {
        case same
        /// The text begins at this offset and was taken as it is.
        case from(Int32)
        /// The place of each byte, and of the end.
        case table([Int32])
        /// Only the whole is known.
        case within(Span)

        func span(_ start: Int, _ end: Int) -> Span {
            switch self {
            case .same: Span(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end))
            case .from(let base):
                Span(start: base &+ Int32(truncatingIfNeeded: start), end: base &+ Int32(truncatingIfNeeded: end))
            case .table(let table): Span(start: place(table, start), end: place(table, end))
            case .within(let span): span
            }
        }

        /// Whether parts of the text have places of their own.
        var isExact: Bool { if case .within = self { false } else { true } }

        private func place(_ table: [Int32], _ index: Int) -> Int32 {
            table.indices.contains(index) ? table[index] : table.last ?? 0
        }
    }

    /// Behind the closing character that matches the opening one at `open`.
    static func closing(
        _ text: UnsafeBufferPointer<UInt8>, _ open: Int, _ opening: UInt8, _ closing: UInt8, upTo end: Int
    ) -> Int? {
        var depth = 0
        var index = open
        let end = min(end, text.count)
        while index < end {
            let byte = text[index]
            if byte == opening { depth &+= 1 }
            if byte == closing {
                depth &-= 1
                if depth == 0 { return index &+ 1 }
            }
            index &+= 1
        }
        return nil
    }

    /// The variable whose dollar sign stands at `position`; leaves `position` behind it.
    mutating func variable(depth: Int = 0) throws(Failure) -> Variable {
        let start = position
        guard depth < Self.maximumDepth else {
            throw fail(.nestingTooDeep, start, end, "variables are nested too deep")
        }
        switch byte(start &+ 1) {
        case UInt8(ascii: "$"):
            position = start &+ 2
            return Variable(name: "$", span: offsets.span(start, position))
        case UInt8(ascii: "("): return try parenthesised(start, depth: depth)
        default: break
        }
        position = start &+ 1
        let context = try context()
        let name = try name(start)
        let sub = try subname(name, depth: depth)
        return Variable(context: context, name: name, sub: sub, span: offsets.span(start, position))
    }

    /// `$(<context>name(sub)[index]{class.function,...}...)`
    private mutating func parenthesised(_ start: Int, depth: Int) throws(Failure) -> Variable {
        let limit = min(end, start &+ Self.maximumLength)
        guard let close = Self.closing(text, start &+ 1, UInt8(ascii: "("), UInt8(ascii: ")"), upTo: limit) else {
            throw fail(.unclosedVariable, start, start &+ 2, "the parenthesis of this variable is not closed")
        }
        position = start &+ 2
        if byte(position) == UInt8(ascii: "$"), position &+ 2 == close {
            position = close
            return Variable(name: "$", span: offsets.span(start, close))
        }
        let context = try context()
        let name = try name(start)
        let sub = try subname(name, depth: depth)
        let index = try index(upTo: close &- 1, depth: depth)
        var transformations: [TransformationCall] = []
        while byte(position) == UInt8(ascii: "{") {
            transformations.append(try transformation(close - 1, depth: depth))
            var next = position
            while byte(next).isBlank || byte(next) == UInt8(ascii: "\n") { next &+= 1 }
            if byte(next) == UInt8(ascii: "{") { position = next }
        }
        guard position == close &- 1 else {
            let rest = Diagnostic.quote(text, position, close &- 1)
            throw fail(.badVariable, position, close &- 1, "\(rest) does not belong into a variable")
        }
        position = close
        return Variable(
            context: context, name: name, sub: sub, index: index, transformations: transformations,
            span: offsets.span(start, close))
    }

    private mutating func context() throws(Failure) -> String? {
        guard byte(position) == UInt8(ascii: "<") else { return nil }
        let start = position &+ 1
        var index = start
        while byte(index).isIdentifier { index &+= 1 }
        guard byte(index) == UInt8(ascii: ">"), index > start else {
            throw fail(.badVariable, position, index, "a context is written as $(<request>ru) or $(<reply>rs)")
        }
        position = index &+ 1
        return text.string(start, index)
    }

    private mutating func name(_ start: Int) throws(Failure) -> String {
        let begin = position
        while byte(position).isVariableName { position &+= 1 }
        guard position > begin else {
            let isBlank = byte(begin).isBlank
            throw fail(
                isBlank ? .badVariable : .loneDollar, start, max(begin, start &+ 1),
                isBlank ? "no blank may stand in front of the name of a variable" : "a variable needs a name behind '$'"
            )
        }
        return text.string(begin, position)
    }

    private mutating func subname(_ name: String, depth: Int) throws(Failure) -> Variable.Subname? {
        let open = position
        guard byte(open) == UInt8(ascii: "(") else { return nil }
        let limit = min(end, open &+ Self.maximumLength)
        guard let close = Self.closing(text, open, UInt8(ascii: "("), UInt8(ascii: ")"), upTo: limit) else {
            throw fail(.unclosedVariable, open, open &+ 1, "the parenthesis of this variable is not closed")
        }
        let start = open &+ 1
        let last = close &- 1
        guard last > start else {
            throw fail(.badVariable, open, close, "nothing stands between the parentheses of $\(name)")
        }
        if name == "avp", last - start > 1, byte(start &+ 1) == UInt8(ascii: ":"),
            byte(start) == UInt8(ascii: "s") || byte(start) == UInt8(ascii: "i")
        {
            let bare = Diagnostic.clip(text, start &+ 2, last)
            diagnostics.append(
                Diagnostic(
                    .legacyAvpPrefix, .warning, at: offsets.span(start, last), "AVP names have no type any more",
                    notes: [Diagnostic.Note("write $avp(\(bare))")],
                    fix: offsets.isExact ? .init(offsets.span(start, start &+ 2), "") : nil))
        }
        let variable = byte(start) == UInt8(ascii: "$") ? inner(start, last, depth: depth) : nil
        position = close
        return Variable.Subname(bytes: bytes(start, last), variable: variable)
    }

    /// The variable between two places, if it fills them.
    private mutating func inner(_ start: Int, _ last: Int, depth: Int) -> Variable? {
        var reader = VariableReader(text, at: start, end: last, offsets: offsets)
        guard let variable = try? reader.variable(depth: depth + 1), reader.position == last else { return nil }
        diagnostics += reader.diagnostics
        return variable
    }

    private mutating func index(upTo limit: Int, depth: Int) throws(Failure) -> Variable.Index? {
        let open = position
        guard byte(open) == UInt8(ascii: "[") else { return nil }
        guard let close = Self.closing(text, open, UInt8(ascii: "["), UInt8(ascii: "]"), upTo: limit) else {
            throw fail(.unclosedVariable, open, open &+ 1, "the bracket of this index is not closed")
        }
        var start = open &+ 1
        var last = close &- 1
        while start < last, byte(start).isBlank { start &+= 1 }
        while start < last, byte(last &- 1).isBlank { last &-= 1 }
        guard last > start else { throw fail(.badVariable, open, close, "the index is empty") }
        position = close
        if last == start &+ 1, byte(start) == UInt8(ascii: "*") { return .all }
        if byte(start) == UInt8(ascii: "$") {
            guard let variable = inner(start, last, depth: depth) else {
                throw fail(.badVariable, start, last, "an index is a number, '*' or one variable")
            }
            return .variable(variable)
        }
        return integer(start, last).map(Variable.Index.number) ?? .word(text.string(start, last))
    }

    /// A signed decimal number that fills the place.
    private func integer(_ start: Int, _ last: Int) -> Int32? {
        var index = start
        let isNegative = byte(index) == UInt8(ascii: "-")
        if isNegative || byte(index) == UInt8(ascii: "+") { index &+= 1 }
        guard index < last else { return nil }
        var value: Int32 = 0
        while index < last {
            guard byte(index).isDigit else { return nil }
            value = value &* 10 &+ Int32(byte(index) &- 48)
            index &+= 1
        }
        return isNegative ? 0 &- value : value
    }

    // MARK: Transformations

    private mutating func transformation(_ limit: Int, depth: Int) throws(Failure) -> TransformationCall {
        let start = position
        position = start &+ 1
        while byte(position).isIdentifier { position &+= 1 }
        guard byte(position) == UInt8(ascii: "."), position > start &+ 1 else {
            throw fail(.badTransformation, start, position, "a transformation is written as {class.function}")
        }
        let className = lowercased(start &+ 1, position)
        position &+= 1
        var first = position
        while position < limit, byte(position) != UInt8(ascii: ","), byte(position) != UInt8(ascii: "}") {
            position &+= 1
        }
        var last = position
        while first < last, byte(first).isBlank { first &+= 1 }
        while first < last, byte(last &- 1).isBlank { last &-= 1 }
        guard last > first else {
            throw fail(.badTransformation, start, position, "the name of the transformation is missing")
        }
        let function = lowercased(first, last)
        var arguments: [TransformationCall.Argument] = []
        while position < limit, byte(position) == UInt8(ascii: ",") {
            position &+= 1
            arguments.append(argument(limit, depth: depth))
        }
        guard position < limit, byte(position) == UInt8(ascii: "}") else {
            throw fail(.badTransformation, start, start &+ 1, "the brace of this transformation is not closed")
        }
        position &+= 1
        return TransformationCall(
            className: className, function: function, arguments: arguments, span: offsets.span(start, position))
    }

    /// A variable, or the text up to `,` or `}`; a backslash in front of either keeps the text going.
    private mutating func argument(_ limit: Int, depth: Int) -> TransformationCall.Argument {
        let start = position
        if let variable = variableArgument(limit, depth: depth) { return .variable(variable) }
        position = start
        while position < limit {
            let byte = byte(position)
            if byte == UInt8(ascii: "\\"), position &+ 1 < limit {
                let next = self.byte(position &+ 1)
                if next == UInt8(ascii: ",") || next == UInt8(ascii: "}") { position &+= 1 }
            } else if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") {
                break
            }
            position &+= 1
        }
        return .text(bytes(start, position))
    }

    private mutating func variableArgument(_ limit: Int, depth: Int) -> Variable? {
        while position < limit, byte(position).isBlank { position &+= 1 }
        guard position < limit, byte(position) == UInt8(ascii: "$") else { return nil }
        var reader = VariableReader(text, at: position, end: limit, offsets: offsets)
        guard let variable = try? reader.variable(depth: depth + 1) else { return nil }
        position = reader.position
        while position < limit, byte(position).isBlank { position &+= 1 }
        guard byte(position) == UInt8(ascii: ",") || byte(position) == UInt8(ascii: "}") else { return nil }
        diagnostics += reader.diagnostics
        return variable
    }

    // MARK: Bytes

    @inline(__always) private func byte(_ index: Int) -> UInt8 { index < end ? text[index] : 0 }

    private func bytes(_ start: Int, _ last: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(rebasing: text[start..<last]))
    }

    private func lowercased(_ start: Int, _ last: Int) -> String {
        for index in start..<last where text[index] != text[index].lowercased {
            return String(decoding: text[start..<last].map(\.lowercased), as: UTF8.self)
        }
        return text.string(start, last)
    }

    private mutating func fail(
        _ code: Diagnostic.Code, _ start: Int, _ end: Int, _ message: String
    ) -> Failure {
        diagnostics.append(Diagnostic(code, at: offsets.span(start, end), message))
        return Failure()
    }
}
