import Script

/// `uuid()` and `$uuid`: identifiers of RFC 9562, of versions 1, 3, 4 and 5.
///
/// Differs from OpenSIPS: a version 1 identifier is never made twice by a node, so the code is 1 and not 2 for want of a
/// helper process; its node part is random, as RFC 9562 6.10 allows.
final class UUIDModule: Module {
    static let name = "uuid"

    private unowned let node: Node
    /// Clock sequence and node of version 1, made once.
    private var identity: UInt64?
    /// Ticks of the last version 1 identifier.
    private var lastTicks: UInt64 = 0

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: ["uuid": { [unowned self] in make(&$0) }],
            variables: [
                "uuid": VariableAccess(get: { [unowned self] context in context.scratch.copy(random().text) })
            ])
    }

    /// `uuid(result[, version[, namespace[, name]]])`
    private func make(_ call: inout CallContext) -> Completion {
        let identifier: UUIDBytes
        switch call.has(1) ? call.number(1) ?? -1 : 0 {
        case 0, 4: identifier = random()
        case 1: identifier = timeBased()
        case 3, 5:
            guard let space = call.text(2).flatMap({ UUIDBytes(text: $0) }), let name = call.bytes(3) else {
                call.warn("versions 3 and 5 need a namespace, which is an identifier, and a name")
                return .code(-1)
            }
            identifier = UUIDBytes(name: name, in: space, version: call.number(1) == 3 ? 3 : 5)
        case 2, 7:
            call.warn("version \(call.number(1) ?? 0) is not supported; the identifier is random")
            identifier = random()
        default:
            call.warn("there is no such version")
            return .code(-1)
        }
        return .code(call.set(0, call.scratch.copy(identifier.text)) ? 1 : -1)
    }

    private func random() -> UUIDBytes {
        UUIDBytes(high: node.host.random(), low: node.host.random(), version: 4)
    }

    /// RFC 9562 5.1: 100 nanosecond ticks since 1582-10-15.
    private func timeBased() -> UUIDBytes {
        let now = UInt64(max(0, node.host.wallClock)) &* 10 &+ 0x01b2_1dd2_1381_4000
        lastTicks = max(now, lastTicks &+ 1)
        let identity = self.identity ?? node.host.random() | 0x0000_0100_0000_0000
        self.identity = identity
        let high = lastTicks << 32 | (lastTicks >> 32 & 0xffff) << 16 | lastTicks >> 48 & 0x0fff
        return UUIDBytes(high: high, low: identity, version: 1)
    }
}

/// The sixteen bytes of an identifier.
struct UUIDBytes: Hashable {
    private(set) var bytes: [UInt8]

    /// Puts version and variant (RFC 9562 4.1, 4.2) over the bits.
    init(high: UInt64, low: UInt64, version: UInt8) {
        bytes = (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * $0)) }
        mark(version)
    }

    /// RFC 9562 5.3 and 5.5: the digest of namespace and name, MD5 for version 3 and SHA-1 for 5.
    init(name: [UInt8], in space: UUIDBytes, version: UInt8) {
        let input = space.bytes + name
        let digest = version == 3 ? Digests.md5(input) : Digests.sha1(input)
        bytes = Array(digest.prefix(16))
        mark(version)
    }

    /// 8-4-4-4-12 hexadecimal digits.
    init?(text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 36 else { return nil }
        var digits: [UInt8] = []
        for (index, byte) in text.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - 48)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digits.append(byte - 87)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digits.append(byte - 55)
            default: return nil
            }
        }
        bytes = (0..<16).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] }
    }

    private mutating func mark(_ version: UInt8) {
        bytes[6] = bytes[6] & 0x0f | version << 4
        bytes[8] = bytes[8] & 0x3f | 0x80
    }

    var text: [UInt8] {
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            for digit in [byte >> 4, byte & 15] { text.append(digit < 10 ? 48 + digit : 87 + digit) }
        }
        return text
    }
}
