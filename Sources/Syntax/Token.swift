/// The smallest piece of a script: where it stands and what it is. Its text is looked up when it is needed.
struct Token {
    var kind: Kind
    /// For identifiers that the grammar knows.
    var keyword: Keyword
    /// A line end lies between this token and the one before.
    var startsLine: Bool
    var start: Int32
    var end: Int32
    /// Numbers: the value. Strings: 1 if there are escapes to replace.
    var value: Int32

    @inline(__always) init(
        _ kind: Kind, _ start: Int, _ end: Int, startsLine: Bool, keyword: Keyword = .none, value: Int32 = 0
    ) {
        self.kind = kind
        self.keyword = keyword
        self.startsLine = startsLine
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
        self.value = value
    }

    var span: Span { Span(start: start, end: end) }

    enum Kind: UInt8 {
        case end
        case identifier, number, string, variable, network
        /// A whole `include_file "path"` line.
        case include
        case leftBrace, rightBrace, leftParenthesis, rightParenthesis, leftBracket, rightBracket
        case semicolon, comma, colon, dot
        case set, replace, addSet, subtractSet, multiplySet, divideSet, moduloSet, andSet, orSet, xorSet
        case equal, notEqual, less, greater, lessOrEqual, greaterOrEqual, matches, doesNotMatch
        case and, or, not
        case plus, minus, star, slash, percent, bitAnd, bitOr, caret, tilde, shiftLeft, shiftRight
        /// What fits no token and was reported.
        case unknown
    }
}

extension Token.Kind {
    var comparison: Comparison.Operation? {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .greater: .greater
        case .lessOrEqual: .lessOrEqual
        case .greaterOrEqual: .greaterOrEqual
        case .matches: .matches
        case .doesNotMatch: .doesNotMatch
        default: nil
        }
    }

    var assignment: Assignment.Operation? {
        switch self {
        case .set: .set
        case .replace: .replace
        case .addSet: .add
        case .subtractSet: .subtract
        case .multiplySet: .multiply
        case .divideSet: .divide
        case .moduloSet: .modulo
        case .andSet: .and
        case .orSet: .or
        case .xorSet: .xor
        default: nil
        }
    }

    /// `+ - * / %`, all of one rank.
    var sumOperator: Expression.Operator? {
        switch self {
        case .plus: .add
        case .minus: .subtract
        case .star: .multiply
        case .slash: .divide
        case .percent: .modulo
        default: nil
        }
    }

    /// `| & ^ << >>`, all of one rank below the others.
    var bitOperator: Expression.Operator? {
        switch self {
        case .bitOr: .or
        case .bitAnd: .and
        case .caret: .xor
        case .shiftLeft: .shiftLeft
        case .shiftRight: .shiftRight
        default: nil
        }
    }
}

/// What stands between tokens and must not be lost: a comment, or an include line inside of a block.
package struct Comment: Sendable, Hashable {
    package enum Kind: Sendable {
        /// `# ...` up to the line end
        case line
        /// `/* ... */`
        case block
        /// `include_file "..."` where the tree has no place for it
        case include
    }

    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, span: Span) {
        self.kind = kind
        self.span = span
    }
}
