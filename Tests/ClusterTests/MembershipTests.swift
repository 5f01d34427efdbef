import Testing

@testable import Cluster

@Suite struct MembershipTests {
    @Test func aStrangersPingIsAnsweredOnItsConnectionAndItsDescriptionMakesItKnown() throws {
        var node = try Subject()
        node.receive(.ping(wantsNodeList: true), from: 2, at: at(1))
        node.receive(.message(GenericMessage(kind: .request, tag: [1], text: []), to: NodeID(1)), from: 2, at: at(1))
        #expect(node.sent == ["connection 2: 1 1 UNKNOWN_ID"])
        #expect(node.dropped(.unknownSource) == 1)
        node.receive(description(2), from: 2, at: at(1.1))
        #expect(node.state(2) == "Probe")
        node.forget()
        node.timer(at: at(2))
        node.receive(.pong(knownNodes: []), from: 2, at: at(2.01))
        #expect(
            node.sent == [
                "2: 1 1 PING list 1", "2: 1 1 FULL_TOP_UPDATE seq 0@1800000002 (1 - seq -1@0 [2]) path [1]",
            ])
        #expect(node.events == [.nodeStateChanged(cluster: one, node: NodeID(2), isUp: true)])
    }

    @Test func whoDoesNotKnowUsIsIntroducedAndPingedAgain() throws {
        var node = try Subject(knowing: [2])
        node.timer(at: at(0))
        node.receive(.unknownID, from: 2, at: at(0.1))
        node.timer(at: at(1))
        #expect(
            node.sent == [
                "2: 1 1 PING list 1", "2: 1 1 NODE_DESCRIPTION bin:10.0.0.1:5555;;3;3 path [1]", "2: 1 1 PING list 1",
            ])
    }

    @Test func aLinkThatComesUpIsToldToTheOthersBeforeTheNewNeighbourLearnsTheMap() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2], at: at(0))
        node.receive(.pong(knownNodes: [NodeID(2)]), from: 3, at: at(0.5))
        #expect(
            node.sent == [
                "2: 1 1 LS_UPDATE seq 0@1800000000 3 state 0 path [1]",
                "3: 1 1 FULL_TOP_UPDATE seq 1@1800000000 (1 - seq 0@0 [3,2]) (2 - seq -1@0 []) path [1]",
            ])
    }

    @Test func aNodeThatTheReceiverDidNotListIsDescribedToIt() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2], at: at(0))
        node.receive(.pong(knownNodes: []), from: 3, at: at(0.5))
        #expect(node.sent.last?.contains("(2 bin:10.0.0.2:5555;;3;3 seq -1@0 [])") ?? false)
    }

    @Test func theChecksOfAReceivedPacket() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2, 3], at: at(0))
        let ping = Packet.Content.ping(wantsNodeList: false)
        node.receive(ping, from: 2, of: 1, at: at(1))
        #expect(node.dropped(.ownSource) == 1)
        node.receive(ping, from: 99, of: 2, at: at(1))
        #expect(node.dropped(.foreignAddress) == 1)
        node.receive(ping, from: 2, cluster: ClusterID(7), at: at(1))
        #expect(node.clusterer.strayStatistics.dropped(.unknownCluster) == 1)
        node.receive(Array("no packet at all".utf8), from: 2, at: at(1))
        #expect(node.clusterer.strayStatistics.dropped(.malformed) == 1)
        node.receive(description(2), from: 2, at: at(1))
        #expect(node.dropped(.oldUpdate) == 1)
        node.receive(ping, from: 3, of: 2, at: at(1))
        #expect(node.dropped(.foreignAddress) == 2)
        #expect(node.sent.isEmpty)
        // Flooded and relayed packets come from others: the address of any known node will do.
        node.receive(linkState(7, isUp: true, seq: 0, path: [2, 3]), from: 3, of: 2, at: at(1))
        let request = GenericMessage(kind: .request, tag: [1], text: [])
        node.receive(.message(request, to: NodeID(1)), from: 3, of: 2, at: at(1))
        #expect(node.dropped(.foreignAddress) == 2)
        #expect(node.events.count == 1)
        node.receive(ping, from: 2, at: at(1))
        #expect(node.sent == ["2: 1 1 PONG []"])
        node.take(try node.clusterer.setStatus(of: NodeID(2), in: one, isEnabled: false, at: at(2)))
        node.receive(ping, from: 2, at: at(2))
        #expect(node.dropped(.sourceDisabled) == 1)
        node.take(try node.clusterer.setStatus(in: one, isEnabled: false, at: at(2)))
        node.receive(ping, from: 3, at: at(2))
        #expect(node.dropped(.localNodeDisabled) == 1)
    }

    /// Two processes of a node can dial at the same time; the node then goes on with one of the connections.
    @Test(arguments: [20, 2])
    func aNodeWithTwoConnectionsIsNoTwin(later: Int32) throws {
        var node = try Subject(knowing: [2])
        node.bringUp([2], at: at(0))
        // Connections are numbered as the sender is; number 20 stands for another one of node 2.
        node.receive(.ping(wantsNodeList: true), of: 2, on: 20, at: at(0.5))
        for second in 1...60 {
            node.timer(at: at(Double(second)))
            node.receive(.ping(wantsNodeList: false), of: 2, on: later, at: at(Double(second) + 0.1))
            node.receive(.pong(knownNodes: []), of: 2, on: later, at: at(Double(second) + 0.1))
        }
        #expect(node.twins == 0)
        for second in 61...80 {
            node.timer(at: at(Double(second)))
            node.receive(.ping(wantsNodeList: true), of: 2, on: 22 - later, at: at(Double(second) - 0.5))
            node.receive(.pong(knownNodes: []), of: 2, on: later, at: at(Double(second) + 0.1))
        }
        #expect(node.twins == 1)
        #expect(node.state(2) == "Up")
    }

    @Test func withADatabaseOnlyNodesWithARowAreTakenIn() throws {
        let rows = [1, 2].map {
            NodeRow(databaseID: $0, cluster: one, node: NodeID($0), url: bytes("bin:10.0.0.\($0)"))
        }
        var node = try Subject(rows: rows)
        node.bringUp([2], at: at(0))
        node.receive(.ping(wantsNodeList: true), from: 3, at: at(1))
        node.receive(description(3), from: 3, at: at(1))
        node.receive(.removeNode(NodeID(1), to: NodeID(1)), from: 2, at: at(1))
        #expect(node.sent.isEmpty)
        #expect(node.view.isEnabled)
        #expect(node.view.nodes.map(\.databaseID) == [2])
        #expect(throws: ManagementError.notWithDatabase) {
            try node.clusterer.removeNode(NodeID(2), in: one, at: at(1))
        }
    }

    @Test func aReloadKeepsTheLinksOfNodesThatStay() throws {
        func row(_ id: Int32, _ host: Int32, isEnabled: Bool = true) -> NodeRow {
            NodeRow(
                databaseID: id, cluster: one, node: NodeID(id), url: bytes("bin:10.0.0.\(host)"), isEnabled: isEnabled)
        }
        var node = try Subject(rows: [row(1, 1), row(2, 2), row(3, 3)])
        node.bringUp([2, 3], at: at(0))
        node.take(try node.clusterer.reload([row(1, 1), row(2, 2), row(3, 33), row(4, 4)], at: at(1)))
        #expect([2, 3, 4].map(node.state) == ["Up", "Probe", "Probe"])
        #expect(node.events == [.nodeStateChanged(cluster: one, node: NodeID(3), isUp: false)])
        #expect(throws: ManagementError.badConfiguration(.noOwnNode)) {
            try node.clusterer.reload([row(2, 2)], at: at(2))
        }
        #expect(node.state(2) == "Up")
        node.take(try node.clusterer.reload([row(1, 1), row(2, 2, isEnabled: false)], at: at(3)))
        #expect(node.view.nodes.map(\.isEnabled) == [false])
        #expect(node.state(2) == "Down")
    }

    @Test func removingANodeTellsEverybodyAndItComesBackByItself() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2, 3], at: at(0))
        node.take(try node.clusterer.removeNode(NodeID(3), in: one, at: at(1)))
        #expect(node.sent == ["2: 1 1>2 REMOVE_NODE 3", "3: 1 1>3 REMOVE_NODE 3"])
        #expect(node.view.nodes.map(\.node) == [NodeID(2)])
        #expect(node.events == [.nodeStateChanged(cluster: one, node: NodeID(3), isUp: false)])
        node.forget()
        node.receive(.ping(wantsNodeList: true), from: 3, at: at(2))
        #expect(node.sent == ["connection 3: 1 1 UNKNOWN_ID"])
    }

    @Test func aNodeToldToRemoveItselfFallsSilent() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2, 3], at: at(0))
        node.receive(.removeNode(NodeID(1), to: NodeID(1)), from: 2, at: at(1))
        #expect(!node.view.isEnabled)
        #expect([2, 3].map(node.state) == ["Down", "Down"])
        #expect(node.sent.isEmpty)
        node.timer(at: at(100))
        #expect(node.sent.isEmpty)
        node.take(try node.clusterer.setStatus(in: one, isEnabled: true, at: at(101)))
        node.timer(at: at(102))
        #expect(node.sent == ["2: 1 1 PING list 1", "3: 1 1 PING list 1"])
    }

    /// Real nodes sometimes handle our pong before they have noted their own ping, and then wait for good.
    @Test func aNodeThatSeemsToHaveForgottenOurPongIsWokenOnce() throws {
        var node = try Subject(knowing: [2])
        node.bringUp([2], at: at(0))
        node.receive(.ping(wantsNodeList: true), from: 2, at: at(0.5))
        node.timer(at: at(6.4))
        #expect(!node.sent.contains("2: 1 1 UNKNOWN_ID"))
        node.timer(at: at(6.5))
        node.timer(at: at(7.5))
        #expect(node.sent.filter { $0.contains("UNKNOWN_ID") } == ["2: 1 1 UNKNOWN_ID"])
    }

    @Test func aNodeThatShowsThatItsLinkIsUpIsNotWoken() throws {
        let signs: [Packet.Content] = [
            ownTopology(2, seq: 0, links: [1]), .ping(wantsNodeList: false),
            .message(GenericMessage(kind: .request, tag: [1], text: []), to: NodeID(1)),
        ]
        for sign in signs {
            var node = try Subject(knowing: [2])
            node.bringUp([2], at: at(0))
            node.receive(.ping(wantsNodeList: true), from: 2, at: at(0.5))
            node.receive(sign, from: 2, at: at(3.9))
            node.timer(at: at(6.5))
            #expect(!node.sent.contains("2: 1 1 UNKNOWN_ID"))
        }
    }

    /// When a dead node is dialed, in seconds; it refuses each time.
    private func dials(seed: UInt64) throws -> [Int] {
        var node = try Subject(knowing: [2])
        node.random = SeededRandom(seed: seed)
        var times: [Int] = []
        for second in 0..<600 {
            node.forget()
            node.timer(at: at(Double(second)))
            guard !node.sent.isEmpty else { continue }
            times.append(second)
            node.take(node.clusterer.onSendFailed(to: Subject.address(2), at: at(Double(second) + 0.1)))
        }
        return times
    }

    @Test func aDeadNodeIsDialedSeldomAndNotByAllAtTheSameTime() throws {
        let times = try dials(seed: 1)
        #expect(try dials(seed: 1) == times)
        #expect(times.starts(with: [0, 1, 2, 3]))
        #expect((14...45).contains(times.count), "\(times)")
        let later = try (1...10).map { try #require(dials(seed: $0).last { $0 < 250 }) }
        #expect(Set(later).count > 3, "\(later)")
    }

    @Test func probingPingsAreAnsweredALittleLate() throws {
        var node = try Subject(knowing: [2]) { $0.timings.probeAnswerDelay = 3_000_000 }
        node.bringUp([], at: at(0))
        node.receive(.ping(wantsNodeList: true), from: 2, at: at(0.5))
        #expect(node.sent.isEmpty)
        #expect(node.clusterer.nextDeadline == at(0.503).now)
        node.timer(at: at(0.503))
        #expect(node.sent == ["2: 1 1 PONG []"])
    }

    @Test func thereIsRoomFor128OtherNodesAndTheirUrlsMustBeUsable() throws {
        var node = try Subject()
        for id in 2...140 as ClosedRange<Int32> { node.receive(description(id), from: id, at: at(1)) }
        #expect(node.view.nodes.count == 128)
        // Who wants in again and again does not fill the log.
        node.forget()
        for id in 200...400 as ClosedRange<Int32> { node.receive(description(id), from: id, at: at(1)) }
        #expect(node.effects.count < 16)
        var other = try Subject()
        let bad = NodeDescription(url: bytes("udp:10.0.0.2:5060"), priority: 3, pingRetries: 3)
        other.receive(.nodeDescription(bad, path: [NodeID(2)]), from: 2, at: at(1))
        other.receive(description(-5), from: 2, of: -5, at: at(1))
        #expect(other.view.nodes.isEmpty)
        #expect(other.dropped(.limit) == 2)
    }

    @Test func aHostNameIsResolvedBeforeItsPacketsCount() throws {
        var node = try Subject {
            $0.rows.append(NodeRow(cluster: one, node: NodeID(2), url: bytes("bin:two.example:5555"), priority: 3))
        }
        #expect(node.effects.contains(.resolve(host: "two.example")))
        node.receive(.ping(wantsNodeList: false), from: 2, at: at(1))
        #expect(node.dropped(.foreignAddress) == 1)
        node.clusterer.onResolved(host: "two.example", ips: ["10.0.0.2"])
        node.forget()
        node.receive(.ping(wantsNodeList: false), from: 2, at: at(1))
        #expect(node.sent == ["2: 1 1 PONG []"])
    }
}
