/// Whether typed lines are a whole, or go on in the next one.
package enum TypedInput {
    /// False while a brace, a parenthesis, a quote or a comment is open, or behind a backslash at the end of a line.
    package static func isComplete(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        if bytes.drop(while: { $0 == UInt8(ascii: " ") }).first == UInt8(ascii: ":") { return true }
        var open = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                guard let end = endOfQuote(bytes, index) else { return false }
                index = end
            case UInt8(ascii: "'"):
                guard let end = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "'")) else { return false }
                index = end
            case UInt8(ascii: "#"):
                index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            case UInt8(ascii: "/") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "*"):
                guard let end = endOfComment(bytes, index) else { return false }
                index = end
            case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "["): open += 1
            case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"): open -= 1
            case UInt8(ascii: "\\") where index == bytes.count - 1: return false
            default: break
            }
            index += 1
        }
        return open <= 0
    }

    private static func endOfQuote(_ bytes: [UInt8], _ start: Int) -> Int? {
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 1
            } else if bytes[index] == UInt8(ascii: "\"") {
                return index
            }
            index += 1
        }
        return nil
    }

    private static func endOfComment(_ bytes: [UInt8], _ start: Int) -> Int? {
        var index = start + 2
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") { return index + 1 }
            index += 1
        }
        return nil
    }
}
