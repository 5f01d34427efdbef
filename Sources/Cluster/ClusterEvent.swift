/// The events of the clusterer, for event routes and subscribers.
package enum ClusterEvent: Equatable, Sendable {
    case requestReceived(cluster: ClusterID, source: NodeID, message: [UInt8], tag: [UInt8])
    case replyReceived(cluster: ClusterID, source: NodeID, message: [UInt8], tag: [UInt8])
    /// The node became reachable or stopped being so, by whatever path.
    case nodeStateChanged(cluster: ClusterID, node: NodeID, isUp: Bool)
    case sharingTagChanged(name: [UInt8], cluster: ClusterID, isActive: Bool, reason: String)

    package enum Value: Equatable, Sendable {
        case integer(Int32)
        case text([UInt8])
    }

    package struct Parameter: Equatable, Sendable {
        package let name: String
        package let value: Value
    }

    package var name: String {
        switch self {
        case .requestReceived: "E_CLUSTERER_REQ_RECEIVED"
        case .replyReceived: "E_CLUSTERER_RPL_RECEIVED"
        case .nodeStateChanged: "E_CLUSTERER_NODE_STATE_CHANGED"
        case .sharingTagChanged: "E_CLUSTERER_SHARING_TAG_CHANGED"
        }
    }

    /// In the order in which OpenSIPS passes them.
    package var parameters: [Parameter] {
        switch self {
        case .requestReceived(let cluster, let source, let message, let tag),
            .replyReceived(let cluster, let source, let message, let tag):
            [
                Parameter(name: "cluster_id", value: .integer(cluster.rawValue)),
                Parameter(name: "src_id", value: .integer(source.rawValue)),
                Parameter(name: "msg", value: .text(message)),
                Parameter(name: "tag", value: .text(tag)),
            ]
        case .nodeStateChanged(let cluster, let node, let isUp):
            [
                Parameter(name: "cluster_id", value: .integer(cluster.rawValue)),
                Parameter(name: "node_id", value: .integer(node.rawValue)),
                Parameter(name: "new_state", value: .integer(isUp ? 1 : 0)),
            ]
        case .sharingTagChanged(let name, let cluster, let isActive, let reason):
            [
                Parameter(name: "name", value: .text(name)),
                Parameter(name: "cluster", value: .integer(cluster.rawValue)),
                Parameter(name: "state", value: .text(Array((isActive ? "active" : "backup").utf8))),
                Parameter(name: "reason", value: .text(Array(reason.utf8))),
            ]
        }
    }
}
