/// A pattern as POSIX fnmatch() reads it without flags (XCU 2.13): `*` any bytes, `?` one byte, `[...]` one of a set,
/// `\` the next byte as it is. Slashes and leading dots are nothing special, case counts, and bytes are characters.
package enum ShellPattern: Hashable, Sendable {
    /// No operators in it: matches only this text.
    case exact([UInt8])
    case wild([UInt8])

    package init(_ pattern: [UInt8]) {
        var text: [UInt8] = []
        var at = 0
        while at < pattern.count {
            switch pattern[at] {
            case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["):
                self = .wild(pattern)
                return
            case UInt8(ascii: "\\"):
                // A backslash at the end escapes nothing, and such a pattern matches nothing.
                guard at + 1 < pattern.count else {
                    self = .wild(pattern)
                    return
                }
                at += 1
            default: break
            }
            text.append(pattern[at])
            at += 1
        }
        self = .exact(text)
    }

    package func matches(_ text: [UInt8]) -> Bool {
        switch self {
        case .exact(let exact): exact == text
        case .wild(let pattern): ShellPattern.matches(pattern[...], text)
        }
    }

    /// Matches with one point of return, the last star: what an earlier star could take, the last one can take as well.
    /// So the time is bounded by the product of the lengths.
    static func matches(_ pattern: ArraySlice<UInt8>, _ text: [UInt8]) -> Bool {
        var at = pattern.startIndex
        var position = 0
        var star: (pattern: Int, text: Int)?
        while true {
            if at < pattern.endIndex, pattern[at] == UInt8(ascii: "*") {
                at += 1
                star = (at, position)
                continue
            }
            if at == pattern.endIndex, position == text.count { return true }
            if at < pattern.endIndex, position < text.count,
                let next = step(pattern, at: at, matching: text[position])
            {
                at = next
                position += 1
                continue
            }
            guard let (back, start) = star, start < text.count else { return false }
            star = (back, start + 1)
            at = back
            position = start + 1
        }
    }

    /// The place in the pattern behind the element that takes the byte, nil where it does not take it.
    private static func step(_ pattern: ArraySlice<UInt8>, at: Int, matching byte: UInt8) -> Int? {
        switch pattern[at] {
        case UInt8(ascii: "?"): return at + 1
        case UInt8(ascii: "\\"): return at + 1 < pattern.endIndex && pattern[at + 1] == byte ? at + 2 : nil
        case UInt8(ascii: "["):
            switch BracketExpression.match(pattern, at: at + 1, byte) {
            case .matched(let end): return end
            case .failed: return nil
            // A bracket that nothing closes stands for itself.
            case .unterminated: return byte == UInt8(ascii: "[") ? at + 1 : nil
            }
        case let literal: return literal == byte ? at + 1 : nil
        }
    }
}

/// `[abc]`, `[a-z]`, `[!abc]`, `[^abc]`, `[[:digit:]]` and what POSIX (XBD 9.3.5) puts into brackets otherwise, in the
/// POSIX locale.
private enum BracketExpression {
    enum Result {
        case matched(end: Int)
        case failed
        case unterminated
    }

    /// One member: a byte, or the answer of a class.
    private enum Member {
        case byte(UInt8)
        case set(contains: Bool)
    }

    /// - Parameter start: the place behind the opening bracket.
    static func match(_ pattern: ArraySlice<UInt8>, at start: Int, _ byte: UInt8) -> Result {
        var at = start
        let isNegated = at < pattern.endIndex && (pattern[at] == UInt8(ascii: "!") || pattern[at] == UInt8(ascii: "^"))
        if isNegated { at += 1 }
        var found = false
        var isFirst = true
        while at < pattern.endIndex {
            if pattern[at] == UInt8(ascii: "]"), !isFirst {
                return found != isNegated ? .matched(end: at + 1) : .failed
            }
            isFirst = false
            guard let (member, next) = member(pattern, at: at, byte) else { return .failed }
            at = next
            switch member {
            case .set(let contains): found = found || contains
            case .byte(let low):
                guard at + 1 < pattern.endIndex, pattern[at] == UInt8(ascii: "-"), pattern[at + 1] != UInt8(ascii: "]")
                else {
                    found = found || low == byte
                    continue
                }
                // The end of a range is no class, whatever it looks like.
                guard case (.byte(let high), let next)? = self.member(pattern, at: at + 1, byte, marks: [0x2E]) else {
                    return .failed
                }
                at = next
                found = found || low <= byte && byte <= high
            }
        }
        return .unterminated
    }

    /// Reads a member; nil for an unknown class or a backslash at the end, with which nothing can match.
    ///
    /// - Parameter marks: what may follow a bracket inside the brackets: colon, dot, equals sign.
    private static func member(
        _ pattern: ArraySlice<UInt8>, at: Int, _ byte: UInt8, marks: [UInt8] = [0x3A, 0x2E, 0x3D]
    ) -> (Member, next: Int)? {
        let first = pattern[at]
        if first == UInt8(ascii: "\\") {
            return at + 1 < pattern.endIndex ? (.byte(pattern[at + 1]), at + 2) : nil
        }
        guard first == UInt8(ascii: "["), at + 1 < pattern.endIndex,
            marks.contains(pattern[at + 1]),
            let end = end(of: pattern[at + 1], pattern, from: at + 2)
        else { return (.byte(first), at + 1) }
        let name = pattern[(at + 2)..<end]
        switch pattern[at + 1] {
        case UInt8(ascii: ":"):
            // What cannot be the name of a class is no class, so the bracket is a member.
            guard name.allSatisfy({ (UInt8(ascii: "a")..<UInt8(ascii: "z")).contains($0) }) else {
                return (.byte(first), at + 1)
            }
            guard let contains = characterClass(name, contains: byte) else { return nil }
            return (.set(contains: contains), end + 2)
        // In the POSIX locale a character is equivalent to itself only, and collating symbols are single characters.
        case UInt8(ascii: "="): return name.count == 1 ? (.set(contains: name.first == byte), end + 2) : nil
        default: return name.count == 1 ? name.first.map { (.byte($0), end + 2) } : nil
        }
    }

    /// Where `:]`, `.]` or `=]` begins.
    private static func end(of mark: UInt8, _ pattern: ArraySlice<UInt8>, from start: Int) -> Int? {
        var at = start
        while at + 1 < pattern.endIndex {
            if pattern[at] == mark, pattern[at + 1] == UInt8(ascii: "]") { return at }
            at += 1
        }
        return nil
    }

    /// POSIX, XBD 7.3.1.
    private static func characterClass(_ name: ArraySlice<UInt8>, contains byte: UInt8) -> Bool? {
        let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        let isGraph = (0x21...0x7E).contains(byte)
        switch String(decoding: name, as: UTF8.self) {
        case "alpha": return isUpper || isLower
        case "digit": return isDigit
        case "alnum": return isUpper || isLower || isDigit
        case "upper": return isUpper
        case "lower": return isLower
        case "space": return byte == 0x20 || (0x09...0x0D).contains(byte)
        case "blank": return byte == 0x20 || byte == 0x09
        case "punct": return isGraph && !(isUpper || isLower || isDigit)
        case "print": return isGraph || byte == 0x20
        case "graph": return isGraph
        case "cntrl": return byte < 0x20 || byte == 0x7F
        case "xdigit": return isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
        default: return nil
        }
    }
}
