/// What a byte of a script can be part of; scripts are ASCII outside of literals and comments.
extension UInt8 {
    /// Blank, tab, backspace, carriage return: what separates tokens on one line.
    @inline(__always) var isBlank: Bool { self == 32 || self == 9 || self == 13 || self == 8 }
    @inline(__always) var isDigit: Bool { self &- 48 < 10 }
    @inline(__always) var isOctal: Bool { self &- 48 < 8 }
    @inline(__always) var isLetter: Bool { (self | 32) &- 97 < 26 }
    @inline(__always) var isIdentifier: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
    /// The characters of the name of a variable.
    @inline(__always) var isVariableName: Bool { isIdentifier || self == UInt8(ascii: ".") }

    @inline(__always) var lowercased: UInt8 { self &- 65 < 26 ? self | 32 : self }

    /// 0...15 for a hex digit.
    @inline(__always) var hexValue: UInt8? {
        if isDigit { return self &- 48 }
        let letter = (self | 32) &- 97
        return letter < 6 ? letter &+ 10 : nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The byte at `index`, 0 behind the end: no token holds a NUL, so the scanners need no second check.
    @inline(__always) func byte(_ index: Int) -> UInt8 {
        index < count ? self[index] : 0
    }

    @inline(__always) func has(_ text: StaticString, at start: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard start >= 0, length <= count &- start else { return false }
        let text = text.utf8Start
        for index in 0..<length where self[start &+ index] != text[index] { return false }
        return true
    }

    /// The whole identifier at `start` is `text`.
    func hasWord(_ text: StaticString, at start: Int) -> Bool {
        has(text, at: start) && !byte(start + text.utf8CodeUnitCount).isIdentifier
    }

    func string(_ start: Int, _ end: Int) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: self[start..<end]), as: UTF8.self)
    }
}
