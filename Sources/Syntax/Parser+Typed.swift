/// What a person types at a prompt: what may stand in a file, or in a route, or a value.
package enum TypedText: Sendable {
    case items([Item])
    case statements(Block)
    /// What can be assigned.
    case expression(Expression)
    /// What can be asked.
    case condition(Condition)
}

extension Parser {
    private enum Reading: CaseIterable { case statements, expression, condition }

    /// Reads what was typed: the end of a source, from `start` on. Where it can be nothing at all, what it is most of the
    /// way is returned, with the errors that say why it is not.
    package static func typed(_ source: Source, from start: Int32) -> (text: TypedText, diagnostics: [Diagnostic]) {
        source.bytes.withUnsafeBufferPointer { text in
            var best: (text: TypedText, diagnostics: [Diagnostic]) = (.items([]), [])
            var reached: Int32 = -1
            for reading in Reading.allCases {
                var parser = Parser(text, from: Int(start))
                let result = parser.typed(as: reading)
                let diagnostics = sorted(parser.lexer.diagnostics)
                guard let error = diagnostics.first(where: { $0.severity == .error }) else {
                    return (result, diagnostics)
                }
                if error.span.start > reached {
                    best = (result, diagnostics)
                    reached = error.span.start
                }
                if case .items = result { break }
            }
            return best
        }
    }

    private mutating func typed(as reading: Reading) -> TypedText {
        isTyped = true
        defer { finish() }
        if isAtItem { return .items(items()) }
        let start = token.start
        switch reading {
        case .statements: return .statements(typedStatements(from: start))
        case .expression:
            guard let expression = try? expression() else { break }
            typedEnd()
            // A comparison is a question.
            if case .comparison(let comparison) = expression.kind {
                return .condition(Condition(.comparison(comparison), span: expression.span))
            }
            return .expression(expression)
        case .condition:
            guard let condition = try? condition() else { break }
            typedEnd()
            return .condition(condition)
        }
        return .statements(Block([], span: since(start), isBraced: false))
    }

    /// A definition or a setting begins here, as it stands in a file outside of the routes.
    private var isAtItem: Bool {
        guard isAt(.identifier) else { return isAt(.include) }
        if startsItem { return true }
        return token.keyword == .none && lexer.peek() == UInt8(ascii: "=")
    }

    private mutating func typedStatements(from start: Int32) -> Block {
        var list = statements()
        // What stops the statements of a block has nothing to close here.
        while !isUnwinding, !isAt(.end) {
            _ =
                isAt(.rightBrace)
                ? fail(.unmatchedBrace, at: token.span, "this brace closes nothing")
                : fail(.unexpectedToken, at: token.span, "a definition has to be typed by itself")
            advance()
            list += statements()
        }
        return Block(list, span: since(start), isBraced: false)
    }

    private mutating func typedEnd() {
        _ = accept(.semicolon)
        if !isAt(.end) { _ = unexpected("expected the end") }
    }
}
