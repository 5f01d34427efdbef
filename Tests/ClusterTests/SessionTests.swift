import Testing

@testable import Cluster

/// One line of the captured session.
struct SessionStep: Sendable {
    enum What: Sendable {
        /// Addresses are `node:port`.
        case packet(from: String, to: String, [UInt8])
        case mark(String)
    }

    let time: Double
    let what: What

    static let all: [SessionStep] = capturedSession.split(separator: "\n").compactMap { line in
        let parts = words(line)
        guard let time = parts.first.flatMap(Double.init) else { return nil }
        return parts[1] == "mark"
            ? SessionStep(time: time, what: .mark(parts.dropFirst(2).joined(separator: " ")))
            : SessionStep(time: time, what: .packet(from: parts[1], to: parts[2], unhex(parts[3])))
    }

    var moment: Moment { sessionMoment(time) }
}

func sessionMoment(_ time: Double) -> Moment {
    Moment(now: Nanoseconds(time * 1e9), wallSeconds: Int64(time + 1_795_225_240.5))
}

/// Siskin in the place of one node of the captured session: it is given what that node was given, and has to say what
/// that node said. Pings and pongs are left out: when they go depends on the phase of a timer.
@Suite struct SessionTests {
    /// Floods that the recorded node did not do because another of its processes had not yet noted that the link to the
    /// target was up.
    private let inParallel: Set<String> = [
        "1 2 LS_UPDATE seq 2@1795225259 3 state 0 path [2,1]", "1 1 LS_UPDATE seq 2@1795225259 3 state 0 path [1,2]",
    ]

    /// The recorded node had let an older report with sequence 0 overwrite what node 2 had said itself.
    private let regressed = [
        "1 1 FULL_TOP_UPDATE seq 2@1795225259 (1 - seq 2@0 [3,2]) (2 - seq 0@1795225244 []) path [1]":
            "1 1 FULL_TOP_UPDATE seq 2@1795225259 (1 - seq 2@0 [3,2]) (2 - seq 1@1795225252 []) path [1]"
    ]

    @Test func siskinSaysWhatNodeOneSaid() throws {
        var player = try SessionPlayer(
            node: 1, own: "cluster_id=1, node_id=1, url=bin:127.0.0.1:5555", neighbours: [],
            scripts: [
                "shtag 1 (1, '')": .activate("vip"), "disable 3 on 1 OK": .setStatus(3, false),
                "enable 3 on 1 OK": .setStatus(3, true), "remove 3 on 1": .remove(3), "kill 3": .loseNode(3),
                "restart 3": .findNode(3),
            ])
        player.play(from: 0.634, until: 48)
        player.expectRecorded(except: inParallel, butFor: regressed)
    }

    /// Up to where the recorded node 2 lost a pong and did not come up again.
    @Test func siskinSaysWhatNodeTwoSaid() throws {
        var player = try SessionPlayer(
            node: 2, own: "cluster_id=1, node_id=2, url=bin:127.0.0.2:5555",
            neighbours: ["cluster_id=1, node_id=1, url=bin:127.0.0.1:5555"],
            scripts: [
                "shtag 2 (1, '')": .activate("vip"), "disable 2 locally": .setStatus(2, false),
                "enable 2": .setStatus(2, true),
            ])
        player.play(from: 1.234, until: 36.2)
        player.expectRecorded(except: inParallel, butFor: regressed)
    }
}

/// What a person or a script did to the recorded nodes.
private enum Deed {
    case activate(String)
    case setStatus(Int32, Bool)
    case remove(Int32)
    case loseNode(Int32)
    case findNode(Int32)
}

private struct SessionPlayer {
    private let node: Int
    private var clusterer: Clusterer
    private var random = SeededRandom(seed: 1)
    private(set) var said: [Int: [String]] = [:]
    private(set) var recorded: [Int: [String]] = [:]

    private let scripts: [String: Deed]
    private var lost: NodeID?
    private var announcements: Set<[UInt8]> = []

    init(node: Int, own: String, neighbours: [String], scripts: [String: Deed]) throws {
        self.node = node
        self.scripts = scripts
        var timings = try Timings(pingInterval: 2, pingTimeout: 500, nodeTimeout: 4)
        timings.probeAnswerDelay = 0
        timings.refreshDelay = nil
        let configuration = try Configuration(nodeID: nil, own: [own], neighbours: neighbours, timings: timings)
        clusterer = try Clusterer(configuration)
    }

