/// Reads JSON: strictly (RFC 8259), or with what json-c lets pass, as scripts of OpenSIPS may rely on it: comments,
/// single quotes, a comma before the closing bracket, leading zeros, `NaN`, words in any case, raw control
/// characters, and anything behind the value.
struct JSONParser {
    enum Dialect { case strict, tolerant }

    /// What is wrong, and at which byte.
    struct Failure: Error, Hashable {
        var offset: Int
        var reason: String
    }

    private let text: UnsafeBufferPointer<UInt8>
    private let dialect: Dialect
    private let maximalDepth: Int
    private var position = 0

    private init(_ text: UnsafeBufferPointer<UInt8>, _ dialect: Dialect, maximalDepth: Int) {
        self.text = text
        self.dialect = dialect
        self.maximalDepth = maximalDepth
    }

    /// - Parameter maximalDepth: arrays and objects inside each other; json-c reads 31.
    static func parse(
        _ text: UnsafeBufferPointer<UInt8>, _ dialect: Dialect = .strict, maximalDepth: Int = 31
    ) throws(Failure) -> JSON {
        var parser = JSONParser(text, dialect, maximalDepth: maximalDepth)
        let value = try parser.value(depth: 0)
        if dialect == .strict {
            try parser.skipBlanks()
            if parser.position < text.count { throw parser.failure("nothing may follow the value") }
        }
        return value
    }

    static func parse(
        _ text: [UInt8], _ dialect: Dialect = .strict, maximalDepth: Int = 31
    ) throws(Failure) -> JSON {
        let outcome: Result<JSON, Failure> = text.withUnsafeBufferPointer { bytes in
            do throws(Failure) {
                return .success(try parse(bytes, dialect, maximalDepth: maximalDepth))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(Failure) -> JSON {
        try skipBlanks()
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "'") where dialect == .tolerant: return .string(try string())
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "-"):
            if dialect == .tolerant, let infinity = word("-Infinity") { return .number(infinity) }
            return try number()
        default: return try constant()
        }
    }

    private mutating func constant() throws(Failure) -> JSON {
        if word("true") != nil { return .boolean(true) }
        if word("false") != nil { return .boolean(false) }
        if word("null") != nil { return .null }
        if dialect == .tolerant {
            if let word = word("NaN") { return .number(word) }
            if let word = word("Infinity") { return .number(word) }
        }
        throw failure(position < text.count ? "a value is due here" : "the text ends too early")
    }

    /// Passes a word; its usual spelling.
    private mutating func word(_ word: StaticString) -> [UInt8]? {
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard letters.count <= text.count - position else { return nil }
        for index in 0..<letters.count {
            let byte = text[position + index]
            guard byte == letters[index] || dialect == .tolerant && byte | 32 == letters[index] | 32 else { return nil }
        }
        position += letters.count
        return Array(letters)
    }

