/// Text to tokens, one at a time and without copying. Comments are kept aside, with their places.
///
/// Offsets are positions in the source. The lexer reports only what is wrong with a token itself.
struct Lexer: ~Copyable {
    let text: UnsafeBufferPointer<UInt8>
    var position = 0
    var comments: [Comment] = []
    var diagnostics: [Diagnostic] = []
    /// Literals that reach over line ends: where a forgotten quote is looked for.
    var longLiterals: [Span] = []
    /// Where a literal or a comment begins that the text does not end.
    var unclosedLiteral: Int32?
    var unclosedComment: Int32?
    /// Open braces; include lines inside of them are kept like comments.
    private var braces = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    mutating func next() -> Token {
        while true {
            let startsLine = skipTrivia()
            let start = position
            guard start < text.count else { return Token(.end, start, start, startsLine: startsLine) }
            let first = text[start]
            if first.isLetter {
                if let token = word(start, startsLine) { return token }
                continue
            }
            if first.isDigit { return number(start, startsLine) }
            switch first {
            case UInt8(ascii: "$"):
                let end = variable(start)
                position = end
                return Token(.variable, start, end, startsLine: startsLine)
            case UInt8(ascii: "\""), UInt8(ascii: "'"): return literal(start, quote: first, startsLine)
            default:
                let (kind, length) = punctuation(first, start)
                if kind == .unknown { return unknown(start, startsLine) }
                // Of three colons the first stands in front of an address.
                if kind == .colon, text.has("::", at: start), !text.has(":::", at: start), let end = address6(start) {
                    return network(start, end, startsLine)
                }
                if kind == .leftBrace { braces &+= 1 } else if kind == .rightBrace { braces = max(braces &- 1, 0) }
                position = start &+ length
                return Token(kind, start, position, startsLine: startsLine)
            }
        }
    }

    /// The first byte of the token behind the one just read; 0 at the end. Comments found on the way are not kept.
    func peek() -> UInt8 {
        var index = position
        while index < text.count {
            let byte = text[index]
            if byte.isBlank || byte == UInt8(ascii: "\n") {
                index &+= 1
            } else if byte == UInt8(ascii: "\\"), let end = joinedLine(index) {
                index = end
            } else if byte == UInt8(ascii: "#") {
                while index < text.count, text[index] != UInt8(ascii: "\n") { index &+= 1 }
            } else if byte == UInt8(ascii: "/"), text.byte(index &+ 1) == UInt8(ascii: "*") {
                index = blockComment(index).end
            } else {
                return byte
            }
        }
        return 0
    }

    // MARK: Trivia

    /// Skips blanks, line ends and comments; tells whether a line end was among them.
    private mutating func skipTrivia() -> Bool {
        var startsLine = position == 0
        var index = position
        while index < text.count {
            let byte = text[index]
            if byte == 32 || byte == 9 {
                index &+= 1
            } else if byte == UInt8(ascii: "\n") {
                startsLine = true
                index &+= 1
            } else if byte == UInt8(ascii: "#") {
                let start = index
                while index < text.count, text[index] != UInt8(ascii: "\n") { index &+= 1 }
                addComment(.line, start, index)
            } else if byte == UInt8(ascii: "/"), text.byte(index &+ 1) == UInt8(ascii: "*") {
                let start = index
                let comment = blockComment(start)
                if !comment.isClosed { unclosedComment = Int32(truncatingIfNeeded: start) }
                index = comment.end
                addComment(.block, start, index)
            } else if byte == UInt8(ascii: "\\"), let end = joinedLine(index) {
                startsLine = true
                index = end
            } else if byte.isBlank {
                index &+= 1
            } else {
                break
            }
        }
        position = index
        return startsLine
    }

    private mutating func addComment(_ kind: Comment.Kind, _ start: Int, _ end: Int) {
        comments.append(Comment(kind, span: span(start, end)))
    }

