import Cluster
import Events

/// The events of the clusterer as scripts and subscribers see them: names and attributes as in OpenSIPS.
extension Event {
    private enum Name {
        static let request = Array("E_CLUSTERER_REQ_RECEIVED".utf8)
        static let reply = Array("E_CLUSTERER_RPL_RECEIVED".utf8)
        static let nodeState = Array("E_CLUSTERER_NODE_STATE_CHANGED".utf8)
        static let sharingTag = Array("E_CLUSTERER_SHARING_TAG_CHANGED".utf8)

        static let clusterID = Array("cluster_id".utf8)
        static let sourceID = Array("src_id".utf8)
        static let message = Array("msg".utf8)
        static let tag = Array("tag".utf8)
        static let nodeID = Array("node_id".utf8)
        static let newState = Array("new_state".utf8)
        static let name = Array("name".utf8)
        static let cluster = Array("cluster".utf8)
        static let state = Array("state".utf8)
        static let reason = Array("reason".utf8)
    }

    init(_ event: ClusterEvent) {
        switch event {
        case .requestReceived(let cluster, let source, let message, let tag):
            self.init(name: Name.request, attributes: Event.attributes(cluster, source, message, tag))
        case .replyReceived(let cluster, let source, let message, let tag):
            self.init(name: Name.reply, attributes: Event.attributes(cluster, source, message, tag))
        case .nodeStateChanged(let cluster, let node, let isUp):
            self.init(
                name: Name.nodeState,
                attributes: [
                    Attribute(name: Name.clusterID, value: .integer(Int(cluster.rawValue))),
                    Attribute(name: Name.nodeID, value: .integer(Int(node.rawValue))),
                    Attribute(name: Name.newState, value: .integer(isUp ? 1 : 0)),
                ])
        case .sharingTagChanged(let name, let cluster, let isActive, let reason):
            self.init(
                name: Name.sharingTag,
                attributes: [
                    Attribute(name: Name.name, value: .bytes(name)),
                    Attribute(name: Name.cluster, value: .integer(Int(cluster.rawValue))),
                    Attribute(name: Name.state, value: .bytes(Array((isActive ? "active" : "backup").utf8))),
                    Attribute(name: Name.reason, value: .bytes(Array(reason.utf8))),
                ])
        }
    }

    /// Of a request or a reply.
    private static func attributes(
        _ cluster: ClusterID, _ source: NodeID, _ message: [UInt8], _ tag: [UInt8]
    ) -> [Attribute] {
        [
            Attribute(name: Name.clusterID, value: .integer(Int(cluster.rawValue))),
            Attribute(name: Name.sourceID, value: .integer(Int(source.rawValue))),
            Attribute(name: Name.message, value: .bytes(message)),
            Attribute(name: Name.tag, value: .bytes(tag)),
        ]
    }
}
