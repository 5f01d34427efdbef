/// `name = value`. Values with a syntax of their own are kept as words; what they mean is the resolver's business.
extension Parser {
    mutating func global() throws(Failure) -> Global {
        let name = try globalName()
        guard isAt(.set) else { throw noGlobal(name) }
        advance()
        let value: GlobalValue
        switch name.text {
        case "socket", "listen":
            if name.text == "listen" {
                report(
                    .legacyListen, .warning, at: name.span, "'listen' is now called 'socket'",
                    Diagnostic.Note("write socket = ..."), fix: .init(name.span, "socket"))
            }
            value = .socket(try socket())
        case "alias": value = .words(try aliases())
        case "dst_blacklist": value = .words(try blacklist())
        case "auto_scaling_profile": value = .words(try scalingProfile())
        case "mem-group": value = .words(try memoryGroup())
        case "udp_workers", "tcp_workers", "timer_workers": value = try workers()
        default: value = try globalValue()
        }
        noteLegacyGlobal(name)
        return Global(name: name, value: value, span: since(name.span.start))
    }

    /// An identifier; `mem-group` is the one name with a hyphen.
    private mutating func globalName() throws(Failure) -> Name {
        var name = name(token)
        advance()
        if name.text == "mem", isAt(.minus), isAdjacent {
            advance()
            guard spelling(token, is: "group"), isAdjacent else { throw unexpected("expected '='") }
            advance()
            name = Name("mem-group", span: since(name.span.start))
        }
        return name
    }

    private mutating func noGlobal(_ name: Name) -> Failure {
        switch token.kind {
        case .leftBrace, .leftBracket:
            let kinds = RouteKind.allCases.map(\.rawValue).joined(separator: ", ")
            return fail(
                .unknownBlock, at: name.span, "there is no kind of route called '\(name.text)'",
                Diagnostic.Note("the kinds are \(kinds)"))
        case .leftParenthesis:
            return fail(
                .statementOutside, at: name.span, "statements stand inside of a route",
                Diagnostic.Note("put it into route { } or startup_route { }"))
        default: return unexpected("expected '=' behind '\(name.text)'")
        }
    }

    private mutating func noteLegacyGlobal(_ name: Name) {
        let heir: String
        switch name.text {
        case "children": heir = "udp_workers"
        case "tcp_children": heir = "tcp_workers"
        case "debug": heir = "log_level"
        case "tcp_listen_backlog": heir = "tcp_socket_backlog"
        case "xlog_default_level": heir = "xlog_print_level"
        case "fork":
            report(
                .legacyGlobal, .warning, at: name.span, "'fork' is gone", Diagnostic.Note("leave it out"),
                fix: .init(since(name.span.start), ""))
            return
        default: return
        }
        let code: Diagnostic.Code = name.text.contains("children") ? .legacyChildren : .legacyGlobal
        report(
            code, .warning, at: name.span, "'\(name.text)' is now called '\(heir)'",
            Diagnostic.Note("write \(heir) = ..."), fix: .init(name.span, heir))
    }

    private mutating func globalValue() throws(Failure) -> GlobalValue {
        switch token.kind {
        case .string: return .text(try literal())
        case .number, .minus, .plus: return .number(try signed())
        case .identifier where startsItem: throw unexpected("expected a value")
        case .identifier, .network, .leftBracket: return .word(try host())
        default: throw unexpected("expected a value")
        }
    }

    private mutating func workers() throws(Failure) -> GlobalValue {
        guard isAt(.number) else { return try globalValue() }
        let count = name(token, form: .number)
        let number = try signed()
        guard isAt(.identifier), spelling(token, is: "use_auto_scaling_profile") else { return .number(number) }
        let option = try word("use_auto_scaling_profile")
        return .words([count, option, try identifier("the name of a profile")])
    }

    // MARK: Words

    /// The word at hand, whatever it is.
    mutating func anyWord() -> Name {
        let word: Name
        if isAt(.string) {
            let literal = literal(of: token)
            word = Name(literal.text, span: literal.span, form: .quoted)
        } else {
            word = name(token, form: isAt(.number) ? .number : .identifier)
        }
        advance()
        return word
    }

    mutating func word(_ text: StaticString) throws(Failure) -> Name {
        guard spelling(token, is: text) else { throw unexpected("expected '\(text)'") }
        return anyWord()
    }

    mutating func word(_ kind: Token.Kind, _ what: String) throws(Failure) -> Name {
        guard isAt(kind) else { throw unexpected("expected \(what)") }
        return anyWord()
    }

    mutating func identifier(_ what: String) throws(Failure) -> Name { try word(.identifier, what) }

    // MARK: alias

