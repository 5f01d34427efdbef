/// An IPv4 or IPv6 address.
package struct IPAddress: Hashable, Sendable {
    package enum Family: UInt8, Sendable {
        case v4, v6
    }

    package let family: Family
    /// The first eight bytes of an IPv6 address, most significant first; 0 for IPv4.
    package let high: UInt64
    /// The last eight bytes of an IPv6 address; an IPv4 address in the lower half.
    package let low: UInt64

    package init(family: Family, high: UInt64, low: UInt64) {
        self.family = family
        self.high = high
        self.low = low
    }

    /// Parses the text forms of RFC 4291, 2.2 and four decimal bytes.
    /// - Returns: nil for everything else, brackets included.
    package init?(text: Bytes) {
        guard text.count <= 45 else { return nil }
        if let address = IPAddress.parseV4(text) {
            self.init(family: .v4, high: 0, low: UInt64(address))
        } else if let (high, low) = IPAddress.parseV6(text) {
            self.init(family: .v6, high: high, low: low)
        } else {
            return nil
        }
    }

    /// Parses a host as URIs and Vias have it: an IPv6 address stands in brackets.
    package init?(host: Bytes) {
        guard host.count > 2, host[0] == UInt8(ascii: "["), host[host.count &- 1] == UInt8(ascii: "]") else {
            self.init(text: host)
            return
        }
        self.init(text: host[ByteRange(1, host.count &- 1)])
        guard family == .v6 else { return nil }
    }

    /// From 4 or 16 bytes in network order.
    package init?(packed: Bytes) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        for byte in packed.prefix(16) {
            high = high &<< 8 | low &>> 56
            low = low &<< 8 | UInt64(byte)
        }
        switch packed.count {
        case 4: self.init(family: .v4, high: 0, low: low)
        case 16: self.init(family: .v6, high: high, low: low)
        default: return nil
        }
    }

    /// 4 or 16 bytes in network order.
    package var packed: [UInt8] {
        var bytes: [UInt8] = []
        var shift = family == .v4 ? 24 : 56
        if family == .v6 {
            while shift >= 0 {
                bytes.append(UInt8(truncatingIfNeeded: high &>> UInt64(shift)))
                shift &-= 8
            }
            shift = 56
        }
        while shift >= 0 {
            bytes.append(UInt8(truncatingIfNeeded: low &>> UInt64(shift)))
            shift &-= 8
        }
        return bytes
    }

    private static func parseV4(_ text: Bytes) -> UInt32? {
        var address: UInt32 = 0
        var parts = 0
        var start = 0
        while parts < 4 {
            let dot = text.position(of: UInt8(ascii: "."), from: start, to: text.count)
            let part = text[ByteRange(start, dot)]
            guard part.count <= 3, let number = part.decimal(atMost: 255), (dot < text.count) == (parts < 3) else {
                return nil
            }
            address = address &<< 8 | UInt32(truncatingIfNeeded: number)
            parts &+= 1
            start = dot &+ 1
        }
        return address
    }

    private static func parseV6(_ text: Bytes) -> (UInt64, UInt64)? {
        var words = Words()
        var gap: Int?
        var i = 0
        if text.count >= 2, text[0] == UInt8(ascii: ":") {
            guard text[1] == UInt8(ascii: ":") else { return nil }
            gap = 0
            i = 2
        }
        while i < text.count {
            let colon = text.position(of: UInt8(ascii: ":"), from: i, to: text.count)
            let piece = text[ByteRange(i, colon)]
            if colon == text.count, let tail = parseV4(piece) {
                guard words.append(UInt16(truncatingIfNeeded: tail &>> 16)),
                    words.append(UInt16(truncatingIfNeeded: tail))
                else { return nil }
                break
            }
            guard let word = hexadecimal(piece), words.append(word) else { return nil }
            i = colon &+ 1
            guard colon < text.count else { break }
            // A colon needs something behind it: a word, or a second colon, which stands for the zeros.
            guard i < text.count else { return nil }
            if text[i] == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                gap = words.count
                i &+= 1
            }
        }
        return words.address(gap: gap)
    }

    private static func hexadecimal(_ text: Bytes) -> UInt16? {
        guard text.count > 0, text.count <= 4 else { return nil }
        var word: UInt16 = 0
        for byte in text {
            guard let digit = byte.hexadecimalValue else { return nil }
            word = word &<< 4 | UInt16(digit)
        }
        return word
    }
}

/// Up to eight words of an IPv6 address, without an allocation.
private struct Words {
    var count = 0
    private var high: UInt64 = 0
    private var low: UInt64 = 0

    mutating func append(_ word: UInt16) -> Bool {
        guard count < 8 else { return false }
        high = high &<< 16 | low &>> 48
        low = low &<< 16 | UInt64(word)
        count &+= 1
        return true
    }

    /// The words before the gap to the left, the others to the right, zeros between. Without a gap there must be eight;
    /// a gap stands for one word at least.
    func address(gap: Int?) -> (UInt64, UInt64)? {
        guard let gap else { return count == 8 ? (high, low) : nil }
        guard count < 8 else { return nil }
        let whole = UInt128(high) &<< 64 | UInt128(low)
        let tailBits = UInt128((count &- gap) &* 16)
        let tail = whole & ((UInt128(1) &<< tailBits) &- 1)
        let head = gap == 0 ? 0 : (whole &>> tailBits) &<< UInt128((8 &- gap) &* 16)
        let address = head | tail
        return (UInt64(truncatingIfNeeded: address &>> 64), UInt64(truncatingIfNeeded: address))
    }
}
