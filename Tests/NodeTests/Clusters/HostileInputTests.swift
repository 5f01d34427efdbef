import Cluster
import Simulation
import Testing

@testable import Node

/// Strangers at the BIN port of a node: each is reported once, by its address, and the cluster goes on.
struct HostileInputTests {
    /// Someone at 192.0.2.9 who dials the node `home`.
    private final class Stranger {
        let stream: any StreamConnection
        private(set) var isClosed = false

        init(_ story: FindUserStory) {
            var closed: () -> Void = {}
            stream = story.world.outside.connect(
                to: Address("10.0.0.2:15552")!, from: Address("192.0.2.9:0")!, timeout: .seconds(3),
                StreamHandlers(onClose: { _ in closed() }))
            closed = { [unowned self] in isClosed = true }
        }
    }

    private static func packet(cluster: Int32) throws -> [UInt8] {
        let packet = Packet(cluster: ClusterID(cluster), source: NodeID(5), content: .ping(wantsNodeList: true))
        return try #require(packet.encode())
    }

    private static func reports(_ story: FindUserStory) -> [String] {
        story.said("home").filter { $0.contains("192.0.2.9") }
    }

    private static func expectUnharmed(_ story: FindUserStory, since start: Nanoseconds) {
        let finds = story.says("asker", "bob is at 10.0.0.7")
        #expect(finds)
        let losses = story.said("asker", since: start).filter {
            $0.contains("not reachable") || $0.contains("link is lost")
        }
        #expect(losses.isEmpty)
    }

    @Test(arguments: ["garbage", "oversized", "truncated"])
    func `what is no packet ends its connection`(kind: String) throws {
        let story = try FindUserStory()
        try story.startAll()
        let start = story.world.now
        let stranger = Stranger(story)
        var packet = try HostileInputTests.packet(cluster: 1)
        switch kind {
        case "garbage": packet = Array("GET / HTTP/1.1\r\nHost: 10.0.0.2\r\n\r\n".utf8)
        case "oversized": packet.replaceSubrange(4..<8, with: [0x7f, 0xff, 0xff, 0x7f])
        default: packet.removeLast(4)
        }
        _ = stranger.stream.send(packet)
        story.world.advance(by: .seconds(30))
        #expect(stranger.isClosed)
        #expect(HostileInputTests.reports(story).count == 1, "\(HostileInputTests.reports(story))")
        HostileInputTests.expectUnharmed(story, since: start)
    }

    @Test func `who sends garbage again and again is refused for a while, counted, and named twice`() throws {
        let story = try FindUserStory()
        try story.startAll()
        let start = story.world.now
        func spam() -> Bool {
            let stranger = Stranger(story)
            _ = stranger.stream.send(Array("GET /".utf8))
            story.world.advance(by: .milliseconds(100))
            return stranger.isClosed
        }
        for _ in 0..<200 {
            let isClosed = spam()
            #expect(isClosed)
        }
        #expect(HostileInputTests.reports(story).count == 2, "\(HostileInputTests.reports(story))")
        #expect(HostileInputTests.reports(story).last?.contains("its connections are refused") == true)
        let node = story.node("home")
        let violations = node.statistics.find(Array("violations".utf8)).map { node.statistics.value($0) }
        #expect(violations == Int64(Offenders.tolerated))
        HostileInputTests.expectUnharmed(story, since: start)
        // Later it may try again.
        story.world.advance(by: Offenders.period)
        let reports = HostileInputTests.reports(story).count
        _ = spam()
        #expect(HostileInputTests.reports(story).count == reports + 1)
    }

    @Test func `packets of an unknown cluster are dropped and named once`() throws {
        let story = try FindUserStory()
        try story.startAll()
        let start = story.world.now
        let stranger = Stranger(story)
        for _ in 0..<100 {
            _ = stranger.stream.send(try HostileInputTests.packet(cluster: 9))
            story.world.advance(by: .milliseconds(10))
        }
        story.world.advance(by: .seconds(1))
        #expect(!stranger.isClosed)
        #expect(HostileInputTests.reports(story).count == 1)
        let node = story.node("home")
        let dropped = node.statistics.find(Array("clusterer_dropped_unknown_cluster".utf8))
        #expect(dropped.map { node.statistics.value($0) } == 100)
        HostileInputTests.expectUnharmed(story, since: start)
    }

    @Test func `who says nothing is hung up on`() throws {
        let story = try FindUserStory()
        try story.startAll()
        let start = story.world.now
        let stranger = Stranger(story)
        story.world.advance(by: .seconds(60))
        #expect(!stranger.isClosed)
        story.world.advance(by: .seconds(70))
        #expect(stranger.isClosed)
        #expect(HostileInputTests.reports(story).count == 1)
        HostileInputTests.expectUnharmed(story, since: start)
    }

    @Test func `there is an end to connections`() throws {
        let story = try FindUserStory()
        try story.startAll()
        let start = story.world.now
        let strangers = (0..<1100).map { _ in Stranger(story) }
        story.world.advance(by: .seconds(5))
        let refused = strangers.count { $0.isClosed }
        #expect((76...90).contains(refused), "\(refused)")
        #expect(HostileInputTests.reports(story).count == 1)
        HostileInputTests.expectUnharmed(story, since: start)
    }
}
