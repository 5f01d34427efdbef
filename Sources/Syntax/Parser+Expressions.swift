/// Arithmetic: two ranks only, both grouping from the left. A comparison is an operand, and yields 1 or 0.
extension Parser {
    /// `sum { ("|" | "&" | "^" | "<<" | ">>") sum }`
    mutating func expression() throws(Failure) -> Expression {
        var left = try sum()
        while let operation = token.kind.bitOperator {
            try countOperator()
            advance()
            let right = try sum()
            left = Expression(.binary(operation, left, right), span: left.span.joined(right.span))
        }
        return left
    }

    /// `unit { ("+" | "-" | "*" | "/" | "%") unit }`
    private mutating func sum() throws(Failure) -> Expression {
        var left = try unit()
        while let operation = token.kind.sumOperator {
            try countOperator()
            advance()
            let right = try unit()
            left = Expression(.binary(operation, left, right), span: left.span.joined(right.span))
        }
        return left
    }

    private mutating func unit() throws(Failure) -> Expression {
        let start = token.start
        switch token.kind {
        case .variable:
            let variable = try variable()
            guard token.kind.comparison != nil else { return Expression(.variable(variable), span: since(start)) }
            return Expression(.comparison(try comparison(variable)), span: since(start))
        case .number: return try number(start)
        case .minus, .plus:
            guard startsNumber else {
                throw fail(
                    .badExpression, at: token.span, "a sign can only stand in front of a number",
                    Diagnostic.Note("write 0 - ... or -1 * ..."))
            }
            return try number(start)
        case .string:
            let literal = try literal()
            return Expression(.text(literal), span: literal.span)
        case .leftParenthesis:
            try enter()
            advance()
            let inner = try expression()
            try close(.rightParenthesis, openedAt: start)
            leave()
            return Expression(.group(inner), span: since(start))
        case .tilde:
            try enter()
            advance()
            let inner = try unit()
            leave()
            return Expression(.complement(inner), span: since(start))
        case .identifier: return try wordUnit(start)
        case .not:
            throw fail(
                .badExpression, at: token.span, "'!' works only in a condition", Diagnostic.Note("write if (!...)"))
        case .network:
            throw fail(.textWithoutQuotes, at: token.span, "an address needs quotes here")
        default: throw unexpected("expected a value")
        }
    }

    private mutating func number(_ start: Int32) throws(Failure) -> Expression {
        Expression(.number(try signed()), span: since(start))
    }

    /// Behind the sign at hand stands a digit or a truth word.
    private var startsNumber: Bool {
        let next = lexer.peek()
        return next.isDigit || next.isLetter
    }

    /// A call, or a word such as `route(x)`: its code.
    private mutating func wordUnit(_ start: Int32) throws(Failure) -> Expression {
        if isAt(.null) {
            throw fail(
                .badExpression, at: token.span, "NULL cannot be computed with",
                Diagnostic.Note("it can only be assigned alone, or compared with"))
        }
        if token.keyword == .none, lexer.peek() != UInt8(ascii: "(") { throw withoutQuotes() }
        let statement = try simple()
        return Expression(.statement(statement), span: since(start))
    }
}
