/// Data of a capability on its way from another node to here.
struct SyncTransfer: Equatable, Sendable {
    let donor: NodeID
    /// Chunks that came.
    var chunks = 0
    /// Chunks that were sent, once that is known.
    var expected: Int?
    var lastProgress: Nanoseconds
}

/// Getting the data of a capability from a node that has it, and giving it to others.
extension ClusterNode {
    /// Asks a reachable node that has the data for each capability that lacks it.
    mutating func seekDonors(at moment: Moment) {
        guard own.isEnabled else { return }
        for index in capabilities.indices {
            let capability = capabilities[index]
            guard capability.isEnabled, capability.waitingSince != nil, capability.transfer == nil,
                let donor = donor(of: capability.name),
                let bytes = packet(.syncRequest(capability: capability.name, to: peers[donor].id)).encode(),
                transmit(bytes, .syncRequest, toward: donor, at: moment) == .sent
            else { continue }
            capabilities[index].transfer = SyncTransfer(donor: peers[donor].id, lastProgress: moment.now)
            wake(by: moment.now &+ timings.syncTimeout)
            log(.syncStarted(String(decoding: capability.name, as: UTF8.self)), about: peers[donor].id)
        }
    }

    private func donor(of name: [UInt8]) -> Int? {
        let donors = peers.indices.filter { slot in
            peers[slot].isEnabled && peers[slot].nextHop != nil
                && peers[slot].capabilities.contains { $0.name == name && $0.isSynced }
        }
        return donors.min { peers[$0].id < peers[$1].id }
    }

    mutating func onSync(_ data: SyncData, from source: NodeID, at moment: Moment) {
        guard let index = transfer(of: data.capability, from: source) else { return drop(.unknownCapability) }
        capabilities[index].transfer?.chunks += data.chunks.count
        capabilities[index].transfer?.lastProgress = moment.now
        effects.append(.applySync(data, cluster: id, source: source))
        completeSync(index, at: moment)
    }

    mutating func onSyncEnd(_ name: [UInt8], chunkCount: Int32, from source: NodeID, at moment: Moment) {
        guard let index = transfer(of: name, from: source) else { return drop(.unknownCapability) }
        capabilities[index].transfer?.expected = Int(chunkCount)
        completeSync(index, at: moment)
    }

    private func transfer(of name: [UInt8], from source: NodeID) -> Int? {
        capabilities.firstIndex { $0.name == name && $0.transfer?.donor == source }
    }

    private mutating func completeSync(_ index: Int, at moment: Moment) {
        guard let transfer = capabilities[index].transfer, let expected = transfer.expected,
            transfer.chunks >= expected
        else { return }
        capabilities[index].transfer = nil
        becomeSynced(index, .received(chunks: transfer.chunks), at: moment)
    }

    private mutating func becomeSynced(_ index: Int, _ outcome: SyncOutcome, at moment: Moment) {
        capabilities[index].isSynced = true
        capabilities[index].waitingSince = nil
        tell(outcome, index)
        announceCapability(index, at: moment)
    }

    private mutating func tell(_ outcome: SyncOutcome, _ index: Int) {
        let name = capabilities[index].name
        effects.append(.syncEnded(outcome, capability: name, cluster: id))
        log(.syncEnded(String(decoding: name, as: UTF8.self), outcome), about: own.node)
    }

    mutating func onSyncTimer(at moment: Moment) {
        for index in capabilities.indices
        where capabilities[index].deadline(timings, own).map({ moment.now >= $0 }) ?? false {
            if capabilities[index].transfer != nil {
                // A donor that comes later is asked again.
                capabilities[index].transfer = nil
                tell(.gaveUp, index)
            } else {
                becomeSynced(index, .seeded, at: moment)
            }
        }
    }

    /// A node that is gone gives nothing any more.
    mutating func endSync(withDonor node: NodeID) {
        for index in capabilities.indices where capabilities[index].transfer?.donor == node {
            capabilities[index].transfer = nil
        }
    }

    mutating func onSyncRequest(_ name: [UInt8], from source: NodeID) {
        guard capabilities.contains(where: { $0.name == name && $0.isEnabled }) else {
            drop(.unknownCapability)
            let text = String(decoding: name.prefix(64), as: UTF8.self)
            if let slot = slots[source] { complain(.missingCapability, .syncWithoutCapability(text), about: slot) }
            return
        }
        effects.append(.provideSync(capability: name, cluster: id, to: source))
    }

    /// Gives the data that another node asked for: packets filled up to about `syncPacketSize`, then the end.
    mutating func sendSync(_ data: SyncData, to node: NodeID, at moment: Moment) -> SendCode {
        let room = min(settings.syncPacketSize, settings.maximumPacketLength - 128 - data.capability.count)
        var part = SyncData(capability: data.capability, dataVersion: data.dataVersion, chunks: [])
        var parts: [Packet.Content] = []
        var size = 0
        for chunk in data.chunks {
            if !part.chunks.isEmpty, size + 8 + chunk.count > room {
                parts.append(.sync(part, to: node))
                (part.chunks, size) = ([], 0)
            }
            part.chunks.append(chunk)
            size += 8 + chunk.count
        }
        if !part.chunks.isEmpty { parts.append(.sync(part, to: node)) }
        let count = Int32(truncatingIfNeeded: data.chunks.count)
        parts.append(.syncEnd(capability: data.capability, chunkCount: count, to: node))
        for part in parts {
            let packet = packet(part)
            guard let bytes = packet.encode(limit: settings.maximumPacketLength) else { return .failed }
            let code = send(bytes, packet.type, to: node, at: moment)
            guard code == .sent else { return code }
        }
        return .sent
    }

    /// Sends a module's packet to one node, or to all others.
    mutating func send(_ module: ModulePacket, to node: NodeID?, at moment: Moment) -> SendCode {
        let packet = packet(.module(module, to: node ?? own.node))
        guard let bytes = packet.encode(limit: settings.maximumPacketLength) else { return .failed }
        guard own.isEnabled else { return .notAllowed }
        guard let node else { return broadcast(bytes, .module, at: moment) }
        return send(bytes, .module, to: node, at: moment)
    }
}

extension OwnCapability {
    /// When a transfer is given up, or a seed stops waiting.
    func deadline(_ timings: Timings, _ own: NodeRow) -> Nanoseconds? {
        if let transfer { return transfer.lastProgress &+ timings.syncTimeout }
        guard own.isSeed, isEnabled, let waitingSince else { return nil }
        return waitingSince &+ timings.seedFallback
    }
}
