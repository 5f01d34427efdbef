import Testing

@testable import Cluster

@Suite struct TopologyTests {
    /// Node 1 with neighbours 2 and 3 and, behind them, node 4.
    private func diamond(_ priorities: [Int32: Int32] = [:]) throws -> Subject {
        var node = try Subject(knowing: [2, 3, 4], priorities: priorities)
        node.bringUp([2, 3], at: at(0))
        node.receive(ownTopology(2, seq: 0, links: [1, 4]), from: 2, at: at(0.1))
        node.receive(ownTopology(3, seq: 0, links: [1, 4]), from: 3, at: at(0.1))
        return node
    }

    @Test func amongEqualPathsPriorityDecidesAndThenTheNumber() throws {
        #expect(try diamond([2: 20, 3: 10]).hop(4) == 3)
        #expect(try diamond([2: 10, 3: 20]).hop(4) == 2)
        #expect(try diamond([2: 10, 3: 10]).hop(4) == 2)
    }

    /// A ring 1-2-3-5-9-1, where OpenSIPS takes three hops.
    @Test func theFewestHopsWin() throws {
        var node = try Subject(knowing: [2, 3, 5, 9])
        node.bringUp([2, 9], at: at(0))
        node.receive(ownTopology(2, seq: 0, links: [1, 3]), from: 2, at: at(0.1))
        node.receive(ownTopology(3, seq: 0, links: [2, 5], path: [3, 2]), from: 2, at: at(0.1))
        node.receive(ownTopology(9, seq: 0, links: [1, 5]), from: 9, at: at(0.1))
        #expect(node.hop(5) == 9)
        #expect(node.hop(3) == 2)
    }

    @Test func whenAPathIsLostTheOtherOneIsUsedAndNobodyIsDown() throws {
        var node = try diamond()
        node.forget()
        #expect(node.hop(4) == 2)
        node.receive(linkState(4, isUp: false, seq: 0, path: [2]), from: 2, at: at(1))
        #expect(node.hop(4) == 3)
        #expect(node.events.isEmpty)
        node.receive(linkState(4, isUp: false, seq: 0, path: [3]), from: 3, at: at(1))
        #expect(node.hop(4) == nil)
        #expect(node.events == [.nodeStateChanged(cluster: one, node: NodeID(4), isUp: false)])
    }

    @Test func anUpdateIsFloodedToWhoeverHasNotSeenItWithTheOwnNumberInThePath() throws {
        var node = try Subject(knowing: [2, 3, 4, 5])
        node.bringUp([2, 3, 4], at: at(0))
        node.receive(linkState(5, isUp: true, seq: 0, path: [2, 3]), from: 3, of: 2, at: at(1))
        #expect(node.sent == ["4: 1 2 LS_UPDATE seq 0@5 5 state 0 path [2,3,1]"])
        node.forget()
        // The same by another way ends here.
        node.receive(linkState(5, isUp: true, seq: 0, path: [2]), from: 2, at: at(1))
        #expect(node.sent.isEmpty)
        #expect(node.dropped(.oldUpdate) == 1)
    }

    @Test func aPathOfMoreThan25NodesIsNotContinued() throws {
        var node = try Subject(knowing: [2, 3, 4])
        node.bringUp([2, 3], at: at(0))
        node.receive(linkState(4, isUp: true, seq: 0, path: Array(100..<125)), from: 2, at: at(1))
        #expect(node.sent.count == 1)
        node.forget()
        for seq in 1...9 as ClosedRange<Int32> {
            node.receive(linkState(4, isUp: true, seq: seq, path: Array(100..<126)), from: 2, at: at(1))
        }
        #expect(node.sent.isEmpty)
        // Said once.
        #expect(node.effects.count { if case .log(let entry) = $0 { entry.level == .warning } else { false } } == 1)
    }

