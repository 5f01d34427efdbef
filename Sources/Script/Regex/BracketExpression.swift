/// A set of bytes, one bit each.
struct ByteBits: Equatable {
    private var words = SIMD4<UInt64>(repeating: 0)

    mutating func insert(_ byte: UInt8) { words[Int(byte &>> 6)] |= 1 &<< UInt64(byte & 63) }

    mutating func insert(_ range: ClosedRange<UInt8>) { for byte in range { insert(byte) } }

    func contains(_ byte: UInt8) -> Bool { (words[Int(byte &>> 6)] &>> UInt64(byte & 63)) & 1 != 0 }

    /// Each small letter is in the set where its capital is.
    mutating func followCapitals() {
        for letter in UInt8(ascii: "A")...UInt8(ascii: "Z") {
            let small = letter | 0x20
            words[Int(small &>> 6)] &= ~(1 &<< UInt64(small & 63))
            if contains(letter) { insert(small) }
        }
    }
}

/// A bracket expression of POSIX (XBD 9.3.5) in the C locale: `[]a-z[:digit:][.-.][=e=]]`. A backslash is itself.
struct BracketExpression {
    private(set) var bytes = ByteBits()
    private(set) var isNegated = false
    /// Position behind the closing bracket.
    private(set) var end: Int
    private let ignoresCase: Bool

    /// Reads the expression that opens at `start`. Where case is ignored, all letters are read as capitals, as glibc
    /// does: `[Z-a]` is empty, and refused; `[x-{]` has X, Y, Z and what lies between them and the brace.
    init(_ source: [UInt8], at start: Int, ignoringCase: Bool) throws(PatternError) {
        end = start + 1
        ignoresCase = ignoringCase
        if end < source.count, source[end] == UInt8(ascii: "^") {
            isNegated = true
            end += 1
        }
        let first = end
        while true {
            guard end < source.count else { throw PatternError(.badBracket, at: start) }
            let byte = source[end]
            if byte == UInt8(ascii: "]"), end > first {
                end += 1
                if ignoringCase { bytes.followCapitals() }
                return
            }
            // A hyphen stands for itself only in front, at the end, and as the end of a range.
            if byte == UInt8(ascii: "-"), end > first, end + 1 < source.count, source[end + 1] != UInt8(ascii: "]") {
                throw PatternError(.badRange, at: end)
            }
            let itemStart = end
            guard let lower = try readElement(source) else { continue }
            guard end + 1 < source.count, source[end] == UInt8(ascii: "-"), source[end + 1] != UInt8(ascii: "]") else {
                bytes.insert(lower)
                continue
            }
            end += 1
            guard let upper = try readElement(source) else { throw PatternError(.badRange, at: itemStart) }
            guard lower <= upper else { throw PatternError(.badRange, at: itemStart) }
            bytes.insert(lower...upper)
        }
    }

    /// A byte, or a class, which is put into the set at once and answers nil.
    private mutating func readElement(_ source: [UInt8]) throws(PatternError) -> UInt8? {
        let byte = source[end]
        guard byte == UInt8(ascii: "["), end + 1 < source.count else {
            end += 1
            return folded(byte)
        }
        let kind = source[end + 1]
        guard kind == UInt8(ascii: ":") || kind == UInt8(ascii: ".") || kind == UInt8(ascii: "=") else {
            end += 1
            return byte
        }
        let nameStart = end + 2
        var nameEnd = nameStart
        while nameEnd + 1 < source.count, source[nameEnd] != kind || source[nameEnd + 1] != UInt8(ascii: "]") {
            nameEnd += 1
        }
        guard nameEnd + 1 < source.count, nameEnd > nameStart else { throw PatternError(.badBracket, at: end) }
        let opening = end
        end = nameEnd + 2
        if kind == UInt8(ascii: ":") {
            guard let members = CharacterClass(source[nameStart..<nameEnd]) else {
                throw PatternError(.badBracket, at: opening)
            }
            for byte in UInt8.min...UInt8.max where members.contains(byte) { bytes.insert(folded(byte)) }
            return nil
        }
        guard nameEnd == nameStart + 1 else { throw PatternError(.badBracket, at: opening) }
        return folded(source[nameStart])
    }

    private func folded(_ byte: UInt8) -> UInt8 { ignoresCase ? byte.capital : byte }
}

extension UInt8 {
    fileprivate var capital: UInt8 { self &- UInt8(ascii: "a") < 26 ? self & 0xdf : self }
}

/// The classes of the C locale (XBD 7.3.1).
private enum CharacterClass: String {
    case alnum, alpha, blank, cntrl, digit, graph, lower, print, punct, space, upper, xdigit

    init?(_ name: ArraySlice<UInt8>) { self.init(rawValue: String(decoding: name, as: UTF8.self)) }

    func contains(_ byte: UInt8) -> Bool {
        let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
        let isDigit = byte &- UInt8(ascii: "0") < 10
        switch self {
        case .alnum: return isLetter || isDigit
        case .alpha: return isLetter
        case .blank: return byte == 0x20 || byte == 0x09
        case .cntrl: return byte < 0x20 || byte == 0x7f
        case .digit: return isDigit
        case .graph: return byte > 0x20 && byte < 0x7f
        case .lower: return isLetter && byte & 0x20 != 0
        case .print: return byte >= 0x20 && byte < 0x7f
        case .punct: return byte > 0x20 && byte < 0x7f && !isLetter && !isDigit
        case .space: return byte == 0x20 || byte &- 9 < 5
        case .upper: return isLetter && byte & 0x20 == 0
        case .xdigit: return isDigit || (byte | 0x20) &- UInt8(ascii: "a") < 6
        }
    }
}
