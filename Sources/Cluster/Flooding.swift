/// Passing on what concerns everybody.
extension ClusterNode {
    /// Sends an accepted update to every neighbour that it has not passed yet.
    mutating func flood(_ packet: Packet, at moment: Moment) {
        guard let path = packet.path else { return }
        guard path.count <= Limit.path else {
            if let slot = slots[packet.source] { complain(.longPath, .pathTooLong(packet.type), about: slot) }
            return
        }
        let targets = neighbours.compactMap { path.contains($0) || $0 == packet.source ? nil : slots[$0] }
        guard !targets.isEmpty else { return }
        send(packet.extended(by: own.node), toAll: targets, at: moment)
    }
}

extension Packet {
    /// The nodes a flooded packet came over, its source first; nil for others.
    var path: [NodeID]? {
        switch content {
        case .nodeDescription(_, let path), .linkState(_, let path), .fullTopology(_, let path),
            .capabilities(_, let path):
            path
        default: nil
        }
    }

    /// The packet as the node floods it; only the first receiver answers a capability update.
    func extended(by node: NodeID) -> Packet {
        var copy = self
        switch content {
        case .nodeDescription(let description, let path):
            copy.content = .nodeDescription(description, path: path + [node])
        case .linkState(let update, let path): copy.content = .linkState(update, path: path + [node])
        case .fullTopology(let update, let path): copy.content = .fullTopology(update, path: path + [node])
        case .capabilities(var update, let path):
            update.wantsReply = false
            copy.content = .capabilities(update, path: path + [node])
        default: break
        }
        return copy
    }
}
