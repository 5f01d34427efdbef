import Testing

@testable import Node

@Suite struct CfgUtilsTests {
    @Test func `a lock is given in the order of asking, to scripts that wait for it`() throws {
        let story = try ModuleStory(
            """
            loadmodule "cfgutils.so"
            route[first] { get_dynamic_lock("k"); xlog("@@ 1 has it\\n"); sleep(5); xlog("@@ 1 gives it back\\n"); release_dynamic_lock("k"); }
            route[second] { get_dynamic_lock("k"); xlog("@@ 2 has it: $rc\\n"); sleep(1); release_dynamic_lock("k"); }
            route[third] { get_dynamic_lock("k"); xlog("@@ 3 has it\\n"); release_dynamic_lock("k"); }
            route[other] { get_static_lock("other"); xlog("@@ another lock is free\\n"); release_static_lock("other"); }
            """
        ).start()
        for route in ["first", "second", "third", "other"] { try story.run(route) }
        #expect(story.said == ["1 has it", "another lock is free"])
        story.world.advance(by: .seconds(10))
        #expect(
            story.said.dropFirst(2) == ["1 gives it back", "2 has it: 1", "3 has it"])
    }

    @Test func `a script that ends gives its locks back, also after async`() throws {
        let story = try ModuleStory(
            """
            loadmodule "cfgutils.so"
            route[sloppy] { get_dynamic_lock("k"); async(sleep(3), on); }
            route[on] { xlog("@@ still mine\\n"); exit; }
            route[next] { get_dynamic_lock("k"); xlog("@@ mine\\n"); }
            """
        ).start()
        try story.run("sloppy")
        try story.run("next")
        #expect(story.said == [])
        story.world.advance(by: .seconds(4))
        #expect(story.said == ["still mine", "mine"])
        try story.run("next")
        #expect(story.said.count == 3)
    }

    @Test func `a node may end while scripts hold locks and wait for them`() throws {
        for _ in 0..<3 {
            let story = try ModuleStory(
                """
                loadmodule "cfgutils.so"
                route[hold] { get_dynamic_lock("k"); async(sleep(3), on); }
                route[block] { get_dynamic_lock("l"); sleep(3); }
                route[on] { xlog("@@ on\\n"); }
                route[wait] { get_dynamic_lock("k"); }
                route[wait2] { get_dynamic_lock("l"); }
                """
            ).start()
            for route in ["hold", "block", "wait", "wait2", "wait"] { try story.run(route) }
            #expect(story.node.waits.count == 5)
        }
    }

    @Test func `asking twice for a lock fails`() throws {
        let story = try ModuleStory(
            """
            loadmodule "cfgutils.so"
            startup_route { get_static_lock("k"); get_static_lock("k"); xlog("@@ $rc\\n"); }
            """
        ).start()
        #expect(story.said == ["-1"])
    }

    @Test func `chance follows the host, and weights their sizes`() throws {
        let story = try ModuleStory(
            """
            loadmodule "cfgutils.so"
            modparam("cfgutils", "initial_probability", 100)
            startup_route {
              rand_event(); xlog("@@ $rc\\n"); rand_set_prob(0); rand_event(); xlog("@@ $rc\\n");
              $var(n) = 0; $var(i) = 0; while ($var(i) < 4000) { if (rand_event(25)) $var(n) = $var(n) + 1; $var(i) = $var(i) + 1; }
              if ($var(n) > 900 && $var(n) < 1100) xlog("@@ about a quarter\\n");
              $avp(w) = 1; $avp(w) = 3; $avp(w) = 0; $var(i) = 0; $var(ones) = 0; $var(twos) = 0;
              while ($var(i) < 4000) {
                set_select_weight($avp(w));
                if ($rc == 1) $var(ones) = $var(ones) + 1; else if ($rc == 2) $var(twos) = $var(twos) + 1;
                $var(i) = $var(i) + 1;
              }
              $var(sum) = $var(ones) + $var(twos);
              if ($var(ones) > 2850 && $var(twos) > 850 && $var(sum) == 4000) xlog("@@ three to one\\n");
              $var(i) = 0; while ($var(i) < 20) { $avp(s) = $var(i); $var(i) = $var(i) + 1; }
              $var(before) = $(avp(s)[*]); shuffle_avps($avp(s)); $var(after) = $(avp(s)[*]);
              if ($var(before) != $var(after) && $(var(before){s.len}) == $(var(after){s.len})) xlog("@@ shuffled\\n");
              if ($RANDOM >= 0 && $RANDOM != $RANDOM) xlog("@@ random\\n");
            }
            """
        ).start()
        #expect(story.said == ["1", "-1", "about a quarter", "three to one", "shuffled", "random"])
    }

    @Test func `time and environment are the host's`() throws {
        let story = try ModuleStory(
            """
            loadmodule "cfgutils.so"
            startup_route {
              get_accurate_time($var(s), $var(u), $var(t)); xlog("@@ $var(s) $var(u) $var(t)\\n");
              xlog("@@ $ctime(year) [$env(COLOUR)] [$env(NONE)]\\n");
              if (check_time_rec("20250101T000000|20250102T000000")) xlog("@@ today\\n");
            }
            """)
        story.host.environmentVariables["COLOUR"] = "red"
        #expect(try story.start().said == ["1735689600 0 1735689600.000000", "2025 [red] [<null>]", "today"])
    }

    @Test(arguments: [
        ("shvset", "\"x\"", "form"), ("shvset", "\"x=5\"", "form"), ("varset", "\"x=i:abc\"", "form"),
        ("initial_probability", "101", "percent"),
    ])
    func `a parameter that makes no sense is an error`(name: String, value: String, words: String) {
        let errors = ModuleStory.errors(in: "loadmodule \"cfgutils.so\"\nmodparam(\"cfgutils\", \"\(name)\", \(value))")
        #expect(errors.contains { $0.contains(words) }, "\(errors)")
    }
}
