import SIP

/// Escapes for quoted text, for the parts of a URI, and for URLs.
@inline(never)
func transformEscapes(_ function: TransformationFunction, _ text: Bytes, _ scratch: Arena) -> Value {
    switch function {
    case .escapeCommon: escapeCommon(text, scratch)
    case .unescapeCommon: unescapeCommon(text, scratch)
    case .escapeUser: escape(text, scratch, .user)
    case .escapeParameter: escape(text, scratch, .parameter)
    case .urlEscape: escape(text, scratch, .url)
    case .unescapeUser, .unescapeParameter: unescape(text, scratch, printableOnly: true)
    case .urlUnescape: unescape(text, scratch, printableOnly: false)
    default: .null
    }
}

/// Puts a backslash before quotes and backslashes; a zero byte becomes `\0`.
private func escapeCommon(_ text: Bytes, _ scratch: Arena) -> Value {
    var output = ArenaText(scratch, capacity: text.count &+ 16)
    for byte in text {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"):
            output.append(UInt8(ascii: "\\"))
            output.append(byte)
        case 0:
            output.append(UInt8(ascii: "\\"))
            output.append(UInt8(ascii: "0"))
        default: output.append(byte)
        }
    }
    return output.finish()
}

/// A backslash before anything that `escapeCommon` does not write stays.
private func unescapeCommon(_ text: Bytes, _ scratch: Arena) -> Value {
    let target = scratch.allocate(text.count)
    var count = 0
    var i = 0
    while i < text.count {
        var byte = text[i]
        if byte == UInt8(ascii: "\\"), i &+ 1 < text.count {
            switch text[i &+ 1] {
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"):
                byte = text[i &+ 1]
                i &+= 1
            case UInt8(ascii: "0"):
                byte = 0
                i &+= 1
            default: break
            }
        }
        target[count] = byte
        count &+= 1
        i &+= 1
    }
    scratch.shorten(by: text.count &- count)
    return .text(target, count)
}

/// What may stand in a part of a URI as it is.
private struct Unescaped {
    let marks: StaticString
    /// Bytes that are no printable ASCII make NULL, as in OpenSIPS.
    let isPrintable: Bool
    let hasCapitals: Bool

    /// `user` of RFC 3261, 25.1.
    static let user = Unescaped(marks: "-_.!~*'()&=+$,;?/", isPrintable: true, hasCapitals: false)
    /// `paramchar` of RFC 3261, 25.1.
    static let parameter = Unescaped(marks: "-_.!~*'()[]/:&+$", isPrintable: true, hasCapitals: false)
    /// `unreserved` of RFC 3986, 2.3.
    static let url = Unescaped(marks: "-_.~", isPrintable: false, hasCapitals: true)

    func contains(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || marks.bytes.contains(byte) }

    func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? value &+ UInt8(ascii: "0") : value &- 10 &+ (hasCapitals ? UInt8(ascii: "A") : UInt8(ascii: "a"))
    }
}

private func escape(_ text: Bytes, _ scratch: Arena, _ unescaped: Unescaped) -> Value {
    var output = ArenaText(scratch, capacity: text.count &+ 32)
    for byte in text {
        if unescaped.contains(byte) {
            output.append(byte)
            continue
        }
        guard !unescaped.isPrintable || byte &- 0x20 < 0x5f else {
            _ = output.finish()
            return .null
        }
        output.append(UInt8(ascii: "%"))
        output.append(unescaped.digit(byte &>> 4))
        output.append(unescaped.digit(byte & 15))
    }
    return output.finish()
}

/// Undoes `%hh`. With `printableOnly`, a broken escape, or one of anything but printable ASCII, makes NULL: line ends
/// must not get into a header this way. Otherwise a broken escape stays.
private func unescape(_ text: Bytes, _ scratch: Arena, printableOnly: Bool) -> Value {
    let target = scratch.allocate(text.count)
    var count = 0
    var i = 0
    while i < text.count {
        var byte = text[i]
        if byte == UInt8(ascii: "%") {
            if i &+ 2 < text.count, let high = text[i &+ 1].hexadecimalValue, let low = text[i &+ 2].hexadecimalValue {
                byte = high &<< 4 | low
                i &+= 2
                guard !printableOnly || byte &- 0x20 < 0x5f else { return .null }
            } else if printableOnly {
                return .null
            }
        }
        target[count] = byte
        count &+= 1
        i &+= 1
    }
    scratch.shorten(by: text.count &- count)
    return .text(target, count)
}
