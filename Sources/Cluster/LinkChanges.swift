/// What follows when a link comes up or is lost.
extension ClusterNode {
    enum Announcement { case toNeighbours, silently }

    /// Applies a change to the link of a node and does what a neighbour gained or lost entails.
    mutating func changeLink<Result>(
        _ slot: Int, _ announcement: Announcement = .toNeighbours, at moment: Moment,
        _ change: (inout Link) -> Result
    ) -> Result {
        let wasUp = peers[slot].link.isUp
        let result = change(&peers[slot].link)
        if wasUp, !peers[slot].link.isUp {
            linkWentDown(slot, announcement, at: moment)
        } else if !wasUp, peers[slot].link.isUp {
            linkCameUp(slot, at: moment)
        }
        return result
    }

    private mutating func linkCameUp(_ slot: Int, at moment: Moment) {
        let node = peers[slot].id
        neighbours.insert(node, at: 0)
        areRoutesStale = true
        log(.linkUp, about: node)
        announceLink(to: node, isUp: true, at: moment)
        sendFullTopology(to: slot, at: moment)
        sendCapabilities(to: slot, wantsReply: true, at: moment)
    }

    private mutating func linkWentDown(_ slot: Int, _ announcement: Announcement, at moment: Moment) {
        let node = peers[slot].id
        neighbours.removeAll { $0 == node }
        peers[slot].complaints = []
        peers[slot].doubt = nil
        areRoutesStale = true
        log(.linkLost(peers[slot].link.state), about: node)
        if announcement == .toNeighbours { announceLink(to: node, isUp: false, at: moment) }
    }

    /// Tells all other neighbours. The sequence moves only when there is somebody to tell.
    private mutating func announceLink(to node: NodeID, isUp: Bool, at moment: Moment) {
        let targets = neighbours.compactMap { $0 == node ? nil : slots[$0] }
        guard !targets.isEmpty else { return }
        linkSequence &+= 1
        let stamp = UpdateStamp(sequence: linkSequence, timestamp: moment.timestamp)
        let update = LinkStateUpdate(stamp: stamp, other: node, isUp: isUp)
        send(packet(.linkState(update, path: [own.node])), toAll: targets, at: moment)
    }

    /// Follows up on what the input changed until nothing is left to do.
    ///
    /// Ends because every refused packet takes one link from up, and nothing here brings one up.
    mutating func settle(at moment: Moment) {
        while !refusedLinks.isEmpty || areRoutesStale {
            if let node = refusedLinks.popLast() {
                guard let slot = slots[node], peers[slot].link.isUp else { continue }
                changeLink(slot, at: moment) { $0.onSendFailed() }
            } else {
                areRoutesStale = false
                for slot in updateRoutes() { reachabilityChanged(slot, at: moment) }
            }
        }
    }

    private mutating func reachabilityChanged(_ slot: Int, at moment: Moment) {
        let node = peers[slot].id
        let hop = peers[slot].nextHop
        if let hop, peers.indices.contains(hop) {
            log(.nodeReachable(via: peers[hop].id), about: node)
        } else {
            log(.nodeUnreachable, about: node)
        }
        effects.append(.raise(.nodeStateChanged(cluster: id, node: node, isUp: hop != nil)))
        if hop != nil {
            refreshLater(at: moment)
            announceSharingTags(to: slot, at: moment)
            seekDonors(at: moment)
        } else {
            doubtAnnouncements(to: node, at: moment)
        }
    }
}
