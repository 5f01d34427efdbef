import Testing

@testable import Cluster

@Suite struct CapabilityTests {
    private let dialogs = bytes("dialog-dlg-repl")

    private func update(_ node: Int32, _ caps: [(String, Bool)], seq: Int32, wantsReply: Bool) -> Packet.Content {
        let states = caps.map { CapabilityState(name: bytes($0.0), isSynced: $0.1) }
        let update = CapabilityUpdate(
            stamp: UpdateStamp(sequence: seq, timestamp: 5),
            rows: [CapabilityRow(node: NodeID(node), capabilities: states)], wantsReply: wantsReply)
        return .capabilities(update, path: [NodeID(node)])
    }

    private func register(_ node: inout Subject, isSynced: Bool, at moment: Moment) {
        node.take(node.clusterer.registerCapability(dialogs, isSynced: isSynced, at: moment))
    }

    @Test func aNodeWithoutCapabilitiesAnswersNothingAndPassesOn() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2, 3], at: at(0))
        node.receive(update(2, [], seq: 0, wantsReply: true), from: 2, at: at(1))
        #expect(node.sent == ["3: 1 2 CAP_UPDATE seq 0@5 (2) reply 0 path [2,1]"])
    }

    @Test func whatIsKnownIsToldWhenALinkComesUpAndOnDemand() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2], at: at(0))
        register(&node, isSynced: true, at: at(0.1))
        #expect(node.sent == ["2: 1 1 CAP_UPDATE seq 0@1800000000 (1 dialog-dlg-repl=1) reply 0 path [1]"])
        node.receive(update(2, [("dialog-dlg-repl", false)], seq: 0, wantsReply: true), from: 2, at: at(0.2))
        #expect(node.sent.last == "2: 1 1 CAP_UPDATE seq 1@1800000000 (1 dialog-dlg-repl=1) reply 0 path [1]")
        node.receive(.pong(knownNodes: [NodeID(2)]), from: 3, at: at(0.5))
        #expect(
            node.sent.last
                == "3: 1 1 CAP_UPDATE seq 2@1800000000 (1 dialog-dlg-repl=1) (2 dialog-dlg-repl=0) reply 1 path [1]")
    }

    @Test func dataIsAskedForFromANodeThatHasItUntilAllChunksCame() throws {
        var node = try Subject(knowing: [2])
        register(&node, isSynced: false, at: at(0))
        node.bringUp([2], at: at(0))
        node.receive(update(2, [("dialog-dlg-repl", true)], seq: 0, wantsReply: false), from: 2, at: at(1))
        #expect(node.sent == ["2: 1 1>2 SYNC_REQ dialog-dlg-repl"])
        node.forget()
        let data = SyncData(capability: dialogs, dataVersion: 3, chunks: [[1], [2, 3]])
        node.receive(.syncEnd(capability: dialogs, chunkCount: 2, to: NodeID(1)), from: 2, at: at(1.1))
        #expect(!node.view.capabilities[0].isSynced)
        node.receive(.sync(data, to: NodeID(1)), from: 2, at: at(1.2))
        #expect(node.view.capabilities[0].isSynced)
        #expect(node.effects.contains(.applySync(data, cluster: one, source: NodeID(2))))
        #expect(node.effects.contains(.syncEnded(.received(chunks: 2), capability: dialogs, cluster: one)))
        #expect(node.sent.last?.contains("(1 dialog-dlg-repl=1) reply 0") ?? false)
    }

    @Test func aCapabilityRegisteredBeforeTheStartAsksOnlyWhenItLacksData() throws {
        for isSynced in [true, false] {
            let rows = [1, 2].map { NodeRow(cluster: one, node: NodeID($0), url: bytes("bin:10.0.0.\($0)")) }
            var node = try Subject(rows: rows)
            node.clusterer = try Clusterer(Configuration(nodeID: NodeID(1), rows: rows, timings: Timings()))
            register(&node, isSynced: isSynced, at: at(0))
            node.take(node.clusterer.start(at: at(0)))
            node.bringUp([2], at: at(0))
            node.receive(update(2, [("dialog-dlg-repl", true)], seq: 0, wantsReply: false), from: 2, at: at(1))
            #expect(node.sent.contains { $0.contains("SYNC_REQ") } == !isSynced)
        }
    }

    @Test func aSilentDonorIsGivenUpAndASeedStartsAlone() throws {
        var node = try Subject(knowing: [2])
        register(&node, isSynced: false, at: at(0))
        node.bringUp([2], at: at(0))
        node.receive(update(2, [("dialog-dlg-repl", true)], seq: 0, wantsReply: false), from: 2, at: at(1))
        node.timer(at: at(16.1))
        #expect(node.effects.contains(.syncEnded(.gaveUp, capability: dialogs, cluster: one)))
        #expect(!node.view.capabilities[0].isSynced)
        var seed = try Subject { $0.rows[0].isSeed = true }
        register(&seed, isSynced: false, at: at(0))
        seed.timer(at: at(4.9))
        #expect(!seed.view.capabilities[0].isSynced)
        seed.timer(at: at(5))
        #expect(seed.view.capabilities[0].isSynced)
    }

    @Test func dataIsGivenInPacketsOfBoundedSizeAndAnEnd() throws {
        var node = try Subject(knowing: [2]) { $0.syncPacketSize = 100 }
        node.bringUp([2], at: at(0))
        register(&node, isSynced: true, at: at(0))
        node.receive(.syncRequest(capability: dialogs, to: NodeID(1)), from: 2, at: at(1))
        #expect(node.effects.contains(.provideSync(capability: dialogs, cluster: one, to: NodeID(2))))
        node.forget()
        let chunks = (0..<5).map { [UInt8](repeating: UInt8($0), count: 40) }
        let data = SyncData(capability: dialogs, dataVersion: 1, chunks: chunks)
        #expect(node.take(node.clusterer.sendSync(data, to: NodeID(2), in: one, at: at(1))) == .sent)
        #expect(node.sent.count == 4)
        #expect(node.sent.last == "2: 1 1>2 SYNC_END dialog-dlg-repl 5")
        node.receive(.syncRequest(capability: bytes("other"), to: NodeID(1)), from: 2, at: at(1))
        #expect(node.dropped(.unknownCapability) == 1)
    }

    @Test func packetsOfModulesReachTheirCapabilityOnly() throws {
        var node = try Subject(knowing: [2])
        node.bringUp([2], at: at(0))
        let packet = ModulePacket(capability: dialogs, version: 2, type: 1, payload: [9, 9])
        node.receive(.module(packet, to: NodeID(1)), from: 2, at: at(1))
        #expect(node.dropped(.unknownCapability) == 1)
        register(&node, isSynced: true, at: at(1))
        node.receive(.module(packet, to: NodeID(1)), from: 2, at: at(1))
        #expect(node.effects.last == .deliver(packet, cluster: one, source: NodeID(2)))
        node.take(try node.clusterer.setCapability(dialogs, in: one, isEnabled: false, at: at(2)))
        node.receive(.module(packet, to: NodeID(1)), from: 2, at: at(2))
        #expect(node.dropped(.unknownCapability) == 2)
        node.forget()
        #expect(node.take(node.clusterer.send(packet, to: nil, in: one, at: at(2))) == .sent)
        #expect(node.sent == ["2: 1 1>2 MODULE dialog-dlg-repl version 2 type 1 0909"])
    }

    @Test func whatANodeSaidItselfCountsMoreThanWhatOthersSay() throws {
        var node = try Subject(knowing: [2, 3])
        register(&node, isSynced: false, at: at(0))
        node.bringUp([2, 3], at: at(0))
        node.receive(update(3, [("dialog-dlg-repl", false)], seq: 0, wantsReply: false), from: 3, at: at(1))
        let states = [CapabilityState(name: dialogs, isSynced: true)]
        let hearsay = CapabilityUpdate(
            stamp: UpdateStamp(sequence: 0, timestamp: 5),
            rows: [CapabilityRow(node: NodeID(3), capabilities: states)], wantsReply: false)
        node.forget()
        node.receive(.capabilities(hearsay, path: [NodeID(2)]), from: 2, at: at(1))
        #expect(!node.sent.contains { $0.contains("SYNC_REQ") })
    }
}
