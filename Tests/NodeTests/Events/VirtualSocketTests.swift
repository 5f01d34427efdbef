import Simulation
import Testing

@testable import Node

@Suite struct VirtualSocketTests {
    @Test func `FAILOVER goes on to the next backend, and back after the timeout with one event`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            modparam("event_virtual", "failover_timeout", 5)
            startup_route { subscribe_event("E_A", "virtual:FAILOVER udp:10.0.0.8:9000 udp:10.0.0.9:9000"); }
            route[raise] { raise_event_sync("E_A"); xlog("@ $rc\\n"); }
            """)
        let second = try story.world.recordDatagrams(at: Address("10.0.0.9:9000")!)
        try story.start()
        for _ in 0..<3 {
            story.run("raise")
            story.world.advance(by: .milliseconds(100))
        }
        #expect(second.texts.count == 3)
        #expect(story.said == ["1", "1", "1"])
        #expect(story.statistic("failed@virtual:FAILOVER udp:10.0.0.8:9000 udp:10.0.0.9:9000 #1") == 1)
        let first = try story.world.recordDatagrams(at: Address("10.0.0.8:9000")!)
        story.world.advance(by: .seconds(5))
        for _ in 0..<3 {
            story.run("raise")
            story.world.advance(by: .milliseconds(100))
        }
        #expect(first.texts.count == 3)
        #expect(second.texts.count == 3)
    }

    @Test func `PARALLEL tells the script that some backends have it`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            modparam("event_virtual", "queue", 0)
            event_route[E_EVI_DELIVERY_FAILED] { xlog("@ $param(event) $param(socket): $param(reason)\\n"); }
            startup_route {
              subscribe_event("E_A", "virtual:PARALLEL udp:10.0.0.8:9000 udp:10.0.0.9:9000 flatstore:/log");
              raise_event_sync("E_A"); xlog("@ $rc\\n");
            }
            """)
        let second = try story.world.recordDatagrams(at: Address("10.0.0.9:9000")!)
        try story.start()
        #expect(second.texts.count == 1)
        #expect(story.text(of: "/log") == "E_A\n")
        let label = "virtual:PARALLEL udp:10.0.0.8:9000 udp:10.0.0.9:9000 flatstore:/log"
        #expect(Set(story.said) == ["2", "E_A \(label): udp:10.0.0.8:9000 unreachable"])
    }

    @Test func `an event nobody takes is given up in the end and said to be`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            modparam("event_virtual", "time_to_live", 20)
            event_route[E_EVI_DELIVERY_FAILED] { xlog("@ lost $param(event): $param(reason)\\n"); }
            startup_route { subscribe_event("E_A", "udp:10.0.0.9:9000"); }
            route[wait] { async(raise_event("E_A"), resumed); }
            route[resumed] { xlog("@ $rc\\n"); }
            """
        ).start()
        story.run("wait")
        story.world.advance(by: .seconds(1))
        #expect(story.said == ["3"])
        story.world.advance(by: .seconds(30))
        #expect(story.said == ["3", "lost E_A: expired"])
        #expect(story.statistic("evi_expired") == 1)
    }

    @Test func `reports of failures do not report their own failure`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            modparam("event_virtual", "queue", 0)
            startup_route {
              subscribe_event("E_A", "udp:10.0.0.9:9000");
              subscribe_event("E_EVI_DELIVERY_FAILED", "udp:10.0.0.9:9000");
              raise_event_sync("E_A"); xlog("@ $rc\\n");
            }
            """
        ).start(for: .seconds(10))
        #expect(story.said == ["-1"])
        #expect(story.statistic("evi_failed") == 2)
        #expect(story.statistic("evi_raised") == 2)
    }

    @Test func `a backend without a module is one that fails`() throws {
        let story = try ScriptStory(
            """
            loadmodule "event_virtual.so"
            loadmodule "event_flatstore.so"
            startup_route {
              subscribe_event("E_A", "virtual:FAILOVER udp:10.0.0.9:9000 flatstore:/log"); xlog("@ $rc\\n");
              raise_event_sync("E_A"); xlog("@ $rc\\n");
            }
            """
        ).start()
        #expect(story.said == ["1", "1"])
        #expect(story.text(of: "/log") == "E_A\n")
    }
}
