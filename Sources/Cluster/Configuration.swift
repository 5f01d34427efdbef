/// What the operator decides about the clusterer of one node.
package struct Configuration: Equatable, Sendable {
    package enum Mode: Equatable, Sendable {
        /// db_mode 0: nodes introduce themselves.
        case runTime
        /// db_mode 1: only nodes with a row are accepted.
        case database
    }

    package var nodeID: NodeID
    package var mode: Mode
    /// The own row of each cluster, and the others.
    package var rows: [NodeRow]
    package var timings: Timings
    /// `enable_rerouting`: whether other nodes are used to reach a node, and packets of others passed on.
    package var isReroutingEnabled = true
    package var sharingTags: [SharingTagSetting] = []
    /// Bytes; nothing longer is sent. OpenSIPS 4.0 closes the connection on more, the others take 65535.
    package var maximumPacketLength = 65515
    /// How far packets with sync data are filled, in bytes (`sync_packet_size`).
    package var syncPacketSize = 32768

    /// Nodes from a database (db_mode 1).
    /// - Parameter rows: all of the table; clusters that this node is not in do not matter.
    package init(nodeID: NodeID, rows: [NodeRow], timings: Timings) {
        self.nodeID = nodeID
        mode = .database
        self.rows = rows
        self.timings = timings
    }

    /// Nodes from parameters (db_mode 0).
    /// - Parameters:
    ///   - nodeID: `my_node_id`; not needed when a `my_node_info` has a node_id
    ///   - own: the values of `my_node_info`, one a cluster
    ///   - neighbours: the values of `neighbor_node_info`
    package init(
        nodeID: NodeID?, own: [String], neighbours: [String], timings: Timings
    ) throws(ConfigurationError) {
        guard !own.isEmpty else { throw .noOwnNode }
        var id = nodeID
        var rows: [NodeRow] = []
        do {
            for text in own {
                let row = try NodeRow(parsing: text, ownID: id)
                id = row.node
                rows.append(row)
            }
            for text in neighbours { rows.append(try NodeRow(parsing: text)) }
        } catch {
            throw .nodeInfo(error)
        }
        guard let id else { throw .noOwnNode }
        for row in rows[own.count...] where row.node == id { throw .neighbourIsSelf(row.cluster) }
        self.nodeID = id
        mode = .runTime
        self.rows = rows
        self.timings = timings
    }

    /// The rows of one cluster.
    struct Membership {
        var own: NodeRow
        var others: [NodeRow]
    }

    /// The clusters that have a row for this node, in the order of those rows.
    func memberships() throws(ConfigurationError) -> [Membership] {
        let own = rows.filter { $0.node == nodeID }
        guard nodeID.rawValue > 0, !own.isEmpty else { throw .noOwnNode }
        guard own.count <= Limit.clusters else { throw .tooManyClusters }
        var seen: Set<RowKey> = []
        for row in rows where mode == .runTime || own.contains(where: { $0.cluster == row.cluster }) {
            guard row.node.rawValue > 0, row.cluster.rawValue > 0 else { throw .badID(row.cluster, row.node) }
            guard seen.insert(RowKey(cluster: row.cluster, node: row.node)).inserted else {
                throw .duplicateNode(row.cluster, row.node)
            }
            do { _ = try BINAddress(url: row.description.url) } catch { throw .badURL(row.cluster, row.node, error) }
        }
        var memberships: [Membership] = []
        for row in own {
            let others = rows.filter { $0.cluster == row.cluster && $0.node != nodeID }
            guard others.count <= Limit.nodes else { throw .tooManyNodes(row.cluster) }
            memberships.append(Membership(own: row, others: others))
        }
        return memberships
    }
}

private struct RowKey: Hashable {
    let cluster: ClusterID
    let node: NodeID
}

/// Bounds on what other nodes can make us remember.
enum Limit {
    static let clusters = 64
    static let nodes = 128
    /// Of one other node.
    static let capabilities = 64
    /// In one cluster.
    static let sharingTags = 1024
    /// Bytes of the name of a sharing tag or a capability.
    static let name = 255
    /// Nodes that were not added and are named in the log.
    static let refusals = 16
    /// Ids in the path of a flooded packet.
    static let path = 25
}

package enum ConfigurationError: Error, Equatable, Sendable {
    case notPositive(String)
    /// There is no row or `my_node_info` for this node.
    case noOwnNode
    case neighbourIsSelf(ClusterID)
    case nodeInfo(NodeInfoError)
    case badID(ClusterID, NodeID)
    case badURL(ClusterID, NodeID, BINAddressError)
    case duplicateNode(ClusterID, NodeID)
    case tooManyClusters
    case tooManyNodes(ClusterID)
    case badSharingTag(String)
}

extension ConfigurationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notPositive(let parameter): "\(parameter) must be above 0"
        case .noOwnNode: "my_node_id, or a my_node_info or row of the database for it, is missing"
        case .neighbourIsSelf(let cluster): "a neighbor_node_info of cluster \(cluster) is about this node"
        case .nodeInfo(let error): "\(error)"
        case .badID(let cluster, let node): "node \(node) of cluster \(cluster): ids must be above 0"
        case .badURL(let cluster, let node, _): "node \(node) of cluster \(cluster): its url is no bin:host:port"
        case .duplicateNode(let cluster, let node): "node \(node) of cluster \(cluster) is there twice"
        case .tooManyClusters: "more than \(Limit.clusters) clusters"
        case .tooManyNodes(let cluster): "cluster \(cluster) has more than \(Limit.nodes) nodes"
        case .badSharingTag(let text): "sharing tag \(text) is not written name/cluster=active or backup"
        }
    }
}

/// A `sharing_tag` parameter, `name/cluster=active`, or a tag as `$cluster.sh_tag(name/cluster)` names it.
package struct SharingTagSetting: Equatable, Sendable {
    package var name: [UInt8]
    package var cluster: ClusterID
    package var isActive: Bool

    /// - Parameter text: without `=state` the tag is a backup.
    package init(parsing text: String) throws(ConfigurationError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let state = parts.count == 2 ? trimmed(parts[1]).lowercased() : "backup"
        let names = (parts.first ?? "").split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard names.count == 2, state == "active" || state == "backup",
            let cluster = decimal(trimmed(names[1]).utf8), cluster > 0
        else { throw .badSharingTag(text) }
        name = Array(trimmed(names[0]).utf8)
        guard !name.isEmpty else { throw .badSharingTag(text) }
        self.cluster = ClusterID(cluster)
        isActive = state == "active"
    }
}