    @Test func theFloodedCopyHasTheBytesThatRealNodesSend() throws {
        for (original, flooded, relay) in [
            ("node_description_with_sip_addr", "node_description_flooded", Int32(2)),
            ("cap_update_wants_reply", "", 0), ("ls_update_down", "ls_update_down_flooded", 2),
        ] {
            let packet = try Packet(decoding: #require(Captured.all.first { $0.name == original }).bytes)
            guard let expected = Captured.all.first(where: { $0.name == flooded }) else {
                let reset = packet.extended(by: NodeID(1)).inWords
                #expect(reset.contains("reply 0"))
                continue
            }
            #expect(packet.extended(by: NodeID(relay)).encode() == expected.bytes)
        }
    }

    @Test func describedNodesOfATopologyUpdateAreLearned() throws {
        var node = try Subject(knowing: [2])
        node.bringUp([2], at: at(0))
        let rows = [
            TopologyRow(
                node: NodeID(2), description: nil, linkStamp: UpdateStamp(sequence: 0, timestamp: 0),
                neighbours: [NodeID(1), NodeID(3)]),
            TopologyRow(
                node: NodeID(3),
                description: NodeDescription(url: bytes("bin:10.0.0.3"), priority: 1, pingRetries: 2),
                linkStamp: UpdateStamp(sequence: 4, timestamp: 4), neighbours: [NodeID(5)]),
            TopologyRow(
                node: NodeID(4), description: nil, linkStamp: .none, neighbours: [NodeID(3)]),
        ]
        let update = FullTopologyUpdate(stamp: UpdateStamp(sequence: 0, timestamp: 5), rows: rows)
        node.receive(.fullTopology(update, path: [NodeID(2)]), from: 2, at: at(1))
        #expect(node.view.nodes.map(\.node) == [NodeID(2), NodeID(3)])
        #expect(node.hop(3) == 2)
        #expect(node.view.topology.map(\.neighbours) == [[NodeID(2)], [NodeID(1), NodeID(3)], []])
    }

    @Test func whenTheEndsOfALinkDisagreeItBeginsAgain() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2, 3], at: at(0))
        node.receive(linkState(1, isUp: false, seq: 0, path: [3, 2]), from: 2, of: 3, at: at(1))
        #expect(node.state(3) == "Probe")
        #expect(node.sent == ["2: 1 1 LS_UPDATE seq 1@1800000001 3 state 1 path [1]"])
    }

    @Test func aRestartIsTakenButALateCopyOfItsFirstUpdateIsNot() throws {
        var news = News()
        let second: Nanoseconds = 1_000_000_000
        func stamp(_ sequence: Int32, _ clock: Int32) -> UpdateStamp {
            UpdateStamp(sequence: sequence, timestamp: clock)
        }
        for sequence in 0...3 as ClosedRange<Int32> {
            #expect(news.isOlder(than: stamp(sequence, 100), now: 0))
            news.accept(stamp(sequence, 100), now: 0)
            #expect(!news.isOlder(than: stamp(sequence, 100), now: 0))
            #expect(!news.isOlder(than: stamp(0, 100), now: 0))
        }
        // Restarted: the clock went on. Also when the zero was lost.
        #expect(news.isOlder(than: stamp(0, 101), now: second))
        #expect(news.isOlder(than: stamp(1, 101), now: second))
        news.accept(stamp(0, 101), now: second)
        // What the former life sent and comes late is old, whatever its number.
        #expect(!news.isOlder(than: stamp(7, 100), now: second))
        // Much later a zero is believed even with a clock that was set back.
        #expect(news.isOlder(than: stamp(0, 50), now: 20 * second))
    }

    @Test func theMapOfALargeClusterGoesOutInSeveralPackets() throws {
        var node = try Subject()
        let ids = Array(2...129 as ClosedRange<Int32>)
        for id in ids { node.receive(description(id), from: id, at: at(0)) }
        for id in ids where id != 2 {
            node.receive(ownTopology(id, seq: 0, links: ids.filter { $0 != id }), from: id, at: at(0.1))
        }
        node.forget()
        node.timer(at: at(1))
        node.receive(.pong(knownNodes: []), from: 2, at: at(1.1))
        let parts = node.sent.filter { $0.hasPrefix("2: 1 1 FULL_TOP_UPDATE") }
        #expect(parts.count == 2)
        #expect(ids.dropFirst().allSatisfy { id in parts.contains { $0.contains("(\(id) bin:10.0.0.\(id)") } })
        #expect(node.dropped(.tooLong) == 0)
    }

    @Test func theOwnLinksAreToldAgainSomeSecondsAfterANodeJoined() throws {
        var node = try Subject(knowing: [2, 3]) { $0.timings.refreshDelay = 4_000_000_000 }
        node.bringUp([2, 3], at: at(0))
        node.timer(at: at(4))
        let update = "1 1 FULL_TOP_UPDATE seq 2@1800000004 (1 - seq 0@0 [3,2]) path [1]"
        #expect(node.sent.filter { $0.contains("FULL_TOP") } == ["3: " + update, "2: " + update])
    }
}
