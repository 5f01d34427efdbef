/// What to do behind an error, and the errors whose cause lies far in front of the place where they show.
extension Parser {
    /// Skips to the end of a statement that could not be read: behind its `;` or block, or in front of a `}`.
    mutating func recoverStatement() {
        while !isUnwinding {
            switch token.kind {
            case .end, .rightBrace: return
            case .semicolon:
                advance()
                return
            case .leftBrace:
                skipBlock()
                if !isAt(.elseWord) { return }
            case .identifier:
                if startsItem { return }
                // A line that begins with the word of a statement begins a statement.
                if token.startsLine, token.keyword.startsStatement, token.start > previousEnd { return }
                advance()
            default: advance()
            }
        }
    }

    /// Skips from inside of parentheses to behind the one that closes them; stays in front of what ends a statement.
    mutating func recoverParenthesis() {
        var open = 1
        while !isUnwinding {
            switch token.kind {
            case .leftParenthesis: open += 1
            case .rightParenthesis:
                open -= 1
                if open == 0 {
                    advance()
                    return
                }
            case .end, .leftBrace, .rightBrace: return
            // As in for (i = 0; i < 3; i++); at the end of a line the parenthesis is what was forgotten.
            case .semicolon where endsLine: return
            case .identifier where startsItem: return
            default: break
            }
            advance()
        }
    }

    private var endsLine: Bool {
        var index = Int(token.end)
        while text.byte(index).isBlank { index += 1 }
        return text.byte(index) == UInt8(ascii: "\n") || index >= text.count
    }

    /// Skips a block whose `{` is at hand, with all blocks inside of it.
    mutating func skipBlock() {
        var open = 0
        while !isAt(.end) {
            if isAt(.leftBrace) { open += 1 }
            if isAt(.rightBrace) { open -= 1 }
            if isAt(.identifier), startsItem { return }
            advance()
            if open == 0 { return }
        }
    }

    /// Skips to the next item of the file.
    mutating func recoverItem() {
        while !isAt(.end) {
            switch token.kind {
            case .leftBrace: skipBlock()
            case .include: return
            case .identifier where startsItem || (token.startsLine && lexer.peek() == UInt8(ascii: "=")): return
            default: advance()
            }
        }
    }

    /// The word at hand can only stand at the top level, so every open block lacks its brace.
    var startsItem: Bool {
        switch token.keyword {
        case .loadmodule, .modparam, .failureRoute, .onreplyRoute, .branchRoute, .errorRoute, .localRoute,
            .startupRoute, .timerRoute, .eventRoute:
            return true
        case .route:
            let next = lexer.peek()
            return next == UInt8(ascii: "{") || next == UInt8(ascii: "[")
        default: return false
        }
    }

    /// The block opened at `open` ends nowhere.
    mutating func unclosedBrace(_ open: Int32) {
        guard !isUnwinding else { return }
        if isAt(.end), lexer.unclosedComment != nil {
            reportUnclosedComment(.error)
        } else if let quote = forgottenQuote() {
            reportUnclosedLiteral(quote)
        } else {
            let place = suspect ?? open
            let before =
                isAt(.end) ? "the end of the text" : "\(describe(token)), which can only stand outside of a block"
            report(
                .unclosedBrace, at: Span(start: place, end: place &+ 1), "this brace is not closed",
                Diagnostic.Note("write '}' before \(before)", span: token.span))
        }
        isUnwinding = true
    }

    /// Remembers a block whose closing brace begins a line further left than the line with its opening brace.
    mutating func noteIndentation(open: Int32, close: Token) {
        guard suspect == nil, close.startsLine else { return }
        if indentation(close.start) < indentation(open) { suspect = open }
    }

    /// Blanks in front of the line with this offset; no line is searched further than a screen is wide.
    private func indentation(_ offset: Int32) -> Int {
        var start = Int(offset)
        let limit = max(0, start - 400)
        while start > limit, text[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        var index = start
        while text.byte(index).isBlank { index += 1 }
        return index - start
    }

    // MARK: Forgotten quotes

    /// Where a quote was probably forgotten: a literal over several lines ends right in front of something that never
    /// follows a literal. From there on, code and literals are exchanged.
    func forgottenQuote() -> Int32? {
        guard !lexer.longLiterals.isEmpty else { return nil }
        for literal in lexer.longLiterals where literal.end <= token.end {
            if isSuspicious(literal) { return literal.start }
        }
        return isAt(.string) || isAt(.end) ? lexer.unclosedLiteral : nil
    }

    private func isSuspicious(_ literal: Span) -> Bool {
        let next = text.byte(Int(literal.end))
        return !(next.isBlank || next == 0 || next == UInt8(ascii: "\n") || ",;)]+|&^=!{}:#/\"'".utf8.contains(next))
    }

    mutating func reportUnclosedLiteral(_ start: Int32) {
        guard !isUnwinding else { return }
        lexer.diagnostics.removeAll { $0.span.start >= start }
        let quote = Diagnostic.quote(text, Int(start), Int(start) + 1)
        lexer.diagnostics.append(
            Diagnostic(
                .unclosedString, at: Span(start: start, end: start &+ 1), "this text is not closed",
                notes: [Diagnostic.Note("write \(quote) where it ends")]))
        stop()
    }

    /// What is wrong with the text as a whole.
    mutating func finish() {
        if let quote = lexer.unclosedLiteral, !isUnwinding { reportUnclosedLiteral(forgottenQuote() ?? quote) }
        // OpenSIPS only mentions it; nothing but the comment is lost.
        reportUnclosedComment(.warning)
    }

    mutating func reportUnclosedComment(_ severity: Diagnostic.Severity) {
        guard let comment = lexer.unclosedComment,
            !lexer.diagnostics.contains(where: { $0.code == .unclosedComment || $0.code == .unclosedString })
        else { return }
        lexer.diagnostics.append(
            Diagnostic(
                .unclosedComment, severity, at: Span(start: comment, end: comment &+ 2), "this comment is not closed",
                notes: [Diagnostic.Note("comments nest; write '*/' behind it")]))
    }
}
