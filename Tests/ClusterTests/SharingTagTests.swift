import Testing

@testable import Cluster

@Suite struct SharingTagTests {
    private let vip = bytes("vip")

    private func isActive(_ node: inout Subject) -> Bool? {
        node.clusterer.isSharingTagActive(vip, in: one)
    }

    private func activate(_ node: inout Subject, at moment: Moment) throws {
        node.take(try node.clusterer.activateSharingTag(vip, in: one, reason: "MI command", at: moment))
    }

    private func hear(_ node: inout Subject, from other: Int32, at moment: Moment) {
        node.receive(.sharingTagActive(name: vip, to: NodeID(1)), from: other, at: moment)
    }

    @Test func aTagThatIsReadExistsAsABackup() throws {
        var node = try Subject()
        #expect(isActive(&node) == false)
        #expect(node.view.sharingTags == [SharingTagListing(name: vip, cluster: one, isActive: false)])
        #expect(node.clusterer.isSharingTagActive(vip, in: ClusterID(4)) == nil)
    }

    @Test func activationIsToldToAllAndAnotherNodeTakesTheTagOver() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2, 3], at: at(0))
        try activate(&node, at: at(1))
        #expect(node.sent == ["2: 1 1>2 SHTAG_ACTIVE vip", "3: 1 1>3 SHTAG_ACTIVE vip"])
        try activate(&node, at: at(2))
        #expect(node.sent.count == 4)
        // Half a second after our word it cannot be a crossing.
        hear(&node, from: 3, at: at(2.5))
        #expect(isActive(&node) == false)
        hear(&node, from: 2, at: at(3))
        #expect(
            node.events == [
                .sharingTagChanged(name: vip, cluster: one, isActive: true, reason: "MI command"),
                .sharingTagChanged(name: vip, cluster: one, isActive: false, reason: "cluster broadcast from 3"),
            ])
        node.timer(at: at(10))
        #expect(isActive(&node) == false)
    }

    @Test func whoCouldNotBeReachedIsToldOnComingUp() throws {
        var node = try Subject(knowing: [2, 3])
        node.bringUp([2], at: at(0))
        try activate(&node, at: at(0.5))
        node.forget()
        node.receive(.pong(knownNodes: []), from: 3, at: at(0.7))
        #expect(node.sent.contains("3: 1 1>3 SHTAG_ACTIVE vip"))
    }

    @Test func whoWasToldIsNotToldAgainButALateJoinerIs() throws {
        var node = try Subject(knowing: [2])
        node.bringUp([2], at: at(0))
        try activate(&node, at: at(1))
        node.receive(description(3), from: 3, at: at(7))
        node.bringUp([], at: at(7))
        node.take(node.clusterer.onSendFailed(to: Subject.address(2), at: at(7.1)))
        node.bringUp([], at: at(8))
        node.receive(.pong(knownNodes: []), from: 2, at: at(8.1))
        node.receive(.pong(knownNodes: []), from: 3, at: at(8.1))
        #expect(node.sent.filter { $0.contains("SHTAG") } == ["3: 1 1>3 SHTAG_ACTIVE vip"])
    }

    @Test func aConfiguredTagIsToldToEveryComerUntilSomebodyTakesIt() throws {
        var node = try Subject(knowing: [2, 3]) {
            $0.sharingTags = [try SharingTagSetting(parsing: "vip/1=active")]
        }
        node.timer(at: at(0))
        node.receive(.pong(knownNodes: []), from: 2, at: at(0.1))
        #expect(node.sent.contains("2: 1 1>2 SHTAG_ACTIVE vip"))
        hear(&node, from: 2, at: at(1))
        node.forget()
        node.bringUp([], at: at(2))
        node.receive(.pong(knownNodes: []), from: 3, at: at(2.1))
        #expect(!node.sent.contains { $0.contains("SHTAG") })
    }

    @Test func ofTwoThatSpeakAtOnceTheLowerNumberStays() throws {
        var node = try Subject(knowing: [2])
        node.bringUp([2], at: at(0))
        try activate(&node, at: at(1))
        node.forget()
        hear(&node, from: 2, at: at(1.01))
        #expect(isActive(&node) == true)
        #expect(node.sent == ["2: 1 1>2 SHTAG_ACTIVE vip"])
        node.timer(at: at(2.02))
        #expect(node.sent.filter { $0.contains("SHTAG") }.count == 2)
        hear(&node, from: 2, at: at(3))
        #expect(isActive(&node) == false)
    }

    @Test func whoInsistsAfterACrossingMeansIt() throws {
        var node = try Subject(knowing: [2])
        node.bringUp([2], at: at(0))
        try activate(&node, at: at(1))
        hear(&node, from: 2, at: at(1.01))
        hear(&node, from: 2, at: at(1.02))
        #expect(isActive(&node) == false)
    }

    @Test func theLoserTakesTheTagBackWhenNobodyConfirmsIt() throws {
        for isConfirmed in [false, true] {
            var timings = try Timings()
            timings.refreshDelay = nil
            let configuration = try Configuration(
                nodeID: NodeID(5), own: ["cluster_id=1, url=bin:10.0.0.5"],
                neighbours: ["cluster_id=1, node_id=2, url=bin:10.0.0.2"], timings: timings)
            var node = try Subject()
            node.clusterer = try Clusterer(configuration)
            node.take(node.clusterer.start(at: at(0)))
            node.bringUp([2], at: at(0))
            try activate(&node, at: at(1))
            node.receive(.sharingTagActive(name: vip, to: NodeID(5)), from: 2, at: at(1.01))
            #expect(isActive(&node) == false)
            if isConfirmed { node.receive(.sharingTagActive(name: vip, to: NodeID(5)), from: 2, at: at(2)) }
            node.timer(at: at(3.5))
            #expect(isActive(&node) == !isConfirmed)
        }
    }

    @Test func strangersCannotMakeUpAnyNumberOfTags() throws {
        var node = try Subject(knowing: [2])
        for index in 0..<2000 {
            node.receive(.sharingTagActive(name: bytes("t\(index)"), to: NodeID(1)), from: 2, at: at(1))
        }
        #expect(node.view.sharingTags.count == 1024)
        #expect(node.dropped(.limit) == 976)
        var other = try Subject(knowing: [2])
        for length in [255, 256, 60_000] {
            let name = [UInt8](repeating: UInt8(ascii: "t"), count: length)
            other.receive(.sharingTagActive(name: name, to: NodeID(1)), from: 2, at: at(1))
        }
        #expect(other.view.sharingTags.map(\.name.count) == [255])
    }
}
