import Simulation
import Testing

@testable import Node

/// What makes links of other clusters flap has a quiet outcome here: a line in the log for each change, and no change
/// without a cause.
struct NoFlappingTests {
    /// What the log of a node says about links and nodes since a moment.
    private func changes(_ story: FindUserStory, _ name: String, since start: Nanoseconds) -> [String] {
        story.said(name, since: start).filter { $0.contains("link is ") || $0.contains("reachable") }
    }

    private func quietStory() throws -> FindUserStory {
        let story = try FindUserStory { "log_level = 3\n" + $1 }
        try story.startAll()
        // Everybody has told everybody all.
        story.world.advance(by: .seconds(10))
        return story
    }

    @Test(arguments: [3600, -7200, 86_400 * 365] as [Int64])
    func `a clock that jumps changes nothing`(seconds: Int64) throws {
        let story = try quietStory()
        let start = story.world.now
        story.world.wallClock += seconds * 1_000_000
        story.world.advance(by: .seconds(60))
        for name in FindUserStory.names { #expect(changes(story, name, since: start).isEmpty) }
        // Updates still count.
        story.world.partition([story.host("home")], [story.host("asker"), story.host("other")])
        story.world.advance(by: .seconds(20))
        story.world.healAll()
        let isWhole = story.isWhole(limit: .seconds(120))
        #expect(isWhole)
    }

    @Test func `a node that stands still for less than the timeout is not missed`() throws {
        let story = try quietStory()
        let start = story.world.now
        for _ in 0..<40 {
            story.host("home").pause()
            story.world.advance(by: .milliseconds(700))
            story.host("home").resume()
            story.world.advance(by: .milliseconds(900))
        }
        for name in FindUserStory.names {
            let seen = changes(story, name, since: start)
            #expect(seen.isEmpty, "\(name): \(seen)")
        }
    }

    @Test(arguments: [10, 300, 900])
    func `a node that is back within a ping interval is lost and found once`(pause: Int) throws {
        let story = try quietStory()
        let start = story.world.now
        story.host("home").exit()
        story.world.advance(by: .milliseconds(pause))
        try story.start("home")
        let isWhole = story.isWhole(limit: .seconds(10))
        #expect(isWhole)
        story.world.advance(by: .seconds(60))
        for name in ["asker", "other"] {
            let seen = changes(story, name, since: start).filter { $0.contains("node 2:") }
            #expect(seen.count { $0.contains("link is up") } <= 1, "\(name): \(seen)")
            #expect(seen.count <= 4, "\(name): \(seen)")
        }
        #expect(changes(story, "home", since: start).filter { $0.contains("lost") }.isEmpty)
    }

    @Test func `a node that dies half open is lost once, and the rest stays as it is`() throws {
        let story = try quietStory()
        let start = story.world.now
        story.crash("home")
        story.world.advance(by: .seconds(120))
        for name in ["asker", "other"] {
            let seen = changes(story, name, since: start)
            #expect(seen.allSatisfy { $0.contains("node 2:") })
            #expect(seen.count == 2, "\(name): \(seen)")
        }
    }

    @Test func `a peer that takes nothing does not keep the others, and fills no memory`() throws {
        let story = try quietStory()
        let start = story.world.now
        story.host("home").pause()
        let asker = story.node("asker")
        let text = String(repeating: "x", count: 60_000)
        for _ in 0..<300 {
            // The command does not take it, here or there; it only has to be sent.
            _ = try? asker.management.run(
                "cluster_broadcast_mi", .positional([.integer(1), .text("pwd"), .list([.text(text)])]))
            story.world.advance(by: .milliseconds(1))
        }
        story.world.advance(by: .seconds(5))
        let finds = story.isWhole(["asker", "other"])
        #expect(finds)
        story.host("home").resume()
        let isWhole = story.isWhole(limit: .seconds(120))
        #expect(isWhole)
        for name in ["asker", "other"] {
            let seen = changes(story, name, since: start).filter { $0.contains("node 2:") }
            #expect(seen.count <= 6, "\(name): \(seen)")
        }
    }
}
