/// `/pattern/replacement/flags` of `{re.subst}`: any byte can stand for the slash.
///
/// Flags: `g` every match instead of the first, `i` ignore case, `s` a text is one line (otherwise `^`, `$` and `.`
/// work on lines). Replacement: `\0` the match, `\1` to `\9` its groups, `\n` `\r` `\t`, any other byte behind a
/// backslash itself; `$name`, `$name(...)`, `$(...)` a variable, `$$` a dollar.
package final class Substitution: Sendable {
    package enum Piece: Equatable, Sendable {
        case text([UInt8])
        case group(Int)
        /// A variable, by its place in `variables`.
        case variable(Int)
    }

    package let pattern: Pattern
    package let replacement: [Piece]
    /// The variables in the replacement as they are written, `$var(x)`; their values are given to `apply`.
    package let variables: [[UInt8]]
    /// Every match is replaced, not only the first.
    package let isGlobal: Bool

    package convenience init(_ source: UnsafeBufferPointer<UInt8>) throws(SubstitutionError) {
        guard source.count <= Pattern.maximalCount * 2 else {
            throw SubstitutionError(.pattern(PatternError(.tooLong, at: 0)), at: 0)
        }
        try self.init([UInt8](source))
    }

    package init(_ source: [UInt8]) throws(SubstitutionError) {
        guard let delimiter = source.first else { throw SubstitutionError(.empty, at: 0) }
        let patternEnd = try Substitution.end(of: source, from: 1, delimiter)
        let replacementEnd = try Substitution.end(of: source, from: patternEnd + 1, delimiter)
        guard patternEnd > 1 else { throw SubstitutionError(.empty, at: 1) }
        var options: Pattern.Options = [.captures, .linewise]
        var isGlobal = false
        for offset in (replacementEnd + 1)..<source.count {
            switch source[offset] {
            case UInt8(ascii: "g"): isGlobal = true
            case UInt8(ascii: "i"): options.insert(.ignoreCase)
            case UInt8(ascii: "s"): options.remove(.linewise)
            default: throw SubstitutionError(.unknownFlag(source[offset]), at: offset)
            }
        }
        self.isGlobal = isGlobal
        var reader = ReplacementReader(source, (patternEnd + 1)..<replacementEnd)
        try reader.read()
        replacement = reader.pieces
        variables = reader.variables
        do {
            pattern = try Pattern([UInt8](source[1..<patternEnd]), options)
        } catch {
            throw SubstitutionError(.pattern(error), at: error.offset + 1)
        }
    }

    private static func end(of source: [UInt8], from start: Int, _ delimiter: UInt8) throws(SubstitutionError) -> Int {
        var i = start
        while i < source.count {
            if source[i] == delimiter { return i }
            i += source[i] == UInt8(ascii: "\\") ? 2 : 1
        }
        throw SubstitutionError(.missingDelimiter(delimiter), at: source.count)
    }
}

/// Why a text is no `/pattern/replacement/flags`, and where.
package struct SubstitutionError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case empty
        case missingDelimiter(UInt8)
        case unknownFlag(UInt8)
        /// A dollar that starts no variable.
        case loneDollar
        case pattern(PatternError)
    }

    package var reason: Reason
    /// Bytes from the start of the text.
    package var offset: Int

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    package var message: String {
        switch reason {
        case .empty: "a substitution is /pattern/replacement/flags, and its pattern is not empty"
        case .missingDelimiter(let byte):
            "a substitution has three '\(Character(Unicode.Scalar(byte)))'; one is missing"
        case .unknownFlag: "the flags of a substitution are g, i and s"
        case .loneDollar: "this dollar starts no variable; write $$ for a dollar"
        case .pattern(let error): error.message
        }
    }
}

/// Cuts a replacement into its pieces.
private struct ReplacementReader {
    private(set) var pieces: [Substitution.Piece] = []
    private(set) var variables: [[UInt8]] = []
    private let source: [UInt8]
    private let end: Int
    private var position: Int
    private var text: [UInt8] = []

    init(_ source: [UInt8], _ range: Range<Int>) {
        self.source = source
        position = range.lowerBound
        end = range.upperBound
    }

    mutating func read() throws(SubstitutionError) {
        while position < end {
            let byte = source[position]
            if byte == UInt8(ascii: "\\"), position + 1 < end {
                readEscape(source[position + 1])
            } else if byte == UInt8(ascii: "$") {
                try readDollar()
            } else {
                text.append(byte)
                position += 1
            }
        }
        flush()
    }

    private mutating func flush() {
        if !text.isEmpty { pieces.append(.text(text)) }
        text = []
    }

    private mutating func readEscape(_ byte: UInt8) {
        position += 2
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            flush()
            pieces.append(.group(Int(byte - UInt8(ascii: "0"))))
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        default: text.append(byte)
        }
    }

    private mutating func readDollar() throws(SubstitutionError) {
        if position + 1 < end, source[position + 1] == UInt8(ascii: "$") {
            text.append(UInt8(ascii: "$"))
            position += 2
            return
        }
        guard let stop = variableEnd(from: position) else { throw SubstitutionError(.loneDollar, at: position) }
        flush()
        pieces.append(.variable(variables.count))
        variables.append([UInt8](source[position..<stop]))
        position = stop
    }

    /// The end of the variable whose dollar is at `start`: `$(...)`, `$name` or `$name(...)`.
    private func variableEnd(from start: Int) -> Int? {
        var i = start + 1
        while i < end, source[i].isNameByte { i += 1 }
        // A full stop behind a name ends the sentence.
        while i > start + 1, source[i - 1] == UInt8(ascii: ".") { i -= 1 }
        guard i < end, source[i] == UInt8(ascii: "(") else { return i > start + 1 ? i : nil }
        var depth = 0
        var k = i
        while k < end {
            if source[k] == UInt8(ascii: "(") { depth += 1 }
            if source[k] == UInt8(ascii: ")") { depth -= 1 }
            k += 1
            if depth == 0 { return k > start + 3 ? k : nil }
        }
        return nil
    }
}

extension UInt8 {
    /// Letters, digits, `_` and `.`: what the name of a variable is made of.
    fileprivate var isNameByte: Bool {
        self &- UInt8(ascii: "0") < 10 || (self | 0x20) &- UInt8(ascii: "a") < 26 || self == UInt8(ascii: "_")
            || self == UInt8(ascii: ".")
    }
}
