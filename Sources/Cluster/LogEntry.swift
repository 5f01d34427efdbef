/// One line for the operator: something changed, in this cluster, about this node.
package struct LogEntry: Equatable, Sendable {
    package enum Level: Sendable { case error, warning, notice, info }

    package enum Subject: Equatable, Sendable {
        case linkUp
        case linkLost(LinkState)
        case nodeReachable(via: NodeID)
        case nodeUnreachable
        case nodeLearned(url: String)
        case nodeRefused(NodeRefusal)
        case twin(at: String)
        case nodeRemoved(by: NodeID)
        case nodeEnabled
        case nodeDisabled(by: NodeID)
        case sharingTag(String, isActive: Bool, reason: String)
        case command(String)
        case syncStarted(String)
        case syncEnded(String, SyncOutcome)
        case syncWithoutCapability(String)
        case pathTooLong(PacketType)
        case packetTooLong(PacketType)
        case reloaded(nodes: Int)
    }

    package let cluster: ClusterID
    package let node: NodeID
    package let subject: Subject

    package var level: Level {
        switch subject {
        case .linkUp, .nodeLearned, .nodeReachable, .nodeEnabled, .syncStarted, .reloaded: .info
        case .sharingTag, .command, .nodeRemoved, .nodeDisabled: .notice
        case .linkLost, .nodeUnreachable, .nodeRefused, .syncWithoutCapability, .pathTooLong: .warning
        case .twin, .syncEnded(_, .gaveUp): .warning
        case .syncEnded: .info
        case .packetTooLong: .error
        }
    }

    package var text: String {
        "cluster \(cluster), node \(node): " + detail
    }

    private var detail: String {
        switch subject {
        case .linkUp: "link is up"
        case .linkLost(let state): "link is lost, now \(state.name)"
        case .nodeReachable(let hop): hop == node ? "reachable" : "reachable by node \(hop)"
        case .nodeUnreachable: "not reachable"
        case .nodeLearned(let url): "learned, at \(url)"
        case .nodeRefused(let refusal): "not added: \(refusal.text)"
        case .twin(let address): "another node calls itself so, at \(address); it gets no link"
        case .nodeRemoved(let source): "removed by node \(source)"
        case .nodeEnabled: "enabled"
        case .nodeDisabled(let source): "disabled by node \(source)"
        case .sharingTag(let name, let isActive, let reason):
            "sharing tag \(name) is \(isActive ? "active" : "backup") (\(reason))"
        case .command(let name): "wants \(name) to be run"
        case .syncStarted(let name): "asked for the data of \(name)"
        case .syncEnded(let name, .received(let chunks)): "data of \(name) received, \(chunks) chunks"
        case .syncEnded(let name, .seeded): "no donor for \(name), starting as a seed"
        case .syncEnded(let name, .gaveUp): "synchronisation of \(name) given up"
        case .syncWithoutCapability(let name): "asks for data of \(name), which is not known here"
        case .pathTooLong(let type): "\(type) came over too many nodes and is not passed on"
        case .packetTooLong(let type): "\(type) is too long to be sent"
        case .reloaded(let nodes): "reloaded, \(nodes) nodes"
        }
    }
}

/// What a node does wrong, packet by packet.
enum Complaint: Sendable {
    case twin
    case longPath
    case missingCapability
}

/// Why a node that introduced itself is not added.
package enum NodeRefusal: Error, Equatable, Sendable {
    case badAddress(BINAddressError)
    case badID
    /// Where this node is now; others still know who was there before, and take our answers to their pings for his.
    case ownAddress
    case tooManyNodes

    var text: String {
        switch self {
        case .badAddress: "its url cannot be used"
        case .ownAddress: "this node has its address now; clusterer_remove_node would make others forget it"
        case .badID: "its number is not above 0"
        case .tooManyNodes: "there are too many nodes"
        }
    }
}
