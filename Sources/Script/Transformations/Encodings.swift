import SIP

/// Hexadecimal, Base64, number bases and dates.
@inline(never)
func transformEncoding(_ function: TransformationFunction, _ value: Value, _ text: Bytes, _ scratch: Arena) -> Value {
    switch function {
    case .encodeHexadecimal: return encodeHexadecimal(text, scratch)
    case .decodeHexadecimal: return decodeHexadecimal(text, scratch)
    case .encodeBase64: return encodeBase64(text, scratch)
    case .decodeBase64: return decodeBase64(text, scratch)
    case .decimalToHexadecimal:
        guard let number = value.isNumber ? value.number : parseDecimal(text) else { return .null }
        return writeHexadecimal(UInt32(bitPattern: number), scratch)
    case .hexadecimalToDecimal:
        // What is a number already is one.
        return value.isNumber && !value.hasOwnText ? value : hexadecimalToDecimal(text, scratch)
    case .dateToUnixTime: return unixTime(text).map { writeDecimal($0, scratch) } ?? .null
    default: return .null
    }
}

private let hexadecimalDigits: StaticString = "0123456789abcdef"

/// Writes two digits, small letters.
@inline(__always)
func writeHexadecimal(_ byte: UInt8, to target: UnsafeMutablePointer<UInt8>) {
    target[0] = hexadecimalDigits.utf8Start[Int(byte &>> 4)]
    target[1] = hexadecimalDigits.utf8Start[Int(byte & 15)]
}

func encodeHexadecimal(_ bytes: Bytes, _ scratch: Arena) -> Value {
    let count = bytes.count &* 2
    guard count <= Value.maximalCount else { return .null }
    let target = scratch.allocate(count)
    for i in 0..<bytes.count { writeHexadecimal(bytes[i], to: target + i &* 2) }
    return .text(target, count)
}

/// Half a byte at the end is ignored, as in OpenSIPS; anything but digits makes NULL.
private func decodeHexadecimal(_ text: Bytes, _ scratch: Arena) -> Value {
    let count = text.count / 2
    let target = scratch.allocate(count)
    for i in 0..<count {
        guard let high = text[i &* 2].hexadecimalValue, let low = text[i &* 2 &+ 1].hexadecimalValue else {
            return .null
        }
        target[i] = high &<< 4 | low
    }
    return .text(target, count)
}

private func writeHexadecimal(_ number: UInt32, _ scratch: Arena) -> Value {
    let count = Swift.max((35 &- number.leadingZeroBitCount) / 4, 1)
    let target = scratch.allocate(count)
    var rest = number
    var i = count
    while i > 0 {
        i &-= 1
        target[i] = hexadecimalDigits.utf8Start[Int(rest & 15)]
        rest = rest &>> 4
    }
    return .text(target, count)
}

/// Digits with an optional minus and nothing else; wraps at 32 bits.
private func parseDecimal(_ text: Bytes) -> Int32? {
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    var i = isNegative ? 1 : 0
    guard i < text.count else { return nil }
    var magnitude: UInt32 = 0
    while i < text.count {
        guard text[i].isDigit else { return nil }
        magnitude = magnitude &* 10 &+ UInt32(text[i] &- UInt8(ascii: "0"))
        i &+= 1
    }
    return Int32(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
}

/// A number, which wraps at 32 bits; above that range it is written in full (OpenSIPS writes garbage there).
private func hexadecimalToDecimal(_ text: Bytes, _ scratch: Arena) -> Value {
    var number: UInt64 = 0
    for byte in text {
        guard let digit = byte.hexadecimalValue, number &>> 60 == 0 else { return .null }
        number = number &<< 4 | UInt64(digit)
    }
    if let small = Int32(exactly: number) { return .number(small) }
    return .number(Int32(truncatingIfNeeded: number), writtenAs: writeUnsigned(number, scratch))
}

/// A number in decimal as text.
func writeDecimal(_ number: Int64, _ scratch: Arena) -> Value {
    writeUnsigned(number.magnitude, scratch, isNegative: number < 0)
}

private func writeUnsigned(_ number: UInt64, _ scratch: Arena, isNegative: Bool = false) -> Value {
    let target = scratch.allocate(21)
    var position = 21
    var rest = number
    repeat {
        position &-= 1
        target[position] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
        rest /= 10
    } while rest > 0
    if isNegative {
        position &-= 1
        target[position] = UInt8(ascii: "-")
    }
    return .text(target + position, 21 &- position)
}

// MARK: - Base64 (RFC 4648, 4)

private let base64Alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

private func encodeBase64(_ bytes: Bytes, _ scratch: Arena) -> Value {
    let count = (bytes.count &+ 2) / 3 &* 4
    guard count <= Value.maximalCount else { return .null }
    let target = scratch.allocate(count)
    let alphabet = base64Alphabet.utf8Start
    var i = 0
    var k = 0
    while i < bytes.count {
        let left = bytes.count &- i
        let second = left > 1 ? UInt32(bytes[i &+ 1]) : 0
        let third = left > 2 ? UInt32(bytes[i &+ 2]) : 0
        let bits = UInt32(bytes[i]) &<< 16 | second &<< 8 | third
        target[k] = alphabet[Int(bits &>> 18)]
        target[k &+ 1] = alphabet[Int(bits &>> 12 & 63)]
        target[k &+ 2] = left > 1 ? alphabet[Int(bits &>> 6 & 63)] : UInt8(ascii: "=")
        target[k &+ 3] = left > 2 ? alphabet[Int(bits & 63)] : UInt8(ascii: "=")
        i &+= 3
        k &+= 4
    }
    return .text(target, count)
}

/// Bytes outside the alphabet are skipped, padding may be missing, and the text ends at the first `=`.
private func decodeBase64(_ text: Bytes, _ scratch: Arena) -> Value {
    let capacity = text.count / 4 &* 3 &+ 3
    let target = scratch.allocate(capacity)
    var count = 0
    var bits: UInt32 = 0
    var width: UInt32 = 0
    for byte in text {
        if byte == UInt8(ascii: "=") { break }
        guard let digit = base64Value(byte) else { continue }
        bits = bits &<< 6 | UInt32(digit)
        width &+= 6
        if width >= 8 {
            width &-= 8
            target[count] = UInt8(truncatingIfNeeded: bits &>> width)
            count &+= 1
        }
    }
    scratch.shorten(by: capacity &- count)
    return .text(target, count)
}

private func base64Value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte &- UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte &- UInt8(ascii: "a") &+ 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0") &+ 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
}
