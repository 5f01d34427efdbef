/// The map of the cluster: who is linked to whom.
extension ClusterNode {
    // MARK: Telling

    /// Sends all that is known to a node whose link came up. What does not fit into one packet goes into further ones,
    /// each of them with the own row.
    mutating func sendFullTopology(to slot: Int, at moment: Moment) {
        let receiver = peers[slot]
        let ownRow = ownRow
        // Room for the header, the own row and a path as long as it may get.
        let room = settings.maximumPacketLength - 200 - 4 * (neighbours.count + Limit.path)
        var rows = [ownRow]
        var size = 0
        for peer in peers where peer.id != receiver.id {
            let isKnown = receiver.knownNodes.contains(peer.id)
            let row = TopologyRow(
                node: peer.id, description: isKnown ? nil : peer.description, linkStamp: peer.linkNews.stamp,
                neighbours: peer.neighbours.filter { slots[$0] != nil })
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

    /// A row about a node that never sent a link state update is not believed, a row never speaks of the link with its
    /// sender, and an update can be overtaken: so a newcomer may never hear of some links. They are told again, by an
    /// update that holds nothing but the own row.
    mutating func refreshTopology(at moment: Moment) {
        refreshDue = nil
        repeatSharingTags(at: moment)
        let targets = neighbours.compactMap { slots[$0] }
        guard own.isEnabled, !targets.isEmpty else { return }
        topologySequence &+= 1
        let stamp = UpdateStamp(sequence: topologySequence, timestamp: moment.timestamp)
        let update = FullTopologyUpdate(stamp: stamp, rows: [ownRow])
        send(packet(.fullTopology(update, path: [own.node])), toAll: targets, at: moment)
    }

    mutating func refreshLater(at moment: Moment) {
        guard refreshDue == nil, let delay = timings.refreshDelay else { return }
        refreshDue = moment.now &+ delay
        wake(by: moment.now &+ delay)
    }

    private var ownRow: TopologyRow {
        TopologyRow(
            node: own.node, description: nil, linkStamp: UpdateStamp(sequence: linkSequence, timestamp: 0),
            neighbours: neighbours)
    }

    // MARK: Hearing of one link

    mutating func onLinkState(_ update: LinkStateUpdate, from slot: Int, _ packet: Packet, at moment: Moment) {
        let source = peers[slot]
        let fillsGap = update.stamp.sequence == source.linkNews.stamp.sequence && update.other == source.linkGap
        guard fillsGap || source.linkNews.isOlder(than: update.stamp, now: moment.now) else { return drop(.oldUpdate) }
        peers[slot].linkNews.accept(update.stamp, now: moment.now)
        peers[slot].linkGap = nil
        if update.other == own.node {
            // The two ends disagree: begin again.
            let state = source.link.state
            if update.isUp ? state == .down : state == .up {
                changeLink(slot, at: moment) { $0.restart() }
            }
        } else {
            peers[slot].neighbours.removeAll { $0 == update.other }
            if update.isUp, update.other != source.id, source.neighbours.count < Limit.nodes {
                peers[slot].neighbours.insert(update.other, at: 0)
            }
            areRoutesStale = true
        }
        flood(packet, at: moment)
    }

    // MARK: Hearing of all links

    mutating func onFullTopology(_ update: FullTopologyUpdate, from slot: Int, _ packet: Packet, at moment: Moment) {
        let source = peers[slot].id
        let previous = peers[slot].topologyNews.stamp.sequence
        guard peers[slot].topologyNews.isOlder(than: update.stamp, now: moment.now) else { return drop(.oldUpdate) }
        peers[slot].topologyNews.accept(update.stamp, now: moment.now)
        if settings.mode == .runTime {
            for row in update.rows where row.node != own.node && slots[row.node] == nil {
                if let description = row.description { _ = learn(row.node, description, at: moment) }
            }
        }
        for (index, row) in update.rows.enumerated() {
            guard let about = slots[row.node] else { continue }
            if index == 0, row.node == source {
                if row.neighbours.contains(own.node) { peers[about].probeAnswered = nil }
                applyOwnRow(row, of: about, clock: update.stamp.timestamp, at: moment)
            } else {
                applyForeignRow(row, about: about, from: source, at: moment)
            }
            if row.neighbours.contains(own.node), peers[about].link.state == .down, peers[about].isEnabled {
                peers[about].link.restart()
            }
        }
        areRoutesStale = true
        flood(packet, at: moment)
        if update.stamp.sequence == 0 { refreshLater(at: moment) }
        if update.stamp.sequence <= previous { welcomeBack(slot, update, packet, at: moment) }
    }

    /// A node restarted and forgot everything, so quickly that a neighbour may not have missed it and does not think of
    /// telling it the map again.
    private mutating func welcomeBack(_ slot: Int, _ update: FullTopologyUpdate, _ packet: Packet, at moment: Moment) {
        refreshLater(at: moment)
        guard timings.refreshDelay != nil, peers[slot].link.isUp, packet.path == [packet.source] else { return }
        peers[slot].knownNodes = update.rows.map(\.node)
        sendFullTopology(to: slot, at: moment)
    }

    /// What a node says of itself holds, unless it said something newer before this packet came.
    private mutating func applyOwnRow(_ row: TopologyRow, of slot: Int, clock: Int32, at moment: Moment) {
        guard !peers[slot].linkNews.isNewer(thanSequence: row.linkStamp.sequence, clock: clock) else { return }
        peers[slot].linkNews.accept(row.linkStamp, clock: clock, now: moment.now)
        peers[slot].linkGap = nil
        peers[slot].neighbours = mapped(row)
    }

    /// What a node says of a third one holds when it is newer, except about the link between the two: a node never
    /// puts itself into the list of another one.
    private mutating func applyForeignRow(
        _ row: TopologyRow, about slot: Int, from source: NodeID, at moment: Moment
    ) {
        guard peers[slot].linkNews.isOlder(thanReport: row.linkStamp, now: moment.now) else { return }
        let keepsSource = peers[slot].neighbours.contains(source)
        peers[slot].linkNews.accept(row.linkStamp, now: moment.now)
        peers[slot].linkGap = source
        peers[slot].neighbours = mapped(row).filter { $0 != source }
        if keepsSource { peers[slot].neighbours.append(source) }
    }

    /// The listed nodes, each once. Those that are not known here have no effect until they are; OpenSIPS forgets these
    /// links, and then misses them when it learns the node. The local node is not part of the map.
    private func mapped(_ row: TopologyRow) -> [NodeID] {
        var seen: Set<NodeID> = [row.node, own.node]
        return Array(row.neighbours.filter { seen.insert($0).inserted }.prefix(Limit.nodes))
    }
}

extension TopologyRow {
    /// Bytes on the wire.
    var size: Int {
        20 + 4 * neighbours.count + (description.map { 12 + $0.url.count + $0.sipAddress.count } ?? 0)
    }
}
