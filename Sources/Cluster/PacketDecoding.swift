extension Packet {
    /// Decodes one whole packet. Bytes behind the last field are ignored, as OpenSIPS does.
    package init(decoding bytes: [UInt8]) throws(PacketError) {
        try self.init(header: PacketHeader(bytes), bytes: bytes)
    }

    /// Decodes the body of a packet whose header was read before.
    init(header: PacketHeader, bytes: [UInt8]) throws(PacketError) {
        var reader = PacketReader(bytes, in: header.body)
        let content: Content
        if let destination = header.destination {
            content = try Packet.routed(header, to: destination, &reader)
        } else {
            content = try Packet.link(header, &reader)
        }
        self.init(cluster: header.cluster, source: header.source, content: content)
    }

    private static func link(_ header: PacketHeader, _ reader: inout PacketReader) throws(PacketError) -> Content {
        switch header.knownType {
        case .ping: return .ping(wantsNodeList: try reader.int32() != 0)
        case .pong: return .pong(knownNodes: try reader.nodes())
        case .unknownID: return .unknownID
        case .nodeDescription:
            let description = try reader.nodeDescription()
            return .nodeDescription(description, path: try reader.nodes())
        case .linkStateUpdate:
            let stamp = try reader.stamp()
            let other = NodeID(try reader.int32())
            // Values other than 1 count as up.
            let update = LinkStateUpdate(stamp: stamp, other: other, isUp: try reader.int32() != 1)
            return .linkState(update, path: try reader.nodes())
        case .fullTopologyUpdate:
            let stamp = try reader.stamp()
            let count = try reader.count(ofAtLeast: 20)
            var rows: [TopologyRow] = []
            for _ in 0..<count { rows.append(try reader.topologyRow()) }
            return .fullTopology(FullTopologyUpdate(stamp: stamp, rows: rows), path: try reader.nodes())
        case .capabilityUpdate:
            let stamp = try reader.stamp()
            let count = try reader.count(ofAtLeast: 8)
            var rows: [CapabilityRow] = []
            for _ in 0..<count { rows.append(try reader.capabilityRow()) }
            let wantsReply = try reader.int32() != 0
            let update = CapabilityUpdate(stamp: stamp, rows: rows, wantsReply: wantsReply)
            return .capabilities(update, path: try reader.nodes())
        default: throw .unknownType(header.type)
        }
    }

    private static func routed(
        _ header: PacketHeader, to destination: NodeID, _ reader: inout PacketReader
    ) throws(PacketError) -> Content {
        switch header.knownType {
        case .removeNode:
            let node = NodeID(try reader.int32())
            // A longer body is a message of an older OpenSIPS; taking it for "remove node 1" would hurt.
            guard reader.remaining == 0 else { throw .oldGeneration }
            return .removeNode(node, to: destination)
        case .genericMessage:
            let kind: GenericMessage.Kind = try reader.int32() != 0 ? .request : .reply
            let tag = try reader.string()
            return .message(GenericMessage(kind: kind, tag: tag, text: try reader.string()), to: destination)
        case .command:
            let name = try reader.string()
            let count = try reader.count(ofAtLeast: 2)
            guard count <= RemoteCommand.maximumParameters else { throw .tooManyParameters }
            var parameters: [[UInt8]] = []
            for _ in 0..<count { parameters.append(try reader.string()) }
            return .command(RemoteCommand(name: name, parameters: parameters), to: destination)
        case .syncRequest:
            // An older version asks for the same.
            return .syncRequest(capability: try reader.string(), to: destination)
        case .sync:
            guard header.version == Packet.syncVersion else { throw .wrongVersion(header.version) }
            return .sync(try reader.syncData(), to: destination)
        case .syncEnd:
            guard header.version == Packet.syncVersion else { throw .wrongVersion(header.version) }
            let capability = try reader.string()
            return .syncEnd(capability: capability, chunkCount: try reader.int32(), to: destination)
        case .sharingTagActive: return .sharingTagActive(name: try reader.string(), to: destination)
        case .module:
            guard case .module(let name) = header.capability else { throw .unknownType(header.type) }
            let payload = try reader.take(reader.remaining)
            return .module(
                ModulePacket(capability: name, version: header.version, type: header.type, payload: payload),
                to: destination)
        default: throw .unknownType(header.type)
        }
    }
}

extension PacketReader {
    mutating func stamp() throws(PacketError) -> UpdateStamp {
        let sequence = try int32()
        return UpdateStamp(sequence: sequence, timestamp: try int32())
    }

    mutating func nodeDescription() throws(PacketError) -> NodeDescription {
        let url = try string()
        let sipAddress = try string()
        let priority = try int32()
        return NodeDescription(url: url, sipAddress: sipAddress, priority: priority, pingRetries: try int32())
    }

    mutating func topologyRow() throws(PacketError) -> TopologyRow {
        let node = NodeID(try int32())
        let description = try int32() != 0 ? try nodeDescription() : nil
        let stamp = try stamp()
        return TopologyRow(node: node, description: description, linkStamp: stamp, neighbours: try nodes())
    }

    mutating func capabilityRow() throws(PacketError) -> CapabilityRow {
        let node = NodeID(try int32())
        let count = try count(ofAtLeast: 6)
        var capabilities: [CapabilityState] = []
        for _ in 0..<count {
            let name = try string()
            capabilities.append(CapabilityState(name: name, isSynced: try int32() == 1))
        }
        return CapabilityRow(node: node, capabilities: capabilities)
    }

    /// Chunks fill the body: int size, int marker, that many bytes.
    mutating func syncData() throws(PacketError) -> SyncData {
        let capability = try string()
        let version = try int32()
        var chunks: [[UInt8]] = []
        while remaining > 0 {
            let size = Int(try int32())
            guard try int32() == Packet.chunkMarker else { throw .badChunk }
            chunks.append(try take(size))
        }
        return SyncData(capability: capability, dataVersion: version, chunks: chunks)
    }
}
