/// IP addresses as text: read strictly as `inet_pton` does, IPv6 also in the brackets of a SIP URI; printed
/// in the canonical form of RFC 5952.
extension Address.IP {
    package static let anyV4 = Address.IP(v4: 0)
    package static let anyV6 = Address.IP(high: 0, low: 0)
    package static let loopbackV4 = Address.IP(v4: 0x7f00_0001)
    package static let loopbackV6 = Address.IP(high: 0, low: 1)

    /// `0.0.0.0` or `::`
    package var isAny: Bool { self == .anyV4 || self == .anyV6 }
    /// `127.0.0.0/8` or `::1`
    package var isLoopback: Bool { isV4 ? (low >> 24) & 0xff == 127 : self == .loopbackV6 }

    /// The 32 bits of an IPv4 address, the first number in the highest byte.
    package var v4: UInt32? { isV4 ? UInt32(truncatingIfNeeded: low) : nil }

    package init?(_ text: String) {
        var text = text
        guard let ip = text.withUTF8({ Address.IP($0) }) else { return nil }
        self = ip
    }

    /// Reads an address that is all of `text`.
    package init?(_ text: UnsafeBufferPointer<UInt8>) {
        var text = text[...]
        if text.first == UInt8(ascii: "[") {
            guard text.count > 2, text.last == UInt8(ascii: "]") else { return nil }
            text = text.dropFirst().dropLast()
            guard text.contains(UInt8(ascii: ":")) else { return nil }
        }
        // The longest: ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255
        guard text.count <= 45 else { return nil }
        if text.contains(UInt8(ascii: ":")) {
            guard let value = Self.groups(text) else { return nil }
            self.init(high: UInt64(truncatingIfNeeded: value >> 64), low: UInt64(truncatingIfNeeded: value))
        } else {
            guard let value = Self.quad(text) else { return nil }
            self.init(v4: value)
        }
    }

    package var text: String {
        if let v4 { return Self.quadText(v4) }
        if high == 0, low >> 32 == 0xffff { return "::ffff:" + Self.quadText(UInt32(truncatingIfNeeded: low)) }
        let groups = (0..<8).map { index in
            UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index % 4)))
        }
        guard let zeros = Self.longestZeros(groups) else { return Self.joined(groups[...]) }
        return Self.joined(groups[..<zeros.lowerBound]) + "::" + Self.joined(groups[zeros.upperBound...])
    }

    /// Four decimal numbers without leading zeros.
    private static func quad(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
            var number: UInt32 = 0
            for byte in part {
                guard byte &- 48 < 10 else { return nil }
                number = number * 10 + UInt32(byte &- 48)
            }
            guard number < 256 else { return nil }
            value = value << 8 | number
        }
        return value
    }

    /// Groups of four hexadecimal digits, at most one `::`, and perhaps an IPv4 address at the end (RFC 4291, 2.2).
    private static func groups(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt128? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var value: UInt128 = 0
        var count = 0
        var gap: Int?
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                // `::` inside is one empty part, at either end two; a single colon at an end is wrong.
                if index == 0 {
                    guard parts.count > 2, parts[1].isEmpty else { return nil }
                } else if index == parts.count - 1 {
                    guard parts[index - 1].isEmpty else { return nil }
                } else {
                    guard gap == nil else { return nil }
                    gap = count
                }
            } else if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let quad = quad(part) else { return nil }
                value = value << 32 | UInt128(quad)
                count += 2
            } else {
                guard let group = hexadecimal(part) else { return nil }
                value = value << 16 | UInt128(group)
                count += 1
            }
            guard count <= 8 else { return nil }
        }
        guard let gap else { return count == 8 ? value : nil }
        guard count < 8 else { return nil }
        let tail = 16 * (count - gap)
        let head = gap == 0 ? 0 : (value >> UInt128(tail)) << UInt128(128 - 16 * gap)
        return head | (value & ((1 << UInt128(tail)) - 1))
    }

    private static func hexadecimal(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt16? {
        guard text.count <= 4 else { return nil }
        var value: UInt16 = 0
        for byte in text {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    private static func quadText(_ value: UInt32) -> String {
        "\(value >> 24).\(value >> 16 & 0xff).\(value >> 8 & 0xff).\(value & 0xff)"
    }

    private static func joined(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// The first of the longest runs of two or more zeros.
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
        var longest: Range<Int>?
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start >= 2, end - start > (longest?.count ?? 1) { longest = start..<end }
            start = max(end, start + 1)
        }
        return longest
    }
}

extension Address.IP: CustomStringConvertible {
    package var description: String { text }
}
