/// The map of the cluster: who is linked to whom.
extension ClusterNode {
    // MARK: Telling

    /// Sends all that is known to a node whose link came up. What does not fit into one packet goes into further ones,
    /// each of them with the own row.
    mutating func sendFullTopology(to slot: Int, at moment: Moment) {
        let receiver = peers[slot]
        let ownRow = TopologyRow(
            node: own.node, description: nil, linkStamp: UpdateStamp(sequence: linkSequence, timestamp: 0),
            neighbours: neighbours)
        // Room for the header, the own row and a path as long as it may get.
        let room = settings.maximumPacketLength - 200 - 4 * (neighbours.count + Limit.path)
        var rows = [ownRow]
        var size = 0
        for peer in peers where peer.id != receiver.id {
            let isKnown = receiver.knownNodes.contains(peer.id)
            let row = TopologyRow(
                node: peer.id, description: isKnown ? nil : peer.description, linkStamp: peer.linkStamp,
                neighbours: peer.neighbours)
            if size + row.size > room, rows.count > 1 {
                sendTopology(rows, to: slot, at: moment)
                (rows, size) = ([ownRow], 0)
            }
            rows.append(row)
            size += row.size
        }
        sendTopology(rows, to: slot, at: moment)
    }

    private mutating func sendTopology(_ rows: [TopologyRow], to slot: Int, at moment: Moment) {
        topologySequence &+= 1
        let stamp = UpdateStamp(sequence: topologySequence, timestamp: moment.timestamp)
        send(.fullTopology(FullTopologyUpdate(stamp: stamp, rows: rows), path: [own.node]), to: slot, at: moment)
    }

    // MARK: Hearing of one link

    mutating func onLinkState(_ update: LinkStateUpdate, from slot: Int, _ packet: Packet, at moment: Moment) {
        let source = peers[slot]
        let fillsGap = update.stamp == source.linkStamp && update.other == source.linkGap
        guard fillsGap || source.isNews(update.stamp, after: source.linkStamp) else { return drop(.oldUpdate) }
        peers[slot].linkStamp = update.stamp
        peers[slot].linkGap = nil
        peers[slot].lastNews = max(source.lastNews, update.stamp.timestamp)
        if update.other == own.node {
            // The two ends disagree: begin again.
            let state = source.link.state
            if update.isUp ? state == .down : state == .up {
                changeLink(slot, at: moment) { $0.restart() }
            }
        } else {
            guard slots[update.other] != nil else { return drop(.unknownNode) }
            if !update.isUp {
                peers[slot].neighbours.removeAll { $0 == update.other }
            } else if !source.neighbours.contains(update.other), update.other != source.id {
                peers[slot].neighbours.insert(update.other, at: 0)
            }
            areRoutesStale = true
        }
        flood(packet, at: moment)
    }

    // MARK: Hearing of all links

    mutating func onFullTopology(_ update: FullTopologyUpdate, from slot: Int, _ packet: Packet, at moment: Moment) {
        let source = peers[slot].id
        peers[slot].probeAnswered = nil
        guard peers[slot].isNews(update.stamp, after: peers[slot].topologyStamp) else { return drop(.oldUpdate) }
        peers[slot].topologyStamp = update.stamp
        if settings.mode == .runTime {
            for row in update.rows where row.node != own.node && slots[row.node] == nil {
                if let description = row.description { _ = learn(row.node, description, at: moment) }
            }
        }
        for (index, row) in update.rows.enumerated() {
            guard let about = slots[row.node] else { continue }
            if index == 0, row.node == source {
                applyOwnRow(row, of: about, sentAt: update.stamp.timestamp)
            } else {
                applyForeignRow(row, about: about, from: source)
            }
            if row.neighbours.contains(own.node), peers[about].link.state == .down, peers[about].isEnabled {
                peers[about].link.restart()
            }
        }
        peers[slot].lastNews = max(peers[slot].lastNews, update.stamp.timestamp)
        areRoutesStale = true
        flood(packet, at: moment)
    }

    /// What a node says of itself holds, unless it said something newer before this packet came.
    private mutating func applyOwnRow(_ row: TopologyRow, of slot: Int, sentAt timestamp: Int32) {
        let wasOvertaken =
            row.linkStamp.sequence < peers[slot].linkStamp.sequence && timestamp <= peers[slot].lastNews
            && peers[slot].linkStamp.timestamp != 0
        guard !wasOvertaken else { return }
        peers[slot].linkStamp = row.linkStamp
        peers[slot].linkGap = nil
        peers[slot].neighbours = mapped(row)
    }

    /// What a node says of a third one holds when it is newer, except about the link between the two: a node never
    /// puts itself into the list of another one.
    private mutating func applyForeignRow(_ row: TopologyRow, about slot: Int, from source: NodeID) {
        guard peers[slot].linkStamp.isOlder(than: row.linkStamp) else { return }
        let keepsSource = peers[slot].neighbours.contains(source)
        peers[slot].linkStamp = row.linkStamp
        peers[slot].linkGap = source
        peers[slot].neighbours = mapped(row).filter { $0 != source }
        if keepsSource { peers[slot].neighbours.append(source) }
    }

    /// The listed nodes that are known here, each once; the local one is not part of the map.
    private func mapped(_ row: TopologyRow) -> [NodeID] {
        var seen: Set<NodeID> = []
        return row.neighbours.filter { $0 != row.node && slots[$0] != nil && seen.insert($0).inserted }
    }
}

extension TopologyRow {
    /// Bytes on the wire.
    var size: Int {
        20 + 4 * neighbours.count + (description.map { 12 + $0.url.count + $0.sipAddress.count } ?? 0)
    }
}
