/// Reads the fields of a packet body; every read is checked against the end of the body.
struct PacketReader {
    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    /// - Parameter range: the part that may be read; cut to what there is.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        end = min(max(range.upperBound, 0), bytes.count)
        position = min(max(range.lowerBound, 0), end)
    }

    var remaining: Int { end - position }

    mutating func int32() throws(PacketError) -> Int32 {
        guard remaining >= 4 else { throw .truncated }
        let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt32.self) }
        position += 4
        return Int32(bitPattern: UInt32(littleEndian: value))
    }

    mutating func uint16() throws(PacketError) -> UInt16 {
        guard remaining >= 2 else { throw .truncated }
        let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt16.self) }
        position += 2
        return UInt16(littleEndian: value)
    }

    mutating func string() throws(PacketError) -> [UInt8] {
        let count = Int(try uint16())
        return try take(count)
    }

    mutating func take(_ count: Int) throws(PacketError) -> [UInt8] {
        guard count >= 0, remaining >= count else { throw .truncated }
        defer { position += count }
        return Array(bytes[position..<(position + count)])
    }

    /// Compares the bytes that follow without copying them; moves on only when they are the same.
    mutating func skip(_ expected: [UInt8]) -> Bool {
        guard remaining >= expected.count, bytes[position..<(position + expected.count)].elementsEqual(expected)
        else { return false }
        position += expected.count
        return true
    }

    /// A count of things that take at least `size` bytes each, so that memory is only taken for what can be there.
    mutating func count(ofAtLeast size: Int) throws(PacketError) -> Int {
        let count = Int(try int32())
        guard count >= 0, count <= remaining / size else { throw .badCount }
        return count
    }

    mutating func nodes() throws(PacketError) -> [NodeID] {
        let count = try count(ofAtLeast: 4)
        var nodes: [NodeID] = []
        nodes.reserveCapacity(count)
        for _ in 0..<count { nodes.append(NodeID(try int32())) }
        return nodes
    }
}

/// Why a packet could not be decoded. The connection lives on; only the packet is dropped.
package enum PacketError: Error, Equatable, Sendable {
    /// Not a packet at all: the marker is wrong or the length is not that of the bytes.
    case badFrame
    /// A field goes beyond the end.
    case truncated
    /// A count is negative, or more than the packet can hold.
    case badCount
    case unknownType(Int32)
    /// A chunk of sync data does not have its marker.
    case badChunk
    case tooManyParameters
    /// Sync packets are understood in version 3 only.
    case wrongVersion(Int16)
    /// A request or reply of OpenSIPS 2.4 to 3.1, which has the number that later versions use for REMOVE_NODE.
    case oldGeneration
}