    /// Block comments nest.
    private func blockComment(_ start: Int) -> (end: Int, isClosed: Bool) {
        var depth = 1
        var index = start &+ 2
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "*"), text.byte(index &+ 1) == UInt8(ascii: "/") {
                depth &-= 1
                index &+= 2
                if depth == 0 { return (index, true) }
            } else if byte == UInt8(ascii: "/"), text.byte(index &+ 1) == UInt8(ascii: "*") {
                depth &+= 1
                index &+= 2
            } else {
                index &+= 1
            }
        }
        return (text.count, false)
    }

    /// Behind a backslash at a line's end, which joins the lines.
    private func joinedLine(_ backslash: Int) -> Int? {
        var index = backslash &+ 1
        if text.byte(index) == 13 { index &+= 1 }
        return text.byte(index) == UInt8(ascii: "\n") ? index &+ 1 : nil
    }

    // MARK: Words and literals

    /// Nil for an include line that was put aside.
    private mutating func word(_ start: Int, _ startsLine: Bool) -> Token? {
        var end = start &+ 1
        while end < text.count, text[end].isIdentifier { end &+= 1 }
        position = end
        if end &- start <= 4, text.byte(end) == UInt8(ascii: ":"), let address = address6(start) {
            return network(start, address, startsLine)
        }
        if let token = truthOrOperator(start, end, startsLine) { return token }
        let keyword = Keyword.find(text, start, end)
        if keyword == .includeFile || keyword == .importFile, startsLine, let line = includeLine(start) {
            position = line.end
            if braces == 0 { return Token(.include, start, line.end, startsLine: true, keyword: keyword) }
            addComment(.include, start, line.end)
            return nil
        }
        return Token(.identifier, start, end, startsLine: startsLine, keyword: keyword)
    }

    /// An include line, if only blanks stand in front of the word.
    private func includeLine(_ word: Int) -> IncludeLine? {
        var begin = word
        while begin > 0, text[begin &- 1].isBlank { begin &-= 1 }
        guard begin == 0 || text[begin &- 1] == UInt8(ascii: "\n") else { return nil }
        return IncludeLine(text, at: begin)
    }

    /// `yes`, `no` and the like are numbers, `and`, `or`, `not` are operators.
    private func truthOrOperator(_ start: Int, _ end: Int, _ startsLine: Bool) -> Token? {
        func like(_ word: StaticString, _ kind: Token.Kind, _ value: Int32 = 0) -> Token? {
            guard text.has(word, at: start) else { return nil }
            return Token(kind, start, end, startsLine: startsLine, value: value)
        }
        switch end &- start {
        case 2: return like("on", .number, 1) ?? like("no", .number, 0) ?? like("or", .or)
        case 3: return like("yes", .number, 1) ?? like("off", .number, 0) ?? like("and", .and) ?? like("not", .not)
        case 4: return like("true", .number, 1)
        case 5: return like("false", .number, 0)
        case 6: return like("enable", .number, 1)
        case 7: return like("disable", .number, 0)
        default: return nil
        }
    }

    private mutating func literal(_ start: Int, quote: UInt8, _ startsLine: Bool) -> Token {
        var index = start &+ 1
        var hasEscapes: Int32 = 0
        var isLong = false
        let escapes = quote == UInt8(ascii: "\"")
        while index < text.count {
            let byte = text[index]
            if byte == quote { break }
            if byte == UInt8(ascii: "\\"), escapes {
                hasEscapes = 1
                index &+= 1
                if text.byte(index) == UInt8(ascii: "\n") { isLong = true }
            } else if byte == UInt8(ascii: "\n") {
                isLong = true
            }
            index &+= 1
        }
        let end = min(index &+ 1, text.count)
        position = end
        if index >= text.count { unclosedLiteral = Int32(truncatingIfNeeded: start) }
        if isLong { longLiterals.append(span(start, end)) }
        return Token(.string, start, end, startsLine: startsLine, value: hasEscapes)
    }

    /// One diagnostic for a run of characters that no token begins with.
    private mutating func unknown(_ start: Int, _ startsLine: Bool) -> Token {
        var end = start &+ 1
        if text[start] == UInt8(ascii: "_") {
            while end < text.count, text[end].isIdentifier { end &+= 1 }
            report(
                .unknownCharacter, start, end, "a name cannot begin with '_'",
                "OpenSIPS drops the '_' and reads the rest; put the name into quotes or change it")
            position = end
            return Token(.identifier, start, end, startsLine: startsLine)
        }
        while end < text.count, !text[end].isBlank, text[end] != UInt8(ascii: "\n"), startsNoToken(end) { end &+= 1 }
        report(
            .unknownCharacter, start, end, "\(Diagnostic.quote(text, start, end)) has no meaning here",
            "text belongs into quotes, a comment begins with '#'")
        position = end
        return Token(.unknown, start, end, startsLine: startsLine)
    }

    private func startsNoToken(_ index: Int) -> Bool {
        let byte = text[index]
        if byte.isIdentifier || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return false }
        if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "#") { return false }
        return punctuation(byte, index).kind == .unknown
    }

    // MARK: Punctuation

    private func punctuation(_ first: UInt8, _ start: Int) -> (kind: Token.Kind, length: Int) {
        let second = text.byte(start &+ 1)
        func with(_ byte: Unicode.Scalar, _ kind: Token.Kind, else other: Token.Kind) -> (Token.Kind, Int) {
            second == UInt8(ascii: byte) ? (kind, 2) : (other, 1)
        }
        switch first {
        case UInt8(ascii: "("): return (.leftParenthesis, 1)
        case UInt8(ascii: ")"): return (.rightParenthesis, 1)
        case UInt8(ascii: ";"): return (.semicolon, 1)
        case UInt8(ascii: ","): return (.comma, 1)
        case UInt8(ascii: "{"): return (.leftBrace, 1)
        case UInt8(ascii: "}"): return (.rightBrace, 1)
        case UInt8(ascii: "["): return (.leftBracket, 1)
        case UInt8(ascii: "]"): return (.rightBracket, 1)
        case UInt8(ascii: "."): return (.dot, 1)
        case UInt8(ascii: "~"): return (.tilde, 1)
        case UInt8(ascii: ":"): return with("=", .replace, else: .colon)
        case UInt8(ascii: "="): return second == UInt8(ascii: "~") ? (.matches, 2) : with("=", .equal, else: .set)
        case UInt8(ascii: "!"):
            return second == UInt8(ascii: "~") ? (.doesNotMatch, 2) : with("=", .notEqual, else: .not)
        case UInt8(ascii: "<"):
            return second == UInt8(ascii: "<") ? (.shiftLeft, 2) : with("=", .lessOrEqual, else: .less)
        case UInt8(ascii: ">"):
            return second == UInt8(ascii: ">") ? (.shiftRight, 2) : with("=", .greaterOrEqual, else: .greater)
        case UInt8(ascii: "&"): return second == UInt8(ascii: "&") ? (.and, 2) : with("=", .andSet, else: .bitAnd)
        case UInt8(ascii: "|"): return second == UInt8(ascii: "|") ? (.or, 2) : with("=", .orSet, else: .bitOr)
        case UInt8(ascii: "^"): return with("=", .xorSet, else: .caret)
        case UInt8(ascii: "+"): return with("=", .addSet, else: .plus)
        case UInt8(ascii: "-"): return with("=", .subtractSet, else: .minus)
        case UInt8(ascii: "*"): return with("=", .multiplySet, else: .star)
        case UInt8(ascii: "/"): return with("=", .divideSet, else: .slash)
        case UInt8(ascii: "%"): return with("=", .moduloSet, else: .percent)
        default: return (.unknown, 1)
        }
    }

    // MARK: Reports

    func span(_ start: Int, _ end: Int) -> Span {
        Span(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end))
    }

    mutating func report(
        _ code: Diagnostic.Code, _ start: Int, _ end: Int, _ message: String, _ note: String,
        severity: Diagnostic.Severity = .error
    ) {
        diagnostics.append(
            Diagnostic(code, severity, at: span(start, end), message, notes: [Diagnostic.Note(note)]))
    }
}
