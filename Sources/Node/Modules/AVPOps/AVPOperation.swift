import Script
import Syntax

/// The little languages of `avpops`, whose arguments are texts that name variables: `"$avp(a)/$avp(b)/gd"`.
enum AVPArgument {
    /// Parts between slashes; those inside of a variable do not count.
    static func parts(_ text: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var depth = 0
        for byte in text {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if byte == UInt8(ascii: "/") && depth <= 0 { parts.append([]) } else { parts[parts.count - 1].append(byte) }
        }
        return parts
    }

    static func variable(_ text: [UInt8]) -> Variable? {
        text.first == UInt8(ascii: "$") ? VariableParser.parse(text).variable : nil
    }

    /// `i:5`, `s:text`, a number, or any other text.
    static func constant(_ text: [UInt8], _ scratch: Arena) -> Value {
        let number = { (bytes: ArraySlice<UInt8>) in Int32(String(decoding: bytes, as: UTF8.self)) }
        if text.starts(with: "i:".utf8) { return number(text.dropFirst(2)).map { .number($0) } ?? .null }
        if text.starts(with: "s:".utf8) { return scratch.copy(Array(text.dropFirst(2))) }
        return number(text[...]).map { .number($0) } ?? scratch.copy(text)
    }

    static func flags(_ text: [UInt8]?) -> Set<UInt8> { Set((text ?? []).map { $0 | 32 }) }
}

/// What `avp_op` computes.
enum AVPOperation: String {
    case add, sub, mul, div, mod, and, or, xor, not

    /// Nil for a division by zero.
    func apply(_ left: Int32, _ right: Int32) -> Int32? {
        switch self {
        case .add: left &+ right
        case .sub: left &- right
        case .mul: left &* right
        case .div: right == 0 ? nil : left.dividedReportingOverflow(by: right).partialValue
        case .mod: right == 0 ? nil : left.remainderReportingOverflow(dividingBy: right).partialValue
        case .and: left & right
        case .or: left | right
        case .xor: left ^ right
        case .not: ~left
        }
    }
}

/// What `avp_check` asks.
enum AVPComparison: String {
    /// `re` matches an expression, `fm` a shell pattern; `and`, `or` and `xor` ask whether any bit is left.
    case eq, ne, lt, le, gt, ge, re, fm, and, or, xor

    func holds(_ left: Int32, _ right: Int32) -> Bool {
        switch self {
        case .eq: left == right
        case .ne: left != right
        case .lt: left < right
        case .le: left <= right
        case .gt: left > right
        case .ge: left >= right
        case .and: left & right != 0
        case .or: left | right != 0
        case .xor: left ^ right != 0
        case .re, .fm: false
        }
    }

    /// Texts that are no patterns.
    func holds(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        switch self {
        case .eq: left == right
        case .ne: left != right
        case .lt: left.lexicographicallyPrecedes(right)
        case .le: !right.lexicographicallyPrecedes(left)
        case .gt: right.lexicographicallyPrecedes(left)
        case .ge: !left.lexicographicallyPrecedes(right)
        case .re, .fm, .and, .or, .xor: false
        }
    }
}
