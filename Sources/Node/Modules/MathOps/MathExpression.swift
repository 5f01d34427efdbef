import Glibc

/// An arithmetic expression of `math_eval`, evaluated while it is read:
///
///     sum     = product { ("+" | "-") product }
///     product = power { ("*" | "/" | "%") power }
///     power   = signed { "^" signed }                 left to right: 2^3^2 is 64
///     signed  = { "-" | "+" } operand                 binds tighter than ^: -3^2 is 9
///     operand = number | function signed | "(" sum ")"
struct MathExpression {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    private struct Failure: Error {}

    /// Parentheses and functions inside each other.
    private static let maximalDepth = 200

    /// The value of an expression; nil where it cannot be read or is no number, such as `sqrt(-1)`.
    static func evaluate(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var expression = MathExpression(text: text)
        // Blanks may stand in front of every token, but not at the end.
        guard let value = try? expression.sum(), expression.position == text.count, !value.isNaN else { return nil }
        return value
    }

    private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

    private mutating func sum() throws(Failure) -> Double {
        var value = try product()
        while let sign = pass("+-") {
            let right = try product()
            value = sign == UInt8(ascii: "+") ? value + right : value - right
        }
        return value
    }

    private mutating func product() throws(Failure) -> Double {
        var value = try power()
        while let sign = pass("*/%") {
            let right = try power()
            switch sign {
            case UInt8(ascii: "*"): value *= right
            case UInt8(ascii: "/"): value /= right
            default: value = fmod(value, right)
            }
        }
        return value
    }

    private mutating func power() throws(Failure) -> Double {
        var value = try signed()
        while pass("^") != nil { value = pow(value, try signed()) }
        return value
    }

    private mutating func signed() throws(Failure) -> Double {
        var isNegative = false
        while let sign = pass("+-") {
            if sign == UInt8(ascii: "-") { isNegative.toggle() }
        }
        let value = try operand()
        return isNegative ? -value : value
    }

    private mutating func operand() throws(Failure) -> Double {
        guard depth < MathExpression.maximalDepth else { throw Failure() }
        depth += 1
        defer { depth -= 1 }
        if pass("(") != nil {
            let value = try sum()
            guard pass(")") != nil else { throw Failure() }
            return value
        }
        guard position < text.count else { throw Failure() }
        let byte = text[position]
        if byte &- 48 < 10 || byte == UInt8(ascii: ".") { return try number() }
        return try function()(try signed())
    }

    private mutating func number() throws(Failure) -> Double {
        guard let (value, count) = DecimalText.leadingNumber(UnsafeBufferPointer(rebasing: text[position...])) else {
            throw Failure()
        }
        position += count
        return value
    }

    private mutating func function() throws(Failure) -> (Double) -> Double {
        let start = position
        while position < text.count, text[position] &- UInt8(ascii: "a") < 26 { position += 1 }
        switch String(decoding: text[start..<position], as: UTF8.self) {
        case "abs": return { fabs($0) }
        case "acos": return { acos($0) }
        case "asin": return { asin($0) }
        case "atan": return { atan($0) }
        case "ceil": return { ceil($0) }
        case "cos": return { cos($0) }
        case "cosh": return { cosh($0) }
        case "exp": return { exp($0) }
        case "floor": return { floor($0) }
        case "ln": return { log($0) }
        case "log": return { log10($0) }
        case "sin": return { sin($0) }
        case "sinh": return { sinh($0) }
        case "sqrt": return { sqrt($0) }
        case "tan": return { tan($0) }
        case "tanh": return { tanh($0) }
        default: throw Failure()
        }
    }

    /// Passes blanks in front of a token, and the token if it is one of the characters.
    private mutating func pass(_ characters: StaticString) -> UInt8? {
        let start = position
        while position < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[position]) { position += 1 }
        guard position < text.count else {
            position = start
            return nil
        }
        for index in 0..<characters.utf8CodeUnitCount where characters.utf8Start[index] == text[position] {
            position += 1
            return text[position - 1]
        }
        return nil
    }
}
