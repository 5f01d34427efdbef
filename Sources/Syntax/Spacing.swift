/// Where a blank stands between two tokens of one line. No rule may join what the lexer would read differently.
struct Spacing {
    private var previous: Token?
    private var isSign = false
    private var isGlued = false
    private var parentheses = 0
    /// Inside of a global parameter blanks stay as they are, except around its `=`.
    var isInGlobal = false

    /// Notes the token as printed and tells whether a blank belongs in front of it.
    mutating func next(_ token: Token, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        let blank = needsBlank(token, in: text)
        isSign = (token.kind == .minus || token.kind == .plus) && isSignPlace
        isGlued = token.kind == .minus && !blank && !isSign
        if token.kind == .leftParenthesis { parentheses += 1 }
        if token.kind == .rightParenthesis { parentheses -= 1 }
        previous = token
        return blank
    }

    private func needsBlank(_ token: Token, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let previous else { return false }
        let isApart = previous.end != token.start
        if isInGlobal { return token.kind == .set || previous.kind == .set || isApart }
        let isBehindSign =
            isSign || previous.kind == .tilde || (previous.kind == .not && text.byte(Int(previous.start)) == 33)
        let isBehindOpening = previous.kind == .leftParenthesis || previous.kind == .leftBracket
        switch token.kind {
        case .comma, .semicolon, .rightParenthesis: return false
        // OpenSIPS would take the bracket for a part of the variable.
        case .rightBracket: return previous.kind == .variable && text.byte(Int(previous.end) - 1) != UInt8(ascii: ")")
        case .leftParenthesis:
            if previous.kind == .identifier { return previous.keyword.isFollowedByBlank }
        case .leftBracket:
            if previous.kind == .identifier {
                let word = String(decoding: text[Int(previous.start)..<Int(previous.end)], as: UTF8.self)
                return previous.keyword.routeKind == nil && TestBlock.Kind(rawValue: word) == nil
            }
        case .colon: return parentheses > 0 && isApart
        case .dot: return isApart
        case .minus where previous.kind == .identifier && parentheses > 0: return isApart
        default: break
        }
        if isBehindOpening || isBehindSign { return false }
        if previous.kind == .dot || isGlued || (previous.kind == .colon && parentheses > 0) { return isApart }
        return true
    }

    /// A `+` or `-` at this place belongs to a number.
    private var isSignPlace: Bool {
        switch previous?.kind {
        case .number, .string, .variable, .network, .rightParenthesis, .rightBracket, .rightBrace, nil: false
        default: true
        }
    }
}

extension Keyword {
    fileprivate var isFollowedByBlank: Bool {
        switch self {
        case .ifWord, .whileWord, .forWord, .switchWord, .inWord, .elseWord: true
        default: false
        }
    }
}
