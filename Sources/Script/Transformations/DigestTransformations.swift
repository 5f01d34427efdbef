import SIP

/// Digests in hexadecimal, keyed digests, the checksum and the exclusive or.
@inline(never)
func transformDigest(_ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments) -> Value {
    let scratch = arguments.scratch
    switch function {
    case .md5: return digest(MD5(), 16, text, scratch)
    case .sha1: return digest(SHA1(), 20, text, scratch)
    case .sha224: return digest(SHA256.sha224, 28, text, scratch)
    case .sha256: return digest(SHA256.sha256, 32, text, scratch)
    case .sha384: return digest(SHA512.sha384, 48, text, scratch)
    case .sha512: return digest(SHA512.sha512, 64, text, scratch)
    case .crc32: return writeDecimal(Int64(checksum(text)), scratch)
    default: break
    }
    guard let key = arguments.text(0) else { return .null }
    switch function {
    case .hmacSHA1: return keyedDigest(SHA1(), 20, key, text, scratch)
    case .hmacSHA224: return keyedDigest(SHA256.sha224, 28, key, text, scratch)
    case .hmacSHA256: return keyedDigest(SHA256.sha256, 32, key, text, scratch)
    case .hmacSHA384: return keyedDigest(SHA512.sha384, 48, key, text, scratch)
    case .hmacSHA512: return keyedDigest(SHA512.sha512, 64, key, text, scratch)
    case .exclusiveOr: return exclusiveOr(text, key, scratch)
    default: return .null
    }
}

/// Bytes of the longest state.
private let stateCount = 64

private func digest<State: Compression>(_ state: State, _ count: Int, _ text: Bytes, _ scratch: Arena) -> Value {
    let output = scratch.allocate(stateCount)
    var digest = Digest(state, block: scratch.allocate(State.blockCount))
    digest.update(text)
    digest.finish(to: output)
    return encodeHexadecimal(Bytes(start: output, count: count), scratch)
}

/// HMAC (RFC 2104).
private func keyedDigest<State: Compression>(
    _ state: State, _ count: Int, _ key: Bytes, _ text: Bytes, _ scratch: Arena
) -> Value {
    let block = scratch.allocate(State.blockCount)
    let padded = scratch.allocate(State.blockCount + stateCount)
    padded.update(repeating: 0, count: State.blockCount + stateCount)
    if key.count > State.blockCount {
        var digest = Digest(state, block: block)
        digest.update(key)
        digest.finish(to: padded)
        // A shortened digest is not all of its state.
        (padded + count).update(repeating: 0, count: stateCount &- count)
    } else if let source = key.baseAddress {
        padded.update(from: source, count: key.count)
    }
    let output = scratch.allocate(stateCount)
    let pad = Bytes(start: padded, count: State.blockCount)
    for i in 0..<State.blockCount { padded[i] ^= 0x36 }
    var inner = Digest(state, block: block)
    inner.update(pad)
    inner.update(text)
    inner.finish(to: output)
    for i in 0..<State.blockCount { padded[i] ^= 0x36 ^ 0x5c }
    var outer = Digest(state, block: block)
    outer.update(pad)
    outer.update(Bytes(start: output, count: count))
    outer.finish(to: output)
    return encodeHexadecimal(Bytes(start: output, count: count), scratch)
}

/// The key is repeated as often as needed; an empty one makes NULL.
private func exclusiveOr(_ text: Bytes, _ key: Bytes, _ scratch: Arena) -> Value {
    guard key.count > 0 else { return .null }
    let target = scratch.allocate(text.count)
    var k = 0
    for i in 0..<text.count {
        target[i] = text[i] ^ key[k]
        k = k &+ 1 == key.count ? 0 : k &+ 1
    }
    return .text(target, text.count)
}

/// CRC-32 (ITU-T V.42) without the complement at the end, as OpenSIPS has it.
private func checksum(_ text: Bytes) -> UInt32 {
    var checksum: UInt32 = 0xffff_ffff
    crcTable.withUnsafeBufferPointer { table in
        for byte in text {
            checksum = checksum &>> 8 ^ table[Int(UInt8(truncatingIfNeeded: checksum) ^ byte)]
        }
    }
    return checksum
}

private let crcTable: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 0 ? value &>> 1 : value &>> 1 ^ 0xedb8_8320 }
    return value
}
