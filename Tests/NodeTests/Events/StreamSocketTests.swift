import Simulation
import Testing

@testable import Node

@Suite struct StreamSocketTests {
    static let modules = "loadmodule \"event_stream.so\"\nloadmodule \"event_virtual.so\"\n"

    /// A JSON-RPC server that answers every request.
    private func server(_ address: String, _ world: Simulation, result: String = #""result":1"#) throws
        -> StreamRecorder
    {
        let server = try world.recordStreams(at: Address(address)!)
        server.onReceive = { connection, bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            for part in text.split(separator: "{\"id\":").dropFirst(text.hasPrefix("{\"id\":") ? 0 : 1) {
                let id = part.prefix { $0.isNumber }
                connection.send(Array("{\"jsonrpc\":\"2.0\",\(result),\"id\":\(id)}".utf8))
            }
        }
        return server
    }

    @Test func `notifications go out over one connection`() throws {
        let story = try ScriptStory(
            """
            \(Self.modules)
            modparam("event_stream", "event_param", "evn")
            startup_route {
              subscribe_event("E_A", "tcp:10.0.0.9:9000/meth");
              subscribe_event("E_B", "jsonrpc:10.0.0.9:9000");
              $avp(n) = "k"; $avp(v) = 1;
              raise_event("E_A", $avp(n), $avp(v)); raise_event("E_A", , $avp(v)); raise_event("E_A");
              raise_event_sync("E_B"); xlog("@ $rc\\n");
            }
            """)
        story.world.splitsStreams = false
        let server = try story.world.recordStreams(at: Address("10.0.0.9:9000")!)
        try story.start()
        #expect(server.connections.count == 1)
        #expect(
            server.connections.first?.text
                == #"{"jsonrpc":"2.0","method":"meth","params":{"evn":"E_A","k":1}}"#
                + #"{"jsonrpc":"2.0","method":"meth","params":["E_A",1]}{"jsonrpc":"2.0","method":"meth"}"#
                + #"{"jsonrpc":"2.0","method":"E_B"}"#)
        #expect(story.said == ["1"])
    }

    @Test func `in reliable mode an event is delivered when it is answered`() throws {
        let story = try ScriptStory(
            """
            \(Self.modules)
            modparam("event_stream", "reliable_mode", 1)
            startup_route { subscribe_event("E_A", "tcp:10.0.0.9:9000"); }
            route[raise] { raise_event_sync("E_A"); xlog("@ $rc\\n"); }
            """)
        story.world.splitsStreams = false
        let server = try server("10.0.0.9:9000", story.world)
        try story.start()
        story.run("raise")
        story.run("raise")
        story.world.advance(by: .seconds(1))
        #expect(story.said == ["1", "1"])
        #expect(server.connections.count == 1)
    }

    @Test func `an answer with an error is a refusal`() throws {
        let story = try ScriptStory(
            """
            \(Self.modules)
            modparam("event_stream", "reliable_mode", 1)
            startup_route { subscribe_event("E_A", "tcp:10.0.0.9:9000"); raise_event_sync("E_A"); xlog("@ $rc\\n"); }
            event_route[E_EVI_DELIVERY_FAILED] { xlog("@ $param(reason)\\n"); }
            """)
        story.world.splitsStreams = false
        let server = try server("10.0.0.9:9000", story.world, result: #""error":{"code":1}"#)
        try story.start()
        #expect(server.connections.count == 1)
        #expect(Set(story.said) == ["-1", "refused"])
    }

    @Test func `a server that falls silent costs one timeout, and the next backend gets the event`() throws {
        let story = try ScriptStory(
            """
            \(Self.modules)
            modparam("event_stream", "reliable_mode", 1)
            modparam("event_stream", "timeout", 200)
            startup_route { subscribe_event("E_A", "virtual:FAILOVER tcp:10.0.0.8:9000 tcp:10.0.0.9:9000"); }
            route[raise] { raise_event_sync("E_A"); xlog("@ $rc\\n"); }
            """)
        story.world.splitsStreams = false
        let silent = try story.world.recordStreams(at: Address("10.0.0.8:9000")!)
        let server = try server("10.0.0.9:9000", story.world)
        try story.start()
        let before = story.world.now
        story.run("raise")
        story.world.advance(until: { !story.said.isEmpty }, limit: .seconds(5))
        #expect(story.world.now - before < .milliseconds(250))
        story.run("raise")
        story.world.advance(by: .milliseconds(20))
        #expect(story.said == ["1", "1"])
        #expect(silent.connections.count == 1)
        #expect(server.connections.count == 1)
        let label = "virtual:FAILOVER tcp:10.0.0.8:9000 tcp:10.0.0.9:9000"
        #expect(story.statistic("possible_duplicates@\(label)") == 1)
    }

    @Test func `events wait while the server is down, and arrive in order when it is back`() throws {
        let story = try ScriptStory(
            """
            \(Self.modules)
            modparam("event_stream", "reliable_mode", 1)
            startup_route {
              subscribe_event("E_A", "tcp:collector.example:9000");
              $var(i) = 0;
              while ($var(i) < 50) { $avp(v) = $var(i); raise_event("E_A", , $avp(v)); $avp(v) = NULL; $var(i) = $var(i) + 1; }
            }
            """)
        story.world.zone["collector.example"] = [Address.IP("10.0.0.9")!]
        try story.start(for: .seconds(3))
        #expect(story.statistic("waiting@tcp:collector.example:9000") == 50)
        story.world.splitsStreams = false
        let server = try server("10.0.0.9:9000", story.world)
        story.world.advance(by: .seconds(3))
        let numbers = server.connections.flatMap {
            $0.text.split(separator: "[").dropFirst().map { $0.prefix { $0 != "]" } }
        }
        #expect(numbers == (0..<50).map { Substring("\($0)") })
        #expect(story.statistic("delivered@tcp:collector.example:9000") == 50)
    }
}
