import Simulation
import Testing

@testable import Node

@Suite struct FlatstoreSocketTests {
    @Test func `lines are written as the parameters say`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            modparam("event_flatstore", "delimiter", "::")
            modparam("event_flatstore", "escape_delimiter", "--")
            modparam("event_flatstore", "suppress_event_name", 1)
            modparam("event_flatstore", "suffix", ".$time(%Y)")
            startup_route {
              subscribe_event("E_A", "flatstore:/var/log/a");
              $avp(v) = "x::y"; $avp(v) = 7;
              raise_event("E_A", , $avp(v));
              raise_event_sync("E_A", , $avp(v)); xlog("@ $rc\\n");
            }
            """
        ).start()
        #expect(story.text(of: "/var/log/a.2025") == "7::x--y\n7::x--y\n")
        #expect(story.said == ["1"])
    }

    @Test(arguments: [
        ("rotate_count", "2", "count"), ("rotate_size", "\"8\"", "size"), ("rotate_period", "60", "period"),
    ])
    func `a file is left when it is full`(parameter: String, value: String, reason: String) throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            modparam("event_flatstore", "\(parameter)", \(value))
            modparam("event_flatstore", "suffix", ".$time(%H%M%S)")
            event_route[E_FLATSTORE_ROTATION] {
              xlog("@ $param(reason) $param(old_filename) $param(filename)\\n");
            }
            startup_route { subscribe_event("E_A", "flatstore:/log"); }
            route[raise] { raise_event("E_A"); raise_event("E_A"); }
            """
        ).start()
        story.run("raise")
        story.world.advance(by: .seconds(60))
        story.run("raise")
        story.world.advance(by: .milliseconds(10))
        let first = story.said.first?.split(separator: " ")
        #expect(story.said.count == 1)
        #expect(first?.first == Substring(reason))
        #expect(story.text(of: String(first?[1] ?? "")) == "E_A\nE_A\n")
        #expect(story.text(of: String(first?[2] ?? "")) == "E_A\nE_A\n")
    }

    @Test func `the script can rotate by hand`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            event_route[E_FLATSTORE_ROTATION] { xlog("@ $param(reason) $param(filename)\\n"); }
            startup_route {
              subscribe_event("E_A", "flatstore:/log");
              evi_flat_rotate("/log"); xlog("@ $rc\\n");
              evi_flat_rotate("/other"); xlog("@ $rc\\n");
            }
            """
        ).start()
        #expect(story.said == ["1", "-1", "mi /log"])
    }

    @Test func `a full disk fails deliveries, leaves no half lines, and loses nothing that fits the queue`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            startup_route {
              subscribe_event("E_A", "flatstore:/log");
            }
            route[raise] {
              $var(i) = 0;
              while ($var(i) < 5) { $avp(v) = $var(i); raise_event("E_A", , $avp(v)); $avp(v) = NULL; $var(i) = $var(i) + 1; }
              $avp(v) = 5; raise_event_sync("E_A", , $avp(v)); xlog("@ $rc\\n");
            }
            """
        ).start()
        story.host.disk.space = 15
        story.run("raise")
        story.world.advance(by: .milliseconds(100))
        #expect(story.text(of: "/log") == "E_A,0\nE_A,1\n")
        #expect(story.said == ["3"])
        #expect(story.statistic("waiting@flatstore:/log") == 4)
        story.host.disk.space = nil
        story.world.advance(by: .seconds(2))
        #expect(story.text(of: "/log") == "E_A,0\nE_A,1\nE_A,2\nE_A,3\nE_A,4\nE_A,5\n")
        #expect(story.statistic("delivered@flatstore:/log") == 6)
    }

    @Test func `a directory that vanishes fails deliveries, and the file is made again with it`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            startup_route { subscribe_event("E_A", "flatstore:/var/log/a"); }
            route[raise] { raise_event_sync("E_A"); xlog("@ $rc\\n"); }
            """
        ).start()
        story.host.disk["/var/log/a"] = nil
        story.host.disk.failures["/var/log/a"] = "No such file or directory"
        story.run("raise")
        story.world.advance(by: .seconds(5))
        #expect(story.said == ["3"])
        story.host.disk.failures = [:]
        story.world.advance(by: .seconds(2))
        #expect(story.text(of: "/var/log/a") == "E_A\n")
    }

    @Test func `a file that cannot be opened cannot be subscribed`() throws {
        let story = try ScriptStory(
            """
            \(eventModules)
            modparam("event_flatstore", "max_open_sockets", 1)
            startup_route {
              subscribe_event("E_A", "flatstore:/nowhere/a"); xlog("@ $rc\\n");
              subscribe_event("E_A", "flatstore:/a"); xlog("@ $rc\\n");
              subscribe_event("E_B", "flatstore:/a"); xlog("@ $rc\\n");
              subscribe_event("E_A", "flatstore:/b"); xlog("@ $rc\\n");
            }
            """)
        story.host.disk.failures["/nowhere/a"] = "No such file or directory"
        try story.start()
        #expect(story.said == ["-1", "1", "1", "-1"])
    }
}
