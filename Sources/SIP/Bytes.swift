/// Bytes that somebody else owns: a message's buffer, a script's value, a receive buffer. Valid only as long as its
/// owner says; every parser here reads it during the call and keeps nothing but offsets.
package typealias Bytes = UnsafeBufferPointer<UInt8>

/// Where a piece of text stands inside a buffer: `count` bytes from `start`. Parsers answer with these instead of
/// copies. An absent piece (`$rU` of `sip:example.org`) differs from an empty one (the value of `;lr=`).
package struct ByteRange: Hashable, Sendable {
    package var start: UInt32
    package var count: UInt32

    /// No such piece; reads as NULL in a script.
    package static var absent: ByteRange { ByteRange(start: .max, count: 0) }

    package init(start: UInt32, count: UInt32) {
        self.start = start
        self.count = count
    }

    /// The bytes from `lower` up to, but without, `upper`; empty if they are out of order.
    package init(_ lower: Int, _ upper: Int) {
        start = UInt32(truncatingIfNeeded: lower)
        count = UInt32(truncatingIfNeeded: upper > lower ? upper &- lower : 0)
    }

    package var isPresent: Bool { start != .max }
    package var isEmpty: Bool { count == 0 }
    package var lower: Int { Int(start) }
    /// One past the last byte; the start again for an absent piece.
    package var upper: Int { Int(start) &+ Int(count) }

    /// The whole of `bytes`.
    package init(of bytes: Bytes) {
        self.init(0, bytes.count)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The piece at `range`; empty when the range is absent or not inside.
    package subscript(range: ByteRange) -> Bytes {
        guard let base = baseAddress, range.isPresent, range.upper <= count else {
            return Bytes(start: nil, count: 0)
        }
        return Bytes(start: base + range.lower, count: Int(range.count))
    }

    /// A copy of the piece at `range`.
    package func copy(_ range: ByteRange) -> [UInt8] { [UInt8](self[range]) }

    /// The part of `range` (the whole by default) that really lies inside this buffer.
    func bounds(_ range: ByteRange?) -> (lower: Int, upper: Int) {
        guard let range else { return (0, count) }
        guard range.isPresent else { return (0, 0) }
        return (Swift.min(range.lower, count), Swift.min(range.upper, count))
    }

    /// Equal to `other`, letters of ASCII compared without case.
    package func equalsIgnoringCase(_ other: Bytes) -> Bool {
        guard count == other.count else { return false }
        var i = 0
        while i < count {
            if self[i] != other[i], self[i].lowercased != other[i].lowercased { return false }
            i &+= 1
        }
        return true
    }

    /// Equal to an ASCII literal, letters compared without case.
    package func equalsIgnoringCase(_ literal: StaticString) -> Bool {
        equalsIgnoringCase(Bytes(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Starts with an ASCII literal, letters compared without case.
    package func startsIgnoringCase(with literal: StaticString) -> Bool {
        count >= literal.utf8CodeUnitCount
            && self[ByteRange(0, literal.utf8CodeUnitCount)].equalsIgnoringCase(literal)
    }

    /// The bytes as an unsigned decimal number.
    /// - Returns: nil if empty, if anything but digits is in it, or if it exceeds `limit`.
    package func decimal(atMost limit: Int = Int(UInt32.max)) -> Int? {
        guard count > 0 else { return nil }
        var value = 0
        for byte in self {
            guard byte.isDigit else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = tens &+ Int(byte &- UInt8(ascii: "0"))
            guard value >= 0, value <= limit else { return nil }
        }
        return value
    }
}

extension StaticString {
    /// The literal's bytes; literals live for ever.
    package var bytes: Bytes { Bytes(start: utf8Start, count: utf8CodeUnitCount) }
}

extension [UInt8] {
    /// Appends an ASCII literal.
    package mutating func append(_ literal: StaticString) { append(contentsOf: literal.bytes) }

    /// Appends a number in decimal.
    package mutating func append(decimal number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var unit: UInt = 1
        while number.magnitude / unit >= 10 { unit &*= 10 }
        while unit > 0 {
            append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number.magnitude / unit % 10))
            unit /= 10
        }
    }

    /// Appends a number as sixteen hexadecimal digits.
    package mutating func append(hexadecimal number: UInt64) {
        var shift = 60
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: (number &>> UInt64(shift)) & 0xf)
            append(digit < 10 ? UInt8(ascii: "0") &+ digit : UInt8(ascii: "a") &+ digit &- 10)
            shift &-= 4
        }
    }
}
