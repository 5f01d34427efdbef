/// Conditions and comparisons. `&&` and `||` share one rank and group from the left; `!` covers the next term.
extension Parser {
    mutating func condition() throws(Failure) -> Condition {
        var left = try term()
        while isAt(.and) || isAt(.or) {
            let isAnd = isAt(.and)
            try countOperator()
            advance()
            let right = try term()
            left = Condition(isAnd ? .and(left, right) : .or(left, right), span: left.span.joined(right.span))
        }
        return left
    }

    private mutating func term() throws(Failure) -> Condition {
        guard isAt(.not) else { return try factor() }
        let start = token.start
        try enter()
        defer { leave() }
        advance()
        let term = try term()
        return Condition(.not(term), span: since(start))
    }

    private mutating func factor() throws(Failure) -> Condition {
        let start = token.start
        let kind: Condition.Kind
        switch token.kind {
        case .variable: return try variableFactor()
        case .leftParenthesis:
            try enter()
            advance()
            let inner = try condition()
            try close(.rightParenthesis, openedAt: start)
            leave()
            kind = .group(inner)
        case .leftBracket:
            try enter()
            advance()
            let inner = try expression()
            try close(.rightBracket, openedAt: start)
            leave()
            kind = .arithmetic(inner)
        case .number, .minus, .plus: kind = .number(try signed())
        case .string:
            let literal = try literal()
            guard token.kind.comparison == nil else { throw literalOnTheLeft(literal.span) }
            throw fail(
                .badCondition, at: literal.span, "a text alone is no condition",
                Diagnostic.Note("compare a variable with it, like $var(x) == \"text\""))
        case .identifier: return try wordFactor()
        case .leftBrace: kind = .block(try nested { parser throws(Failure) in try parser.block() })
        case .network:
            let span = token.span
            advance()
            guard token.kind.comparison == nil else { throw literalOnTheLeft(span) }
            throw fail(.badCondition, at: span, "an address alone is no condition")
        default: throw unexpected("expected a condition")
        }
        try checkOperator(behind: Span(start: start, end: previousEnd), isLiteral: kind.isNumber)
        return Condition(kind, span: since(start))
    }

    /// A variable, a comparison, or an assignment, which is true when it succeeds.
    private mutating func variableFactor() throws(Failure) -> Condition {
        let start = token.start
        let variable = try variable()
        if token.kind.comparison != nil {
            let comparison = try comparison(variable)
            try checkOperator(behind: since(start), isLiteral: false)
            return Condition(.comparison(comparison), span: since(start))
        }
        if token.kind.assignment != nil {
            return Condition(.statement(try assignment(to: variable, start)), span: since(start))
        }
        try checkOperator(behind: since(start), isLiteral: false)
        return Condition(.variable(variable), span: since(start))
    }

    private mutating func wordFactor() throws(Failure) -> Condition {
        let start = token.start
        switch token.keyword {
        case .null:
            let span = token.span
            advance()
            guard token.kind.comparison == nil else { throw literalOnTheLeft(span) }
            throw fail(
                .badCondition, at: span, "NULL alone is no condition",
                Diagnostic.Note("compare a variable with it, like $var(x) == NULL"))
        case .whileWord, .forWord, .switchWord:
            throw fail(.badCondition, at: token.span, "a loop or a switch cannot be a condition")
        default: break
        }
        let statement = try nested { parser throws(Failure) in
            parser.isAt(.ifWord) ? try parser.ifElse() : try parser.simple()
        }
        if case .call(let call) = statement.kind, call.span == call.name.span, token.kind.comparison != nil {
            throw withoutDollar(call.name)
        }
        try checkOperator(behind: statement.span, isLiteral: false)
        return Condition(.statement(statement), span: since(start))
    }

    private mutating func withoutDollar(_ name: Name) -> Failure {
        fail(
            .comparisonLeft, at: name.span, "the left side of a comparison must be a variable",
            Diagnostic.Note("variables begin with '$', like $\(name.text) or $var(\(name.text))"))
    }

