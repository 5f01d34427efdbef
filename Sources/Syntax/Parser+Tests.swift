/// The blocks of test files.
extension Parser {
    /// The kind of block that the word at hand opens. Its words are no keywords: elsewhere they mean what they always
    /// meant.
    var testBlockKind: TestBlock.Kind? {
        let next = lexer.peek()
        guard next == UInt8(ascii: "{") || next == UInt8(ascii: "[") else { return nil }
        return TestBlock.Kind(rawValue: spelling(token))
    }

    /// `test["name", skip] { }`, `group["name"] { }`, `setup { }`, `mock_route[function] { }`
    mutating func testBlock(_ kind: TestBlock.Kind) throws(Failure) -> TestBlock {
        let keyword = name(token)
        advance()
        var name: Name?
        var tags: [Name] = []
        if kind.hasName != isAt(.leftBracket) {
            throw fail(
                .routeHeader, at: keyword.span, "\(kind.rawValue) \(kind.hasName ? "needs a" : "has no") name",
                Diagnostic.Note("write \(kind.example) { }"))
        }
        if isAt(.leftBracket) {
            let open = token.start
            advance()
            name = try routeName()
            while kind.hasTags, accept(.comma) { tags.append(try routeName()) }
            try close(.rightBracket, openedAt: open)
        }
        guard isAt(.leftBrace) else { throw unexpected("expected '{' in front of the statements of the block") }
        if kind == .group {
            let (children, span) = try children()
            return TestBlock(
                kind: kind, keyword: keyword, name: name, tags: tags, body: Block([], span: span), children: children,
                span: since(keyword.span.start))
        }
        isInTest = true
        defer { isInTest = false }
        var table: CaseTable?
        let body = try block { parser throws(Failure) in
            if kind == .test, parser.spelling(parser.token, is: "cases"), parser.lexer.peek() == UInt8(ascii: "{") {
                table = try parser.caseTable()
            }
        }
        return TestBlock(
            kind: kind, keyword: keyword, name: name, tags: tags, table: table, body: body,
            span: since(keyword.span.start))
    }

    /// The blocks of a group with their braces.
    private mutating func children() throws(Failure) -> (blocks: [TestBlock], span: Span) {
        let open = token.start
        try enter()
        defer { leave() }
        advance()
        var blocks: [TestBlock] = []
        while !isAt(.rightBrace) {
            guard isAt(.identifier), let kind = testBlockKind else {
                if isAt(.end) { throw unclosed(open) }
                throw unexpected("expected a test, setup, teardown, a mock or another group")
            }
            blocks.append(try testBlock(kind))
        }
        advance()
        return (blocks, since(open))
    }

    /// `cases { name, ...; value, ...; ... }`
    private mutating func caseTable() throws(Failure) -> CaseTable {
        let start = token.start
        advance()
        let open = token.start
        advance()
        let headStart = token.start
        var columns = [try routeName()]
        while accept(.comma) { columns.append(try routeName()) }
        let head = since(headStart)
        guard accept(.semicolon) else { throw unexpected("expected ',' or ';' behind the name of a column") }
        var rows: [CaseTable.Row] = []
        while !isAt(.rightBrace) {
            if isAt(.end) { throw unclosed(open) }
            let rowStart = token.start
            var values = [try caseValue()]
            while accept(.comma) { values.append(try caseValue()) }
            let span = since(rowStart)
            guard accept(.semicolon) else { throw unexpected("expected ',' or ';' behind a value") }
            if values.count != columns.count {
                report(
                    .caseColumns, at: span, "this case has \(values.count) values for \(columns.count) columns",
                    Diagnostic.Note("write NULL where there is no value"))
            }
            rows.append(CaseTable.Row(values: values, span: span))
        }
        advance()
        return CaseTable(columns: columns, rows: rows, span: since(start), head: head)
    }

    private mutating func unclosed(_ open: Int32) -> Failure {
        unclosedBrace(open)
        return Failure()
    }

    private mutating func caseValue() throws(Failure) -> Argument {
        switch token.kind {
        case .string: return .text(try literal())
        case .number, .minus, .plus: return .number(try signed())
        case .identifier where token.keyword == .null:
            let span = token.span
            advance()
            return .null(span)
        default: throw unexpected("expected a text, a number or NULL")
        }
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

extension TestBlock.Kind {
    fileprivate var hasName: Bool { self != .setup && self != .teardown }
    fileprivate var hasTags: Bool { self == .test || self == .group }

    fileprivate var example: String {
        switch self {
        case .test: "test[\"what it shows\"]"
        case .group: "group[\"what its tests are about\"]"
        case .mock: "mock_route[function]"
        case .mockModule: "mock_module[module]"
        case .setup, .teardown: rawValue
        }
    }
}
