import Fixtures
import Testing

@Suite("How tests are organised")
struct OrganisationTests {
    private static let node = """
        startup_route { $var(n) = 0; }
        route[add] { $var(n) = $var(n) + $param(1); }
        route { exit; }
        """

    private func names(_ text: String, _ selection: TestPlan.Selection = TestPlan.Selection()) throws -> [String] {
        let file = try #require(Playground(["t/a.test.cfg": text]).load())
        #expect(file.diagnostics.isEmpty)
        return TestPlan([file], selection).entries.map(\.test.name)
    }

    @Test("Groups have setups, teardowns and mocks of their own, around those of their tests")
    func groups() {
        let playground = Playground([
            "t/n.cfg": Self.node + "\nloadmodule \"auth_db.so\"\n"
                + "route[who] { $var(who) = -1; if (www_authorize(\"a\", \"b\")) $var(who) = 1; }",
            "t/a.test.cfg": """
            setup { node("n", "n.cfg"); run("n", "add", 1); }
            teardown { expect($vars(n:$var(n)) == 111); }
            mock_route[www_authorize] { return (1); }
            group["refusals", slow] {
                setup { run("n", "add", 10); }
                mock_route[www_authorize] { return (-2); }
                test["nobody gets in"] { run("n", "who"); expect($vars(n:$var(who)) == -1); run("n", "add", 100); }
                group["inner"] {
                    teardown { run("n", "add", 100); }
                    test["goes on"] { run("n", "who"); expect($vars(n:$var(who)) == -1); }
                }
            }
            test["outside"] { run("n", "add", 110); run("n", "who"); expect($vars(n:$var(who)) == 1); }
            """,
        ])
        #expect(playground.failures() == [])
        #expect(
            playground.results().map(\.name) == [
                "refusals > nobody gets in", "refusals > inner > goes on", "outside",
            ])
        #expect(playground.results().map(\.tags) == [["slow"], ["slow"], []])
    }

    @Test("A table gives a test for each of its cases, with the values in its name")
    func tables() throws {
        let playground = Playground([
            "t/n.cfg": Self.node,
            "t/a.test.cfg": """
            test["$case(a) and $case(b) is $case(sum)"] {
                cases {
                    a, b, sum;
                    1, 2, 3;
                    -1, 5, 4;
                    2, 2, 5;
                }
                node("n", "n.cfg");
                run("n", "add", $case(a));
                run("n", "add", $case(b));
                expect($vars(n:$var(n)) == $case(sum));
            }
            test["texts"] {
                cases { text, length; "bob", 3; NULL, NULL; }
                expect($(case(text){s.len}) == $case(length));
            }
            """,
        ])
        #expect(
            playground.results().map { "\($0.name): \($0.isFailure), line \($0.line)" } == [
                "1 and 2 is 3: false, line 4", "-1 and 5 is 4: false, line 5", "2 and 2 is 5: true, line 6",
                "texts (bob, 3): false, line 14", "texts (NULL, NULL): false, line 14",
            ])
        let failure = try #require(playground.failures().first)
        #expect(failure.contains("expected  5\n  actual    4"), "\(failure)")
    }

    @Test("A selection takes names, files and tags; `only` takes the rest out")
    func selections() throws {
        let text = """
            test["a one"] { ; }
            test["b", slow] { ; }
            group["g", slow] { test["c"] { ; } test["d", flaky] { ; } }
            """
        #expect(try names(text) == ["a one", "b", "g > c", "g > d"])
        #expect(try names(text, TestPlan.Selection(text: "one")) == ["a one"])
        #expect(try names(text, TestPlan.Selection(text: "g >")) == ["g > c", "g > d"])
        #expect(try names(text, TestPlan.Selection(text: "slow")) == ["b", "g > c", "g > d"])
        #expect(try names(text, TestPlan.Selection(text: "a.test")) == ["a one", "b", "g > c", "g > d"])
        #expect(try names(text, TestPlan.Selection(text: "none")).isEmpty)
        #expect(try names(text, TestPlan.Selection(tags: ["slow"])) == ["b", "g > c", "g > d"])
        #expect(
            try names(text, TestPlan.Selection(tags: ["slow"], unwantedTags: ["flaky"])) == ["b", "g > c"])
        #expect(try names("test[\"a\"] { ; } test[\"b\", only] { ; }") == ["b"])
    }

    @Test("A test can find that it is to be skipped, and says why")
    func skips() {
        let playground = Playground([
            "t/n.cfg": Self.node,
            "t/a.test.cfg": """
            setup { node("n", "n.cfg"); if ($vars(n:$var(n)) == 0) skip("nothing to see"); }
            test["a"] { expect(0, "not reached"); }
            """,
        ])
        #expect(playground.results().map { "\($0.outcome)" } == ["skipped(reason: Optional(\"nothing to see\"))"])
    }

    @Test("Runs of one test with several seeds add up to one result")
    func seeds() throws {
        let playground = Playground(
            "loadmodule \"cfgutils.so\"\nroute[draw] { $var(d) = $(RANDOM{s.int}) % 2; }",
            test: "run(\"n\", \"draw\"); expect($vars(n:$var(d)) == 0);")
        let entry = try #require(playground.load().map { TestPlan([$0]).entries[0] })
        var result = TestPlan.run(entry, seed: 1)
        for seed in 2...20 { result.add(TestPlan.run(entry, seed: UInt64(seed))) }
        #expect(result.seeds == Array(1...20))
        #expect(!result.failedSeeds.isEmpty && result.failedSeeds.count < 20)
        #expect(result.isFailure)
        var report = TextReport(isColoured: false)
        let text = report.add(result)
        #expect(text.contains("\(result.failedSeeds.count) of 20 runs failed, with seed \(result.failedSeeds[0])"))
    }

    @Test(
        "What is wrong with groups and tables is found before anything runs",
        arguments: [
            ("group[\"g\"] { $var(x) = 1; }", "expected a test, setup, teardown, a mock or another group"),
            ("group[\"g\"] { test[\"a\"] { ; } test[\"a\"] { ; } }", "test[\"a\"] is defined twice"),
            ("test[\"a\"] { cases { a, b; 1; } ; }", "this case has 1 values for 2 columns"),
            ("test[\"a\"] { cases { a; $var(x); } ; }", "expected a text, a number or NULL"),
            ("mock_module[no_such_module] { ; }", "OpenSIPS has no module 'no_such_module'"),
            ("group[\"g\"] { test[\"a\"] { ; }", "this brace is not closed"),
        ])
    func brokenFiles(text: String, message: String) throws {
        let file = try #require(Playground(["t/a.test.cfg": text]).load())
        #expect(file.isBroken)
        #expect(file.diagnostics.map { String($0.message.prefix(message.count)) } == [message])
    }
}