    /// Reads a part with statements of its own.
    private mutating func nested<Part>(
        _ read: (inout Parser) throws(Failure) -> Part
    ) throws(Failure) -> Part {
        try enter()
        conditions += 1
        defer {
            conditions -= 1
            leave()
        }
        return try read(&self)
    }

    // MARK: Comparisons

    /// Behind the variable, the operator at hand.
    mutating func comparison(_ variable: Variable) throws(Failure) -> Comparison {
        guard let operation = token.kind.comparison else { throw unexpected("expected a comparison") }
        advance()
        let operand = try operand(operation)
        return Comparison(variable: variable, operation: operation, operand: operand)
    }

    private mutating func operand(_ operation: Comparison.Operation) throws(Failure) -> Comparison.Operand {
        let isMatch = operation == .matches || operation == .doesNotMatch
        let isEquality = operation == .equal || operation == .notEqual
        switch token.kind {
        case .variable: return .variable(try variable())
        case .string: return .text(try literal())
        case _ where isMatch:
            throw fail(
                .comparisonRight, at: token.span,
                "the pattern of '\(operation.rawValue)' is a text in quotes or a variable, not \(describe(token))")
        case .number, .minus, .plus: return .number(try signed())
        case .network, .leftBracket:
            let operand = Comparison.Operand.network(try network())
            guard isEquality else { throw onlyEqual(operation, "an address") }
            return operand
        case .identifier where isAt(.null):
            let span = token.span
            guard isEquality else { throw onlyEqual(operation, "NULL") }
            advance()
            return .null(span)
        case .identifier: throw withoutQuotes()
        default: throw unexpected("expected something to compare with")
        }
    }

    private mutating func onlyEqual(_ operation: Comparison.Operation, _ what: String) -> Failure {
        fail(
            .comparisonRight, at: token.span, "\(what) can only be compared with '==' and '!='")
    }

    // MARK: Wrong operators

    /// Refuses an operator that cannot follow a part of a condition.
    private mutating func checkOperator(behind span: Span, isLiteral: Bool) throws(Failure) {
        if token.kind.comparison != nil {
            if isLiteral { throw literalOnTheLeft(span) }
            throw comparisonWithoutVariable(span)
        }
        if token.kind.sumOperator != nil || token.kind.bitOperator != nil {
            var notes = [Diagnostic.Note("write [ ... ] around it, or assign it to a variable first")]
            if isAt(.bitAnd) { notes.append(Diagnostic.Note("'and' is written as &&")) }
            if isAt(.bitOr) { notes.append(Diagnostic.Note("'or' is written as ||")) }
            let failure = fail(
                .arithmeticInCondition, at: token.span, "arithmetic in a condition needs brackets")
            if lexer.diagnostics.last?.code == .arithmeticInCondition {
                lexer.diagnostics[lexer.diagnostics.count - 1].notes = notes
            }
            throw failure
        }
        if isAt(.set) {
            throw fail(
                .badCondition, at: token.span, "only variables can be assigned to",
                Diagnostic.Note("comparisons are written as =="))
        }
    }

    private mutating func literalOnTheLeft(_ span: Span) -> Failure {
        let left = Diagnostic.clip(text, Int(span.start), Int(span.end))
        let operation = spelling(token)
        return fail(
            .comparisonLeft, at: span, "the left side of a comparison must be a variable",
            Diagnostic.Note("write it the other way round: $var(x) \(operation) \(left)"))
    }

    mutating func comparisonWithoutVariable(_ span: Span? = nil) -> Failure {
        fail(
            .comparisonLeft, at: span ?? token.span, "the left side of a comparison must be a variable",
            Diagnostic.Note("assign the value to a variable first, then compare that"))
    }
}

extension Condition.Kind {
    fileprivate var isNumber: Bool {
        if case .number = self { true } else { false }
    }
}
