/// Statements without a body: assignments, calls and the words of the language. All may be part of a condition.
extension Parser {
    /// A statement without its semicolon.
    mutating func simple() throws(Failure) -> Statement {
        let start = token.start
        switch token.kind {
        case .variable:
            let target = try variable()
            return try assignment(to: target, start)
        case .identifier: return Statement(try word(start), span: since(start))
        case .string, .number, .network: throw unexpected("expected a statement")
        default: throw unexpected("expected a statement")
        }
    }

    /// Behind the variable: `= value` and its relatives.
    mutating func assignment(to target: Variable, _ start: Int32) throws(Failure) -> Statement {
        guard let operation = token.kind.assignment else { throw noAssignment(target) }
        if !target.transformations.isEmpty {
            report(
                .assignToTransformation, at: target.span, "the result of a transformation cannot be assigned to",
                Diagnostic.Note("assign to the variable itself"))
        }
        advance()
        let value: Assignment.Value
        if isAt(.null) {
            if operation != .set, operation != .replace {
                throw fail(
                    .badExpression, at: token.span, "NULL can only be assigned with '=' or ':='")
            }
            value = .null(token.span)
            advance()
        } else {
            value = .expression(try expression())
        }
        let assignment = Assignment(target: target, operation: operation, value: value)
        return Statement(.assign(assignment), span: since(start))
    }

    private mutating func noAssignment(_ target: Variable) -> Failure {
        let name = Diagnostic.clip(text, Int(target.span.start), Int(target.span.end))
        switch token.kind {
        case .matches:
            return fail(
                .matchAsAssignment, at: token.span, "'=~' is the match operator",
                Diagnostic.Note("to assign a complement, write a blank: \(name) = ~ ..."))
        case .equal:
            return fail(
                .unexpectedToken, at: token.span, "'==' compares and is no statement",
                Diagnostic.Note("write \(name) = ... to assign, or if (\(name) == ...)"))
        case .plus where text.byte(Int(token.end)) == UInt8(ascii: "+"):
            return fail(.noSuchStatement, at: token.span, "there is no '++'", Diagnostic.Note("write \(name) += 1"))
        case .minus where text.byte(Int(token.end)) == UInt8(ascii: "-"):
            return fail(.noSuchStatement, at: token.span, "there is no '--'", Diagnostic.Note("write \(name) -= 1"))
        default: return unexpected("expected '=' behind \(name)")
        }
    }

    // MARK: Words

    private mutating func word(_ start: Int32) throws(Failure) -> Statement.Kind {
        switch token.keyword {
        case .none where isAtExpectation: return try expectation()
        case .none: return .call(try call())
        case .exit:
            try wordWithoutArguments()
            return .exit
        case .drop:
            try wordWithoutArguments()
            return .drop
        case .breakWord, .esac: return try breakLoop()
        case .returnWord: return try returnCode()
        case .route: return .route(try routeCall())
        case .async: return try async()
        case .launch: return try launch()
        case .assert: return try assert()
        case .log: return try log()
        case .error:
            let open = try openParenthesis()
            let first = try literal()
            try expect(.comma, "','")
            let second = try literal()
            try close(.rightParenthesis, openedAt: open)
            return .error(first, second)
        case .xdbg:
            let open = try openParenthesis()
            let texts = try literals()
            try close(.rightParenthesis, openedAt: open)
            return .xdbg(texts)
        case .xlog: return try xlog()
        case .includeFile, .importFile:
            throw fail(
                .includeInLine, at: token.span, "an include must be the first thing on its line",
                Diagnostic.Note("put it on a line of its own"))
        default: throw unexpected("expected a statement")
        }
    }

    /// Behind a word: its `(`, the offset of which is the result.
    mutating func openParenthesis() throws(Failure) -> Int32 {
        let word = token
        advance()
        let open = token.start
        guard accept(.leftParenthesis) else { throw unexpected("expected '(' behind '\(spelling(word))'") }
        return open
    }

    /// `exit`, `exit()`
    private mutating func wordWithoutArguments() throws(Failure) {
        let word = spelling(token)
        advance()
        guard isAt(.leftParenthesis) else { return }
        let open = token.start
        advance()
        guard !isAt(.rightParenthesis) else { return advance() }
        if isAt(.semicolon) || isAt(.end) || isAt(.rightBrace) { try close(.rightParenthesis, openedAt: open) }
        throw fail(
            .badArgument, at: token.span, "'\(word)' takes no arguments", Diagnostic.Note("write \(word);"))
    }

