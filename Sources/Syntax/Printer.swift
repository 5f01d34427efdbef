/// The formatter: prints a tree with the tokens and comments that it was read from.
///
/// Lines and indentation follow from the tree. Every token is printed as it was spelled and in the order it stood,
/// so printing cannot change what a script means; line breaks inside of a statement stay where they were.
package struct Printer {
    package enum Indentation: Sendable {
        case spaces(Int)
        case tab
    }

    /// The formatted text; nil, and why, if the source has errors.
    package static func format(
        _ source: Source, indentation: Indentation = .spaces(4)
    ) -> (text: [UInt8]?, diagnostics: [Diagnostic]) {
        let result = Parser.read(source)
        guard !result.diagnostics.contains(where: { $0.severity == .error }) else { return (nil, result.diagnostics) }
        return (print(result.script, of: source, indentation: indentation), result.diagnostics)
    }

    /// The text of a tree that was read from `source` without errors.
    package static func print(
        _ script: Script, of source: Source, indentation: Indentation = .spaces(4)
    ) -> [UInt8] {
        source.bytes.withUnsafeBufferPointer { text in
            var printer = Printer(text, Layout(script), indentation)
            printer.run()
            return printer.output
        }
    }

    private let text: UnsafeBufferPointer<UInt8>
    private let layout: Layout
    private let unit: [UInt8]
    private var output: [UInt8] = []
    private var spacing = Spacing()
    private var nextMark = 0
    /// The token and the kind of thing printed last.
    private var previous: Token?
    private var last = Piece.nothing
    /// Where the last token or comment ended in the source.
    private var end = 0
    /// The level of the line on which the statement at hand began.
    private var level = 0
    /// Nothing stands on the line yet.
    private var isAtIndentation = false

    private enum Piece {
        case nothing, token
        /// `leads`: only comments stand on the line so far. `ends`: nothing may follow on the line.
        case comment(leads: Bool, ends: Bool)
    }

    private init(_ text: UnsafeBufferPointer<UInt8>, _ layout: Layout, _ indentation: Indentation) {
        self.text = text
        self.layout = layout
        switch indentation {
        case .spaces(let count): unit = Array(repeating: 32, count: max(0, min(count, 16)))
        case .tab: unit = [9]
        }
        output.reserveCapacity(text.count + text.count / 8)
    }

    private mutating func run() {
        var lexer = Lexer(text)
        var comments = 0
        while true {
            let token = lexer.next()
            let (mark, pending) = marks(upTo: token)
            for comment in lexer.comments[comments...] {
                print(comment, level: commentLevel(token, mark, pending), isFree: mark != nil || token.kind == .end)
            }
            comments = lexer.comments.count
            guard token.kind != .end else { break }
            print(token, mark, pending)
        }
        // A line end would become a part of a comment that is not closed.
        if !output.isEmpty, output.last != 10, lexer.unclosedComment == nil { output.append(10) }
    }

    /// The mark of the token, and the level of the `else` or `default` that it may be.
    private mutating func marks(upTo token: Token) -> (mark: Layout.Mark?, pending: Int?) {
        var mark: Layout.Mark?
        var pending: Int?
        while nextMark < layout.marks.count, layout.marks[nextMark].offset <= token.start {
            let next = layout.marks[nextMark]
            if case .next = next.kind { pending = next.level } else if next.offset == token.start { mark = next }
            nextMark += 1
        }
        if let level = pending, token.keyword == .defaultWord {
            mark = Layout.Mark(offset: token.start, level: level, kind: .line)
        }
        return (mark, pending)
    }

    // MARK: Comments

    private func commentLevel(_ token: Token, _ mark: Layout.Mark?, _ pending: Int?) -> Int {
        if token.kind == .end { return 0 }
        if let mark {
            if case .close = mark.kind { return mark.level + 1 }
            return mark.level
        }
        return pending ?? level + 1
    }

    private mutating func print(_ comment: Comment, level: Int, isFree: Bool) {
        let lineEnds = lineEnds(upTo: Int(comment.span.start))
        var leads = true
        switch last {
        case .nothing: break
        case .comment(let previous, ends: false) where lineEnds == 0:
            leads = previous
            output.append(32)
        case .token where lineEnds == 0:
            leads = false
            if previous?.kind != .leftParenthesis, previous?.kind != .leftBracket { output.append(32) }
        default: breakLine(level, isBlank: isFree && lineEnds > 1 && !isBehindOpening)
        }
        var stop = Int(comment.span.end)
        if comment.kind != .block {
            while stop > Int(comment.span.start), text[stop - 1].isBlank { stop -= 1 }
        }
        output.append(contentsOf: text[Int(comment.span.start)..<stop])
        last = .comment(leads: leads, ends: comment.kind != .block)
        end = Int(comment.span.end)
    }

    // MARK: Tokens

    private mutating func print(_ token: Token, _ mark: Layout.Mark?, _ pending: Int?) {
        let lineEnds = lineEnds(upTo: Int(token.start))
        if let target = target(token, mark, pending, lineEnds) {
            var isBlank = lineEnds > 1 && !isBehindOpening && mark != nil
            if case .close = mark?.kind { isBlank = false }
            if case .nothing = last {} else { breakLine(target, isBlank: isBlank) }
            if let mark, !isContinuation(mark.kind) { level = target }
        } else if case .comment = last, ![.comma, .semicolon, .rightParenthesis].contains(token.kind) {
            output.append(32)
        }
        if let mark {
            if case .global = mark.kind { spacing.isInGlobal = true } else { spacing.isInGlobal = false }
            if case .comment(leads: true, _) = last { level = mark.level }
        }
        let needsBlank = spacing.next(token, in: text)
        if needsBlank, case .token = last, !isAtIndentation { output.append(32) }
        var stop = Int(token.end)
        if token.kind == .include {
            while stop > Int(token.start), text[stop - 1].isBlank { stop -= 1 }
        }
        output.append(contentsOf: text[Int(token.start)..<stop])
        isAtIndentation = false
        previous = token
        last = .token
        end = Int(token.end)
    }

    private func isContinuation(_ kind: Layout.Kind) -> Bool {
        if case .elseIf = kind { true } else { false }
    }

    /// The level of the line that the token begins; nil if it goes on with the line at hand.
    private func target(_ token: Token, _ mark: Layout.Mark?, _ pending: Int?, _ lineEnds: Int) -> Int? {
        var isForced = false
        var isBehindLeading = false
        var isBehindToken = false
        switch last {
        case .nothing, .token: isBehindToken = true
        case .comment(let leads, let ends):
            isForced = ends
            isBehindLeading = leads && !ends && lineEnds == 0
        }
        guard let mark else {
            if let pending, token.keyword == .elseWord {
                let follows = isBehindToken && previous?.kind == .rightBrace
                return isForced || (lineEnds > 0 && !follows) ? pending : nil
            }
            guard isForced || (lineEnds > 0 && mayBreak(before: token, isBehindToken)) else { return nil }
            return isClosing(token) ? level : level + 1
        }
        switch mark.kind {
        case .close:
            return isBehindToken && previous?.kind == .leftBrace ? nil : mark.level
        case .elseIf: return isForced ? mark.level : nil
        case .branch: return isForced || (lineEnds > 0 && !isBehindLeading) ? mark.level : nil
        case .global, .line, .next: return isBehindLeading ? nil : mark.level
        }
    }

    /// A line break in front of this token inside of a statement stays.
    private func mayBreak(before token: Token, _ isBehindToken: Bool) -> Bool {
        guard isBehindToken else { return true }
        switch token.kind {
        case .semicolon, .comma, .leftBrace, .colon: return false
        case .leftParenthesis: return previous?.kind != .identifier
        default: return true
        }
    }

    private func isClosing(_ token: Token) -> Bool {
        switch token.kind {
        case .rightParenthesis, .rightBracket, .leftBrace, .rightBrace: true
        default: false
        }
    }

    /// No blank line follows the beginning of a block or a label.
    private var isBehindOpening: Bool {
        guard case .token = last, let previous else { return false }
        return previous.kind == .leftBrace || (previous.kind == .colon && !spacing.isInGlobal)
    }

    // MARK: Lines

    private func lineEnds(upTo start: Int) -> Int {
        var count = 0
        for index in end..<max(end, start) where text[index] == 10 { count += 1 }
        return count
    }

    private mutating func breakLine(_ level: Int, isBlank: Bool) {
        output.append(10)
        if isBlank { output.append(10) }
        for _ in 0..<max(0, level) { output.append(contentsOf: unit) }
        isAtIndentation = true
    }
}
