/// Calls of functions and routes, and what may stand between their parentheses.
extension Parser {
    static let maximumCallArguments = 8
    static let maximumRouteArguments = 9

    /// `name(slots)`
    mutating func call() throws(Failure) -> Call {
        let start = token.start
        let name = name(token)
        advance()
        let open = token.start
        guard accept(.leftParenthesis) else { return try bareCall(name) }
        var arguments: [Argument] = []
        if !isAt(.rightParenthesis) {
            arguments.append(try argument())
            while accept(.comma) { arguments.append(try argument()) }
        }
        // Functions that only tests have name many things, such as the attributes of an event.
        if arguments.count > Self.maximumCallArguments, !isInTest {
            report(
                .tooManyArguments, at: name.span, "a function takes at most \(Self.maximumCallArguments) arguments")
        }
        try closeArguments(open)
        if isAt(.leftBrace), let note = otherLanguage(name.text) {
            throw fail(.noSuchStatement, at: name.span, "there is no '\(name.text)'", Diagnostic.Note(note))
        }
        return Call(name: name, arguments: arguments, span: since(start))
    }

    /// `force_rport;` as scripts of the 2.4 era write it.
    private mutating func bareCall(_ name: Name) throws(Failure) -> Call {
        switch token.kind {
        case .semicolon, .rightParenthesis, .and, .or:
            report(
                .legacyCall, .warning, at: name.span, "a call needs parentheses",
                Diagnostic.Note("write \(name.text)()"), fix: .init(name.span, "\(name.text)()"))
            return Call(name: name, arguments: [], span: name.span)
        case .set:
            throw fail(
                .unexpectedToken, at: name.span, "only variables can be assigned to",
                Diagnostic.Note("write $var(\(name.text)) = ...; global parameters stand outside of routes"))
        default:
            if let note = otherLanguage(name.text) {
                throw fail(.noSuchStatement, at: name.span, "there is no '\(name.text)'", Diagnostic.Note(note))
            }
            throw unexpected("expected '(' behind '\(name.text)'")
        }
    }

    private func otherLanguage(_ word: String) -> String? {
        switch word {
        case "elseif", "elsif", "elif": "write else if"
        case "do": "write while (...) { ... }"
        case "foreach": "write for ($var(x) in $(avp(list)[*])) { ... }"
        case "var", "let", "set", "int", "string": "variables need no declaration: write $var(x) = 1;"
        default: nil
        }
    }

    /// One slot; empty in front of `,` and `)`.
    private mutating func argument() throws(Failure) -> Argument {
        let argument: Argument
        switch token.kind {
        case .comma, .rightParenthesis: return .empty(Span(start: token.start, end: token.start))
        case .string: argument = .text(try literal())
        case .variable: argument = .variable(try variable())
        case .number, .minus, .plus: argument = .number(try signed())
        case .identifier, .network, .leftBracket: argument = try wordArgument()
        default: throw unexpected("expected an argument")
        }
        guard !isAt(.comma), !isAt(.rightParenthesis) else { return argument }
        throw afterArgument()
    }

    /// What stands behind an argument and is neither `,` nor `)`.
    private mutating func afterArgument() -> Failure {
        switch token.kind {
        case .string, .variable, .number:
            return fail(
                .missingComma, at: Span(start: previousEnd, end: previousEnd), "a comma is missing here",
                Diagnostic.Note("write ',' here, or close the call"))
        case _ where token.kind.sumOperator != nil || token.kind.bitOperator != nil || token.kind.comparison != nil:
            return fail(
                .badArgument, at: token.span, "an argument cannot be computed",
                Diagnostic.Note("assign it to a variable first, or write variables into a text"))
        default:
            return fail(
                .missingParenthesis, at: Span(start: previousEnd, end: previousEnd),
                "')' or ',' is missing here, before \(describe(token))")
        }
    }

    /// A name or a socket without quotes, as scripts of the 2.4 era write them.
    private mutating func wordArgument() throws(Failure) -> Argument {
        let start = token.start
        if isAt(.null) {
            throw fail(
                .badArgument, at: token.span, "a function takes no NULL", Diagnostic.Note("leave the argument empty"))
        }
        var text = ""
        var last = Token.Kind.colon
        while isAt(.colon) || last == .colon || isAdjacent, continuesWord(behind: last) {
            text += spelling(token)
            last = token.kind
            advance()
        }
        if isAt(.leftParenthesis) {
            throw fail(
                .badArgument, at: since(start), "a call cannot be an argument",
                Diagnostic.Note("assign its result to a variable first"))
        }
        let name = Name(text, span: since(start))
        report(
            .legacyWordArgument, .warning, at: name.span, "an argument that is a word needs quotes",
            Diagnostic.Note("write \"\(name.text)\""), fix: .init(name.span, "\"\(name.text)\""))
        return .word(name)
    }

    /// The token goes on with a word such as `udp:1.2.3.4:5060`: parts alternate with what joins them.
    private func continuesWord(behind last: Token.Kind) -> Bool {
        let isBehindJoint = last == .colon || last == .dot || last == .minus || last == .leftBracket
        return switch token.kind {
        case .identifier, .number, .network: isBehindJoint
        case .string, .star, .leftBracket: last == .colon
        case .colon, .dot: !isBehindJoint
        case .minus: last == .identifier
        case .rightBracket: last == .network
        default: false
        }
    }

    mutating func closeArguments(_ open: Int32) throws(Failure) {
        if isAt(.rightParenthesis) { return advance() }
        let before = Diagnostic.Note("opened here", span: Span(start: open, end: open &+ 1))
        throw fail(
            .missingParenthesis, at: Span(start: previousEnd, end: previousEnd),
            "')' is missing here, before \(describe(token))", before)
    }

    // MARK: Routes

    /// `route(name {, value})`
    mutating func routeCall() throws(Failure) -> RouteCall {
        let start = token.start
        let open = try openParenthesis()
        let target: RouteCall.Target = isAt(.variable) ? .variable(try variable()) : .name(try routeName())
        var arguments: [Argument] = []
        while accept(.comma) { arguments.append(try routeValue()) }
        if arguments.count > Self.maximumRouteArguments {
            report(
                .tooManyArguments, at: since(start),
                "a route takes at most \(Self.maximumRouteArguments) arguments")
        }
        try closeArguments(open)
        return RouteCall(target: target, arguments: arguments, span: since(start))
    }

    /// An argument of a route, or a value of `return`: it cannot be left out.
    mutating func routeValue() throws(Failure) -> Argument {
        switch token.kind {
        case .string: return .text(try literal())
        case .variable: return .variable(try variable())
        case .number, .minus, .plus: return .number(try signed())
        case .identifier where isAt(.null):
            let span = token.span
            advance()
            return .null(span)
        case .comma, .rightParenthesis:
            throw fail(
                .badArgument, at: Span(start: previousEnd, end: previousEnd), "this argument cannot be left out",
                Diagnostic.Note("write NULL"))
        case .identifier: throw withoutQuotes()
        default: throw unexpected("expected a text, a number, NULL or a variable")
        }
    }
}