    private mutating func breakLoop() throws(Failure) -> Statement.Kind {
        let word = token
        if breakable == 0 {
            report(
                .breakOutside, at: word.span, "'\(spelling(word))' stands outside of a loop and of a switch",
                Diagnostic.Note("write return or exit to leave the route"))
        }
        advance()
        if word.keyword == .esac {
            report(
                .legacyEsac, .warning, at: word.span, "'esac' is now called 'break'", Diagnostic.Note("write break"),
                fix: .init(word.span, "break"))
        }
        return .breakLoop
    }

    /// `return`, `return 1`, `return $x`, `return([code] {, value})`
    private mutating func returnCode() throws(Failure) -> Statement.Kind {
        advance()
        if isAt(.variable) { return .returnCode(.variable(try variable()), values: []) }
        if isAtSigned { return .returnCode(.number(try signed()), values: []) }
        guard isAt(.leftParenthesis) else { return .returnCode(nil, values: []) }
        let open = token.start
        advance()
        var code: Argument?
        if isAt(.variable) {
            code = .variable(try variable())
        } else if isAtSigned {
            code = .number(try signed())
        } else if !isAt(.rightParenthesis), !isAt(.comma) {
            throw fail(
                .badArgument, at: token.span, "a return code is a number or a variable, not \(describe(token))",
                Diagnostic.Note("other values come behind it, like return(1, \"text\")"))
        }
        var values: [Argument] = []
        while accept(.comma) { values.append(try routeValue()) }
        try closeArguments(open)
        return .returnCode(code, values: values)
    }

    private mutating func async() throws(Failure) -> Statement.Kind {
        let open = try openParenthesis()
        let call = try innerCall()
        try expect(.comma, "',' and the name of the route that goes on")
        let resume = try routeName()
        var timeout: Number?
        if accept(.comma) {
            guard isAt(.number) else { throw unexpected("expected a timeout in seconds") }
            timeout = try signed()
        }
        try close(.rightParenthesis, openedAt: open)
        return .async(call, resume: resume, timeout: timeout)
    }

    private mutating func launch() throws(Failure) -> Statement.Kind {
        let open = try openParenthesis()
        let call = try innerCall()
        var report: Name?
        var text: Literal?
        if accept(.comma) {
            report = try routeName()
            if accept(.comma) { text = try literal() }
        }
        try close(.rightParenthesis, openedAt: open)
        return .launch(call, report: report, text: text)
    }

    private mutating func innerCall() throws(Failure) -> Call {
        guard isAt(.identifier), token.keyword == .none else {
            throw unexpected("expected the call of an asynchronous function")
        }
        return try call()
    }

    private mutating func assert() throws(Failure) -> Statement.Kind {
        let open = try openParenthesis()
        let condition = try condition()
        let text = accept(.comma) ? try literal() : nil
        try close(.rightParenthesis, openedAt: open)
        return .assert(condition, text)
    }

    private mutating func log() throws(Failure) -> Statement.Kind {
        let open = try openParenthesis()
        var level: Number?
        if isAtSigned {
            level = try signed()
            try expect(.comma, "',' and a text")
        }
        let text = try literal()
        try close(.rightParenthesis, openedAt: open)
        return .log(level: level, text)
    }

    private mutating func literals() throws(Failure) -> [Literal] {
        var texts = [try literal()]
        while isAt(.string) { texts.append(try literal()) }
        return texts
    }

    /// `xlog([level,] text {text})`
    private mutating func xlog() throws(Failure) -> Statement.Kind {
        let open = try openParenthesis()
        guard isAt(.string) else {
            throw fail(
                .badArgument, at: token.span, "xlog takes a text in quotes, not \(describe(token))",
                Diagnostic.Note("like xlog(\"L_INFO\", \"$rm from $si\\n\"); the level is quoted, too"))
        }
        let texts = try literals()
        guard isAt(.comma) else {
            try closeTexts(open)
            return .xlog(level: nil, texts)
        }
        guard texts.count == 1 else { throw unexpected("expected ')'") }
        advance()
        let rest = try literals()
        try closeTexts(open)
        return .xlog(level: texts.first, rest)
    }

    private mutating func closeTexts(_ open: Int32) throws(Failure) {
        guard isAt(.plus) else { return try close(.rightParenthesis, openedAt: open) }
        throw fail(
            .badArgument, at: token.span, "xlog takes no '+'",
            Diagnostic.Note("write variables into the text; texts next to each other are joined"))
    }
}
