import SIP

/// A POSIX extended regular expression (XBD 9.4, with the operators of GNU) written again in the syntax of PCRE2.
///
/// What OpenSIPS accepts is what glibc's `regcomp` accepts, and that is kept, refusals included: `(?:` and a lone `{`
/// are errors, a lone `)` is literal, `a**` is `a*`, a backslash means nothing inside brackets. Back-references work.
/// Of two ways to match, POSIX wants the longer one and PCRE2 takes the first; see `Matcher.longestMatch`.
struct ExtendedExpression {
    /// The same pattern for PCRE2, in ASCII.
    private(set) var translation: [UInt8] = []
    private(set) var warnings: [PatternWarning] = []
    private(set) var hasBackReference = false
    /// Whether the first match that PCRE2 finds can be shorter than the longest one.
    private(set) var isAmbiguous = false

    private let source: [UInt8]
    private let options: Pattern.Options
    private var position = 0
    /// The groups that are still open; the first is the whole expression.
    private var open: [Group] = [Group(source: 0, translation: 0, number: 0)]
    private var groupCount = 0
    /// Groups that a back-reference can name here: those that ended before, but not in another alternative.
    private var closed: Set<Int> = []
    /// Where the element starts that a repetition would belong to; nil where none may stand.
    private var element: Int?
    private var repetition: Repetition?
    private var variableRepetitions = 0

    private struct Group {
        /// Where it starts, in the source and in the translation.
        var source: Int
        var translation: Int
        var number: Int
        /// What had ended before it, and what has ended in its alternatives so far.
        var closedBefore: Set<Int> = []
        var closedInside: Set<Int> = []
    }

    private struct Repetition {
        var lower: Int
        /// Nil for no limit.
        var upper: Int?
        /// Where it starts in the translation.
        var start: Int
        var isCount: Bool
    }

    init(_ source: [UInt8], _ options: Pattern.Options) throws(PatternError) {
        self.source = source
        self.options = options
        translation.reserveCapacity(source.count * 2)
        while position < source.count { try readNext() }
        if open.count > 1, let group = open.last { throw PatternError(.unclosedGroup, at: group.source) }
        isAmbiguous = isAmbiguous || variableRepetitions > 1
    }

    private mutating func readNext() throws(PatternError) {
        let byte = source[position]
        switch byte {
        case UInt8(ascii: "("):
            groupCount += 1
            open.append(
                Group(source: position, translation: translation.count, number: groupCount, closedBefore: closed))
            operation("(")
        case UInt8(ascii: ")"):
            closeGroup()
        case UInt8(ascii: "|"):
            isAmbiguous = true
            open[open.count - 1].closedInside.formUnion(closed)
            closed = open[open.count - 1].closedBefore
            operation("|")
        case UInt8(ascii: "^"): operation("^")
        case UInt8(ascii: "$"): operation("$")
        case UInt8(ascii: "."): atom(".")
        case UInt8(ascii: "*"): try repeatElement(from: 0, to: nil)
        case UInt8(ascii: "+"): try repeatElement(from: 1, to: nil)
        case UInt8(ascii: "?"): try repeatElement(from: 0, to: 1)
        case UInt8(ascii: "{"): try readCount()
        case UInt8(ascii: "["): try readBracket()
        case UInt8(ascii: "\\"): try readEscape()
        default:
            beginElement()
            literal(byte)
        }
    }

    /// Something that nothing can repeat; one byte of the source.
    private mutating func operation(_ text: StaticString) {
        translation.append(text)
        element = nil
        repetition = nil
        position += 1
    }

    private mutating func beginElement() {
        element = translation.count
        repetition = nil
        position += 1
    }

    private mutating func atom(_ text: StaticString) {
        beginElement()
        translation.append(text)
    }

    private mutating func literal(_ byte: UInt8) {
        if byte.isLetterOrDigit {
            translation.append(byte)
        } else {
            translation.append(hexadecimal: byte)
        }
    }

    private mutating func closeGroup() {
        guard open.count > 1, let group = open.popLast() else {
            beginElement()
            literal(UInt8(ascii: ")"))
            return
        }
        operation(")")
        element = group.translation
        closed.formUnion(group.closedInside)
        closed.insert(group.number)
    }

    private mutating func readBracket() throws(PatternError) {
        let bracket = try BracketExpression(
            source, at: position, ignoringCase: options.contains(.ignoreCase))
        var bytes = bracket.bytes
        // Where lines count, a set that is given by what it lacks holds no line end.
        if bracket.isNegated, options.contains(.linewise) { bytes.insert(0x0a) }
        beginElement()
        translation.append(bracket.isNegated ? "[^" : "[")
        var first = 0
        while first < 256 {
            guard bytes.contains(UInt8(first)) else {
                first += 1
                continue
            }
            var last = first
            while last < 255, bytes.contains(UInt8(last + 1)) { last += 1 }
            translation.append(hexadecimal: UInt8(first))
            if last > first {
                translation.append("-")
                translation.append(hexadecimal: UInt8(last))
            }
            first = last + 1
        }
        translation.append("]")
        position = bracket.end
    }
}

