import Testing

@testable import Cluster

let one = ClusterID(1)

/// Seconds, to be read as a moment.
func at(_ seconds: Double) -> Moment {
    Moment(now: Nanoseconds(seconds * 1e9), wallSeconds: 1_800_000_000 + Int64(seconds))
}

/// A clusterer under test in place of node 1, and what it did so far. The other nodes are played by the test.
struct Subject {
    var clusterer: Clusterer
    var random = SeededRandom(seed: 7)
    /// What was sent, "to node: packet".
    private(set) var sent: [String] = []
    private(set) var events: [ClusterEvent] = []
    private(set) var effects: [Effect] = []

    static func address(_ node: Int32) -> BINAddress { BINAddress(host: "10.0.0.\(node)") }

    static func peer(_ node: Int32) -> PeerAddress { PeerAddress(ip: "10.0.0.\(node)", port: 5555) }

    /// db_mode 0, with these neighbours configured.
    init(
        knowing neighbours: [Int32] = [], priorities: [Int32: Int32] = [:],
        _ adjust: (inout Configuration) throws -> Void = { _ in }
    ) throws {
        var timings = try Timings()
        timings.probeAnswerDelay = 0
        timings.refreshDelay = nil
        var configuration = try Configuration(
            nodeID: NodeID(1), own: ["cluster_id=1, url=bin:10.0.0.1:5555"],
            neighbours: neighbours.map {
                "cluster_id=1, node_id=\($0), url=bin:10.0.0.\($0):5555, priority=\(priorities[$0] ?? 3)"
            },
            timings: timings)
        try adjust(&configuration)
        clusterer = try Clusterer(configuration)
        take(clusterer.start(at: at(0)))
    }

    /// db_mode 1.
    init(rows: [NodeRow]) throws {
        var timings = try Timings()
        timings.probeAnswerDelay = 0
        timings.refreshDelay = nil
        clusterer = try Clusterer(Configuration(nodeID: NodeID(1), rows: rows, timings: timings))
        take(clusterer.start(at: at(0)))
    }

    mutating func take(_ effects: [Effect]) {
        self.effects += effects
        for effect in effects {
            switch effect {
            case .send(let bytes, let target): note(bytes, "\(target.node)")
            case .answer(let bytes, let connection): note(bytes, "connection \(connection.rawValue)")
            case .raise(let event): events.append(event)
            default: break
            }
        }
    }

    private mutating func note(_ bytes: [UInt8], _ target: String) {
        sent.append("\(target): " + ((try? Packet(decoding: bytes))?.inWords ?? "not a packet"))
    }

    mutating func take(_ sending: Sending) -> SendCode {
        take(sending.effects)
        return sending.code
    }

    /// Node `node` sends a packet, or passes one of `source` on.
    mutating func receive(
        _ content: Packet.Content, from node: Int32, of source: Int32? = nil, cluster: ClusterID = one,
        at moment: Moment
    ) {
        let packet = Packet(cluster: cluster, source: NodeID(source ?? node), content: content)
        receive(packet.encode() ?? [], from: node, at: moment)
    }

    /// Node `node` sends a packet on a connection of that number.
    mutating func receive(_ content: Packet.Content, of node: Int32, on connection: Int32, at moment: Moment) {
        let bytes = Packet(cluster: one, source: NodeID(node), content: content).encode() ?? []
        let connection = ConnectionID(UInt64(connection))
        take(clusterer.onPacket(bytes, from: Subject.peer(node), on: connection, at: moment))
    }

    mutating func receive(_ bytes: [UInt8], from node: Int32, at moment: Moment) {
        let connection = ConnectionID(UInt64(node))
        take(clusterer.onPacket(bytes, from: Subject.peer(node), on: connection, at: moment))
    }

    mutating func timer(at moment: Moment) { take(clusterer.onTimer(at: moment, using: &random)) }

    /// Runs the heartbeat and lets these nodes answer; what went over the wire meanwhile is forgotten.
    mutating func bringUp(_ nodes: [Int32], at moment: Moment) {
        timer(at: moment)
        for node in nodes { receive(.pong(knownNodes: []), from: node, at: moment) }
        forget()
    }

    mutating func forget() {
        sent = []
        events = []
        effects = []
    }

    mutating func request(_ message: String, to node: Int32, in cluster: ClusterID = one, at moment: Moment) -> SendCode
    {
        take(
            clusterer.sendRequest(
                bytes(message), to: NodeID(node), in: cluster, at: moment, using: &random))
    }

    /// How often the log named a second node with an id.
    var twins: Int {
        effects.count { if case .log(let entry) = $0, case .twin = entry.subject { true } else { false } }
    }

    var view: ClusterView { clusterer.view(of: one)! }

    func state(_ node: Int32) -> String { view.nodes.first { $0.node == NodeID(node) }?.linkState ?? "unknown" }

    func hop(_ node: Int32) -> Int32? { view.nodes.first { $0.node == NodeID(node) }?.nextHop?.rawValue }

    func dropped(_ reason: Statistics.DropReason) -> UInt64 { view.statistics.dropped(reason) }
}

/// The update with which `node` tells all its links.
func ownTopology(_ node: Int32, seq: Int32, links: [Int32], path: [Int32]? = nil, clock: Int32 = 5) -> Packet.Content {
    let row = TopologyRow(
        node: NodeID(node), description: nil, linkStamp: UpdateStamp(sequence: -1, timestamp: 0),
        neighbours: links.map { NodeID($0) })
    let update = FullTopologyUpdate(stamp: UpdateStamp(sequence: seq, timestamp: clock), rows: [row])
    return .fullTopology(update, path: (path ?? [node]).map { NodeID($0) })
}

func linkState(
    _ other: Int32, isUp: Bool, seq: Int32, clock: Int32 = 5, path: [Int32]
) -> Packet.Content {
    let update = LinkStateUpdate(
        stamp: UpdateStamp(sequence: seq, timestamp: clock), other: NodeID(other), isUp: isUp)
    return .linkState(update, path: path.map { NodeID($0) })
}

func description(_ node: Int32, path: [Int32]? = nil) -> Packet.Content {
    let description = NodeDescription(url: bytes("bin:10.0.0.\(node):5555"), priority: 3, pingRetries: 3)
    return .nodeDescription(description, path: (path ?? [node]).map { NodeID($0) })
}
