/// Requests and replies of scripts.
extension ClusterNode {
    mutating func send(_ message: GenericMessage, to node: NodeID, at moment: Moment) -> SendCode {
        let packet = packet(.message(message, to: node))
        guard let bytes = packet.encode(limit: settings.maximumPacketLength) else { return .failed }
        guard own.isEnabled else { return .notAllowed }
        if node == own.node {
            raise(message, from: node)
            return .sent
        }
        return send(bytes, .genericMessage, to: node, at: moment)
    }

    mutating func broadcast(_ message: GenericMessage, includingSelf: Bool, at moment: Moment) -> SendCode {
        let packet = packet(.message(message, to: own.node))
        guard let bytes = packet.encode(limit: settings.maximumPacketLength) else { return .failed }
        guard own.isEnabled else { return .notAllowed }
        if includingSelf { raise(message, from: own.node) }
        return broadcast(bytes, .genericMessage, at: moment)
    }

    mutating func send(_ command: RemoteCommand, to node: NodeID, at moment: Moment) -> SendCode {
        let packet = packet(.command(command, to: node))
        guard command.parameters.count <= RemoteCommand.maximumParameters,
            let bytes = packet.encode(limit: settings.maximumPacketLength)
        else { return .failed }
        guard own.isEnabled else { return .notAllowed }
        if node == own.node {
            effects.append(.run(command, cluster: id, source: node))
            return .sent
        }
        return send(bytes, .command, to: node, at: moment)
    }

    mutating func broadcast(_ command: RemoteCommand, at moment: Moment) -> SendCode {
        let packet = packet(.command(command, to: own.node))
        guard command.parameters.count <= RemoteCommand.maximumParameters,
            let bytes = packet.encode(limit: settings.maximumPacketLength)
        else { return .failed }
        guard own.isEnabled else { return .notAllowed }
        return broadcast(bytes, .command, at: moment)
    }

    /// Sends a finished packet to another node of the cluster.
    mutating func send(_ bytes: [UInt8], _ type: PacketType, to node: NodeID, at moment: Moment) -> SendCode {
        guard let slot = slots[node] else { return .failed }
        // As OpenSIPS has it: sending to a node that the operator disabled succeeds and does nothing.
        guard peers[slot].isEnabled else { return .sent }
        return transmit(bytes, type, toward: slot, at: moment)
    }

    /// Sends a copy of a finished packet to every other enabled node; the copies differ in their destination.
    mutating func broadcast(_ bytes: [UInt8], _ type: PacketType, at moment: Moment) -> SendCode {
        var codes: Set<SendCode> = []
        for slot in peers.indices where peers[slot].isEnabled {
            var copy = bytes
            copy.replaceInt32(at: copy.count - 4, with: peers[slot].id.rawValue)
            codes.insert(transmit(copy, type, toward: slot, at: moment))
        }
        if codes.isEmpty || codes.contains(.sent) { return .sent }
        return codes.contains(.failed) ? .failed : .unreachable
    }

    mutating func raise(_ message: GenericMessage, from source: NodeID) {
        switch message.kind {
        case .request:
            effects.append(
                .raise(.requestReceived(cluster: id, source: source, message: message.text, tag: message.tag)))
        case .reply:
            effects.append(
                .raise(.replyReceived(cluster: id, source: source, message: message.text, tag: message.tag)))
        }
    }

    /// A new tag for a request: cluster, own node and 24 random characters out of 57.
    static func makeTag(cluster: ClusterID, node: NodeID, using random: inout some RandomNumberGenerator) -> [UInt8] {
        var tag: [UInt8] = []
        tag.reserveCapacity(48)
        for number in [cluster.rawValue, node.rawValue] {
            tag.append(contentsOf: String(number).utf8)
            tag.append(UInt8(ascii: "-"))
        }
        for _ in 0..<3 {
            // 57 to the power of 8 is less than 2 to the power of 47, so what is cut off does not show.
            var bits: UInt64 = random.next()
            for _ in 0..<8 {
                tag.append(tagCharacters[Int(bits % 57)])
                bits /= 57
            }
        }
        return tag
    }

    private static let tagCharacters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxy123456".utf8)
}
