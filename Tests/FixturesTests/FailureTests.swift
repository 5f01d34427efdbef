import Fixtures
import Testing

/// What people read when a test fails.
@Suite("Failures")
struct FailureTests {
    @Test("An expectation shows what was expected and what was there")
    func comparison() {
        let playground = Playground(
            "route[who] { $var(user) = \"bob\"; xlog(\"asked\\n\"); }",
            test: "    run(\"n\", \"who\");\n    expect($vars(n:$var(user)) == \"alice\", \"the wrong user\");")
        #expect(
            playground.failures() == [
                """
                t/a.test.cfg:4:5: the wrong user
                        expect($vars(n:$var(user)) == "alice", "the wrong user");
                        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                  expected  "alice"
                  actual    "bob"
                  the last lines of the log:
                    0.000000  n  NOTICE: asked
                """
            ])
    }

    @Test("Where statements are traced, a failure shows what the scripts did")
    func traced() throws {
        let playground = Playground(
            "route[who] { $var(user) = \"bob\"; xlog(\"asked\\n\"); $var(n) = 2; }",
            test: "    run(\"n\", \"who\");\n    expect($vars(n:$var(user)) == \"alice\");")
        var options = TestOptions()
        options.traces = true
        let failure = try #require(playground.failures(options: options).first)
        #expect(
            failure.hasSuffix(
                """
                  the last lines of the log:
                    0.000000  n  n.cfg:1           $var(user) = "bob"                        $var(user): NULL -> "bob"
                    0.000000  n  n.cfg:1           xlog("asked\\n")
                    0.000000  n  NOTICE: asked
                    0.000000  n  n.cfg:1           $var(n) = 2                               $var(n): NULL -> 2
                """), "\(failure)")
    }

    @Test(
        "Each part of a condition shows its value",
        arguments: [
            (
                "expect($var(a) == 1 && $var(b) != NULL);",
                ["$var(a)  1, compared with 1", "$var(b)  NULL, compared with != NULL"]
            ),
            ("expect($var(a) > 5);", ["expected  > 5", "actual    1"]),
            ("expect($var(c));", ["$var(c)  0"]),
            ("expect([$var(a) + $var(c) - 1]);", ["$var(a)  1", "$var(c)  0"]),
            ("expect($var(a) == $var(c));", ["expected  0", "actual    1"]),
            ("if ($var(a) == 1) { while (1) { expect(!($var(a) == 1)); } }", ["expected  1", "actual    1"]),
        ])
    func parts(statement: String, details: [String]) throws {
        let playground = Playground("", test: "$var(a) = 1; $var(b) = NULL; $var(c) = 0;\n\(statement)")
        let lines = try #require(playground.failures().first).split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") } == details.map { "  " + $0 })
    }

    @Test(
        "Functions of tests say what they found",
        arguments: [
            ("expect_log(\"n\", \"goodbye\");", "no line in the log of n is like this"),
            ("expect_no_log(\"n\", \"hel+o\");", "n logged what it should not have"),
            ("expect_log(\"n\", \"hello\", 3);", "the log of n does not have so many such lines"),
            ("expect_event(\"n\", \"E_X\");", "E_X was not raised like this on n"),
            ("expect_waits(\"n\", 2);", "another number of scripts waits on n"),
            ("expect_reply(\"n\", 200);", "n has no udp socket"),
            ("expect_calls(\"t_relay\", 1);", "t_relay is not mocked"),
            ("expect_statistic(\"n\", \"nothing\", 1);", "the statistic nothing of n has another value"),
            ("expect_sent(\"10.0.0.1:5060\", \"INVITE\");", "no such message was sent to 10.0.0.1:5060"),
            ("run(\"n\", \"missing\");", "n has no route[missing]"),
            ("run(\"m\", \"missing\");", "there is no node m"),
            ("timer(\"n\", \"missing\");", "n has no timer_route[missing]"),
            ("node(\"n\", \"n.cfg\");", "there is a node n already"),
            ("node(\"m\", \"m.cfg\");", "t/m.cfg cannot be read"),
            ("node(\"m\", \"n.cfg\", \"nonsense\");", "'nonsense' overrides nothing"),
            ("node(\"m\", \"n.cfg\", \"tm:x=1\");", "t/n.cfg cannot be run"),
            ("crash(\"n\"); run(\"n\", \"x\");", "n does not run"),
            ("advance(\"soon\");", "'soon' is no number of seconds"),
            ("advance(100000);", "the test takes more than 3600 s of virtual time"),
            ("loss(\"n\", \"n\", 200);", "'200' is no percentage"),
            ("send(\"n\", \"x.sip\");", "t/x.sip cannot be read"),
            ("raise(\"n\", \"E_X\", \"name\");", "the attribute name has no value"),
            ("advance_until($vars(n:$var(x)) == 1, 5);", "this did not come true within 5 s"),
            ("expect_log(\"n\");", "expect_log takes 2 or 3 arguments, not 1"),
            ("nonsense();", "there is no function nonsense()"),
        ])
    func messages(statement: String, message: String) throws {
        let playground = Playground("startup_route { xlog(\"hello\\n\"); }", test: statement)
        let first = try #require(playground.failures().first?.split(separator: "\n").first)
        #expect(first.hasSuffix(": " + message), "\(first)")
    }

    @Test("A script that cannot be run is shown with its own position")
    func brokenScript() throws {
        let playground = Playground("route[x] { no_such_function(); }", test: "")
        #expect(
            playground.failures() == [
                """
                t/a.test.cfg:2:5: t/n.cfg cannot be run
                        node("n", "n.cfg");
                        ^~~~~~~~~~~~~~~~~~
                  because  t/n.cfg:1:12: error: there is no function no_such_function() [call.unknown-function]
                               route[x] { no_such_function(); }
                                          ^~~~~~~~~~~~~~~~
                """
            ])
    }

    @Test("A mock route keeps its place in the test file")
    func mockPosition() throws {
        let playground = Playground(
            "loadmodule \"sl.so\"", test: "", more: "\nmock_route[sl_send_reply] {\n    $var(x) = no_such();\n}\n")
        let text = try #require(playground.failures().first)
        #expect(text.contains("t/a.test.cfg:7:15: error: there is no function no_such()"), "\(text)")
    }

    @Test(
        "A test that never ends is ended",
        arguments: [
            "while (1) advance(1);", "while (1) while (1) $var(x) = 1;", "run(\"n\", \"loops\");",
            "run(\"n\", \"recursion\");", "run(\"n\", \"nested\");",
        ])
    func endless(statement: String) {
        var options = TestOptions()
        options.realTime = .milliseconds(100)
        options.virtualTime = .seconds(1_000_000_000)
        let playground = Playground(
            """
            timer_route[x, 1] { $var(i) = 0; while ($var(i) < 9000) $var(i) = $var(i) + 1; }
            route[loops] { while (1) { while (1) { while (1) $var(i) = 1; } } }
            route[nested] { while (1) { $var(i) = 0; while ($var(i) < 50) { $var(i) = $var(i) + 1; route(nested); } } }
            route[recursion] { route(recursion); route(recursion); }
            """,
            test: statement)
        let start = ContinuousClock().now
        guard case .failed(let failure)? = playground.results(options: options).first?.outcome else {
            Issue.record("the test ended by itself")
            return
        }
        #expect(failure.message.contains("of real time"))
        #expect(failure.place.line >= 1)
        // Generous, as the machine may be busy.
        #expect(ContinuousClock().now - start < .seconds(20))
    }

    @Test(
        "What is wrong with the file itself is found before anything runs",
        arguments: [
            ("test[\"a\"] { expect(1); } test[\"a\"] { expect(1); }", "test[\"a\"] is defined twice"),
            ("mock_route[no_such_function] { ; }", "no module of OpenSIPS has a function no_such_function()"),
            ("test { expect(1); }", "test needs a name"),
            ("setup[\"x\"] { exit; }", "setup has no name"),
            ("test[\"a\"] { expect(\"x\"); }", "a text alone is no condition"),
            ("test[\"a\"] { expect(1) }", "a semicolon is missing here"),
        ])
    func brokenFiles(text: String, message: String) throws {
        let file = try #require(Playground(["t/a.test.cfg": text]).load())
        #expect(file.isBroken)
        #expect(file.diagnostics.map(\.message) == [message])
    }
}
