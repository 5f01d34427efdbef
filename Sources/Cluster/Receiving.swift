/// The checks that a received packet has to pass, and who handles it.
extension ClusterNode {
    /// A packet of this cluster.
    mutating func receive(
        _ header: PacketHeader, _ bytes: [UInt8], from address: PeerAddress, on connection: ConnectionID,
        at moment: Moment
    ) {
        guard let type = header.knownType else { return drop(.unknownType) }
        statistics.countReceived(type)
        guard header.source != own.node else { return drop(.ownSource) }
        guard own.isEnabled else { return drop(.localNodeDisabled) }
        guard let slot = slots[header.source] else {
            return receiveFromStranger(header, bytes, type, on: connection, at: moment)
        }
        // Flooded and relayed packets come from any node, so the address of any will do.
        guard let ip = address.ip, peers[slot].ips.contains(ip) || knownIPs.contains(ip) else {
            return dropForeign(slot, address)
        }
        guard peers[slot].isEnabled else { return drop(.sourceDisabled) }
        if let destination = header.destination {
            receiveRouted(header, bytes, from: slot, to: destination, on: connection, at: moment)
        } else {
            receiveLink(header, bytes, from: slot, address, on: connection, at: moment)
        }
    }

    private mutating func receiveFromStranger(
        _ header: PacketHeader, _ bytes: [UInt8], _ type: PacketType, on connection: ConnectionID, at moment: Moment
    ) {
        guard settings.mode == .runTime else { return drop(.unknownSource) }
        switch type {
        case .ping:
            guard let answer = packet(.unknownID).encode() else { return }
            statistics.countSent(.unknownID)
            effects.append(.answer(answer, on: connection))
        case .nodeDescription:
            guard let packet = decode(header, bytes), case .nodeDescription(let description, let path) = packet.content
            else { return }
            guard let slot = learn(header.source, description, at: moment) else { return }
            if path == [header.source] { peers[slot].connection = connection }
            flood(packet, at: moment)
        default: drop(.unknownSource)
        }
    }

    private mutating func receiveLink(
        _ header: PacketHeader, _ bytes: [UInt8], from slot: Int, _ address: PeerAddress,
        on connection: ConnectionID, at moment: Moment
    ) {
        guard let packet = decode(header, bytes) else { return }
        let isRelayed = packet.path.map { $0 != [packet.source] } ?? false
        // What a node says itself it says from its own address. OpenSIPS takes that of any node, and so a twin's word.
        guard isRelayed || address.ip.map(peers[slot].ips.contains) ?? false else {
            return dropForeign(slot, address)
        }
        switch packet.content {
        case .ping(let wantsNodeList):
            doubt(slot, address, on: connection, at: moment)
            onPing(from: slot, wantsNodeList: wantsNodeList, at: moment)
        case .pong(let nodes):
            settleDoubt(slot, on: connection)
            onPong(from: slot, nodes, at: moment)
        case .unknownID: onUnknownID(from: slot, at: moment)
        case .linkState(let update, _): onLinkState(update, from: slot, packet, at: moment)
        case .fullTopology(let update, _): onFullTopology(update, from: slot, packet, at: moment)
        case .capabilities(let update, _): onCapabilities(update, from: slot, packet, at: moment)
        // A description never changes what is known already.
        default: drop(.oldUpdate)
        }
        guard let slot = slots[header.source] else { return }
        peers[slot].link.onHeard(now: moment.now)
        // Anybody can ping; the rest comes from where our pings or pongs arrive.
        if !isRelayed, header.knownType != .ping { peers[slot].connection = connection }
    }

    private mutating func receiveRouted(
        _ header: PacketHeader, _ bytes: [UInt8], from slot: Int, to destination: NodeID,
        on connection: ConnectionID, at moment: Moment
    ) {
        if peers[slot].link.state == .down { peers[slot].link.restart() }
        peers[slot].link.onHeard(now: moment.now)
        // It sends here directly, so its link is up.
        if connection == peers[slot].connection { peers[slot].probeAnswered = nil }
        guard destination == own.node else {
            return relay(bytes, header, to: destination, from: connection, at: moment)
        }
        guard let packet = decode(header, bytes) else { return }
        let source = packet.source
        switch packet.content {
        case .message(let message, _): raise(message, from: source)
        case .command(let command, _):
            log(.command(String(decoding: command.name.prefix(64), as: UTF8.self)), about: source)
            effects.append(.run(command, cluster: id, source: source))
        case .removeNode(let node, _): onRemoveNode(node, from: source, at: moment)
        case .sharingTagActive(let name, _): onSharingTagActive(name, from: source, at: moment)
        case .syncRequest(let capability, _): onSyncRequest(capability, from: source)
        case .sync(let data, _): onSync(data, from: source, at: moment)
        case .syncEnd(let capability, let count, _):
            onSyncEnd(capability, chunkCount: count, from: source, at: moment)
        case .module(let packet, _):
            guard capabilities.contains(where: { $0.name == packet.capability && $0.isEnabled }) else {
                return drop(.unknownCapability)
            }
            effects.append(.deliver(packet, cluster: id, source: source))
        default: drop(.unknownType)
        }
    }

    private mutating func decode(_ header: PacketHeader, _ bytes: [UInt8]) -> Packet? {
        do {
            return try Packet(header: header, bytes: bytes)
        } catch {
            drop(.malformed)
            return nil
        }
    }
}
