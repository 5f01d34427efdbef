/// The clusterer of one node: its membership in each of its clusters.
///
/// A pure value. The host tells it what happened (packets, failures, the time) and does what the answered effects say.
/// After each input the host arms one timer for `nextDeadline`.
package struct Clusterer: Sendable {
    package let nodeID: NodeID
    private let settings: Configuration
    private var clusters: [ClusterNode]
    /// Packets that belong to no cluster of this node.
    package private(set) var strayStatistics = Statistics()
    /// How many.
    package private(set) var strays: UInt64 = 0

    package init(_ configuration: Configuration) throws(ConfigurationError) {
        nodeID = configuration.nodeID
        settings = configuration
        clusters = []
        for membership in try configuration.memberships() {
            clusters.append(try ClusterNode(checking: membership, settings: configuration))
        }
    }

    /// When `onTimer` is to be called next.
    package var nextDeadline: Nanoseconds {
        clusters.reduce(.max) { min($0, $1.wakeUp) }
    }

    package var clusterIDs: [ClusterID] { clusters.map(\.id) }

    /// Where others dial this node, by its url in each of its clusters.
    package var ownAddresses: [ClusterID: BINAddress] {
        let addresses = clusters.map { ($0.id, try? BINAddress(url: $0.own.description.url)) }
        return Dictionary(uniqueKeysWithValues: addresses).compactMapValues { $0 }
    }

    package func view(of cluster: ClusterID) -> ClusterView? {
        clusters.first { $0.id == cluster }?.view
    }

    // MARK: What the host reports

    package mutating func start(at moment: Moment) -> [Effect] {
        inEach(at: moment) { $0.start(at: moment) }
    }

    package mutating func onTimer(at moment: Moment, using random: inout some RandomNumberGenerator) -> [Effect] {
        guard nextDeadline <= moment.now else { return [] }
        return inEach(at: moment) { $0.onTimer(at: moment, using: &random) }
    }

    /// A whole packet, as the framer of its connection cut it.
    package mutating func onPacket(
        _ bytes: [UInt8], from peer: PeerAddress, on connection: ConnectionID, at moment: Moment
    ) -> [Effect] {
        let header: PacketHeader
        do { header = try PacketHeader(bytes) } catch {
            dropStray(.malformed)
            return []
        }
        guard let index = index(of: header.cluster) else {
            dropStray(.unknownCluster)
            return []
        }
        clusters[index].receive(header, bytes, from: peer, on: connection, at: moment)
        return finish(index, at: moment)
    }

    /// Something that was to be sent there is lost: no connection could be made, or it broke with data in it.
    package mutating func onSendFailed(to address: BINAddress, at moment: Moment) -> [Effect] {
        inEach(at: moment) { $0.onSendFailed(to: address, at: moment) }
    }

    /// Nothing more can be queued for this address; sending there fails at once until `onQueueDrained`.
    package mutating func onQueueFull(to address: BINAddress) {
        for index in clusters.indices { clusters[index].setBlocked(true, address) }
    }

    package mutating func onQueueDrained(to address: BINAddress) {
        for index in clusters.indices { clusters[index].setBlocked(false, address) }
    }

    /// The addresses of a host name that was asked for.
    package mutating func onResolved(host: String, ips: [String]) {
        let addresses = ips.compactMap { IPAddress($0) }
        for index in clusters.indices { clusters[index].onResolved(host: host, ips: addresses) }
    }

    // MARK: What scripts ask for

    /// `cluster_send_req`. The tag is made in any case.
    package mutating func sendRequest(
        _ message: [UInt8], to node: NodeID, in cluster: ClusterID, at moment: Moment,
        using random: inout some RandomNumberGenerator
    ) -> Sending {
        let tag = ClusterNode.makeTag(cluster: cluster, node: nodeID, using: &random)
        let request = GenericMessage(kind: .request, tag: tag, text: message)
        return sending(tag, in: cluster, at: moment) { $0.send(request, to: node, at: moment) }
    }

    /// `cluster_send_rpl`, with the tag of the request.
    package mutating func sendReply(
        _ message: [UInt8], to node: NodeID, in cluster: ClusterID, tag: [UInt8], at moment: Moment
    ) -> Sending {
        guard !tag.isEmpty else { return Sending(code: .notAllowed, tag: tag, effects: []) }
        let reply = GenericMessage(kind: .reply, tag: tag, text: message)
        return sending(tag, in: cluster, at: moment) { $0.send(reply, to: node, at: moment) }
    }

    /// `cluster_broadcast_req`.
    package mutating func broadcastRequest(
        _ message: [UInt8], in cluster: ClusterID, includingSelf: Bool = false, at moment: Moment,
        using random: inout some RandomNumberGenerator
    ) -> Sending {
        let tag = ClusterNode.makeTag(cluster: cluster, node: nodeID, using: &random)
        let request = GenericMessage(kind: .request, tag: tag, text: message)
        return sending(tag, in: cluster, at: moment) {
            $0.broadcast(request, includingSelf: includingSelf, at: moment)
        }
    }

    /// `cluster_check_addr`: whether another node of the cluster has the address.
    package func contains(_ text: String, as kind: AddressKind, in cluster: ClusterID) -> Bool {
        clusters.first { $0.id == cluster }?.contains(text, as: kind) ?? false
    }

    /// `$cluster.sh_tag(name/cluster)`; nil when this node is not in the cluster. Reading makes the tag exist.
    package mutating func isSharingTagActive(_ name: [UInt8], in cluster: ClusterID) -> Bool? {
        guard let index = index(of: cluster) else { return nil }
        return clusters[index].sharingTag(named: name).map { clusters[index].sharingTags[$0].isActive }
    }

    /// Takes a sharing tag. There is no way to give one back: another node has to take it.
    /// - Parameter reason: "MI command" or "script variable"; told in the event.
    package mutating func activateSharingTag(
        _ name: [UInt8], in cluster: ClusterID, reason: String, at moment: Moment
    ) throws(ManagementError) -> [Effect] {
        try manage(cluster, at: moment) { (node) throws(ManagementError) in
            try node.activateSharingTag(name, reason: reason, at: moment)
        }
    }

    // MARK: What management asks for

    /// `clusterer_set_status`; without a node, of the local one.
    package mutating func setStatus(
        of node: NodeID? = nil, in cluster: ClusterID, isEnabled: Bool, at moment: Moment
    ) throws(ManagementError) -> [Effect] {
        let target = node ?? nodeID
        return try manage(cluster, at: moment) { (node) throws(ManagementError) in
            try node.setStatus(of: target, isEnabled: isEnabled, at: moment)
        }
    }

    /// `clusterer_remove_node`.
    package mutating func removeNode(
        _ node: NodeID, in cluster: ClusterID, at moment: Moment
    ) throws(ManagementError) -> [Effect] {
        try manage(cluster, at: moment) { (local) throws(ManagementError) in try local.remove(node, at: moment) }
    }

    /// `cluster_send_mi`.
    package mutating func send(
        _ command: RemoteCommand, to node: NodeID, in cluster: ClusterID, at moment: Moment
    ) -> Sending {
        sending([], in: cluster, at: moment) { $0.send(command, to: node, at: moment) }
    }

    /// The part of `cluster_broadcast_mi` that concerns other nodes; the caller runs the command here.
    package mutating func broadcast(_ command: RemoteCommand, in cluster: ClusterID, at moment: Moment) -> Sending {
        sending([], in: cluster, at: moment) { $0.broadcast(command, at: moment) }
    }

    /// `clusterer_reload`: takes over the rows of the database as they are now. Nothing changes when they are refused.
    package mutating func reload(_ rows: [NodeRow], at moment: Moment) throws(ManagementError) -> [Effect] {
        guard settings.mode == .database else { throw .onlyWithDatabase }
        var fresh = settings
        fresh.rows = rows
        var kept: [ClusterNode] = []
        do throws(ConfigurationError) {
            for membership in try fresh.memberships() {
                if var node = clusters.first(where: { $0.id == membership.own.cluster }) {
                    do { try node.reload(membership, at: moment) } catch {
                        throw ConfigurationError.badURL(node.id, nodeID, error)
                    }
                    kept.append(node)
                } else {
                    var node = try ClusterNode(checking: membership, settings: fresh)
                    node.start(at: moment)
                    for capability in clusters.first?.capabilities ?? [] {
                        node.register(capability.name, isSynced: capability.waitingSince == nil, at: moment)
                    }
                    kept.append(node)
                }
            }
        } catch {
            throw .badConfiguration(error)
        }
        clusters = kept
        return inEach(at: moment) { _ in }
    }

    // MARK: What modules ask for

    /// Takes part in the capability in every cluster.
    /// - Parameter isSynced: false when the data of another node is needed to begin with.
    package mutating func registerCapability(_ name: [UInt8], isSynced: Bool, at moment: Moment) -> [Effect] {
        inEach(at: moment) { $0.register(name, isSynced: isSynced, at: moment) }
    }

    /// `clusterer_set_cap_status`.
    package mutating func setCapability(
        _ name: [UInt8], in cluster: ClusterID, isEnabled: Bool, at moment: Moment
    ) throws(ManagementError) -> [Effect] {
        try manage(cluster, at: moment) { (node) throws(ManagementError) in
            try node.setCapability(name, isEnabled: isEnabled, at: moment)
        }
    }

    /// Sends a packet of a module to one node, or to all others.
    package mutating func send(
        _ packet: ModulePacket, to node: NodeID?, in cluster: ClusterID, at moment: Moment
    ) -> Sending {
        sending([], in: cluster, at: moment) { $0.send(packet, to: node, at: moment) }
    }

    /// Answers `provideSync`.
    package mutating func sendSync(
        _ data: SyncData, to node: NodeID, in cluster: ClusterID, at moment: Moment
    ) -> Sending {
        sending([], in: cluster, at: moment) { $0.sendSync(data, to: node, at: moment) }
    }

    // MARK: Plumbing

    private mutating func dropStray(_ reason: Statistics.DropReason) {
        strays &+= 1
        strayStatistics.countDropped(reason)
    }

    private func index(of cluster: ClusterID) -> Int? {
        clusters.firstIndex { $0.id == cluster }
    }

    private mutating func finish(_ index: Int, at moment: Moment) -> [Effect] {
        clusters[index].settle(at: moment)
        return clusters[index].takeEffects()
    }

    private mutating func inEach(at moment: Moment, _ input: (inout ClusterNode) -> Void) -> [Effect] {
        var effects: [Effect] = []
        for index in clusters.indices {
            input(&clusters[index])
            effects += finish(index, at: moment)
        }
        return effects
    }

    private mutating func sending(
        _ tag: [UInt8], in cluster: ClusterID, at moment: Moment, _ send: (inout ClusterNode) -> SendCode
    ) -> Sending {
        guard let index = index(of: cluster) else { return Sending(code: .failed, tag: tag, effects: []) }
        let code = send(&clusters[index])
        return Sending(code: code, tag: tag, effects: finish(index, at: moment))
    }

    private mutating func manage(
        _ cluster: ClusterID, at moment: Moment,
        _ input: (inout ClusterNode) throws(ManagementError) -> Void
    ) throws(ManagementError) -> [Effect] {
        guard let index = index(of: cluster) else { throw .unknownCluster }
        try input(&clusters[index])
        return finish(index, at: moment)
    }
}

/// What became of something that was to be sent.
package struct Sending: Equatable, Sendable {
    package let code: SendCode
    /// Of the message; to be stored in the script's tag variable.
    package let tag: [UInt8]
    package let effects: [Effect]
}

extension ClusterNode {
    fileprivate init(
        checking membership: Configuration.Membership, settings: Configuration
    ) throws(ConfigurationError) {
        do { try self.init(membership, settings: settings) } catch {
            throw .badURL(membership.own.cluster, membership.own.node, error)
        }
    }
}
