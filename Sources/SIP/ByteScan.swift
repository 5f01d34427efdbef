// Looking for one byte goes eight bytes at a time ('SIMD within a register'): the headers of a message are found by
// their line feeds and colons, and everything between is skipped.

extension UnsafeBufferPointer<UInt8> {
    /// The position of the first `byte` in `lower..<upper`, or `upper`. The caller vouches for `upper <= count`.
    @inline(__always)
    func position(of byte: UInt8, from lower: Int, to upper: Int) -> Int {
        guard let base = baseAddress else { return upper }
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        let raw = UnsafeRawPointer(base)
        var i = lower
        while i &+ 8 <= upper {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)) ^ pattern
            // The lowest set bit marks the first zero byte exactly; higher ones may be false alarms, and are not used.
            let zeros = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if zeros != 0 { return i &+ (zeros.trailingZeroBitCount &>> 3) }
            i &+= 8
        }
        while i < upper {
            if self[i] == byte { return i }
            i &+= 1
        }
        return upper
    }

    /// The first position in `lower..<upper` that is no white space.
    @inline(__always)
    package func skipSpace(from lower: Int, to upper: Int) -> Int {
        var i = lower
        while i < upper, self[i].isSpace { i &+= 1 }
        return i
    }

    /// `lower..<upper` without white space at its end.
    @inline(__always)
    func trimEnd(from lower: Int, to upper: Int) -> Int {
        var i = upper
        while i > lower, self[i &- 1].isSpace { i &-= 1 }
        return i
    }

    /// The first position in `lower..<upper` outside the set.
    @inline(__always)
    func skip(_ set: ByteSet, from lower: Int, to upper: Int) -> Int {
        var i = lower
        while i < upper, set.contains(self[i]) { i &+= 1 }
        return i
    }

    /// The first position in `lower..<upper` inside the set, or `upper`.
    @inline(__always)
    func position(in set: ByteSet, from lower: Int, to upper: Int) -> Int {
        var i = lower
        while i < upper, !set.contains(self[i]) { i &+= 1 }
        return i
    }

    /// The position behind the quoted string that opens at `lower`; a backslash takes the next byte with it.
    package func skipQuoted(from lower: Int, to upper: Int) throws(ParseError) -> Int {
        var i = lower &+ 1
        while i < upper {
            switch self[i] {
            case UInt8(ascii: "\""): return i &+ 1
            case UInt8(ascii: "\\"): i &+= 2
            default: i &+= 1
            }
        }
        throw ParseError(.unterminatedQuote, at: lower)
    }
}

/// Whether `count` bytes at `text` are the literal, letters compared without case. Eight bytes at a time; the literal
/// may hold letters, digits and hyphens only.
@inline(__always)
func matches(_ text: UnsafePointer<UInt8>, _ count: Int, _ literal: StaticString) -> Bool {
    guard count == literal.utf8CodeUnitCount else { return false }
    let left = UnsafeRawPointer(text)
    let right = UnsafeRawPointer(literal.utf8Start)
    if count >= 8 {
        var i = 0
        while i &+ 8 < count {
            if differs(left.loadUnaligned(fromByteOffset: i, as: UInt64.self), right.word(at: i)) { return false }
            i &+= 8
        }
        // The last eight overlap what was compared already.
        let last = count &- 8
        return !differs(left.loadUnaligned(fromByteOffset: last, as: UInt64.self), right.word(at: last))
    }
    return !differs(left.shortWord(count), right.shortWord(count))
}

/// Two bytes are the same letter if they differ in bit 5 only and the literal's has bit 6, as no digit or hyphen has.
@inline(__always)
private func differs(_ text: UInt64, _ literal: UInt64) -> Bool {
    let difference = text ^ literal
    let otherBits = difference & 0xdfdf_dfdf_dfdf_dfdf
    let caseOfNonLetter = (difference &>> 5) & ~(literal &>> 6) & 0x0101_0101_0101_0101
    return otherBits | caseOfNonLetter != 0
}

extension UnsafeRawPointer {
    @inline(__always)
    fileprivate func word(at offset: Int) -> UInt64 { loadUnaligned(fromByteOffset: offset, as: UInt64.self) }

    /// 1 to 7 bytes in one word, the same arrangement for equal counts.
    @inline(__always)
    fileprivate func shortWord(_ count: Int) -> UInt64 {
        if count >= 4 {
            return UInt64(loadUnaligned(as: UInt32.self))
                | UInt64(loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)) &<< 32
        }
        if count >= 2 {
            return UInt64(loadUnaligned(as: UInt16.self))
                | UInt64(load(fromByteOffset: count &- 1, as: UInt8.self)) &<< 16
        }
        return count == 1 ? UInt64(load(as: UInt8.self)) : 0
    }
}
