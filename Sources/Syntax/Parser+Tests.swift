/// The blocks of test files.
extension Parser {
    /// The kind of block that the word at hand opens. Its words are no keywords: elsewhere they mean what they always
    /// meant.
    var testBlockKind: TestBlock.Kind? {
        let next = lexer.peek()
        guard next == UInt8(ascii: "{") || next == UInt8(ascii: "[") else { return nil }
        return TestBlock.Kind(rawValue: spelling(token))
    }

    /// `test["name", skip] { }`, `setup { }`, `mock_route[function] { }`
    mutating func testBlock(_ kind: TestBlock.Kind) throws(Failure) -> TestBlock {
        let keyword = name(token)
        advance()
        var name: Name?
        var tags: [Name] = []
        let needsName = kind == .test || kind == .mock
        if needsName != isAt(.leftBracket) {
            let example = kind == .test ? "test[\"what it shows\"]" : needsName ? "mock_route[function]" : kind.rawValue
            throw fail(
                .routeHeader, at: keyword.span, "\(kind.rawValue) \(needsName ? "needs a" : "has no") name",
                Diagnostic.Note("write \(example) { }"))
        }
        if isAt(.leftBracket) {
            let open = token.start
            advance()
            name = try routeName()
            while kind == .test, accept(.comma) { tags.append(try routeName()) }
            try close(.rightBracket, openedAt: open)
        }
        guard isAt(.leftBrace) else { throw unexpected("expected '{' in front of the statements of the block") }
        isInTest = true
        defer { isInTest = false }
        let body = try block()
        return TestBlock(
            kind: kind, keyword: keyword, name: name, tags: tags, body: body, span: since(keyword.span.start))
    }

    /// The word at hand takes a condition: `expect(condition[, text])` fails the test where it does not hold,
    /// `advance_until(condition[, seconds])` lets time pass until it does. Both are read as an `assert`.
    var isAtExpectation: Bool {
        isInTest && lexer.peek() == UInt8(ascii: "(")
            && (spelling(token, is: "expect") || spelling(token, is: "advance_until"))
    }

    mutating func expectation() throws(Failure) -> Statement.Kind {
        let open = try openParenthesis()
        let condition = try condition()
        var text: Literal?
        if accept(.comma) {
            if isAt(.number) {
                let number = try signed()
                text = Literal(Array(String(number.value).utf8), span: number.span)
            } else {
                text = try literal()
            }
        }
        try close(.rightParenthesis, openedAt: open)
        return .assert(condition, text)
    }
}
