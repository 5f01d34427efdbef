/// Counters of one cluster (or of packets that belong to none).
package struct Statistics: Equatable, Sendable {
    /// Why a packet was not handled.
    package enum DropReason: String, CaseIterable, Sendable {
        /// Could not be decoded.
        case malformed
        case unknownType
        /// Made by us, come back.
        case ownSource
        case unknownCluster
        case localNodeDisabled
        case unknownSource
        /// From an IP address that no node has, or that is not of the node whose word it is.
        case foreignAddress
        case sourceDisabled
        /// Older than what is known.
        case oldUpdate
        /// About a node that is not known.
        case unknownNode
        case unknownDestination
        case destinationDisabled
        case noRoute
        case reroutingDisabled
        /// The way on would be the way back.
        case routingLoop
        case unknownCapability
        /// Not allowed with nodes from a database.
        case notAllowed
        /// A node, a tag or a list too many.
        case limit
        /// Not sent, because too long.
        case tooLong
    }

    private var receivedByType = [UInt64](repeating: 0, count: PacketType.allCases.count)
    private var sentByType = [UInt64](repeating: 0, count: PacketType.allCases.count)
    private var droppedByReason: [DropReason: UInt64] = [:]
    /// Packets of others passed on.
    package internal(set) var relayed: UInt64 = 0
    /// Packets the host could not take.
    package internal(set) var refused: UInt64 = 0

    package init() {}

    package func received(_ type: PacketType) -> UInt64 { receivedByType[Int(type.rawValue)] }

    package func sent(_ type: PacketType) -> UInt64 { sentByType[Int(type.rawValue)] }

    package func dropped(_ reason: DropReason) -> UInt64 { droppedByReason[reason] ?? 0 }

    mutating func countReceived(_ type: PacketType) { receivedByType[Int(type.rawValue)] &+= 1 }

    mutating func countSent(_ type: PacketType) { sentByType[Int(type.rawValue)] &+= 1 }

    mutating func countDropped(_ reason: DropReason) { droppedByReason[reason, default: 0] &+= 1 }
}