    private mutating func array(depth: Int) throws(Failure) -> JSON {
        guard depth < maximalDepth else { throw failure("the nesting is too deep") }
        position += 1
        let array = JSONArray()
        try skipBlanks()
        if pass(UInt8(ascii: "]")) { return .array(array) }
        while true {
            array.elements.append(try value(depth: depth + 1))
            try skipBlanks()
            if pass(UInt8(ascii: "]")) { return .array(array) }
            guard pass(UInt8(ascii: ",")) else { throw failure("',' or ']' is due here") }
            try skipBlanks()
            if dialect == .tolerant, pass(UInt8(ascii: "]")) { return .array(array) }
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> JSON {
        guard depth < maximalDepth else { throw failure("the nesting is too deep") }
        position += 1
        let object = JSONObject()
        try skipBlanks()
        if pass(UInt8(ascii: "}")) { return .object(object) }
        while true {
            guard byte == UInt8(ascii: "\"") || dialect == .tolerant && byte == UInt8(ascii: "'") else {
                throw failure("a name in quotes is due here")
            }
            let name = try string()
            try skipBlanks()
            guard pass(UInt8(ascii: ":")) else { throw failure("':' is due here") }
            object[name] = try value(depth: depth + 1)
            try skipBlanks()
            if pass(UInt8(ascii: "}")) { return .object(object) }
            guard pass(UInt8(ascii: ",")) else { throw failure("',' or '}' is due here") }
            try skipBlanks()
            if dialect == .tolerant, pass(UInt8(ascii: "}")) { return .object(object) }
        }
    }

    // MARK: Numbers

    private mutating func number() throws(Failure) -> JSON {
        let start = position
        var isInteger = true
        let isNegative = pass(UInt8(ascii: "-"))
        let firstDigit = position
        skipDigits()
        guard position > firstDigit else { throw failure("digits are due here") }
        if dialect == .strict, text[firstDigit] == UInt8(ascii: "0"), position > firstDigit + 1 {
            throw failure("a number does not begin with zeros")
        }
        if pass(UInt8(ascii: ".")) {
            isInteger = false
            let fraction = position
            skipDigits()
            if dialect == .strict, position == fraction { throw failure("digits are due here") }
        }
        if byte | 32 == UInt8(ascii: "e") {
            let exponent = position
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            let digits = position
            skipDigits()
            if position > digits {
                isInteger = false
            } else if dialect == .strict {
                throw failure("digits are due here")
            } else {
                // json-c drops an exponent without digits.
                let end = position
                defer { position = end }
                return isInteger ? integer(firstDigit, exponent, isNegative) : .number(bytes(start, exponent))
            }
        }
        return isInteger ? integer(firstDigit, position, isNegative) : .number(bytes(start, position))
    }

    /// Numbers beyond 64 bits stop at the limits, as in json-c.
    private func integer(_ start: Int, _ end: Int, _ isNegative: Bool) -> JSON {
        var magnitude: UInt64 = 0
        for index in start..<end {
            let (product, tooBig) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(UInt64(text[index] &- 48))
            magnitude = tooBig || overflow ? .max : sum
            if magnitude == .max { break }
        }
        if isNegative {
            return .integer(magnitude > UInt64(Int64.max) ? .min : -Int64(magnitude))
        }
        return magnitude > UInt64(Int64.max) ? .number(Array(String(magnitude).utf8)) : .integer(Int64(magnitude))
    }

    private mutating func skipDigits() {
        while position < text.count, text[position] &- 48 < 10 { position += 1 }
    }

    // MARK: Texts

    private mutating func string() throws(Failure) -> [UInt8] {
        let quote = byte
        position += 1
        var result: [UInt8] = []
        while true {
            let start = position
            while position < text.count, text[position] != quote, text[position] != UInt8(ascii: "\\") {
                if dialect == .strict, text[position] < 0x20 {
                    throw failure("control characters need an escape")
                }
                position += 1
            }
            result.append(contentsOf: text[start..<position])
            guard position < text.count else { throw failure("the quote is not closed") }
            if pass(quote) { return result }
            position += 1
            try escape(into: &result)
        }
    }

    private mutating func escape(into result: inout [UInt8]) throws(Failure) {
        let letter = byte
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(letter)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0c)
        case UInt8(ascii: "n"): result.append(0x0a)
        case UInt8(ascii: "r"): result.append(0x0d)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if code & 0xfc00 == 0xd800, byte == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
                let before = position
                position += 2
                let low = try hexadecimal()
                if low & 0xfc00 == 0xdc00 {
                    code = 0x10000 + (code & 0x3ff) << 10 + (low & 0x3ff)
                } else {
                    position = before
                }
            }
            // Half of a surrogate pair is no character.
            let scalar = Unicode.Scalar(code) ?? "\u{fffd}"
            result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default:
            position -= 1
            throw failure("there is no such escape")
        }
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            let byte = byte
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 48
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 87
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 55
            default: throw failure("four hexadecimal digits are due here")
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }

    // MARK: Bytes

    /// The current byte; 0 at the end.
    private var byte: UInt8 { position < text.count ? text[position] : 0 }

    private func peek(_ offset: Int) -> UInt8 { position + offset < text.count ? text[position + offset] : 0 }

    private func bytes(_ start: Int, _ end: Int) -> [UInt8] { Array(UnsafeBufferPointer(rebasing: text[start..<end])) }

    private mutating func pass(_ expected: UInt8) -> Bool {
        guard position < text.count, text[position] == expected else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() throws(Failure) {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            case 0x0b where dialect == .tolerant, 0x0c where dialect == .tolerant: position += 1
            case UInt8(ascii: "/") where dialect == .tolerant: try comment()
            default: return
            }
        }
    }

    private mutating func comment() throws(Failure) {
        switch peek(1) {
        case UInt8(ascii: "/"):
            while position < text.count, text[position] != 0x0a { position += 1 }
        case UInt8(ascii: "*"):
            let start = position
            position += 2
            while byte != UInt8(ascii: "*") || peek(1) != UInt8(ascii: "/") {
                position += 1
                guard position < text.count else {
                    position = start
                    throw failure("the comment is not closed")
                }
            }
            position += 2
        default: throw failure("a value is due here")
        }
    }

    private func failure(_ reason: String) -> Failure { Failure(offset: position, reason: reason) }
}
