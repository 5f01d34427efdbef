/// What every packet begins (and, when it can be relayed, ends) with: enough to check and to relay a packet without
/// reading its body.
package struct PacketHeader: Equatable, Sendable {
    package enum Capability: Equatable, Sendable {
        /// `clusterer-internal`: between neighbours.
        case link
        /// `clusterer-extra`: can be relayed.
        case routed
        case module([UInt8])
    }

    static let linkName: [UInt8] = Array("clusterer-internal".utf8)
    static let routedName: [UInt8] = Array("clusterer-extra".utf8)
    /// Cluster, source and destination.
    static let trailerLength = 12

    package let version: Int16
    package let capability: Capability
    /// The number as it is on the wire.
    package let type: Int32
    package let cluster: ClusterID
    package let source: NodeID
    /// The last hop; nil in a packet between neighbours.
    package let destination: NodeID?
    /// Where the fields of this type of packet are.
    let body: Range<Int>

    /// - Parameter bytes: one whole packet as the framer cuts it.
    package init(_ bytes: [UInt8]) throws(PacketError) {
        var reader = PacketReader(bytes, in: 0..<bytes.count)
        guard reader.skip(Packet.marker), Int(try reader.int32()) == bytes.count,
            bytes.count <= Packet.maximumLength
        else { throw .badFrame }
        version = Int16(bitPattern: try reader.uint16())
        let length = Int(try reader.uint16())
        if length == PacketHeader.linkName.count, reader.skip(PacketHeader.linkName) {
            capability = .link
        } else if length == PacketHeader.routedName.count, reader.skip(PacketHeader.routedName) {
            capability = .routed
        } else {
            capability = .module(try reader.take(length))
        }
        type = try reader.int32()
        if capability == .link {
            cluster = ClusterID(try reader.int32())
            source = NodeID(try reader.int32())
            destination = nil
            body = reader.position..<bytes.count
        } else {
            guard reader.remaining >= PacketHeader.trailerLength else { throw .truncated }
            let end = bytes.count - PacketHeader.trailerLength
            body = reader.position..<end
            var trailer = PacketReader(bytes, in: end..<bytes.count)
            cluster = ClusterID(try trailer.int32())
            source = NodeID(try trailer.int32())
            destination = NodeID(try trailer.int32())
        }
    }

    /// How the packet is counted; nil when its number means nothing.
    var knownType: PacketType? {
        switch capability {
        case .module: return .module
        case .link:
            guard let type = PacketType(rawValue: type), type.isBetweenNeighbours else { return nil }
            return type
        case .routed:
            guard let type = PacketType(rawValue: type), type != .module, !type.isBetweenNeighbours else { return nil }
            return type
        }
    }
}

extension PacketType {
    /// Whether packets of this type carry the name `clusterer-internal` and no destination.
    var isBetweenNeighbours: Bool {
        switch self {
        case .ping, .pong, .linkStateUpdate, .fullTopologyUpdate, .unknownID, .nodeDescription, .capabilityUpdate:
            true
        default:
            false
        }
    }
}
