/// One packet of the clusterer, or of a module that talks through it.
///
/// The contents up to `unknownID` and `capabilities` travel between neighbours under the name `clusterer-internal`;
/// those with a `to` can be relayed by other nodes and end with a trailer that says from whom and to whom.
package struct Packet: Equatable, Sendable {
    package static let marker: [UInt8] = Array("P4CK".utf8)
    package static let minimumLength = 17
    package static let maximumLength = 65535

    package var cluster: ClusterID
    /// Who made the packet, which need not be who sent it here.
    package var source: NodeID
    package var content: Content

    package init(cluster: ClusterID, source: NodeID, content: Content) {
        self.cluster = cluster
        self.source = source
        self.content = content
    }

    package enum Content: Equatable, Sendable {
        /// A ping that probes a link wants to hear whom the other node knows.
        case ping(wantsNodeList: Bool)
        /// The nodes the answering node knows, without itself and the pinging node; empty if not wanted.
        case pong(knownNodes: [NodeID])
        /// "I do not know you."
        case unknownID
        case nodeDescription(NodeDescription, path: [NodeID])
        case linkState(LinkStateUpdate, path: [NodeID])
        case fullTopology(FullTopologyUpdate, path: [NodeID])
        case capabilities(CapabilityUpdate, path: [NodeID])
        case removeNode(NodeID, to: NodeID)
        case message(GenericMessage, to: NodeID)
        case command(RemoteCommand, to: NodeID)
        case syncRequest(capability: [UInt8], to: NodeID)
        case sync(SyncData, to: NodeID)
        case syncEnd(capability: [UInt8], chunkCount: Int32, to: NodeID)
        /// The source took the sharing tag of this name (without the "/cluster" part).
        case sharingTagActive(name: [UInt8], to: NodeID)
        case module(ModulePacket, to: NodeID)
    }

    package var type: PacketType {
        switch content {
        case .ping: .ping
        case .pong: .pong
        case .unknownID: .unknownID
        case .nodeDescription: .nodeDescription
        case .linkState: .linkStateUpdate
        case .fullTopology: .fullTopologyUpdate
        case .capabilities: .capabilityUpdate
        case .removeNode: .removeNode
        case .message: .genericMessage
        case .command: .command
        case .syncRequest: .syncRequest
        case .sync: .sync
        case .syncEnd: .syncEnd
        case .sharingTagActive: .sharingTagActive
        case .module: .module
        }
    }
}

/// The packet types by their numbers since OpenSIPS 3.2. `module` stands for the packets of all modules, which have
/// numbers of their own.
package enum PacketType: Int32, CaseIterable, Sendable {
    case ping, pong, linkStateUpdate, fullTopologyUpdate, unknownID, nodeDescription
    case removeNode, genericMessage, command, capabilityUpdate, syncRequest, sync, syncEnd, sharingTagActive
    case module
}

/// What a node tells about itself and others pass on.
package struct NodeDescription: Equatable, Sendable {
    /// As configured, for instance `bin:10.0.0.1:5555`.
    package var url: [UInt8]
    package var sipAddress: [UInt8]
    /// Lower is preferred when paths are equally long.
    package var priority: Int32
    package var pingRetries: Int32

    package init(url: [UInt8], sipAddress: [UInt8] = [], priority: Int32, pingRetries: Int32) {
        self.url = url
        self.sipAddress = sipAddress
        self.priority = priority
        self.pingRetries = pingRetries
    }
}

/// Orders the updates of one node. The first of a process has sequence 0, so a zero also tells of a restart.
package struct UpdateStamp: Equatable, Sendable {
    package var sequence: Int32
    /// Seconds since 1970 at the source.
    package var timestamp: Int32

    package static let none = UpdateStamp(sequence: -1, timestamp: 0)

    package init(sequence: Int32, timestamp: Int32) {
        self.sequence = sequence
        self.timestamp = timestamp
    }
}

/// The link from the source to another node went up or down.
package struct LinkStateUpdate: Equatable, Sendable {
    package var stamp: UpdateStamp
    package var other: NodeID
    package var isUp: Bool

    package init(stamp: UpdateStamp, other: NodeID, isUp: Bool) {
        self.stamp = stamp
        self.other = other
        self.isUp = isUp
    }
}

/// All the source knows about who is linked to whom.
package struct FullTopologyUpdate: Equatable, Sendable {
    package var stamp: UpdateStamp
    /// The first row is about the source itself.
    package var rows: [TopologyRow]

    package init(stamp: UpdateStamp, rows: [TopologyRow]) {
        self.stamp = stamp
        self.rows = rows
    }
}

package struct TopologyRow: Equatable, Sendable {
    package var node: NodeID
    /// Present when the receiver may not know the node.
    package var description: NodeDescription?
    /// Stamp of the last link state update of that node.
    package var linkStamp: UpdateStamp
    package var neighbours: [NodeID]

    package init(node: NodeID, description: NodeDescription?, linkStamp: UpdateStamp, neighbours: [NodeID]) {
        self.node = node
        self.description = description
        self.linkStamp = linkStamp
        self.neighbours = neighbours
    }
}

package struct CapabilityUpdate: Equatable, Sendable {
    package var stamp: UpdateStamp
    package var rows: [CapabilityRow]
    package var wantsReply: Bool

    package init(stamp: UpdateStamp, rows: [CapabilityRow], wantsReply: Bool) {
        self.stamp = stamp
        self.rows = rows
        self.wantsReply = wantsReply
    }
}

package struct CapabilityRow: Equatable, Sendable {
    package var node: NodeID
    package var capabilities: [CapabilityState]

    package init(node: NodeID, capabilities: [CapabilityState]) {
        self.node = node
        self.capabilities = capabilities
    }
}

package struct CapabilityState: Equatable, Sendable {
    package var name: [UInt8]
    /// Whether the node has the data of the capability.
    package var isSynced: Bool

    package init(name: [UInt8], isSynced: Bool) {
        self.name = name
        self.isSynced = isSynced
    }
}

/// A request or a reply of a script. Messages and tags are bytes, nothing is assumed about them.
package struct GenericMessage: Equatable, Sendable {
    package enum Kind: Sendable { case request, reply }

    package var kind: Kind
    package var tag: [UInt8]
    package var text: [UInt8]

    package init(kind: Kind, tag: [UInt8], text: [UInt8]) {
        self.kind = kind
        self.tag = tag
        self.text = text
    }
}

/// A management command to run at the destination, which answers nothing.
package struct RemoteCommand: Equatable, Sendable {
    package static let maximumParameters = 10

    package var name: [UInt8]
    /// Positional.
    package var parameters: [[UInt8]]

    package init(name: [UInt8], parameters: [[UInt8]] = []) {
        self.name = name
        self.parameters = parameters
    }
}

/// A part of the data of a capability.
package struct SyncData: Equatable, Sendable {
    package var capability: [UInt8]
    /// The module's own.
    package var dataVersion: Int32
    package var chunks: [[UInt8]]

    package init(capability: [UInt8], dataVersion: Int32, chunks: [[UInt8]]) {
        self.capability = capability
        self.dataVersion = dataVersion
        self.chunks = chunks
    }
}

/// A packet of a module under its own capability name; its body is the module's affair.
package struct ModulePacket: Equatable, Sendable {
    package var capability: [UInt8]
    package var version: Int16
    package var type: Int32
    package var payload: [UInt8]

    package init(capability: [UInt8], version: Int16, type: Int32, payload: [UInt8]) {
        self.capability = capability
        self.version = version
        self.type = type
        self.payload = payload
    }
}
