import Simulation
import Testing

@testable import Node

@Suite struct SpoolTests {
    static let script = """
        loadmodule "event_stream.so"
        loadmodule "event_virtual.so"
        modparam("event_stream", "reliable_mode", 1)
        modparam("event_stream", "timeout", 500)
        modparam("event_virtual", "spool", "/var/spool")
        modparam("event_virtual", "queue", 200)
        modparam("event_virtual", "time_to_live", 100000)
        startup_route { $var(n) = 0; subscribe_event("E_A", "virtual:FAILOVER tcp:10.0.0.8:9000 tcp:10.0.0.9:9000"); }
        route[raise] {
          $var(i) = 0;
          while ($var(i) < 100) {
            $avp(v) = $var(n); raise_event("E_A", , $avp(v)); $avp(v) = NULL;
            $var(i) = $var(i) + 1; $var(n) = $var(n) + 1;
          }
          raise_event_sync("E_A"); xlog("@ $rc\\n");
        }
        """
    static let label = "virtual:FAILOVER tcp:10.0.0.8:9000 tcp:10.0.0.9:9000"

    private final class Server {
        var numbers: [Int] = []
        var recorder: StreamRecorder?
        private var rest = ""

        init(_ world: Simulation) throws {
            recorder = try world.recordStreams(at: Address("10.0.0.9:9000")!)
            recorder?.onReceive = { [unowned self] connection, bytes in
                rest += String(decoding: bytes, as: UTF8.self)
                while let end = rest.firstIndex(of: "}") {
                    let request = rest[...end]
                    rest = String(rest[rest.index(after: end)...])
                    if let number = request.split(separator: "[").dropFirst().first.flatMap({
                        Int($0.prefix { $0.isNumber })
                    }) {
                        numbers.append(number)
                    }
                    let id = request.dropFirst(6).prefix { $0.isNumber }
                    connection.send(Array(#"{"jsonrpc":"2.0","result":1,"id":\#(id)}"#.utf8))
                }
            }
        }
    }

    @Test func `events that nobody takes outlive the process, and arrive in order`() throws {
        let story = try ScriptStory(Self.script).start()
        story.world.splitsStreams = false
        // Five times what there is room for in memory.
        for _ in 0..<10 {
            story.run("raise")
            story.world.advance(by: .seconds(1))
        }
        #expect(story.said == Array(repeating: "3", count: 10))
        #expect(story.statistic("spooled@\(Self.label)") == 1010)
        #expect(story.statistic("evi_failed") == 0)

        story.host.crash(keepingFiles: false)
        story.world.advance(by: .seconds(10))
        story.host.restart()
        let node = Node(name: "node", host: story.host)
        let next = try ScriptStory(Self.script, on: story.host, story.world, node)
        try next.start(for: .seconds(5))
        #expect(next.statistic("spooled@\(Self.label)") == 1010)

        let server = try Server(story.world)
        story.world.advance(by: .seconds(60))
        #expect(server.numbers == Array(0..<1000))
        #expect(next.statistic("spooled@\(Self.label)") == 0)
        #expect(next.statistic("delivered@\(Self.label)") == 1010)
        #expect(next.statistic("evi_failed") == 0)
        _ = server.recorder
    }

    @Test func `a node that stops leaves on disk what has not arrived`() throws {
        let story = try ScriptStory(Self.script).start()
        story.world.splitsStreams = false
        story.run("raise")
        story.world.advance(by: .seconds(1))
        story.node.stop()
        let node = Node(name: "node", host: story.host)
        let next = try ScriptStory(Self.script, on: story.host, story.world, node)
        let server = try Server(story.world)
        try next.start(for: .seconds(60))
        #expect(server.numbers == Array(0..<100))
    }

    @Test func `a full disk is no disaster`() throws {
        let story = try ScriptStory(Self.script).start()
        story.world.splitsStreams = false
        story.host.disk.space = 1000
        story.run("raise")
        story.world.advance(by: .seconds(5))
        story.host.disk.space = nil
        story.world.advance(by: .seconds(5))
        #expect(story.said == ["3"])
        let server = try Server(story.world)
        story.world.advance(by: .seconds(60))
        #expect(server.numbers == Array(0..<100))
        #expect(story.statistic("spooled@\(Self.label)") == 0)
    }
}
