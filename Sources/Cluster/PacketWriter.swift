/// Builds a packet in one buffer. Integers are little-endian: what hosts of the kind we run on do natively.
struct PacketWriter {
    private var bytes: [UInt8]

    /// - Parameter body: the expected number of bytes behind the header.
    init(capability: [UInt8], type: Int32, version: Int16 = 1, body: Int = 64) {
        bytes = []
        bytes.reserveCapacity(16 + capability.count + body)
        bytes.append(contentsOf: Packet.marker)
        int32(0)  // The length, known at the end.
        uint16(UInt16(bitPattern: version))
        string(capability)
        int32(type)
    }

    mutating func int32(_ value: Int32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func int32(_ value: NodeID) { int32(value.rawValue) }

    mutating func int32(_ value: Bool) { int32(value ? 1 : 0) }

    mutating func count(_ value: Int) { int32(Int32(truncatingIfNeeded: value)) }

    mutating func uint16(_ value: UInt16) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A string of more than 65535 bytes gets a wrong length here; the packet is then too long and never finished.
    mutating func string(_ value: [UInt8]) {
        uint16(UInt16(truncatingIfNeeded: value.count))
        bytes.append(contentsOf: value)
    }

    mutating func raw(_ value: [UInt8]) { bytes.append(contentsOf: value) }

    mutating func stamp(_ value: UpdateStamp) {
        int32(value.sequence)
        int32(value.timestamp)
    }

    mutating func nodes(_ values: [NodeID]) {
        count(values.count)
        for value in values { int32(value) }
    }

    /// The packet with its length, or nil when it would be longer than allowed.
    consuming func finish(limit: Int) -> [UInt8]? {
        guard bytes.count <= min(limit, Packet.maximumLength) else { return nil }
        bytes.replaceInt32(at: 4, with: Int32(truncatingIfNeeded: bytes.count))
        return bytes
    }
}

extension [UInt8] {
    mutating func replaceInt32(at offset: Int, with value: Int32) {
        guard offset >= 0, offset <= count - 4 else { return }
        withUnsafeMutableBytes {
            $0.storeBytes(of: value.littleEndian, toByteOffset: offset, as: Int32.self)
        }
    }
}
