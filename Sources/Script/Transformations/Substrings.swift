import Glibc
import SIP

/// The number at the start of a text: a sign, digits; what follows is ignored, none is 0, so a blank in front makes 0.
/// Wraps at 32 bits.
func parseInteger(_ text: Bytes) -> Int32 {
    var i = 0
    var isNegative = false
    if i < text.count, text[i] == UInt8(ascii: "-") || text[i] == UInt8(ascii: "+") {
        isNegative = text[i] == UInt8(ascii: "-")
        i &+= 1
    }
    var magnitude: UInt64 = 0
    // Saturates where a C `long` does.
    let limit: UInt64 = isNegative ? 1 << 63 : (1 << 63) - 1
    while i < text.count, text[i].isDigit {
        let (tens, overflow) = magnitude.multipliedReportingOverflow(by: 10)
        magnitude = overflow ? limit : min(tens &+ UInt64(text[i] &- UInt8(ascii: "0")), limit)
        i &+= 1
    }
    return Int32(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
}

extension UnsafeBufferPointer<UInt8> {
    /// `length` bytes from `offset`; a negative offset counts from the end, a length of 0 or less leaves that many bytes
    /// at the end. NULL if the offset is outside.
    func substring(from offset: Int, count length: Int) -> Value {
        let start = offset < 0 ? offset &+ count : offset
        guard start >= 0, start < count else { return .null }
        let rest = count &- start
        let wanted = length > 0 ? Swift.min(length, rest) : rest &+ length
        guard wanted >= 0 else { return .null }
        return value(start, start &+ wanted)
    }

    /// The field at `index` between separators, -1 for the last. NULL if there are not so many.
    func field(_ index: Int, separatedBy separator: UInt8) -> Value {
        guard let base = baseAddress, count > 0 else { return index == 0 || index == -1 ? .empty : .null }
        if index < 0 { return fieldFromEnd(-1 &- index, separator) }
        var start = base
        let end = base + count
        var rest = index
        while true {
            let stop = memchr(start, Int32(separator), end - start)
            guard rest > 0 else {
                let stop = stop.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) } ?? end
                return .text(start, stop - start)
            }
            guard let stop else { return .null }
            start = UnsafePointer(stop.assumingMemoryBound(to: UInt8.self)) + 1
            rest &-= 1
        }
    }

    private func fieldFromEnd(_ index: Int, _ separator: UInt8) -> Value {
        var end = count
        var rest = index
        while true {
            var start = end
            while start > 0, self[start &- 1] != separator { start &-= 1 }
            if rest == 0 { return value(start, end) }
            guard start > 0 else { return .null }
            end = start &- 1
            rest &-= 1
        }
    }

    /// Without white space (blank, tab, line ends) at the sides given.
    func trimmed(left: Bool, right: Bool) -> Value {
        var lower = 0
        var upper = count
        while left, lower < upper, self[lower].isTrimmed { lower &+= 1 }
        while right, upper > lower, self[upper &- 1].isTrimmed { upper &-= 1 }
        return value(lower, upper)
    }

    /// Letters of ASCII in lower case; other bytes stay.
    func lowercased(in scratch: Arena) -> Value {
        guard let base = baseAddress, count > 0 else { return .empty }
        let target = scratch.allocate(count)
        for i in 0..<count {
            let byte = base[i]
            target[i] = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
        }
        return .text(target, count)
    }

    func uppercased(in scratch: Arena) -> Value {
        guard let base = baseAddress, count > 0 else { return .empty }
        let target = scratch.allocate(count)
        for i in 0..<count {
            let byte = base[i]
            target[i] = byte &- UInt8(ascii: "a") < 26 ? byte & 0xdf : byte
        }
        return .text(target, count)
    }

    func reversed(in scratch: Arena) -> Value {
        guard let base = baseAddress, count > 0 else { return .empty }
        let target = scratch.allocate(count)
        for i in 0..<count { target[i] = base[count &- 1 &- i] }
        return .text(target, count)
    }
}

extension UInt8 {
    @inline(__always)
    fileprivate var isTrimmed: Bool { self == 0x20 || self == 0x09 || self == 0x0a || self == 0x0d }
}
