import Foundation
import Testing

@testable import Cluster

private let second: Nanoseconds = 1_000_000_000

/// After any disorder that ends, the cluster is whole again within bounded time.
@Suite struct ConvergenceTests {
    static let seeds: Range<UInt64> = {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["CLUSTER_SEED"].flatMap(UInt64.init) ?? 1
        let count = environment["CLUSTER_SEEDS"].flatMap(UInt64.init) ?? 40
        return first..<(first + count)
    }()

    @Test(arguments: seeds)
    func aClusterHealsAfterPartitionsCrashesAndRestarts(_ seed: UInt64) throws {
        var trial = try Trial(seed: seed)
        try trial.disturb()
        try trial.heal()
        trial.checkMap()
        trial.checkSharingTag()
        trial.checkMessages()
    }
}

private struct Trial {
    private let seed: UInt64
    private var network: Network
    private var random: SeededRandom
    private let ids: [NodeID]
    private var sent: [String: NodeID] = [:]
    private var hasTag = false

    init(seed: UInt64) throws {
        self.seed = seed
        var network = Network(seed: seed)
        var random = SeededRandom(seed: seed ^ 0xabcdef)
        let count = Int32.random(in: 2...12, using: &random)
        let timings =
            random.chance(50) ? try Timings() : try Timings(pingInterval: 2, pingTimeout: 500, nodeTimeout: 4)
        // A random tree keeps the cluster whole; each other pair can talk in most networks.
        let density = [100, 100, 60, 20].randomElement(using: &random) ?? 100
        for id in 1...count {
            let root: [Int32] = id == 1 ? [] : [Int32.random(in: 1..<id, using: &random)]
            for other in 1..<max(id, 1) where !root.contains(other) && !random.chance(density) {
                network.forbid(id, other)
            }
            let more = (1...count).filter { $0 != id && !root.contains($0) && random.chance(20) }
            let priority = Int32.random(in: 1...3, using: &random)
            try network.addNode(id, knows: root + more, priority: priority, timings: timings)
        }
        ids = network.allIDs
        if random.chance(30) {
            try network.setSharingTag("vip", activeAt: Int32.random(in: 1...count, using: &random))
            hasTag = true
        }
        self.network = network
        self.random = random
    }

    mutating func disturb() throws {
        for id in ids {
            try network.start(id)
            network.run(for: Nanoseconds.random(in: 0...second, using: &random))
        }
        for _ in 0..<Int.random(in: 5...40, using: &random) {
            try disturbOnce()
            sendSomething()
            network.run(for: Nanoseconds.random(in: 0...(random.chance(20) ? 20 : 2) * second, using: &random))
        }
    }

    private mutating func disturbOnce() throws {
        let node = ids.randomElement(using: &random)!
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: network.crash(node)
        case 2, 3: try network.start(node)
        case 4, 5:
            let side = Set(ids.filter { _ in random.chance(50) })
            let kind: Network.Cut = random.chance(50) ? .silent : .refused
            for a in side { for b in ids where !side.contains(b) { network.cut(a, b, kind) } }
        case 6:
            let other = ids.randomElement(using: &random)!
            network.cut(node, other, random.chance(50) ? .silent : .refused)
        case 7: network.heal()
        case 8 where network.nodes[node] != nil:
            hasTag = true
            try network.input(node) {
                try $0.activateSharingTag(bytes("vip"), in: ClusterID(1), reason: "MI command", at: $1)
            }
        case 9 where network.nodes[node] != nil && random.chance(50):
            let other = ids.randomElement(using: &random)!
            let isEnabled = random.chance(50)
            try? network.input(node) { try $0.setStatus(of: other, in: ClusterID(1), isEnabled: isEnabled, at: $1) }
        default: break
        }
    }

    private mutating func sendSomething() {
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let (a, b) = (ids.randomElement(using: &random)!, ids.randomElement(using: &random)!)
            let message = "message \(sent.count)"
            if network.send(message, from: a, to: b) != nil { sent[message] = b }
        }
    }

    mutating func heal() throws {
        network.heal()
        for id in ids { try network.start(id) }
        for id in ids {
            for other in ids {
                try? network.input(id) { try $0.setStatus(of: other, in: ClusterID(1), isEnabled: true, at: $1) }
            }
        }
        // A link that was given up is probed after node_timeout at the latest; that may take some heartbeats more.
        network.run(for: 75 * second)
        if hasTag, activeNodes.isEmpty, let node = ids.first {
            // The holder crashed: somebody takes over.
            try network.input(node) {
                try $0.activateSharingTag(bytes("vip"), in: ClusterID(1), reason: "MI command", at: $1)
            }
            network.run(for: 10 * second)
        }
    }

    /// Everybody sees every link that can be, and sends by a shortest path.
    func checkMap() {
        let hops = shortestPaths()
        for id in ids {
            guard let view = network.nodes[id]?.view(of: ClusterID(1)) else { continue }
            #expect(Set(view.nodes.map(\.node)) == Set(ids).subtracting([id]), "seed \(seed), node \(id)")
            for node in view.nodes {
                let expected = network.canTalk(id, node.node) ? "Up" : "not Up"
                let isRight = (node.linkState == "Up") == (expected == "Up")
                #expect(isRight, "seed \(seed), link \(id)-\(node.node) is \(node.linkState), can be \(expected)")
                let before = node.nextHop.flatMap { hops[[$0, node.node]] }
                #expect(
                    before.map { $0 + 1 } == hops[[id, node.node]],
                    "seed \(seed), \(id) sends to \(node.node) by \(node.nextHop?.description ?? "nobody")")
            }
            for row in view.topology where row.node != id {
                let links = Set(ids.filter { network.canTalk(row.node, $0) })
                #expect(Set(row.neighbours) == links, "seed \(seed), \(id) has another map of \(row.node)")
            }
        }
    }

    private func shortestPaths() -> [[NodeID]: Int] {
        var hops: [[NodeID]: Int] = [:]
        for start in ids {
            hops[[start, start]] = 0
            var frontier = [start]
            while let node = frontier.first {
                frontier.removeFirst()
                for other in ids where network.canTalk(node, other) && hops[[start, other]] == nil {
                    hops[[start, other]] = (hops[[start, node]] ?? 0) + 1
                    frontier.append(other)
                }
            }
        }
        return hops
    }

    private var activeNodes: [NodeID] {
        ids.filter { network.nodes[$0]?.view(of: ClusterID(1))?.sharingTags.contains { $0.isActive } ?? false }
    }

    func checkSharingTag() {
        #expect(activeNodes.count == (hasTag ? 1 : 0), "seed \(seed), active are \(activeNodes)")
    }

    /// What was sent under way came at most once and to the right node; now everything comes exactly once.
    mutating func checkMessages() {
        for a in ids {
            for b in ids {
                let message = "message \(sent.count)"
                #expect(network.send(message, from: a, to: b) == .sent)
                sent[message] = b
            }
        }
        let last = ids.count * ids.count
        network.run(for: 5 * second)
        var seen: [String: Int] = [:]
        for delivery in network.deliveries {
            #expect(sent[delivery.text] == delivery.to, "seed \(seed), \(delivery.text) went astray")
            seen[delivery.text, default: 0] += 1
        }
        #expect(seen.values.allSatisfy { $0 == 1 }, "seed \(seed), a message came twice")
        for index in (sent.count - last)..<sent.count {
            #expect(seen["message \(index)"] == 1, "seed \(seed), message \(index) did not come")
        }
    }
}
