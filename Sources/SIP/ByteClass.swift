/// A set of ASCII bytes, one bit each: the character classes of the grammars (RFC 3261, 25.1).
struct ByteSet {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let word = byte < 64 ? low : byte < 128 ? high : 0
        return (word &>> UInt64(byte & 63)) & 1 != 0
    }

    // The constants are checked against the characters written out by `ByteClassTests`.

    /// `token`: letters, digits and `-.!%*_+` and back quote, quote, tilde.
    static var token: ByteSet { ByteSet(low: 0x03ff_6ca2_0000_0000, high: 0x47ff_ffff_87ff_fffe) }
    /// Host names and IPv4 addresses; the underscore is not in the grammar, but is in use.
    static var host: ByteSet { ByteSet(low: 0x03ff_6000_0000_0000, high: 0x07ff_fffe_87ff_fffe) }
    /// What may not stand in any part of a URI unescaped: controls, blank, `"`, `<`, `>`, DEL.
    static var notInURI: ByteSet { ByteSet(low: 0x5000_0005_ffff_ffff, high: 0x8000_0000_0000_0000) }

    /// Where a word of a list ends: at white space, and at two bytes below 64.
    @inline(__always)
    static func end(_ first: UInt8, _ second: UInt8) -> ByteSet {
        ByteSet(low: 0x0000_0001_0000_2600, high: 0).with(first).with(second)
    }

    /// With one more byte below 64.
    @inline(__always)
    func with(_ byte: UInt8) -> ByteSet { ByteSet(low: low | 1 &<< UInt64(byte), high: high) }
}

extension UInt8 {
    @inline(__always) package var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    @inline(__always) package var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
    /// ASCII lower case; other bytes stay.
    @inline(__always) package var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
    /// Blank or tab.
    @inline(__always) package var isBlank: Bool { self == 0x20 || self == 0x09 }
    /// Linear white space; line ends count, because they occur inside a value only where it is folded.
    @inline(__always) package var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0d || self == 0x0a }

    /// The value of a hexadecimal digit.
    package var hexadecimalValue: UInt8? {
        if isDigit { return self &- UInt8(ascii: "0") }
        let letter = (self | 0x20) &- UInt8(ascii: "a")
        return letter < 6 ? letter &+ 10 : nil
    }
}
