import Simulation
import Testing

@testable import Node

@Suite struct StormTests {
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
        // The sleeper has its turn behind the hundred thousand that were there before it.
        story.world.advance(by: .milliseconds(8))
        #expect(story.said == ["awake"])
        #expect((story.statistic("evi_routes_dropped") ?? 0) > 0)
        #expect(story.host.logLines.count { $0.text.contains("further ones are dropped") } == 1)
    }
}
