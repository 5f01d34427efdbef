/// Blocks, control flow and assignments.
extension Parser {
    /// `{ statements }`, the `{` at hand.
    /// - Parameter head: reads what may stand in front of the statements.
    mutating func block(
        head: (inout Parser) throws(Failure) -> Void = { _ throws(Failure) in }
    ) throws(Failure) -> Block {
        let open = token.start
        try enter()
        defer { leave() }
        advance()
        try head(&self)
        let statements = statements()
        if isAt(.rightBrace), !isUnwinding {
            noteIndentation(open: open, close: token)
            advance()
        } else {
            unclosedBrace(open)
        }
        return Block(statements, span: since(open))
    }

    /// Statements up to a `}`, or to the next label of a switch.
    mutating func statements(inCase: Bool = false) -> [Statement] {
        var statements: [Statement] = []
        if !isAt(.rightBrace) { statements.reserveCapacity(4) }
        while !isUnwinding {
            switch token.kind {
            case .rightBrace, .end: return statements
            case .identifier:
                if startsItem { return statements }
                if inCase, isAt(.caseWord) || isAt(.defaultWord) { return statements }
            default: break
            }
            let start = token.start
            let level = depth
            do throws(Failure) {
                statements.append(try statement())
            } catch {
                depth = level
                recoverStatement()
                // Whatever the error was, each round takes something away.
                if token.start == start, !isAt(.rightBrace), !isAt(.end), !startsItem, !isUnwinding { advance() }
            }
        }
        return statements
    }

    /// A statement with its semicolon.
    private mutating func statement() throws(Failure) -> Statement {
        let start = token.start
        if conditions == 0 { chain = 0 }
        switch token.kind {
        case .semicolon:
            let span = token.span
            advance()
            return Statement(.empty, span: span)
        case .leftBrace:
            _ = fail(
                .blockAsStatement, at: token.span, "a block cannot stand by itself",
                Diagnostic.Note("remove the braces, or put if (1) in front of them"))
            let block = try block()
            let always = Condition(.number(Number(1, span: block.span)), span: block.span)
            return Statement(.ifElse(always, then: block, else: nil), span: block.span)
        case .identifier:
            if let statement = try control(start) { return statement }
        case .slash:
            if let failure = slashComment() { throw failure }
        default: break
        }
        let statement = try simple()
        try semicolon()
        return statement
    }

    /// A statement that brings its own end; nil for all others.
    private mutating func control(_ start: Int32) throws(Failure) -> Statement? {
        switch token.keyword {
        case .ifWord: return try ifElse()
        case .whileWord:
            advance()
            let condition = try headCondition()
            let body = try loopBody()
            return Statement(.whileLoop(condition, body), span: since(start))
        case .forWord: return try forEach()
        case .switchWord: return try switchCase()
        case .elseWord:
            throw fail(
                .elseWithoutIf, at: token.span, "this 'else' has no 'if'",
                Diagnostic.Note("no ';' may stand between the branch of an if and its else"))
        case .caseWord, .defaultWord:
            throw fail(.caseOutside, at: token.span, "'\(spelling(token))' stands outside of a switch")
        default: return nil
        }
    }

    /// The `;` behind a simple statement.
    private mutating func semicolon() throws(Failure) {
        if accept(.semicolon) || isTyped && isAt(.end) { return }
        switch token.kind {
        case .rightBrace, .end, .variable, .identifier: break
        case .leftBrace where token.startsLine: break
        case _ where token.startsLine && token.kind != .string: break
        default:
            if token.kind.comparison != nil { throw comparisonWithoutVariable() }
            if isAt(.and) || isAt(.or) {
                throw fail(
                    .badExpression, at: token.span, "\(describe(token)) works only in a condition",
                    Diagnostic.Note("write if (...) around it"))
            }
            throw unexpected("expected ';'")
        }
        if lexer.unclosedComment != nil, isAt(.end) { return }
        // The statement itself was understood, so the next one is read from here.
        _ = fail(
            .missingSemicolon, at: Span(start: previousEnd, end: previousEnd), "a semicolon is missing here",
            Diagnostic.Note("write ';' here"))
    }

    // MARK: Branches

    /// A statement, or a block.
    private mutating func branch() throws(Failure) -> Block {
        if isAt(.leftBrace) { return try block() }
        try enter()
        defer { leave() }
        let start = token.start
        if isAt(.rightBrace) || isAt(.end) { throw unexpected("expected a statement") }
        if isAt(.identifier), startsItem {
            throw fail(
                .unexpectedToken, at: Span(start: previousEnd, end: previousEnd), "a statement is missing here")
        }
        let statement = try statement()
        return Block([statement], span: since(start), isBraced: false)
    }

    /// `if (condition) branch [else branch]`; a chain of `else if` is read in a loop, to be deep only in the tree.
    mutating func ifElse() throws(Failure) -> Statement {
        let outer = branches
        defer { branches = outer }
        var parts: [(start: Int32, condition: Condition, then: Block)] = []
        var last: Block?
        while true {
            let start = token.start
            advance()
            let condition = try headCondition()
            let then = try branch()
            parts.append((start, condition, then))
            guard !isUnwinding, isAt(.elseWord) else { break }
            advance()
            guard isAt(.ifWord) else {
                last = try branch()
                break
            }
            branches += 1
            guard branches <= Self.maximumBranches else { throw tooDeep("this chain of 'else if' is too long") }
        }
        var statement = Statement(.empty, span: .none)
        for (index, part) in parts.enumerated().reversed() {
            let other = index == parts.count - 1 ? last : Block([statement], span: statement.span, isBraced: false)
            statement = Statement(.ifElse(part.condition, then: part.then, else: other), span: since(part.start))
        }
        return statement
    }

