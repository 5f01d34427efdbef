import Simulation
import Testing

@testable import Node

@Suite struct DatagramSocketTests {
    @Test func `a udp socket gets a notification for every event`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            startup_route {
              subscribe_event("E_A", "udp:10.0.0.9:9000");
              $avp(n) = "who"; $avp(v) = "an\\"n"; $avp(n) = "age"; $avp(v) = 30;
              raise_event("E_A", $avp(n), $avp(v));
              raise_event("E_A");
              raise_event_sync("E_A", , $avp(v)); xlog("@ $rc\\n");
            }
            """)
        let receiver = try story.world.recordDatagrams(at: Address("10.0.0.9:9000")!)
        try story.start()
        #expect(
            receiver.texts == [
                #"{"jsonrpc":"2.0","method":"E_A","params":{"age":30,"who":"an\"n"}}"#,
                #"{"jsonrpc":"2.0","method":"E_A"}"#, #"{"jsonrpc":"2.0","method":"E_A","params":[30,"an\"n"]}"#,
            ])
        #expect(story.said == ["1"])
        #expect(story.statistic("delivered@udp:10.0.0.9:9000") == 3)
        #expect(story.statistic("evi_delivered") == 3)
    }

    @Test func `a receiver that is not there is a failed delivery, and what waits arrives when it comes`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            startup_route {
              subscribe_event("E_A", "udp:10.0.0.9:9000");
              raise_event_sync("E_A"); xlog("@ $rc\\n");
              raise_event("E_A"); raise_event("E_A");
            }
            """)
        try story.start()
        #expect(story.said == ["3"])
        #expect(story.statistic("waiting@udp:10.0.0.9:9000") == 3)
        let receiver = try story.world.recordDatagrams(at: Address("10.0.0.9:9000")!)
        story.world.advance(by: .seconds(3))
        #expect(receiver.texts.count == 3)
        #expect(story.statistic("delivered@udp:10.0.0.9:9000") == 3)
    }

    @Test func `the name of a receiver is looked up`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            startup_route {
              subscribe_event("E_A", "udp:collector.example:9000");
              raise_event("E_A"); raise_event("E_A");
              raise_event_sync("E_A"); xlog("@ $rc\\n");
            }
            """)
        story.world.zone["collector.example"] = [Address.IP("10.0.0.9")!]
        let receiver = try story.world.recordDatagrams(at: Address("10.0.0.9:9000")!)
        try story.start()
        #expect(receiver.texts.count == 3)
        #expect(story.said == ["1"])
    }

    @Test func `a unix socket takes events once it is there`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            startup_route {
              subscribe_event("E_A", "unix:/run/collector"); xlog("@ $rc\\n");
              raise_event_sync("E_A"); xlog("@ $rc\\n");
            }
            """)
        try story.start()
        #expect(story.said == ["1", "3"])
        let receiver = try story.world.recordDatagrams(at: .unix(path: "/run/collector"))
        story.world.advance(by: .seconds(2))
        #expect(receiver.texts == [#"{"jsonrpc":"2.0","method":"E_A"}"#])
    }

    @Test func `a subscription ends with its time, and may be renewed or ended by hand`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            startup_route { subscribe_event("E_A", "udp:10.0.0.9:9000", 10); }
            route[raise] { raise_event("E_A"); }
            route[renew] { subscribe_event("E_A", "udp:10.0.0.9:9000", 10); }
            route[end] { subscribe_event("E_A", "udp:10.0.0.9:9000", 0); }
            """)
        let receiver = try story.world.recordDatagrams(at: Address("10.0.0.9:9000")!)
        func raised() -> Int {
            story.run("raise")
            story.world.advance(by: .milliseconds(10))
            return receiver.texts.count
        }
        try story.start()
        story.world.advance(by: .seconds(9))
        #expect(raised() == 1)
        story.run("renew")
        story.world.advance(by: .seconds(9))
        #expect(raised() == 2)
        story.world.advance(by: .seconds(2))
        #expect(raised() == 2)
        #expect(story.node.events.sockets.isEmpty)
        story.run("renew")
        #expect(raised() == 3)
        story.run("end")
        #expect(raised() == 3)
        #expect(story.statistic("evi_delivered") == 3)
        #expect(story.statistic("delivered@udp:10.0.0.9:9000") == 0)
    }

    @Test func `a socket needs the module of its transport`() throws {
        let story = try ScriptStory(
            """
            loadmodule "event_datagram.so"
            startup_route {
              subscribe_event("E_A", "udp:10.0.0.9:9000"); xlog("@ $rc\\n");
              subscribe_event("E_A", "flatstore:/var/log/x"); xlog("@ $rc\\n");
              subscribe_event("E_A", "virtual:FAILOVER udp:10.0.0.9:9000"); xlog("@ $rc\\n");
            }
            """
        ).start()
        #expect(story.said == ["1", "-1", "-1"])
    }
}
