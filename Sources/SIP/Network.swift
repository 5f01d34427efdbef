/// A block of addresses: `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32`, or one address alone.
package struct Network: Hashable, Sendable {
    package let address: IPAddress
    /// Leading bits that have to agree: up to 32 or 128.
    package let prefix: Int

    package init(_ address: IPAddress, prefix: Int) {
        self.address = address
        self.prefix = min(max(prefix, 0), address.family == .v4 ? 32 : 128)
    }

    /// - Returns: nil if the text is no network; a mask has to be ones followed by zeros.
    package init?(text: Bytes) {
        guard text.count > 0 else { return nil }
        let slash = text.position(of: UInt8(ascii: "/"), from: 0, to: text.count)
        guard let address = IPAddress(host: text[ByteRange(0, slash)]) else { return nil }
        let width = address.family == .v4 ? 32 : 128
        guard slash < text.count else {
            self.init(address, prefix: width)
            return
        }
        let mask = text[ByteRange(slash &+ 1, text.count)]
        if let prefix = mask.decimal(atMost: width) {
            self.init(address, prefix: prefix)
        } else if let mask = IPAddress(text: mask), mask.family == address.family {
            let bits = mask.leftAligned
            let ones = (~bits).leadingZeroBitCount
            guard ones == bits.nonzeroBitCount else { return nil }
            self.init(address, prefix: ones)
        } else {
            return nil
        }
    }

    /// - Returns: nil if the families differ.
    package func contains(_ other: IPAddress) -> Bool? {
        guard other.family == address.family else { return nil }
        let difference = address.leftAligned ^ other.leftAligned
        return prefix == 0 || difference &>> UInt128(128 &- prefix) == 0
    }
}

extension IPAddress {
    /// The address in the leftmost bits.
    fileprivate var leftAligned: UInt128 {
        family == .v4 ? UInt128(low) &<< 96 : UInt128(high) &<< 64 | UInt128(low)
    }

    /// Not routed in the public network: RFC 1918, the shared space of RFC 6598, and unique local IPv6 addresses
    /// (RFC 4193).
    package var isPrivate: Bool {
        switch family {
        case .v4:
            low &>> 24 == 10 || low &>> 20 == 0xac1 || low &>> 16 == 0xc0a8 || low &>> 22 == 0x191
        case .v6:
            high &>> 57 == 0x7e
        }
    }

    package var isLoopback: Bool { family == .v4 ? low &>> 24 == 127 : high == 0 && low == 1 }
}
