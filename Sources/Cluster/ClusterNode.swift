/// The local node in one cluster: its links, its map of the cluster and what it shares with the others.
///
/// Every input is one mutating method; what is to be done is collected in `effects`. An input ends with `settle`, which
/// follows up on refused packets and tells of nodes that became reachable or unreachable.
struct ClusterNode: Sendable {
    let id: ClusterID
    let settings: Configuration
    var own: NodeRow
    /// In the order in which they became known.
    var peers: [Peer] = []
    /// Where in `peers` a node is.
    var slots: [NodeID: Int] = [:]
    /// The nodes with a link that is up, the newest first.
    var neighbours: [NodeID] = []
    /// Every address that packets of this cluster may come from.
    var knownIPs: Set<IPAddress> = []

    var linkSequence: Int32 = -1
    var topologySequence: Int32 = -1
    var capabilitySequence: Int32 = -1

    var capabilities: [OwnCapability] = []
    var sharingTags: [SharingTag] = []

    var nextHeartbeat: Nanoseconds = .max
    /// When to tell everybody the own links again.
    var refreshDue: Nanoseconds?
    /// When `onTimer` has something to do; may be too early, never too late.
    var wakeUp: Nanoseconds = .max

    var effects: [Effect] = []
    var statistics = Statistics()
    /// Links that were up when a packet for them was refused.
    var refusedLinks: [NodeID] = []
    var areRoutesStale = false
    /// Nodes that the log says were not added.
    private var refusedNodes: Set<NodeID> = []

    init(_ membership: Configuration.Membership, settings: Configuration) throws(BINAddressError) {
        id = membership.own.cluster
        own = membership.own
        self.settings = settings
        for row in membership.others { add(try Peer(row)) }
        sharingTags = settings.sharingTags.filter { $0.cluster == id }.map {
            SharingTag(name: $0.name, isActive: $0.isActive, isToldToComers: $0.isActive)
        }
    }

    var timings: Timings { settings.timings }

    mutating func start(at moment: Moment) {
        nextHeartbeat = moment.now
        wake(by: moment.now)
        for peer in peers { askForAddress(of: peer) }
        for index in capabilities.indices where !capabilities[index].isSynced {
            capabilities[index].waitingSince = moment.now
        }
    }

    /// Everything since the last input.
    mutating func takeEffects() -> [Effect] {
        var taken: [Effect] = []
        swap(&taken, &effects)
        return taken
    }

    mutating func wake(by moment: Nanoseconds) {
        wakeUp = min(wakeUp, moment)
    }

    mutating func log(_ subject: LogEntry.Subject, about node: NodeID) {
        effects.append(.log(LogEntry(cluster: id, node: node, subject: subject)))
    }

    /// Logs what a node may do again and again only once.
    mutating func complain(_ complaint: Complaint, _ subject: LogEntry.Subject, about slot: Int) {
        guard peers[slot].complaints.insert(complaint).inserted else { return }
        log(subject, about: peers[slot].id)
    }

    mutating func drop(_ reason: Statistics.DropReason) {
        statistics.countDropped(reason)
    }

    func packet(_ content: Packet.Content) -> Packet {
        Packet(cluster: id, source: own.node, content: content)
    }

    // MARK: Sending to a neighbour

    /// Hands bytes to the host for a node's own address, whatever the state of the link.
    /// - Returns: false when the host cannot take them; a link that was up will then be left.
    @discardableResult
    mutating func emit(_ bytes: [UInt8], _ type: PacketType, to slot: Int, at moment: Moment) -> Bool {
        guard !peers[slot].isBlocked else {
            statistics.refused &+= 1
            if peers[slot].link.isUp { refusedLinks.append(peers[slot].id) }
            return false
        }
        // Only what can be relayed stands for a ping; between neighbours nothing does [captured].
        if !type.isBetweenNeighbours { peers[slot].link.onSent(now: moment.now) }
        statistics.countSent(type)
        effects.append(
            .send(bytes, to: NodeAddress(cluster: id, node: peers[slot].id, address: peers[slot].address)))
        return true
    }

    @discardableResult
    mutating func send(_ content: Packet.Content, to slot: Int, at moment: Moment) -> Bool {
        let packet = packet(content)
        guard let bytes = packet.encode(limit: settings.maximumPacketLength) else {
            drop(.tooLong)
            log(.packetTooLong(packet.type), about: peers[slot].id)
            return false
        }
        return emit(bytes, packet.type, to: slot, at: moment)
    }

    /// Sends one packet to several neighbours.
    mutating func send(_ packet: Packet, toAll targets: [Int], at moment: Moment) {
        guard let bytes = packet.encode(limit: settings.maximumPacketLength) else {
            drop(.tooLong)
            log(.packetTooLong(packet.type), about: packet.source)
            return
        }
        for slot in targets { emit(bytes, packet.type, to: slot, at: moment) }
    }

    // MARK: Knowing nodes

    mutating func add(_ peer: Peer) {
        slots[peer.id] = peers.count
        peers.append(peer)
        knownIPs.formUnion(peer.ips)
    }

    /// A node introduced itself or was described by another one.
    /// - Returns: its place, or nil when it is not taken in.
    mutating func learn(_ node: NodeID, _ description: NodeDescription, at moment: Moment) -> Int? {
        do throws(NodeRefusal) {
            guard node.rawValue > 0 else { throw .badID }
            guard peers.count < Limit.nodes else { throw .tooManyNodes }
            let row = NodeRow(
                cluster: id, node: node, url: description.url, sipAddress: description.sipAddress,
                priority: description.priority, pingRetries: description.pingRetries)
            let peer: Peer
            do { peer = try Peer(row) } catch { throw .badAddress(error) }
            guard peer.address != (try? BINAddress(url: own.description.url)) else { throw .ownAddress }
            add(peer)
            log(.nodeLearned(url: peer.address.description), about: node)
            askForAddress(of: peer)
            return peers.count - 1
        } catch {
            drop(.limit)
            // Anybody can introduce himself: the log must not grow with it.
            if refusedNodes.count < Limit.refusals, refusedNodes.insert(node).inserted {
                log(.nodeRefused(error), about: node)
            }
            return nil
        }
    }

    /// Forgets a node and all links to it. Says so to nobody; an event is raised when losing the link made the node
    /// unreachable.
    mutating func forget(_ node: NodeID, at moment: Moment) {
        guard let slot = slots[node] else { return }
        changeLink(slot, .silently, at: moment) { $0.shut() }
        settle(at: moment)
        peers.remove(at: slot)
        neighbours.removeAll { $0 == node }
        refusedLinks.removeAll { $0 == node }
        for index in peers.indices { peers[index].neighbours.removeAll { $0 == node } }
        for index in sharingTags.indices {
            sharingTags[index].announced[node] = nil
            sharingTags[index].comers.remove(node)
        }
        indexPeers()
        endSync(withDonor: node)
        areRoutesStale = true
        settle(at: moment)
    }

    mutating func indexPeers() {
        slots = [:]
        for (index, peer) in peers.enumerated() { slots[peer.id] = index }
        knownIPs = Set(peers.flatMap(\.ips))
    }

    private mutating func askForAddress(of peer: Peer) {
        if peer.address.ip == nil { effects.append(.resolve(host: peer.address.host)) }
    }

    mutating func onResolved(host: String, ips: [IPAddress]) {
        for index in peers.indices where peers[index].address.ip == nil && peers[index].address.host == host {
            peers[index].ips = ips
        }
        knownIPs = Set(peers.flatMap(\.ips))
    }
}
