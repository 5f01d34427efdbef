import SIP

/// `{ip.*}`: addresses as text, packed in 4 or 16 bytes, and networks. IPv6 may stand in brackets. NULL for empty text.
@inline(never)
func transformIP(_ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments) -> Value {
    guard text.count > 0 else { return .null }
    switch function {
    case .ipUnpack: return writeAddress(text, arguments.scratch)
    case .ipFamily: return text.count == 4 ? .literal("INET") : text.count == 16 ? .literal("INET6") : .null
    default: break
    }
    let address = IPAddress(host: text)
    switch function {
    case .isIP: return .number(address == nil ? 0 : 1)
    case .isIPv4: return .number(address?.family == .v4 ? 1 : 0)
    case .isIPv6: return .number(address?.family == .v6 ? 1 : 0)
    case .isPrivateIP:
        // OpenSIPS knows private addresses of IPv4 only, and counts the loopback among them.
        guard let address, address.family == .v4 else { return .number(0) }
        return .number(address.isPrivate || address.isLoopback ? 1 : 0)
    case .ipPack:
        guard let address else { return .null }
        return arguments.scratch.copy(address.packed)
    case .ipMatches:
        guard let address, let block = arguments.text(0), let network = Network(text: block),
            let isInside = network.contains(address)
        else { return .null }
        return .number(isInside ? 1 : 0)
    case .ipResolve:
        guard let address else { return .null }
        return address.packed.withUnsafeBufferPointer { writeAddress($0, arguments.scratch) }
    default: return .null
    }
}

/// Four decimal bytes, or eight words in capitals without any shortening, as OpenSIPS writes them.
private func writeAddress(_ packed: Bytes, _ scratch: Arena) -> Value {
    guard packed.count == 4 || packed.count == 16 else { return .null }
    let capacity = 39
    let target = scratch.allocate(capacity)
    var count = 0
    for i in stride(from: 0, to: packed.count, by: packed.count == 4 ? 1 : 2) {
        if i > 0 {
            target[count] = packed.count == 4 ? UInt8(ascii: ".") : UInt8(ascii: ":")
            count &+= 1
        }
        if packed.count == 4 {
            count &+= decimalDigits(of: Int32(packed[i]), at: target + count)
            continue
        }
        let word = UInt16(packed[i]) &<< 8 | UInt16(packed[i &+ 1])
        var shift: UInt16 = 12
        while shift > 0, word &>> shift == 0 { shift &-= 4 }
        while true {
            let digit = UInt8(truncatingIfNeeded: (word &>> shift) & 15)
            target[count] = digit < 10 ? UInt8(ascii: "0") &+ digit : UInt8(ascii: "A") &+ digit &- 10
            count &+= 1
            guard shift > 0 else { break }
            shift &-= 4
        }
    }
    scratch.shorten(by: capacity &- count)
    return .text(target, count)
}

extension Value {
    /// A literal of the program; it lives for ever.
    fileprivate static func literal(_ literal: StaticString) -> Value { .text(literal.bytes) }
}