    /// `host`, `any:host[:port]` or `proto:host[:port]`, several with blanks between them.
    private mutating func aliases() throws(Failure) -> [Name] {
        var words: [Name] = []
        repeat {
            let first = try host()
            words.append(first)
            if isAt(.colon), first.form != .quoted {
                words.append(anyWord())
                words.append(try host())
                if isAt(.colon) {
                    words.append(anyWord())
                    guard isAt(.number) || spelling(token, is: "any") else { throw unexpected("expected a port") }
                    words.append(anyWord())
                }
            }
            if isAt(.identifier), spelling(token, is: "accept_subdomain") || spelling(token, is: "ACCEPT_SUBDOMAIN") {
                words.append(anyWord())
            }
        } while startsAlias
        return words
    }

    /// A word that is neither an item nor the name of the next parameter.
    private var startsAlias: Bool {
        switch token.kind {
        case .string, .network: true
        case .leftBracket: true
        case .identifier:
            token.keyword == .none && lexer.peek() != UInt8(ascii: "=") && !text.has("mem-group", at: Int(token.start))
        default: false
        }
    }

    // MARK: auto_scaling_profile

    private mutating func scalingProfile() throws(Failure) -> [Name] {
        var words = [try identifier("the name of the profile")]
        words += try scaling("up")
        if isAt(.identifier), spelling(token, is: "within") {
            words.append(anyWord())
            words.append(try word(.number, "a number of cycles"))
        }
        if isAt(.identifier), spelling(token, is: "scale") { words += try scaling("down") }
        return words
    }

    /// `scale up to 4 on 80% for 3 cycles`
    private mutating func scaling(_ direction: StaticString) throws(Failure) -> [Name] {
        [
            try word("scale"), try word(direction), try word("to"), try word(.number, "a number of processes"),
            try word("on"), try word(.number, "a load in percent"), try word(.percent, "'%'"), try word("for"),
            try word(.number, "a number of cycles"), try word("cycles"),
        ]
    }

    // MARK: dst_blacklist

    private mutating func blacklist() throws(Failure) -> [Name] {
        var words = [try identifier("the name of the list")]
        if isAt(.slash) {
            repeat {
                words.append(anyWord())
                words.append(try blacklistFlag())
            } while isAt(.comma)
        }
        guard isAt(.colon) else { return words }
        words.append(anyWord())
        words.append(try word(.leftBrace, "'{'"))
        if !isAt(.rightBrace) {
            words += try blacklistRule()
            while isAt(.comma) {
                words.append(anyWord())
                words += try blacklistRule()
            }
        }
        words.append(try word(.rightBrace, "',' or '}'"))
        return words
    }

    /// `read-only`, `readonly`, `expire`, `default`
    private mutating func blacklistFlag() throws(Failure) -> Name {
        let first = try identifier("'read-only', 'expire' or 'default'")
        guard isAt(.minus), isAdjacent else { return first }
        advance()
        let second = try identifier("'read-only'")
        return Name("\(first.text)-\(second.text)", span: first.span.joined(second.span))
    }

    /// `[!] net`, or `[!] ([proto,] net [, port [, "text"]])`
    private mutating func blacklistRule() throws(Failure) -> [Name] {
        var words: [Name] = []
        if isAt(.not) { words.append(anyWord()) }
        guard isAt(.leftParenthesis) else { return words + [try network()] }
        let open = token.start
        words.append(anyWord())
        if isAt(.identifier) {
            words.append(anyWord())
            words.append(try word(.comma, "','"))
        }
        words.append(try network())
        if isAt(.comma) {
            words.append(anyWord())
            guard isAt(.number) || spelling(token, is: "any") else { throw unexpected("expected a port") }
            words.append(anyWord())
        }
        if isAt(.comma) {
            words.append(anyWord())
            words.append(try word(.string, "a text in quotes"))
        }
        guard isAt(.rightParenthesis) else {
            try close(.rightParenthesis, openedAt: open)
            return words
        }
        words.append(anyWord())
        return words
    }

    /// An address or a network; an IPv6 address may stand in brackets.
    mutating func network() throws(Failure) -> Name {
        guard isAt(.leftBracket) else { return try word(.network, "an address or a network") }
        let open = token.start
        advance()
        let address = try word(.network, "an IPv6 address")
        try close(.rightBracket, openedAt: open)
        return Name("[\(address.text)]", span: since(open))
    }

    // MARK: mem-group

    private mutating func memoryGroup() throws(Failure) -> [Name] {
        var words = [
            try word(.string, "the name of the group in quotes"), try word(.colon, "':'"),
            try word(.string, "the name of a module in quotes"),
        ]
        while isAt(.string) { words.append(anyWord()) }
        return words
    }
}