// MARK: - Repetition

extension ExtendedExpression {
    /// `{n}`, `{n,}`, `{,m}` or `{n,m}`.
    private mutating func readCount() throws(PatternError) {
        guard element != nil else { throw PatternError(.nothingToRepeat, at: position) }
        let start = position
        var i = start + 1
        let lower = number(&i)
        var upper = lower
        var hasComma = false
        if i < source.count, source[i] == UInt8(ascii: ",") {
            hasComma = true
            i += 1
            upper = number(&i)
        }
        guard i < source.count, source[i] == UInt8(ascii: "}"), lower != nil || hasComma,
            max(lower ?? 0, upper ?? 0) <= 32_767, (lower ?? 0) <= (upper ?? .max)
        else { throw PatternError(.badCount, at: start) }
        position = i
        try repeatElement(from: lower ?? 0, to: upper, isCount: true)
    }

    private func number(_ i: inout Int) -> Int? {
        var value: Int?
        while i < source.count, source[i] &- UInt8(ascii: "0") < 10 {
            value = min((value ?? 0) * 10 + Int(source[i] &- UInt8(ascii: "0")), 99_999)
            i += 1
        }
        return value
    }

    /// Repeats the element before. PCRE2 would read a second sign as 'lazy' or 'possessive', so two signs become one
    /// and counts are wrapped.
    private mutating func repeatElement(from lower: Int, to upper: Int?, isCount: Bool = false) throws(PatternError) {
        guard let element else { throw PatternError(.nothingToRepeat, at: position) }
        var next = Repetition(lower: lower, upper: upper, start: translation.count, isCount: isCount)
        if let repetition {
            if repetition.isCount || isCount {
                translation.insert(contentsOf: Array("(?:".utf8), at: element)
                translation.append(")")
                next.start = translation.count
            } else {
                translation.removeLast(translation.count - repetition.start)
                next = Repetition(
                    lower: repetition.lower * lower, upper: repetition.upper == 1 && upper == 1 ? 1 : nil,
                    start: repetition.start, isCount: false)
            }
        }
        switch (next.lower, next.upper, isCount) {
        case (0, nil, false): translation.append("*")
        case (1, nil, false): translation.append("+")
        case (0, 1, false): translation.append("?")
        default:
            translation.append("{")
            translation.append(decimal: next.lower)
            if next.upper != next.lower {
                translation.append(",")
                if let upper = next.upper { translation.append(decimal: upper) }
            }
            translation.append("}")
        }
        if next.upper != next.lower { variableRepetitions += 1 }
        repetition = next
        position += 1
    }
}

// MARK: - Escapes

extension ExtendedExpression {
    private mutating func readEscape() throws(PatternError) {
        let start = position
        guard start + 1 < source.count else { throw PatternError(.trailingBackslash, at: start) }
        position += 1
        let byte = source[position]
        switch byte {
        case UInt8(ascii: "w"): atom("\\w")
        case UInt8(ascii: "W"): atom("\\W")
        case UInt8(ascii: "s"): atom("\\s")
        case UInt8(ascii: "S"): atom("\\S")
        case UInt8(ascii: "b"): operation("\\b")
        case UInt8(ascii: "B"): operation("\\B")
        case UInt8(ascii: "<"): operation("\\b(?=\\w)")
        case UInt8(ascii: ">"): operation("\\b(?<=\\w)")
        case UInt8(ascii: "`"): operation("\\A")
        case UInt8(ascii: "'"): operation("\\z")
        case UInt8(ascii: "1")...UInt8(ascii: "9"):
            let group = Int(byte &- UInt8(ascii: "0"))
            guard closed.contains(group) else { throw PatternError(.noSuchGroup, at: start) }
            hasBackReference = true
            beginElement()
            translation.append("\\g{")
            translation.append(byte)
            translation.append("}")
        default:
            let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
            if isLetter { warnings.append(PatternWarning(reason: .meaninglessEscape(byte), offset: start)) }
            beginElement()
            // glibc compares such a letter with a text that it made upper case.
            if isLetter, byte & 0x20 != 0, options.contains(.ignoreCase) {
                translation.append("(?:(?!))")
            } else {
                literal(byte)
            }
        }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool { self &- UInt8(ascii: "0") < 10 || (self | 0x20) &- UInt8(ascii: "a") < 26 }
}

extension [UInt8] {
    /// Appends a byte as `\xhh`.
    fileprivate mutating func append(hexadecimal byte: UInt8) {
        append("\\x")
        for digit in [byte &>> 4, byte & 15] {
            append(digit < 10 ? digit &+ UInt8(ascii: "0") : digit &- 10 &+ UInt8(ascii: "a"))
        }
    }
}
