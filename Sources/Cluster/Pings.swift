/// Pings and their answers, and the timers.
extension ClusterNode {
    mutating func onTimer(at moment: Moment, using random: inout some RandomNumberGenerator) {
        if moment.now >= nextHeartbeat {
            let next = nextHeartbeat &+ timings.heartbeat
            nextHeartbeat = next > moment.now ? next : moment.now &+ timings.heartbeat
            heartbeat(at: moment, using: &random)
        }
        answerProbes(at: moment)
        if let due = refreshDue, moment.now >= due { refreshTopology(at: moment) }
        onSharingTagTimer(at: moment)
        onSyncTimer(at: moment)
        wakeUp = min(nextHeartbeat, refreshDue ?? .max)
        for peer in peers {
            if let due = peer.pongDue { wake(by: due) }
            if let answered = peer.probeAnswered { wake(by: answered &+ timings.lostPongPatience) }
        }
        for tag in sharingTags { if let due = tag.deadline { wake(by: due) } }
        for capability in capabilities { if let due = capability.deadline(timings, own) { wake(by: due) } }
    }

    private mutating func heartbeat(at moment: Moment, using random: inout some RandomNumberGenerator) {
        guard own.isEnabled else { return }
        let timings = timings
        for slot in peers.indices where peers[slot].isEnabled {
            guard let ping = changeLink(slot, at: moment, { $0.onHeartbeat(now: moment.now, timings) }) else {
                continue
            }
            if ping == .probing { peers[slot].link.jitter = timings.jitter(using: &random) }
            send(ping, to: slot, at: moment)
        }
    }

    private mutating func send(_ ping: Link.Ping, to slot: Int, at moment: Moment) {
        if !send(.ping(wantsNodeList: ping == .probing), to: slot, at: moment) {
            refusedLinks.removeAll { $0 == peers[slot].id }
            changeLink(slot, at: moment) { $0.onPingRefused() }
        }
    }

    mutating func onPing(from slot: Int, wantsNodeList: Bool, at moment: Moment) {
        peers[slot].probeAnswered = nil
        if wantsNodeList, timings.probeAnswerDelay > 0 {
            let due = moment.now &+ timings.probeAnswerDelay
            peers[slot].pongDue = due
            wake(by: due)
        } else {
            sendPong(to: slot, withList: wantsNodeList, at: moment)
        }
        if let ping = peers[slot].link.onPing(now: moment.now) { send(ping, to: slot, at: moment) }
    }

    private mutating func sendPong(to slot: Int, withList: Bool, at moment: Moment) {
        let node = peers[slot].id
        let nodes = withList ? peers.map(\.id).filter { $0 != node } : []
        guard send(.pong(knownNodes: nodes), to: slot, at: moment), withList else { return }
        peers[slot].probeAnswered = moment.now
        wake(by: moment.now &+ timings.lostPongPatience)
    }

    private mutating func answerProbes(at moment: Moment) {
        for slot in peers.indices {
            if let due = peers[slot].pongDue, moment.now >= due {
                peers[slot].pongDue = nil
                if own.isEnabled, peers[slot].isEnabled { sendPong(to: slot, withList: true, at: moment) }
            }
            if let answered = peers[slot].probeAnswered, moment.now.isPast(answered, by: timings.lostPongPatience) {
                peers[slot].probeAnswered = nil
                if own.isEnabled, peers[slot].isEnabled { send(.unknownID, to: slot, at: moment) }
            }
        }
    }

    mutating func onPong(from slot: Int, _ nodes: [NodeID], at moment: Moment) {
        guard nodes.count <= Limit.nodes else { return drop(.limit) }
        peers[slot].knownNodes = nodes
        let timings = timings
        changeLink(slot, at: moment) { $0.onPong(now: moment.now, timings) }
    }

    /// The other node does not know this one: introduce it, and begin again.
    mutating func onUnknownID(from slot: Int, at moment: Moment) {
        changeLink(slot, at: moment) { $0.restart() }
        send(.nodeDescription(own.description, path: [own.node]), to: slot, at: moment)
    }

    /// A packet that was handed to the host for this address did not get there.
    mutating func onSendFailed(to address: BINAddress, at moment: Moment) {
        for slot in peers.indices where peers[slot].address == address {
            changeLink(slot, at: moment) { $0.onSendFailed() }
        }
    }

    mutating func setBlocked(_ isBlocked: Bool, _ address: BINAddress) {
        for slot in peers.indices where peers[slot].address == address { peers[slot].isBlocked = isBlocked }
    }
}
