/// Another node of a cluster, as this node knows it.
struct Peer: Equatable, Sendable {
    let id: NodeID
    let databaseID: Int32
    var description: NodeDescription
    let address: BINAddress
    let isSeed: Bool
    let comment: [UInt8]
    /// Where packets from it come from; nil until a host name is resolved.
    var ips: [IPAddress]
    /// Whether the operator of this node lets it take part.
    var isEnabled: Bool
    /// Whether the host cannot take packets for it now.
    var isBlocked = false
    var link: Link

    /// The nodes it said to have a link with. Links to this node are not among them.
    var neighbours: [NodeID] = []
    var linkNews = News()
    var topologyNews = News()
    var capabilityNews = News()
    /// The node whose topology update was the last news of the links: it could not speak about its own one.
    var linkGap: NodeID?
    /// The nodes it listed in its last pong: these need no description.
    var knownNodes: [NodeID] = []
    var capabilities: [CapabilityState] = []

    /// The place of the next hop among the peers; nil when the node cannot be reached.
    var nextHop: Int?
    /// The connection on which it sends, as far as known; a packet from there is not sent back there.
    var connection: ConnectionID?
    /// A connection on which somebody else may be pinging in its name.
    var doubt: Doubt?
    /// What the log has said since the link was lost last.
    var complaints: Set<Complaint> = []
    /// A probing ping to be answered then.
    var pongDue: Nanoseconds?
    /// When a probing ping was answered that had no visible effect yet.
    var probeAnswered: Nanoseconds?

    init(_ row: NodeRow) throws(BINAddressError) {
        id = row.node
        databaseID = row.databaseID
        description = row.description
        address = try BINAddress(url: row.description.url)
        isSeed = row.isSeed
        comment = row.comment
        isEnabled = row.isEnabled
        ips = address.ip.map { [$0] } ?? []
        link = Link(retries: row.description.pingRetries)
        if !row.isEnabled { link.shut() }
    }

    /// Whether it comes before another one among equally long paths.
    func isPreferred(to other: Peer) -> Bool {
        (description.priority, id) < (other.description.priority, other.id)
    }
}
