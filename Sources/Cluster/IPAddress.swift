/// An IP address, so that two spellings of one address are equal. IPv4-mapped IPv6 addresses are IPv4 addresses.
package enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt64, UInt64)

    /// Reads `127.0.0.1`, `::1`, `2001:db8::1` or `::ffff:127.0.0.1`; a zone (`%eth0`) is not understood.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        if let address = IPAddress.readV4(bytes[...]) {
            self = .v4(address)
            return
        }
        guard let groups = IPAddress.readV6(bytes) else { return nil }
        let (high, low) = (IPAddress.join(groups[0..<4]), IPAddress.join(groups[4..<8]))
        self = high == 0 && low >> 32 == 0xffff ? .v4(UInt32(truncatingIfNeeded: low)) : .v6(high, low)
    }

    private static func readV4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard part.count <= 3, let number = decimal(part), number <= 255 else { return nil }
            address = address << 8 | UInt32(number)
        }
        return address
    }

    /// The eight groups of RFC 4291 section 2.2.
    private static func readV6(_ text: [UInt8]) -> [UInt16]? {
        guard text.count <= 45, let gap = firstDoubleColon(text) else {
            guard text.count <= 45, let groups = readGroups(text[...], endsAddress: true), groups.count == 8 else {
                return nil
            }
            return groups
        }
        guard let front = readGroups(text[..<gap], endsAddress: false),
            let back = readGroups(text[(gap + 2)...], endsAddress: true),
            front.count + back.count <= 7
        else { return nil }
        return front + Array(repeating: 0, count: 8 - front.count - back.count) + back
    }

    private static func firstDoubleColon(_ text: [UInt8]) -> Int? {
        let colon = UInt8(ascii: ":")
        return text.indices.dropLast().first { text[$0] == colon && text[$0 + 1] == colon }
    }

    /// - Parameter endsAddress: whether an IPv4 address may stand for the last two groups
    private static func readGroups(_ text: ArraySlice<UInt8>, endsAddress: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count <= 8 else { return nil }
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if endsAddress, index == parts.count - 1, let address = readV4(part) {
                groups.append(UInt16(truncatingIfNeeded: address >> 16))
                groups.append(UInt16(truncatingIfNeeded: address))
            } else {
                guard !part.isEmpty, part.count <= 4,
                    let text = String(validating: part, as: UTF8.self), let group = UInt16(text, radix: 16),
                    part.first != UInt8(ascii: "+")
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func join(_ groups: ArraySlice<UInt16>) -> UInt64 {
        groups.reduce(0) { $0 << 16 | UInt64($1) }
    }
}

/// A number written with decimal digits only; nil also when it does not fit.
func decimal(_ text: some Collection<UInt8>) -> Int32? {
    guard !text.isEmpty else { return nil }
    var value: Int32 = 0
    for byte in text {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) = product.addingReportingOverflow(Int32(byte &- UInt8(ascii: "0")))
        guard !tooBig, !carried else { return nil }
        value = sum
    }
    return value
}
