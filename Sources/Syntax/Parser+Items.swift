/// The top level of a file.
extension Parser {
    mutating func items() -> [Item] {
        var items: [Item] = []
        while !isAt(.end) {
            isUnwinding = false
            suspect = nil
            depth = 0
            branches = 0
            conditions = 0
            breakable = 0
            let start = token.start
            do throws(Failure) {
                if let item = try item() { items.append(item) }
            } catch {
                if !isUnwinding { recoverItem() }
                // Whatever the error was, each round takes something away.
                if token.start == start { advance() }
            }
        }
        return items
    }

    private mutating func item() throws(Failure) -> Item? {
        switch token.kind {
        case .identifier:
            if let kind = token.keyword.routeKind { return .route(try routeBlock(kind)) }
            switch token.keyword {
            case .loadmodule: return .loadModule(try loadModule())
            case .modparam: return .modParam(try modParam())
            case .includeFile, .importFile:
                throw fail(
                    .includeInLine, at: token.span, "an include must be the first thing on its line",
                    Diagnostic.Note("like include_file \"routes.cfg\""))
            default:
                if let kind = testBlockKind { return .test(try testBlock(kind)) }
                return .global(try global())
            }
        case .include: return .include(include())
        case .semicolon:
            report(
                .semicolonAfterItem, at: token.span, "no ';' may stand outside of a route",
                Diagnostic.Note("remove it; only statements end with ';'"))
            advance()
            return nil
        case .rightBrace:
            report(.unmatchedBrace, at: token.span, "this brace closes nothing")
            advance()
            return nil
        case .variable:
            throw fail(
                .statementOutside, at: token.span, "statements stand inside of a route",
                Diagnostic.Note("put it into route { } or startup_route { }"))
        case .slash:
            if let failure = slashComment() { throw failure }
            fallthrough
        default: throw unexpected("expected a global parameter, loadmodule, modparam or a route")
        }
    }

    /// `// text`, which is a comment in many languages but not in this one; skips the line.
    mutating func slashComment() -> Failure? {
        let start = token.start
        guard text.byte(Int(token.end)) == UInt8(ascii: "/") else { return nil }
        _ = fail(
            .slashComment, at: Span(start: start, end: start &+ 2), "'//' does not begin a comment",
            Diagnostic.Note("write '#'"))
        var index = Int(token.end)
        while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
        lexer.position = max(lexer.position, index)
        advance()
        return Failure()
    }

    private mutating func include() -> Include {
        let keyword = Token(
            .identifier, Int(token.start), Int(token.start) + (isAt(.includeFile) ? 12 : 11), startsLine: true)
        var path = Literal([], span: token.span)
        if let line = IncludeLine(text, at: Int(token.start)) {
            let span = lexer.span(line.path.lowerBound - 1, line.path.upperBound + 1)
            path = Literal(Array(text[line.path]), span: span)
        }
        let span = token.span
        advance()
        return Include(keyword: name(keyword), path: path, span: span)
    }

    private mutating func loadModule() throws(Failure) -> LoadModule {
        let start = token.start
        advance()
        let path = try literal()
        return LoadModule(path: path, span: since(start))
    }

    /// `modparam("modules", "name", value)`; the texts of a value are joined.
    private mutating func modParam() throws(Failure) -> ModParam {
        let start = token.start
        advance()
        let open = token.start
        try expect(.leftParenthesis, "'(' behind modparam")
        let modules = try literal()
        try expect(.comma, "','")
        let name = try literal()
        try expect(.comma, "','")
        let value: ModParam.Value
        if isAt(.string) {
            var text = try literal()
            while isAt(.string) {
                let next = try literal()
                text.bytes += next.bytes
                text.span = text.span.joined(next.span)
            }
            value = .text(text)
        } else {
            value = .number(try signed())
        }
        try close(.rightParenthesis, openedAt: open)
        return ModParam(modules: modules, name: name, value: value, span: since(start))
    }

    // MARK: Routes

    private mutating func routeBlock(_ kind: RouteKind) throws(Failure) -> RouteBlock {
        let start = token.start
        advance()
        var name: Name?
        var interval: Number?
        if isAt(.leftBracket) {
            let open = token.span
            if [.error, .local, .startup].contains(kind) {
                report(
                    .routeHeader, at: open, "\(kind.rawValue) has no name",
                    Diagnostic.Note("write \(kind.rawValue) { }"))
            }
            advance()
            do throws(Failure) {
                name = try routeName()
                interval = try routeOptions(kind)
                try close(.rightBracket, openedAt: open.start)
            } catch {
                while !isAt(.leftBrace), !isAt(.end), !startsItem { advance() }
                guard isAt(.leftBrace) else { throw error }
            }
        } else if ![.request, .onreply, .error, .local, .startup].contains(kind) {
            let example = kind == .timer ? "[name, 60]" : "[name]"
            report(
                .routeHeader, at: since(start), "\(kind.rawValue) needs a name",
                Diagnostic.Note("write \(kind.rawValue)\(example) { }"))
        }
        if kind == .request, name?.text == "0" || name?.text == "" { name = nil }
        guard isAt(.leftBrace) else { throw unexpected("expected '{' in front of the statements of the route") }
        let body = try block()
        if body.statements.isEmpty, !isUnwinding,
            lexer.diagnostics.last.map({ $0.span.start < body.span.start }) ?? true
        {
            lexer.diagnostics.append(
                Diagnostic(
                    .emptyRoute, at: body.span, "a route needs a statement",
                    notes: [Diagnostic.Note("write { exit; }, or { ; } for a route that does nothing")]))
        }
        return RouteBlock(kind: kind, name: name, interval: interval, body: body, span: since(start))
    }

    /// Behind the name: the interval of a timer route, the mode of an event route of the 2.4 era.
    private mutating func routeOptions(_ kind: RouteKind) throws(Failure) -> Number? {
        switch kind {
        case .timer:
            try expect(.comma, "',' and the seconds between two runs")
            guard isAt(.number) else { throw unexpected("expected the seconds between two runs") }
            return try signed()
        case .event where isAt(.comma):
            let start = token.start
            advance()
            guard isAt(.identifier), spelling(token, is: "sync") || spelling(token, is: "async") else {
                throw unexpected("expected ']'")
            }
            advance()
            report(
                .legacyEventMode, .warning, at: since(start), "event routes have no mode any more",
                Diagnostic.Note("leave it out; event routes run behind the script that raised the event"),
                fix: .init(since(start), ""))
            return nil
        default: return nil
        }
    }

    /// `identifier | number | string`
    mutating func routeName() throws(Failure) -> Name {
        switch token.kind {
        case .string:
            let literal = try literal()
            return Name(literal.text, span: literal.span, form: .quoted)
        case .number:
            let number = try signed()
            return Name(String(number.value), span: number.span, form: .number)
        case .identifier:
            let name = name(token)
            if token.keyword != .none || ReservedWords.contains(name.text) {
                throw fail(
                    .reservedWord, at: token.span, "'\(name.text)' is a word of the language",
                    Diagnostic.Note("write \"\(name.text)\""))
            }
            advance()
            if isAt(.minus) || isAt(.dot), isAdjacent {
                throw fail(
                    .routeName, at: name.span,
                    "a name of a route with other characters than letters, digits and '_' "
                        + "needs quotes", Diagnostic.Note("like route[\"my-route\"]"))
            }
            return name
        default: throw unexpected("expected the name of a route")
        }
    }
}
