/// Removing and disabling nodes.
extension ClusterNode {
    /// Tells every node, the one to be removed included, and forgets it.
    mutating func remove(_ node: NodeID, at moment: Moment) throws(ManagementError) {
        guard settings.mode == .runTime else { throw .notWithDatabase }
        guard node != own.node else { throw .isLocalNode }
        guard slots[node] != nil else { throw .unknownNode }
        if own.isEnabled, let bytes = packet(.removeNode(node, to: node)).encode() {
            _ = broadcast(bytes, .removeNode, at: moment)
        }
        log(.nodeRemoved(by: own.node), about: node)
        forget(node, at: moment)
    }

    mutating func onRemoveNode(_ node: NodeID, from source: NodeID, at moment: Moment) {
        guard settings.mode == .runTime else { return drop(.notAllowed) }
        if node == own.node {
            disableLocalNode(by: source, at: moment)
        } else if slots[node] != nil {
            log(.nodeRemoved(by: source), about: node)
            forget(node, at: moment)
        } else {
            drop(.unknownNode)
        }
    }

    mutating func setStatus(of node: NodeID, isEnabled: Bool, at moment: Moment) throws(ManagementError) {
        if node == own.node {
            isEnabled ? enableLocalNode(at: moment) : disableLocalNode(by: node, at: moment)
        } else {
            guard let slot = slots[node] else { throw .unknownNode }
            guard peers[slot].isEnabled != isEnabled else { return }
            log(isEnabled ? .nodeEnabled : .nodeDisabled(by: own.node), about: node)
            peers[slot].isEnabled = isEnabled
            changeLink(slot, at: moment) { isEnabled ? $0.restart() : $0.shut() }
            forgetProbes(of: slot)
            if isEnabled { tellSharingTagsLater(to: node, at: moment) }
        }
        if settings.mode == .database {
            effects.append(.store(isEnabled: isEnabled, cluster: id, node: node))
        }
    }

    private mutating func enableLocalNode(at moment: Moment) {
        guard !own.isEnabled else { return }
        own.isEnabled = true
        log(.nodeEnabled, about: own.node)
        for slot in peers.indices where peers[slot].isEnabled { peers[slot].link.restart() }
    }

    /// No packet tells the others; they notice that pongs are missing.
    private mutating func disableLocalNode(by source: NodeID, at moment: Moment) {
        guard own.isEnabled else { return }
        own.isEnabled = false
        log(.nodeDisabled(by: source), about: own.node)
        for slot in peers.indices {
            changeLink(slot, .silently, at: moment) { $0.shut() }
            forgetProbes(of: slot)
        }
    }

    private mutating func forgetProbes(of slot: Int) {
        peers[slot].pongDue = nil
        peers[slot].probeAnswered = nil
    }

    /// Takes over new rows. Nodes that stay where they were keep their links; OpenSIPS begins again with all.
    mutating func reload(_ membership: Configuration.Membership, at moment: Moment) throws(BINAddressError) {
        var fresh: [NodeID: Peer] = [:]
        for row in membership.others { fresh[row.node] = try Peer(row) }
        for peer in peers where fresh[peer.id]?.address != peer.address { forget(peer.id, at: moment) }
        for row in membership.others {
            guard let peer = fresh[row.node] else { continue }
            if let slot = slots[row.node] {
                peers[slot].take(peer)
                try? setStatus(of: row.node, isEnabled: row.isEnabled, at: moment)
            } else {
                add(peer)
                if peer.address.ip == nil { effects.append(.resolve(host: peer.address.host)) }
            }
        }
        let isEnabled = own.isEnabled
        own = membership.own
        own.isEnabled = isEnabled
        try? setStatus(of: own.node, isEnabled: membership.own.isEnabled, at: moment)
        effects.removeAll { if case .store = $0 { true } else { false } }
        areRoutesStale = true
        log(.reloaded(nodes: peers.count), about: own.node)
    }
}

package enum ManagementError: Error, Equatable, Sendable {
    case unknownCluster
    case unknownNode
    case unknownCapability
    /// Nodes from a database are removed in the database.
    case notWithDatabase
    /// Only the nodes of a database are reloaded.
    case onlyWithDatabase
    case isLocalNode
    case badConfiguration(ConfigurationError)
    case tooManySharingTags
}
