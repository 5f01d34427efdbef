import Simulation
import Testing

@testable import Node

@Suite struct StormTests {
    @Test(arguments: [
        """
        event_route[E_S] { raise_event("E_S"); }
        """,
        """
        event_route[E_S] { raise_event("E_T"); }
        event_route[E_T] { xlog("L_DBG", "on\\n"); raise_event("E_S"); }
        """,
    ])
    func `event routes that raise each other for ever keep nobody from working`(routes: String) throws {
        let story = try ScriptStory(
            """
            \(routes)
            startup_route { raise_event("E_S"); }
            route[other] { xlog("@ other\\n"); }
            timer_route[t, 1] { xlog("@ tick\\n"); }
            """
        ).start()
        story.run("other")
        story.world.advance(by: .milliseconds(1000))
        #expect(story.said == ["other", "tick"])
        #expect(story.statistic("evi_routes_dropped") == 0)
        let slowed = try #require(story.statistic("evi_routes_slowed"))
        #expect((9000...11_000).contains(slowed), "ten a millisecond, not \(slowed)")
        #expect(story.host.logLines.count { $0.text.contains("raise events without end") } == 1)
    }

    @Test func `a long chain of events that comes to its end is not slowed down`() throws {
        let story = try ScriptStory(
            """
            event_route[E_DOWN] {
                if ($param(left) == 0) { xlog("@ done\\n"); exit; }
                $avp(n) = "left"; $avp(v) = $param(left) - 1;
                raise_event("E_DOWN", $avp(n), $avp(v));
            }
            startup_route { $avp(n) = "left"; $avp(v) = 5000; raise_event("E_DOWN", $avp(n), $avp(v)); }
            """
        ).start(for: .milliseconds(1))
        #expect(story.said == ["done"])
        #expect(story.statistic("evi_routes_slowed") == 0)
    }

    @Test func `an event that multiplies is bounded, counted and reported`() throws {
        let story = try ScriptStory(
            """
            loadmodule "cfgutils.so"
            event_route[E_S] { raise_event("E_S"); raise_event("E_S"); raise_event("E_S"); }
            startup_route { raise_event("E_S"); }
            route[sleeper] { usleep(1000); xlog("@ awake\\n"); }
            """
        ).start(for: .milliseconds(2))
        story.run("sleeper")
        story.world.advance(by: .milliseconds(8))
        #expect(story.said == ["awake"])
        #expect((story.statistic("evi_routes_dropped") ?? 0) > 0)
        #expect(story.host.logLines.count { $0.text.contains("further ones are dropped") } == 1)
    }
}
