/// JSON strings (RFC 8259, section 7) from bytes that may be anything.
enum JSONText {
    /// Appends the bytes as a quoted string. Bytes that are no UTF-8 are written as the code point of the same number
    /// (`\u00e9` for a lone 0xE9), so that the text is always valid and a receiver that expects Latin-1 reads it right.
    static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        if bytes.contains(where: { $0 < 0x20 || $0 >= 0x80 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            appendEscaped(bytes, to: &text)
        } else {
            text.append(contentsOf: bytes)
        }
        text.append(UInt8(ascii: "\""))
    }

    private static func appendEscaped(_ bytes: [UInt8], to text: inout [UInt8]) {
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\""): text.append(text: "\\\"")
            case UInt8(ascii: "\\"): text.append(text: "\\\\")
            case 0x08: text.append(text: "\\b")
            case 0x09: text.append(text: "\\t")
            case 0x0A: text.append(text: "\\n")
            case 0x0C: text.append(text: "\\f")
            case 0x0D: text.append(text: "\\r")
            case 0x20..<0x80: text.append(byte)
            default:
                let length = UTF8Text.length(of: bytes, at: at)
                if byte >= 0x80, length > 0 {
                    text.append(contentsOf: bytes[at..<at + length])
                    at += length
                    continue
                }
                text.append(text: "\\u00")
                text.append(hexDigit(byte >> 4))
                text.append(hexDigit(byte & 15))
            }
            at += 1
        }
    }

    private static func hexDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") - 10 + nibble
    }
}

/// Well-formed UTF-8 (Unicode, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Text {
    /// The length in bytes of the well-formed sequence that begins at an index, 0 where there is none.
    static func length(of bytes: [UInt8], at index: Int) -> Int {
        guard index >= 0, index < bytes.count else { return 0 }
        let first = bytes[index]
        let second: ClosedRange<UInt8>
        let length: Int
        switch first {
        case 0..<0x80: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard bytes.count - index >= length, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
