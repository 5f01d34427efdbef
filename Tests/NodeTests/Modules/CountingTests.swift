import Testing

@testable import Node

@Suite struct CountingTests {
    // MARK: ratelimit

    /// One letter a check: y passes, n does not. A bar lets a second pass.
    private func pattern(_ text: String, _ pipe: RatePipe.Algorithm, limit: Int32, _ timing: RatePipe.Timing) -> String
    {
        var pipe = RatePipe(pipe, limit: limit, now: 0, timing)
        var now: Nanoseconds = 0
        return String(
            text.map { letter in
                if letter == "|" {
                    now += .seconds(1)
                    return letter
                }
                return pipe.check(now: now, timing) ? "y" : "n"
            })
    }

    @Test(arguments: [
        (RatePipe.Algorithm.taildrop, Int32(3), "yyynn|yyyn|y"), (.taildrop, 0, "nn|n"), (.taildrop, -1, "yyyyyy"),
        // As recorded: nothing is known in the first interval, then every second of eight passes with a limit of three.
        (.red, 3, "yyyyyyyyy|nnynnynn|nynynyny|nynynyny"), (.red, 8, "yyyyyyyy|yyyy"),
        (.slots, 3, "yy|yn|n|||||||||y"), (.network, 1, "yyyy"),
    ])
    func `a pipe lets pass what its algorithm lets`(algorithm: RatePipe.Algorithm, limit: Int32, answers: String) {
        var timing = RatePipe.Timing()
        timing.interval = .seconds(1)
        #expect(pattern(answers, algorithm, limit: limit, timing) == answers)
    }

    @Test func `limits count for a second or for an interval`() {
        var timing = RatePipe.Timing()
        timing.interval = .seconds(2)
        #expect(pattern("yyyyn", .taildrop, limit: 2, timing) == "yyyyn")
        timing.isLimitPerInterval = true
        #expect(pattern("yynnn", .taildrop, limit: 2, timing) == "yynnn")
    }

    @Test func `scripts count on pipes`() throws {
        let story = try ModuleStory(
            """
            loadmodule "ratelimit.so"
            modparam("ratelimit", "timer_interval", 1)
            modparam("ratelimit", "expire_time", 60)
            route[use] {
              rl_check("p", 2); rl_check("p", 2); rl_check("p", 2); xlog("@@ $rc $rl_count(p)\\n");
              rl_dec_count("p"); xlog("@@ $rl_count(p)\\n"); rl_reset_count("p"); xlog("@@ $rl_count(p)\\n");
              rl_dec_count("none"); xlog("@@ $rc [$rl_count(none)]\\n"); rl_check("q", 1, "nonsense"); xlog("@@ $rc\\n");
              rl_values($avp(all)); xlog("@@ $(avp(all)[*])\\n"); rl_values($avp(some), "^q"); xlog("@@ $(avp(some)[*])\\n");
            }
            route[later] { rl_check("new", 1); rl_values($avp(left)); xlog("@@ $(avp(left)[*])\\n"); }
            """
        ).start()
        try story.run("use")
        #expect(story.said == ["-1 3", "2", "0", "-1 [<null>]", "1", "p, q", "q"])
        story.world.advance(by: .seconds(120))
        try story.run("later")
        #expect(story.said.last == "new")
    }

    // MARK: statistics

    @Test(arguments: [
        ("p: window=3 slots=3", [5, 7, -3], [Int64(5), 12, 9], Int64(0)),
        ("p: algorithm=average window=3", [5, 8, -100], [5, 6, -29], 0),
        ("p: algorithm=percentage window=3", [1, -1, -1, 0, 5, -7], [100, 50, 33, 33, 75, 40], 0),
        ("p: algorithm=percentage percentage_factor=1000 window=3", [2, -1], [1000, 666], 0),
    ])
    func `a series becomes a number`(profile: String, values: [Int32], results: [Int64], afterwards: Int64) throws {
        var series = StatisticSeries(try SeriesProfile(profile))
        for (value, result) in zip(values, results) {
            series.add(value, now: .seconds(10))
            #expect(series.value(now: .seconds(10)) == result)
        }
        #expect(series.value(now: .seconds(12)) == results.last)
        #expect(series.value(now: .seconds(13)) == afterwards)
    }

    @Test func `a window slides slot by slot`() throws {
        var series = StatisticSeries(try SeriesProfile("p: window=3"))
        for second in 0..<5 { series.add(Int32(1 << second), now: .seconds(second)) }
        #expect(series.value(now: .seconds(4)) == 4 + 8 + 16)
        #expect(series.value(now: .seconds(6)) == 16)
    }

    @Test(arguments: ["", "p", ": window=3", "p: window", "p: window=0", "p: algorithm=sum", "p: colour=red"])
    func `a profile that makes no sense is refused`(text: String) {
        #expect(throws: SeriesProfile.Failure.self) { try SeriesProfile(text) }
    }

    @Test func `series and groups are read by name`() throws {
        let story = try ModuleStory(
            """
            loadmodule "statistics.so"
            modparam("statistics", "stat_groups", "calls")
            modparam("statistics", "stat_series_profile", "asr: algorithm=percentage group=calls")
            startup_route {
              update_stat_series("asr", "rate", 1); update_stat_series("asr", "rate", -1); update_stat("calls:all", 2);
              xlog("@@ $stat(calls:rate) $stat(rate) $stat(calls:all)\\n");
              stat_iter_init("calls", "i"); while (stat_iter_next($var(k), $var(v), "i")) xlog("@@ $var(k)=$var(v)\\n");
              update_stat("nogroup:x", 1); xlog("@@ $rc\\n"); update_stat_series("none", "x", 1); xlog("@@ $rc\\n");
              stat_iter_init("nogroup", "i"); xlog("@@ $rc\\n"); stat_iter_next($var(k), $var(v), "j"); xlog("@@ $rc\\n");
              $stat(all) = "text"; xlog("@@ $rc\\n"); $stat(all) = NULL; xlog("@@ $rc\\n"); $stat(all) = 0; xlog("@@ $rc $stat(all)\\n");
              xlog("@@ $stat(core:rcv_requests)\\n");
            }
            """
        ).start()
        #expect(
            story.said == ["50 50 2", "rate=50", "all=2", "-1", "-1", "-1", "-1", "-1", "-1", "1 0", "0"])
    }

    // MARK: mqueue

    @Test func `a queue without a size keeps the order of a million entries`() throws {
        let story = try ModuleStory(
            """
            max_while_loops = 20000
            loadmodule "mqueue.so"
            modparam("mqueue", "mqueue", "name=q")
            startup_route {
              $var(i) = 0; while ($var(i) < 10000) { mq_add("q", "k", "$var(i)"); $var(i) = $var(i) + 1; }
              $var(i) = 0;
              while (mq_fetch("q")) {
                if ($mqv(q) != "$var(i)" && $(mqv(q){s.int}) != $var(i)) xlog("@@ out of order $mqv(q)\\n");
                $var(i) = $var(i) + 1;
              }
              xlog("@@ $var(i)\\n");
            }
            """
        ).start()
        #expect(story.said == ["10000"])
    }

    @Test(arguments: ["size=3", "name=q;size=x", "name=q;colour=red", ""])
    func `a queue that makes no sense is an error`(text: String) {
        let errors = ModuleStory.errors(in: "loadmodule \"mqueue.so\"\nmodparam(\"mqueue\", \"mqueue\", \"\(text)\")")
        #expect(!errors.isEmpty)
    }
}