    private mutating func loopBody() throws(Failure) -> Block {
        breakable += 1
        defer { breakable -= 1 }
        return try branch()
    }

    /// The condition of `if` and `while` with its parentheses, which scripts of the 2.4 era left out.
    private mutating func headCondition() throws(Failure) -> Condition {
        let start = token.start
        guard isAt(.leftParenthesis) else {
            let condition = try condition()
            noteMissingParentheses(condition)
            return condition
        }
        let condition = try head { parser throws(Failure) in try parser.condition() }
        guard let condition else { return Condition(.number(Number(0, span: since(start))), span: since(start)) }
        if case .group(let inner) = condition.kind { return inner }
        noteMissingParentheses(condition)
        return condition
    }

    private mutating func noteMissingParentheses(_ condition: Condition) {
        report(
            .legacyCondition, .warning, at: condition.span, "a condition needs parentheses around it",
            Diagnostic.Note("write (...)"),
            fix: .init(condition.span, "(\(text.string(Int(condition.span.start), Int(condition.span.end))))"))
    }

    /// Reads what stands in parentheses in front of a body; nil if it could not be read and the body follows.
    private mutating func head<Part>(
        _ read: (inout Parser) throws(Failure) -> Part
    ) throws(Failure) -> Part? {
        let level = depth
        let isOpen = isAt(.leftParenthesis)
        do throws(Failure) {
            return try read(&self)
        } catch {
            depth = level
            guard isOpen, !isUnwinding else { throw error }
            recoverParenthesis()
            guard !isUnwinding else { throw error }
            return nil
        }
    }

    // MARK: Loops

    /// `for ($var(x) in $(avp(y)[*])) body`
    private mutating func forEach() throws(Failure) -> Statement {
        let start = token.start
        advance()
        let head = try head { parser throws(Failure) in try parser.elementAndList() }
        let body = try loopBody()
        guard let head else { return Statement(.empty, span: since(start)) }
        return Statement(.forEach(head.element, in: head.list, body), span: since(start))
    }

    private mutating func elementAndList() throws(Failure) -> (element: Variable, list: Variable) {
        let open = token.start
        try expect(.leftParenthesis, "'('")
        let element = try variable()
        guard isAt(.inWord) else {
            throw unexpected(
                "expected 'in'", Diagnostic.Note("loops are written as for ($var(x) in $(avp(list)[*])) { ... }"))
        }
        if !["var", "avp", "json"].contains(element.name) {
            report(.loopVariable, at: element.span, "the variable of a loop must be $var, $avp or $json")
        }
        advance()
        let list = try variable()
        try close(.rightParenthesis, openedAt: open)
        return (element, list)
    }

    // MARK: Switch

    private mutating func switchCase() throws(Failure) -> Statement {
        let start = token.start
        advance()
        let value = try head { parser throws(Failure) in try parser.switchValue() }
        let brace = token.start
        try enter()
        defer { leave() }
        try expect(.leftBrace, "'{'")
        breakable += 1
        defer { breakable -= 1 }
        var cases: [Case] = []
        var other: Block?
        while !isUnwinding, isAt(.caseWord) || isAt(.defaultWord) { label(&cases, &other) }
        guard isAt(.rightBrace), !isUnwinding else {
            if isAt(.end) || isAt(.identifier) && startsItem {
                unclosedBrace(brace)
                throw Failure()
            }
            throw unexpected("expected 'case' or '}'")
        }
        noteIndentation(open: brace, close: token)
        advance()
        if cases.isEmpty {
            report(.switchWithoutCase, at: Span(start: brace, end: previousEnd), "a switch needs a case")
        }
        guard let value else { return Statement(.empty, span: since(start)) }
        return Statement(.switchCase(value, cases: cases, default: other), span: since(start))
    }

    private mutating func switchValue() throws(Failure) -> Variable {
        let open = token.start
        try expect(.leftParenthesis, "'('")
        guard isAt(.variable) else {
            throw fail(
                .switchValue, at: token.span, "a switch takes one variable, not \(describe(token))",
                Diagnostic.Note("assign the value to a $var(x) first"))
        }
        let value = try variable()
        try close(.rightParenthesis, openedAt: open)
        return value
    }

    /// `case label: statements`, or the default; a label that cannot be read costs only itself.
    private mutating func label(_ cases: inout [Case], _ other: inout Block?) {
        let keyword = token
        advance()
        var label: Case.Label?
        do throws(Failure) {
            if keyword.keyword == .caseWord {
                if other != nil {
                    report(
                        .caseAfterDefault, at: keyword.span, "no case may stand behind the default",
                        Diagnostic.Note("move the default to the end"))
                }
                label = try caseLabel()
            }
            try expect(.colon, "':'")
        } catch {
            while !isUnwinding, isAdjacent || !token.startsLine, !isAt(.end), !isAt(.rightBrace), !isAt(.colon) {
                advance()
            }
            _ = accept(.colon)
        }
        let body = caseBody()
        if keyword.keyword == .caseWord {
            let label = label ?? .number(Number(0, span: keyword.span))
            cases.append(Case(label: label, body: body, span: since(keyword.start)))
        } else if other == nil {
            other = body
        } else {
            report(.caseAfterDefault, at: keyword.span, "a switch has one default")
        }
    }

    private mutating func caseLabel() throws(Failure) -> Case.Label {
        if isAt(.string) { return .text(try literal()) }
        if isAtSigned { return .number(try signed()) }
        if isAt(.identifier) { throw withoutQuotes() }
        throw unexpected("expected a number or a text in quotes")
    }

    private mutating func caseBody() -> Block {
        let start = token.start
        let statements = statements(inCase: true)
        return Block(statements, span: since(start), isBraced: false)
    }
}