    mutating func play(from start: Double, until end: Double) {
        perform(clusterer.start(at: sessionMoment(start)), at: sessionMoment(start))
        var ticks = heartbeats(from: start, until: end)[...]
        for step in SessionStep.all where step.time < end {
            while let tick = ticks.first, tick <= step.time {
                ticks.removeFirst()
                perform(clusterer.onTimer(at: sessionMoment(tick), using: &random), at: sessionMoment(tick))
            }
            switch step.what {
            case .mark(let mark):
                if let deed = scripts[mark] { try? follow(deed, at: step.moment) }
            case .packet(let from, let to, let bytes):
                if to.hasPrefix("\(node):") { receive(bytes, from, to, at: step.moment) }
                if from.hasPrefix("\(node):"), let other = Int(to.prefix(1)) {
                    note(bytes, &recorded[other, default: []])
                    repeatScript(bytes, at: step.moment)
                }
            }
        }
    }

    /// When the recorded node looked at its links: whenever it pinged, and every half second from there.
    private func heartbeats(from start: Double, until end: Double) -> [Double] {
        var ticks = [start]
        let pings = SessionStep.all.compactMap { step -> Double? in
            guard case .packet(let from, _, let bytes) = step.what, from.hasPrefix("\(node):"),
                let packet = try? Packet(decoding: bytes), packet.type == .ping
            else { return nil }
            return step.time
        }
        var lastPing = start
        for ping in pings + [end] where ping - lastPing > 0.4 {
            while let last = ticks.last, last + 0.51 < ping { ticks.append(last + 0.5) }
            if let last = ticks.last, ping - last < 0.49, last > lastPing { ticks.removeLast() }
            ticks.append(ping - 0.0001)
            lastPing = ping
        }
        return ticks
    }

    private mutating func receive(_ bytes: [UInt8], _ from: String, _ to: String, at moment: Moment) {
        let port = UInt16(from.dropFirst(2)) ?? 0
        let peer = PeerAddress(ip: "127.0.0.\(from.prefix(1))", port: port)
        let connection = ConnectionID(UInt64(port) &+ UInt64(to.dropFirst(2))!)
        let effects = clusterer.onPacket(bytes, from: peer, on: connection, at: moment)
        perform(effects, answering: Int(from.prefix(1)) ?? 0, at: moment)
    }

    /// What scripts and management commands made the node send.
    private mutating func repeatScript(_ bytes: [UInt8], at moment: Moment) {
        guard let packet = try? Packet(decoding: bytes), packet.source == NodeID(Int32(node)) else { return }
        switch packet.content {
        case .message(let message, let destination):
            let sending = clusterer.sendRequest(
                message.text, to: destination, in: packet.cluster, at: moment, using: &random)
            perform(sending.effects, at: moment)
        case .command(let command, let destination):
            perform(clusterer.send(command, to: destination, in: packet.cluster, at: moment).effects, at: moment)
        default: break
        }
    }

    private mutating func follow(_ deed: Deed, at moment: Moment) throws {
        let cluster = ClusterID(1)
        switch deed {
        case .activate(let tag):
            let reason = "script variable"
            perform(try clusterer.activateSharingTag(bytes(tag), in: cluster, reason: reason, at: moment), at: moment)
        case .setStatus(let node, let isEnabled):
            let id = NodeID(node)
            perform(try clusterer.setStatus(of: id, in: cluster, isEnabled: isEnabled, at: moment), at: moment)
        case .remove(let node): perform(try clusterer.removeNode(NodeID(node), in: cluster, at: moment), at: moment)
        case .loseNode(let node): lost = NodeID(node)
        case .findNode: lost = nil
        }
    }

    private mutating func perform(_ effects: [Effect], answering node: Int = 0, at moment: Moment) {
        for effect in effects {
            switch effect {
            case .send(_, let target) where target.node == lost:
                perform(clusterer.onSendFailed(to: target.address, at: moment), at: moment)
            case .send(let bytes, _) where isRepeated(bytes): break
            case .send(let bytes, let target): note(bytes, &said[Int(target.node.rawValue), default: []])
            case .answer(let bytes, _): note(bytes, &said[node, default: []])
            default: break
            }
        }
    }

    func expectRecorded(except extra: Set<String>, butFor changes: [String: String]) {
        for (node, lines) in recorded.sorted(by: { $0.key < $1.key }) {
            let wanted = lines.map { changes[$0] ?? $0 }
            expectSame(said[node, default: []].filter { !extra.contains($0) }, wanted, "to node \(node)")
        }
    }

    /// Siskin says again that it holds a tag to a node that was lost soon after being told; a real node does not.
    private mutating func isRepeated(_ bytes: [UInt8]) -> Bool {
        guard let packet = try? Packet(decoding: bytes), packet.type == .sharingTagActive else { return false }
        return !announcements.insert(bytes).inserted
    }

    /// Messages have random tags, and when pings go depends on the phase of a timer.
    private func note(_ bytes: [UInt8], _ lines: inout [String]) {
        guard let packet = try? Packet(decoding: bytes) else { return }
        switch packet.type {
        case .ping, .pong, .genericMessage: break
        default: lines.append(packet.inWords)
        }
    }
}
