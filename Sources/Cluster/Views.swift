/// A node as `clusterer_list` shows it.
package struct NodeListing: Equatable, Sendable {
    package let node: NodeID
    /// -1 when not from a database.
    package let databaseID: Int32
    package let url: [UInt8]
    /// "Up", "Down" or "Probe".
    package let linkState: String
    package let isEnabled: Bool
    /// nil when the node cannot be reached.
    package let nextHop: NodeID?
    package let comment: [UInt8]
}

/// The links of a node as `clusterer_list_topology` shows them.
package struct TopologyListing: Equatable, Sendable {
    package let node: NodeID
    package let neighbours: [NodeID]
}

/// An own capability as `clusterer_list_cap` shows it.
package struct CapabilityListing: Equatable, Sendable {
    package let name: [UInt8]
    package let isSynced: Bool
    package let isEnabled: Bool
}

/// A tag as `clusterer_list_shtags` shows it.
package struct SharingTagListing: Equatable, Sendable {
    package let name: [UInt8]
    package let cluster: ClusterID
    package let isActive: Bool
}

/// Everything about one cluster that an operator can ask for.
package struct ClusterView: Equatable, Sendable {
    package let cluster: ClusterID
    package let isEnabled: Bool
    package let isReroutingEnabled: Bool
    /// The other nodes, in the order in which they became known.
    package let nodes: [NodeListing]
    /// The local node first.
    package let topology: [TopologyListing]
    package let capabilities: [CapabilityListing]
    package let sharingTags: [SharingTagListing]
    package let statistics: Statistics
}

extension ClusterNode {
    var view: ClusterView {
        ClusterView(
            cluster: id,
            isEnabled: own.isEnabled,
            isReroutingEnabled: settings.isReroutingEnabled,
            nodes: peers.map { peer in
                NodeListing(
                    node: peer.id, databaseID: peer.databaseID, url: peer.description.url,
                    linkState: peer.link.state.name, isEnabled: peer.isEnabled,
                    nextHop: peer.nextHop.map { peers[$0].id }, comment: peer.comment)
            },
            topology: [TopologyListing(node: own.node, neighbours: neighbours)]
                + peers.map { peer in
                    let own = peer.link.isUp ? [own.node] : []
                    return TopologyListing(node: peer.id, neighbours: own + peer.neighbours.filter { slots[$0] != nil })
                },
            capabilities: capabilities.map {
                CapabilityListing(name: $0.name, isSynced: $0.isSynced, isEnabled: $0.isEnabled)
            },
            sharingTags: sharingTags.map {
                SharingTagListing(name: $0.name, cluster: id, isActive: $0.isActive)
            },
            statistics: statistics)
    }
}
