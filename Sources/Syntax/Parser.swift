/// Tokens to tree, by recursive descent with one token in hand.
///
/// A statement or an item that cannot be read throws `Failure` after the one diagnostic about its cause was
/// recorded; whoever catches it skips to the next place where the text makes sense (`;`, `}`, a route keyword).
package struct Parser: ~Copyable {
    /// The parse of a source: the tree and what the tree leaves out.
    package struct Result: Sendable {
        package var script: Script
        /// In the order of the text.
        package var comments: [Comment]
        /// In the order of the text.
        package var diagnostics: [Diagnostic]
    }

    /// Levels of blocks, parentheses and the like.
    static let maximumDepth = 200
    /// Operators in one expression, and parts of one `else if` chain: both become depth of the tree, on which others
    /// recurse with 8 MB of stack.
    static let maximumChain = 1000
    static let maximumBranches = 300
    static let maximumErrors = 100

    struct Failure: Error {}

    var lexer: Lexer
    var token: Token
    /// Where the token before this one ended.
    var previousEnd: Int32 = 0
    /// Levels open at the moment.
    var depth = 0
    /// Operators read in the expression at hand.
    var chain = 0
    /// `else if` parts around the statement at hand.
    var branches = 0
    /// Conditions around the statement at hand: `if (if (...) ...)`.
    var conditions = 0
    /// Loops and switches around the statement at hand.
    var breakable = 0
    /// The text was typed at a prompt, where its end stands for a semicolon.
    var isTyped = false
    /// The block at hand belongs to a test file.
    var isInTest = false
    /// The token about which something was said last; one cause, one message.
    private var reported: Int32 = -1
    /// Everything open is to be left without further words: a brace is missing, or nothing more can be read.
    var isUnwinding = false
    /// A block whose closing brace stands further left than it began: a missing brace is looked for here.
    var suspect: Int32?

    init(_ text: UnsafeBufferPointer<UInt8>, from start: Int = 0) {
        lexer = Lexer(text)
        lexer.position = start
        token = lexer.next()
    }

    package static func parse(_ source: Source) -> (Script, [Diagnostic]) {
        let result = read(source)
        return (result.script, result.diagnostics)
    }

    /// Reads the end of a source, from `start` on.
    package static func parse(_ source: Source, from start: Int32) -> (Script, [Diagnostic]) {
        source.bytes.withUnsafeBufferPointer { text in
            var parser = Parser(text, from: Int(start))
            let items = parser.items()
            parser.finish()
            return (Script(items: items), sorted(parser.lexer.diagnostics))
        }
    }

    package static func read(_ source: Source) -> Result {
        guard source.bytes.count <= Source.maximumBytes else {
            let diagnostic = Diagnostic(.includeTooLarge, at: .none, "the text is too large for a script")
            return Result(script: Script(items: []), comments: [], diagnostics: [diagnostic])
        }
        return source.bytes.withUnsafeBufferPointer { text in
            var parser = Parser(text)
            let items = parser.items()
            parser.finish()
            return Result(
                script: Script(items: items), comments: parser.lexer.comments,
                diagnostics: sorted(parser.lexer.diagnostics))
        }
    }

    static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        // By hand since `sort` does not promise to keep the order of equals.
        diagnostics.enumerated().sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
            .map(\.element)
    }

    // MARK: Tokens

    var text: UnsafeBufferPointer<UInt8> { lexer.text }

    mutating func advance() {
        previousEnd = token.end
        token = lexer.next()
    }

    mutating func accept(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    func isAt(_ kind: Token.Kind) -> Bool { token.kind == kind }

    func isAt(_ keyword: Keyword) -> Bool { token.keyword == keyword }

    /// The token touches the one before.
    var isAdjacent: Bool { token.start == previousEnd }

    mutating func expect(_ kind: Token.Kind, _ what: String) throws(Failure) {
        guard accept(kind) else { throw unexpected("expected \(what)") }
    }

    /// The `)` or `]` that closes what was opened at `open`.
    mutating func close(_ kind: Token.Kind, openedAt open: Int32) throws(Failure) {
        if accept(kind) { return }
        let sign = kind == .rightBracket ? "]" : ")"
        throw fail(
            .missingParenthesis, at: Span(start: previousEnd, end: previousEnd),
            "'\(sign)' is missing here, before \(describe(token))",
            Diagnostic.Note("opened here", span: Span(start: open, end: open &+ 1)))
    }

    /// The text of a token.
    func spelling(_ token: Token) -> String { text.string(Int(token.start), Int(token.end)) }

    func spelling(_ token: Token, is word: StaticString) -> Bool {
        Int(token.end - token.start) == word.utf8CodeUnitCount && text.has(word, at: Int(token.start))
    }

    func since(_ start: Int32) -> Span { Span(start: start, end: max(start, previousEnd)) }

    func name(_ token: Token, form: Name.Form = .identifier) -> Name {
        Name(spelling(token), span: token.span, form: form)
    }

    // MARK: Leaves

    mutating func literal() throws(Failure) -> Literal {
        guard isAt(.string) else {
            if isAt(.identifier) { throw withoutQuotes() }
            throw unexpected("expected a text in quotes")
        }
        let literal = literal(of: token)
        advance()
        return literal
    }

    func literal(of token: Token) -> Literal {
        let start = Int(token.start) + 1
        // A literal that is not closed has no quote at its end.
        let end = max(start, lexer.unclosedLiteral == token.start ? Int(token.end) : Int(token.end) - 1)
        let bytes =
            token.value == 1
            ? Escapes.replace(text, start, end) : Array(UnsafeBufferPointer(rebasing: text[start..<end]))
        return Literal(bytes, span: token.span)
    }

    /// `[ "+" | "-" ] number`
    mutating func signed() throws(Failure) -> Number {
        let start = token.start
        let isNegative = isAt(.minus)
        if isNegative || isAt(.plus) { advance() }
        guard isAt(.number) else { throw unexpected("expected a number") }
        let value = token.value
        advance()
        return Number(isNegative ? 0 &- value : value, span: since(start))
    }

    var isAtSigned: Bool { isAt(.number) || isAt(.minus) || isAt(.plus) }

    mutating func variable() throws(Failure) -> Variable {
        guard isAt(.variable) else { throw unexpected("expected a variable") }
        let before = lexer.diagnostics.count
        var reader = VariableReader(text, at: Int(token.start), end: Int(token.end))
        let variable = try? reader.variable()
        // The lexer has already said what is wrong with the end of the form.
        let isKnown = before > 0 && lexer.diagnostics[before - 1].span.start >= token.start
        if !reader.diagnostics.isEmpty, variable != nil || !isKnown { lexer.diagnostics += reader.diagnostics }
        let span = token.span
        reported = variable == nil ? token.start : reported
        advance()
        return variable ?? Variable(name: "", span: span)
    }

    // MARK: Depth

    mutating func enter() throws(Failure) {
        depth += 1
        guard depth <= Self.maximumDepth else { throw tooDeep("this is nested too deep") }
    }

    mutating func leave() { depth -= 1 }

    mutating func countOperator() throws(Failure) {
        chain += 1
        guard chain <= Self.maximumChain else { throw tooDeep("this expression is too long") }
    }

    mutating func tooDeep(_ message: String) -> Failure {
        let failure = fail(
            .nestingTooDeep, at: token.span, message, Diagnostic.Note("move a part of it to a route of its own"))
        stop()
        return failure
    }

    /// Nothing behind this place is looked at any more.
    mutating func stop() {
        isUnwinding = true
        lexer.position = text.count
        token = Token(.end, Int(token.start), Int(token.start), startsLine: true)
    }

    // MARK: Reports

    mutating func report(
        _ code: Diagnostic.Code, _ severity: Diagnostic.Severity = .error, at span: Span, _ message: String,
        _ notes: Diagnostic.Note..., fix: Diagnostic.Fix? = nil
    ) {
        if severity == .error {
            guard reported != token.start, !isUnwinding else { return }
            reported = token.start
        }
        lexer.diagnostics.append(Diagnostic(code, severity, at: span, message, notes: notes, fix: fix))
        if lexer.diagnostics.count > Self.maximumErrors { checkCount() }
    }

    mutating func fail(
        _ code: Diagnostic.Code, at span: Span, _ message: String, _ notes: Diagnostic.Note...
    ) -> Failure {
        if let quote = forgottenQuote() {
            reportUnclosedLiteral(quote)
        } else if isAt(.end), lexer.unclosedComment != nil {
            reportUnclosedComment(.error)
        } else if token.kind == .unknown {
            // Said by the lexer.
            reported = token.start
        } else if reported != token.start, !isUnwinding {
            reported = token.start
            lexer.diagnostics.append(Diagnostic(code, at: span, message, notes: notes))
        }
        checkCount()
        return Failure()
    }

    mutating func unexpected(_ message: String, _ notes: Diagnostic.Note...) -> Failure {
        let failure = fail(.unexpectedToken, at: token.span, "\(message), not \(describe(token))")
        if !notes.isEmpty, lexer.diagnostics.last?.span == token.span {
            lexer.diagnostics[lexer.diagnostics.count - 1].notes += notes
        }
        return failure
    }

    mutating func withoutQuotes() -> Failure {
        let word = spelling(token)
        return fail(.textWithoutQuotes, at: token.span, "a text needs quotes", Diagnostic.Note("write \"\(word)\""))
    }

    private mutating func checkCount() {
        guard lexer.diagnostics.count > Self.maximumErrors, !isUnwinding else { return }
        var errors = 0
        for diagnostic in lexer.diagnostics where diagnostic.severity == .error { errors += 1 }
        guard errors > Self.maximumErrors else { return }
        lexer.diagnostics.append(Diagnostic(.tooManyErrors, at: token.span, "too many errors, the rest is not read"))
        stop()
    }

    func describe(_ token: Token) -> String {
        let spelling = Diagnostic.quote(text, Int(token.start), Int(token.end))
        return switch token.kind {
        case .end: "the end of the text"
        case .number: "the number \(spelling)"
        case .string: "a text in quotes"
        case .variable: "the variable \(spelling)"
        case .identifier: "the word \(spelling)"
        case .include: "an include line"
        default: spelling
        }
    }
}
