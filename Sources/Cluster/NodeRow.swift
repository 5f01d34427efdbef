/// What is configured about one node in one cluster: a row of the table `clusterer`, or a `my_node_info` or
/// `neighbor_node_info` parameter.
package struct NodeRow: Equatable, Sendable {
    /// The key of the row; -1 when the node is not from a database.
    package var databaseID: Int32
    package var cluster: ClusterID
    package var node: NodeID
    package var description: NodeDescription
    package var isEnabled: Bool
    /// Whether the node may start without the data of others (flag `seed`).
    package var isSeed: Bool
    /// The description column; shown to the operator, never sent.
    package var comment: [UInt8]

    /// The defaults are those of the database; without one the priority is 3.
    package init(
        databaseID: Int32 = -1, cluster: ClusterID, node: NodeID, url: [UInt8], sipAddress: [UInt8] = [],
        priority: Int32 = 50, pingRetries: Int32 = 3, isEnabled: Bool = true, flags: [UInt8] = [], comment: [UInt8] = []
    ) {
        self.databaseID = databaseID
        self.cluster = cluster
        self.node = node
        description = NodeDescription(
            url: url, sipAddress: sipAddress, priority: priority, pingRetries: max(0, pingRetries))
        self.isEnabled = isEnabled
        isSeed = flags == Array("seed".utf8)
        self.comment = comment
    }
}

extension NodeRow {
    static let runTimePriority: Int32 = 3

    /// Reads `cluster_id=1, node_id=2, url=bin:10.0.0.2:5555, priority=3`.
    /// - Parameter ownID: the node the parameter is about, when it need not say so itself.
    package init(parsing text: String, ownID: NodeID? = nil) throws(NodeInfoError) {
        var fields = try NodeRow.fields(of: text)
        let cluster = try NodeRow.take("cluster_id", from: &fields)
        guard let cluster, cluster > 0 else { throw .missing("cluster_id") }
        let named = try NodeRow.take("node_id", from: &fields)
        if let named, named <= 0 { throw .notPositive("node_id") }
        if let named, let ownID, NodeID(named) != ownID { throw .contradictsMyNodeID(named) }
        guard let node = named.map({ NodeID($0) }) ?? ownID else { throw .missing("node_id") }
        guard let url = fields.removeValue(forKey: "url"), !url.isEmpty else { throw .missing("url") }
        do { _ = try BINAddress(url: Array(url.utf8)) } catch { throw .badURL(url, error) }
        let priority = try NodeRow.take("priority", from: &fields) ?? NodeRow.runTimePriority
        let retries = try NodeRow.take("no_ping_retries", from: &fields) ?? 3
        let sipAddress = fields.removeValue(forKey: "sip_addr") ?? ""
        let flags = fields.removeValue(forKey: "flags") ?? ""
        let comment = fields.removeValue(forKey: "description") ?? ""
        if let unknown = fields.keys.min() { throw .unknownField(unknown) }
        self.init(
            cluster: ClusterID(cluster), node: node, url: Array(url.utf8), sipAddress: Array(sipAddress.utf8),
            priority: priority, pingRetries: retries, flags: Array(flags.utf8), comment: Array(comment.utf8))
    }

    private static func fields(of text: String) throws(NodeInfoError) -> [String: String] {
        var fields: [String: String] = [:]
        for piece in text.split(separator: ",") {
            guard piece.contains(where: { !$0.isWhitespace }) else { continue }
            guard let equals = piece.firstIndex(of: "=") else { throw .notAnAssignment(trimmed(piece)) }
            let name = trimmed(piece[..<equals])
            guard fields.updateValue(trimmed(piece[piece.index(after: equals)...]), forKey: name) == nil else {
                throw .duplicate(name)
            }
        }
        return fields
    }

    private static func take(
        _ name: String, from fields: inout [String: String]
    ) throws(NodeInfoError) -> Int32? {
        guard let text = fields.removeValue(forKey: name) else { return nil }
        guard let number = decimal(text.utf8) else { throw .notANumber(name, text) }
        return number
    }
}

/// Without the white space around it.
func trimmed(_ text: Substring) -> String {
    let front = text.drop { $0.isWhitespace }
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
}

/// What is wrong with a `my_node_info` or `neighbor_node_info` value.
package enum NodeInfoError: Error, Equatable, Sendable {
    case notAnAssignment(String)
    case unknownField(String)
    case duplicate(String)
    case missing(String)
    case notANumber(String, String)
    case notPositive(String)
    case badURL(String, BINAddressError)
    /// my_node_id names another node.
    case contradictsMyNodeID(Int32)
}
