import Glibc

/// Expressions of `math_rpn`: words with blanks between them, numbers and operators on a stack.
enum ReversePolish {
    /// What is left on the stack; nil where that is not one number, or a word is unknown.
    static func evaluate(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var stack: [Double] = []
        for word in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d }) {
            let bytes = UnsafeBufferPointer(rebasing: word)
            if let (value, count) = number(bytes), count == bytes.count {
                guard stack.count < maximalCount else { return nil }
                stack.append(value)
            } else if !apply(String(decoding: bytes, as: UTF8.self), to: &stack) {
                return nil
            }
        }
        return stack.count == 1 ? stack[0] : nil
    }

    private static let maximalCount = 1024

    /// Words such as `inf` are no numbers here.
    private static func number(_ word: UnsafeBufferPointer<UInt8>) -> (value: Double, count: Int)? {
        guard let first = word.first(where: { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }),
            first &- 48 < 10 || first == UInt8(ascii: ".")
        else { return nil }
        return DecimalText.leadingNumber(word)
    }

    /// False for unknown words and a stack that holds too little.
    private static func apply(_ word: String, to stack: inout [Double]) -> Bool {
        switch word {
        case "e": stack.append(M_E)
        case "pi": stack.append(.pi)
        case "drop": return stack.popLast() != nil
        case "dup":
            guard let top = stack.last, stack.count < maximalCount else { return false }
            stack.append(top)
        case "swap":
            guard stack.count >= 2 else { return false }
            stack.swapAt(stack.count - 1, stack.count - 2)
        default:
            if let operation = unary(word) {
                guard let value = stack.popLast() else { return false }
                stack.append(operation(value))
            } else if let operation = binary(word) {
                guard let right = stack.popLast(), let left = stack.popLast() else { return false }
                stack.append(operation(left, right))
            } else {
                return false
            }
        }
        return true
    }

    private static func unary(_ word: String) -> ((Double) -> Double)? {
        switch word {
        case "neg": { -$0 }
        case "abs": { fabs($0) }
        case "sqrt": { sqrt($0) }
        case "cbrt": { cbrt($0) }
        case "exp": { exp($0) }
        case "ln": { log($0) }
        case "log": { log10($0) }
        case "floor": { floor($0) }
        case "ceil": { ceil($0) }
        case "round": { $0.rounded(.toNearestOrAwayFromZero) }
        case "nearbyint": { $0.rounded(.toNearestOrEven) }
        case "trunc": { trunc($0) }
        default: nil
        }
    }

    private static func binary(_ word: String) -> ((Double, Double) -> Double)? {
        switch word {
        case "+": { $0 + $1 }
        case "-": { $0 - $1 }
        case "*": { $0 * $1 }
        case "/": { $0 / $1 }
        case "mod": { fmod($0, $1) }
        case "pow": { pow($0, $1) }
        default: nil
        }
    }
}
