import Foundation
import Testing

@testable import Cluster

/// Nothing that comes over the network stops a node or makes it remember without bounds.
@Suite struct FuzzTests {
    private static let inputs =
        ProcessInfo.processInfo.environment["CLUSTER_FUZZ"].flatMap(Int.init) ?? 200_000

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func mutatedPacketsDoNoHarm(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var node = try loaded()
        var moment = at(1)
        let seeds = Captured.all.map(\.bytes)
        for index in 0..<(FuzzTests.inputs / 4) {
            let bytes = mutate(seeds.randomElement(using: &random) ?? [], &random)
            if let packet = try? Packet(decoding: bytes) {
                // What was understood can be said again, and means the same.
                if let again = packet.encode() {
                    let decoded = try Packet(decoding: again)
                    #expect(decoded == packet, "seed \(seed), input \(index): \(hex(bytes))")
                }
            }
            let peer = PeerAddress(ip: "127.0.0.\(Int.random(in: 1...4, using: &random))", port: 5555)
            let connection = ConnectionID(UInt64.random(in: 0...3, using: &random))
            var effects = node.onPacket(bytes, from: peer, on: connection, at: moment)
            disturb(&node, &effects, &random, at: moment)
            moment.now += Nanoseconds.random(in: 0...20_000_000, using: &random)
            moment.wallSeconds = 1_795_225_000 + moment.now / 1_000_000_000
            #expect(effects.count < 3000)
        }
        for cluster in node.clusterIDs {
            guard let view = node.view(of: cluster) else { continue }
            #expect(view.nodes.count <= 128)
            #expect(view.sharingTags.count <= 1024)
            #expect(view.topology.allSatisfy { $0.neighbours.count <= 129 })
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func mutatedStreamsDoNoHarm(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let seeds = Captured.all.map(\.bytes)
        for _ in 0..<(FuzzTests.inputs / 40) {
            var framer = PacketFramer()
            var stream = (0..<4).flatMap { _ in seeds.randomElement(using: &random) ?? [] }
            if random.chance(70) { stream = mutate(stream, &random) }
            var rest = stream[...]
            reading: while !rest.isEmpty {
                let size = Int.random(in: 1...max(1, min(rest.count, 200)), using: &random)
                framer.append(rest.prefix(size))
                rest = rest.dropFirst(size)
                do {
                    while let packet = try framer.next(now: 0) {
                        #expect(packet.count >= Packet.minimumLength)
                        _ = try? Packet(decoding: packet)
                    }
                } catch {
                    break reading
                }
            }
        }
    }

    @Test func textParametersDoNoHarm() {
        var random = SeededRandom(seed: 5)
        let seeds = [
            "cluster_id=1, node_id=2, url=bin:[::1]:5555, priority=3", "vip/1=active", "bin:h:1", "1:2::1.2.3.4",
        ]
        for _ in 0..<(FuzzTests.inputs / 10) {
            let bytes = mutate(Array((seeds.randomElement(using: &random) ?? "").utf8), &random)
            let text = String(decoding: bytes, as: UTF8.self)
            _ = try? NodeRow(parsing: text)
            _ = try? SharingTagSetting(parsing: text)
            _ = try? BINAddress(url: bytes)
            _ = IPAddress(text)
        }
    }

    private func loaded() throws -> Clusterer {
        let configuration = try Configuration(
            nodeID: NodeID(1), own: ["cluster_id=1, url=bin:127.0.0.1:5555, flags=seed"],
            neighbours: (2...4).map { "cluster_id=1, node_id=\($0), url=bin:127.0.0.\($0):5555" }, timings: Timings())
        var node = try Clusterer(configuration)
        _ = node.start(at: at(0))
        for name in ["dialog-dlg-repl", "usrloc-contact-repl"] {
            _ = node.registerCapability(bytes(name), isSynced: false, at: at(0))
        }
        return node
    }

    /// The host and the operator go on meanwhile.
    private func disturb(
        _ node: inout Clusterer, _ effects: inout [Effect], _ random: inout SeededRandom, at moment: Moment
    ) {
        let other = NodeID(Int32.random(in: 1...5, using: &random))
        let address = BINAddress(host: "127.0.0.\(other)")
        switch Int.random(in: 0..<40, using: &random) {
        case 0...4: effects += node.onTimer(at: moment, using: &random)
        case 5: effects += node.onSendFailed(to: address, at: moment)
        case 6: node.onQueueFull(to: address)
        case 7: node.onQueueDrained(to: address)
        case 8:
            let isEnabled = random.chance(80)
            effects += (try? node.setStatus(of: other, in: one, isEnabled: isEnabled, at: moment)) ?? []
        case 9: effects += (try? node.removeNode(other, in: one, at: moment)) ?? []
        case 10: effects += (try? node.activateSharingTag(bytes("vip"), in: one, reason: "x", at: moment)) ?? []
        case 11: effects += node.sendRequest([1, 2, 3], to: other, in: one, at: moment, using: &random).effects
        case 12: effects += node.broadcastRequest([], in: one, includingSelf: true, at: moment, using: &random).effects
        default: break
        }
    }

    /// A few random changes; often the length is put right, so that the packet is looked into.
    private func mutate(_ original: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...8, using: &random)))
            case 3: bytes.insert(contentsOf: bytes.prefix(Int.random(in: 1...12, using: &random)), at: place)
            case 4:
                bytes.replaceInt32(
                    at: place, with: [0, -1, .max, .min, 1, 2, 3, 128].randomElement(using: &random) ?? 0)
            default: bytes[place] = UInt8.random(in: 0...5, using: &random)
            }
        }
        if random.chance(90), bytes.count >= 8 {
            bytes.replaceSubrange(0..<4, with: Packet.marker)
            bytes = patched(bytes)
        }
        return bytes
    }
}
