/// The escapes of double-quoted literals: `\n \r \a \t \" \\`, `\x` with one or two hex digits, `\` with two or
/// three octal digits. Every other backslash stays in the text, also in front of a single digit.
enum Escapes {
    /// One step through the inside of a literal: the byte it stands for, and how long its spelling is.
    @inline(__always)
    static func step(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, end: Int) -> (byte: UInt8, length: Int) {
        let byte = text[index]
        guard byte == UInt8(ascii: "\\"), index &+ 1 < end else { return (byte, 1) }
        return escape(text, index, end: end)
    }

    private static func escape(
        _ text: UnsafeBufferPointer<UInt8>, _ index: Int, end: Int
    ) -> (byte: UInt8, length: Int) {
        switch text[index &+ 1] {
        case UInt8(ascii: "n"): return (10, 2)
        case UInt8(ascii: "r"): return (13, 2)
        case UInt8(ascii: "a"): return (7, 2)
        case UInt8(ascii: "t"): return (9, 2)
        case UInt8(ascii: "\""): return (UInt8(ascii: "\""), 2)
        case UInt8(ascii: "\\"): return (UInt8(ascii: "\\"), 2)
        case UInt8(ascii: "x"):
            guard index &+ 2 < end, let high = text[index &+ 2].hexValue else { break }
            guard index &+ 3 < end, let low = text[index &+ 3].hexValue else { return (high, 3) }
            return (high << 4 | low, 4)
        case let first where first.isOctal:
            guard index &+ 2 < end, text[index &+ 2].isOctal else { break }
            let value = UInt16(first &- 48) << 3 | UInt16(text[index &+ 2] &- 48)
            guard index &+ 3 < end, text[index &+ 3].isOctal else { return (UInt8(truncatingIfNeeded: value), 3) }
            return (UInt8(truncatingIfNeeded: value << 3 | UInt16(text[index &+ 3] &- 48)), 4)
        default: break
        }
        return (UInt8(ascii: "\\"), 1)
    }

    /// The bytes that the inside of a double-quoted literal stands for.
    static func replace(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end - start)
        var index = start
        while index < end {
            let (byte, length) = step(text, index, end: end)
            bytes.append(byte)
            index &+= length
        }
        return bytes
    }

    /// For each byte of `replace`, and the end, where in the source its spelling begins.
    static func offsets(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> [Int32] {
        var offsets: [Int32] = []
        var index = start
        while index < end {
            offsets.append(Int32(truncatingIfNeeded: index))
            index &+= step(text, index, end: end).length
        }
        offsets.append(Int32(truncatingIfNeeded: end))
        return offsets
    }
}
