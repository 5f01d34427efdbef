/// A capability of the local node: a kind of data that a module shares with the cluster.
///
/// None is registered by itself, and a node without any says nothing about capabilities.
struct OwnCapability: Equatable, Sendable {
    let name: [UInt8]
    var isEnabled = true
    var isSynced: Bool
    /// Since when a donor is sought; nil when none is needed.
    var waitingSince: Nanoseconds?
    var transfer: SyncTransfer?

    var state: CapabilityState { CapabilityState(name: name, isSynced: isSynced && isEnabled) }
}

/// Who has which data.
extension ClusterNode {
    mutating func register(_ name: [UInt8], isSynced: Bool, at moment: Moment) {
        guard !capabilities.contains(where: { $0.name == name }) else { return }
        var capability = OwnCapability(name: name, isSynced: isSynced)
        capability.waitingSince = isSynced ? nil : moment.now
        capabilities.append(capability)
        announceCapability(capabilities.count - 1, at: moment)
        seekDonors(at: moment)
        wake(by: moment.now)
    }

    mutating func setCapability(_ name: [UInt8], isEnabled: Bool, at moment: Moment) throws(ManagementError) {
        guard let index = capabilities.firstIndex(where: { $0.name == name }) else { throw .unknownCapability }
        guard capabilities[index].isEnabled != isEnabled else { return }
        capabilities[index].isEnabled = isEnabled
        announceCapability(index, at: moment)
        seekDonors(at: moment)
    }

    /// Tells all neighbours the state of one own capability.
    mutating func announceCapability(_ index: Int, at moment: Moment) {
        let targets = neighbours.compactMap { slots[$0] }
        guard own.isEnabled, !targets.isEmpty else { return }
        let row = CapabilityRow(node: own.node, capabilities: [capabilities[index].state])
        let update = CapabilityUpdate(stamp: nextCapabilityStamp(moment), rows: [row], wantsReply: false)
        send(packet(.capabilities(update, path: [own.node])), toAll: targets, at: moment)
    }

    /// Tells one neighbour all that is known, if anything is.
    mutating func sendCapabilities(to slot: Int, wantsReply: Bool, at moment: Moment) {
        let receiver = peers[slot].id
        var rows: [CapabilityRow] = []
        if !capabilities.isEmpty {
            rows.append(CapabilityRow(node: own.node, capabilities: capabilities.map(\.state)))
        }
        for peer in peers where peer.id != receiver && !peer.capabilities.isEmpty {
            rows.append(CapabilityRow(node: peer.id, capabilities: peer.capabilities))
        }
        // What others have is a courtesy; when it does not fit, the own row alone must do.
        let room = settings.maximumPacketLength - 200 - 4 * Limit.path
        while rows.count > 1, rows.reduce(0, { $0 + $1.size }) > room { rows.removeLast() }
        guard !rows.isEmpty else { return }
        let update = CapabilityUpdate(stamp: nextCapabilityStamp(moment), rows: rows, wantsReply: wantsReply)
        send(.capabilities(update, path: [own.node]), to: slot, at: moment)
    }

    private mutating func nextCapabilityStamp(_ moment: Moment) -> UpdateStamp {
        capabilitySequence &+= 1
        return UpdateStamp(sequence: capabilitySequence, timestamp: moment.timestamp)
    }

    mutating func onCapabilities(_ update: CapabilityUpdate, from slot: Int, _ packet: Packet, at moment: Moment) {
        guard peers[slot].capabilityNews.isOlder(than: update.stamp, now: moment.now) else { return drop(.oldUpdate) }
        peers[slot].capabilityNews.accept(update.stamp, now: moment.now)
        for row in update.rows where row.node != own.node {
            guard let about = slots[row.node] else { return drop(.unknownNode) }
            // Rows about third nodes have no stamp of their own; what such a node said itself counts more.
            guard about == slot || peers[about].capabilityNews.stamp == .none else { continue }
            for capability in row.capabilities { peers[about].note(capability) }
        }
        if update.wantsReply { sendCapabilities(to: slot, wantsReply: false, at: moment) }
        flood(packet, at: moment)
        seekDonors(at: moment)
    }
}

extension Peer {
    fileprivate mutating func note(_ capability: CapabilityState) {
        if let index = capabilities.firstIndex(where: { $0.name == capability.name }) {
            capabilities[index].isSynced = capability.isSynced
        } else if capabilities.count < Limit.capabilities, capability.name.count <= Limit.name {
            capabilities.append(capability)
        }
    }

    /// The operator changed the row, but not where the node is.
    mutating func take(_ fresh: Peer) {
        var taken = fresh
        taken.ips = ips
        taken.isEnabled = isEnabled
        taken.isBlocked = isBlocked
        taken.link = link
        taken.link.retries = max(0, fresh.description.pingRetries)
        taken.neighbours = neighbours
        taken.linkNews = linkNews
        taken.topologyNews = topologyNews
        taken.capabilityNews = capabilityNews
        taken.linkGap = linkGap
        taken.knownNodes = knownNodes
        taken.capabilities = capabilities
        taken.nextHop = nextHop
        taken.connection = connection
        taken.doubt = doubt
        taken.complaints = complaints
        taken.pongDue = pongDue
        taken.probeAnswered = probeAnswered
        self = taken
    }
}

extension CapabilityRow {
    fileprivate var size: Int { capabilities.reduce(8) { $0 + 6 + $1.name.count } }
}
