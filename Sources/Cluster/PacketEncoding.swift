extension Packet {
    /// The version field of sync packets; all others of the clusterer have 1.
    static let syncVersion: Int16 = 3
    /// Stands before the data of every chunk.
    static let chunkMarker: Int32 = 101_010_101

    /// The bytes of the packet, or nil when there are more of them than `limit`.
    package func encode(limit: Int = Packet.maximumLength) -> [UInt8]? {
        var writer = writer
        switch content {
        case .ping, .pong, .unknownID, .nodeDescription, .linkState, .fullTopology, .capabilities:
            writer.int32(cluster.rawValue)
            writer.int32(source)
            writeLinkBody(to: &writer)
            return writer.finish(limit: limit)
        case .removeNode(_, let destination), .message(_, let destination), .command(_, let destination),
            .syncRequest(_, let destination), .sync(_, let destination), .syncEnd(_, _, let destination),
            .sharingTagActive(_, let destination), .module(_, let destination):
            writeRoutedBody(to: &writer)
            writer.int32(cluster.rawValue)
            writer.int32(source)
            writer.int32(destination)
            return writer.finish(limit: limit)
        }
    }

    private var writer: PacketWriter {
        switch content {
        case .message(let message, _):
            return PacketWriter(
                capability: PacketHeader.routedName, type: type.rawValue,
                body: 20 + message.tag.count + message.text.count)
        case .module(let packet, _):
            return PacketWriter(
                capability: packet.capability, type: packet.type, version: packet.version,
                body: packet.payload.count + PacketHeader.trailerLength)
        case .syncRequest, .sync, .syncEnd:
            return PacketWriter(
                capability: PacketHeader.routedName, type: type.rawValue, version: Packet.syncVersion)
        default:
            return PacketWriter(
                capability: type.isBetweenNeighbours ? PacketHeader.linkName : PacketHeader.routedName,
                type: type.rawValue)
        }
    }

    private func writeLinkBody(to writer: inout PacketWriter) {
        switch content {
        case .ping(let wantsNodeList): writer.int32(wantsNodeList)
        case .pong(let nodes): writer.nodes(nodes)
        case .nodeDescription(let description, let path):
            writer.nodeDescription(description)
            writer.nodes(path)
        case .linkState(let update, let path):
            writer.stamp(update.stamp)
            writer.int32(update.other)
            writer.int32(update.isUp ? 0 : 1)
            writer.nodes(path)
        case .fullTopology(let update, let path):
            writer.stamp(update.stamp)
            writer.count(update.rows.count)
            for row in update.rows { writer.topologyRow(row) }
            writer.nodes(path)
        case .capabilities(let update, let path):
            writer.stamp(update.stamp)
            writer.count(update.rows.count)
            for row in update.rows { writer.capabilityRow(row) }
            writer.int32(update.wantsReply)
            writer.nodes(path)
        default: break
        }
    }

    private func writeRoutedBody(to writer: inout PacketWriter) {
        switch content {
        case .removeNode(let node, _): writer.int32(node)
        case .message(let message, _):
            writer.int32(message.kind == .request)
            writer.string(message.tag)
            writer.string(message.text)
        case .command(let command, _):
            writer.string(command.name)
            writer.count(command.parameters.count)
            for parameter in command.parameters { writer.string(parameter) }
        case .syncRequest(let capability, _): writer.string(capability)
        case .sync(let data, _):
            writer.string(data.capability)
            writer.int32(data.dataVersion)
            for chunk in data.chunks {
                writer.count(chunk.count)
                writer.int32(Packet.chunkMarker)
                writer.raw(chunk)
            }
        case .syncEnd(let capability, let count, _):
            writer.string(capability)
            writer.int32(count)
        case .sharingTagActive(let name, _): writer.string(name)
        case .module(let packet, _): writer.raw(packet.payload)
        default: break
        }
    }
}

extension PacketWriter {
    mutating func nodeDescription(_ value: NodeDescription) {
        string(value.url)
        string(value.sipAddress)
        int32(value.priority)
        int32(value.pingRetries)
    }

    mutating func topologyRow(_ row: TopologyRow) {
        int32(row.node)
        int32(row.description != nil)
        if let description = row.description { nodeDescription(description) }
        stamp(row.linkStamp)
        nodes(row.neighbours)
    }

    mutating func capabilityRow(_ row: CapabilityRow) {
        int32(row.node)
        count(row.capabilities.count)
        for capability in row.capabilities {
            string(capability.name)
            int32(capability.isSynced)
        }
    }
}
