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
    var linkStamp = UpdateStamp.none
    var topologyStamp = UpdateStamp.none
    var capabilityStamp = UpdateStamp.none
    /// The clock of the node in its youngest update.
    var lastNews: Int32 = 0
    /// The node whose topology update set `linkStamp`: it could not speak about its own link with this one.
    var linkGap: NodeID?
    /// The nodes it listed in its last pong: these need no description.
    var knownNodes: [NodeID] = []
    var capabilities: [CapabilityState] = []

    /// The place of the next hop among the peers; nil when the node cannot be reached.
    var nextHop: Int?
    /// The connection on which it sends, as far as known; a packet from there is not sent back there.
    var connection: ConnectionID?
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

    /// Whether an update of the node itself is news after one with the stamp `known`.
    ///
    /// Beyond the rule of OpenSIPS, a lower sequence with a later clock is taken as well: the node restarted and its
    /// first update, the one with a zero, did not come through.
    func isNews(_ new: UpdateStamp, after known: UpdateStamp) -> Bool {
        known.isOlder(than: new) || (new.sequence < known.sequence && new.timestamp > lastNews)
    }
}
