import Fixtures
import Testing

@Suite("Tests of scripts that pass")
struct StoryTests {
    @Test("A route is run with arguments, and its code and variables are seen")
    func runsRoutes() {
        let playground = Playground(
            """
            route[add] {
                $var(sum) = $param(1) + 2;
                $avp(name) = $param(2);
                $avp(name) = "newer";
                return(7);
            }
            """,
            test: """
                run("n", "add", 40, "bob");
                expect($rc == 7);
                expect($vars(n:$var(sum)) == 42, "it adds");
                expect($vars(n:$(avp(name)[1])) == "bob" && $vars(n:$(avp(name){s.len})) == 5);
                expect($vars(n:$var(nothing)) == NULL);
                expect($vars(n:$rc) == 7);
                """)
        #expect(playground.failures() == [])
    }

    @Test("Time passes only when it is told to")
    func virtualTime() {
        let playground = Playground(
            """
            startup_route { $var(ticks) = 0; }
            timer_route[tick, 2] { $var(ticks) = $var(ticks) + 1; xlog("tick $var(ticks)\\n"); }
            """,
            test: """
                advance("1.9");
                expect_no_log("n", "tick");
                advance("0.2");
                expect_log("n", "^tick 1$", 1);
                advance_until($vars(n:$var(ticks)) == 5, 60);
                expect_log("n", "tick [345]", 3);
                timer("n", "tick");
                expect($vars(n:$var(ticks)) == 6);
                """)
        #expect(playground.failures() == [])
        #expect(playground.results().first.map { $0.virtualTime / 100_000_000 } == 100)
    }

    @Test("Setup runs before and teardown after each test, and nothing is shared")
    func setupAndTeardown() {
        let playground = Playground([
            "t/n.cfg": "startup_route { $var(n) = 0; } route[count] { $var(n) = $var(n) + 1; } route { exit; }",
            "t/a.test.cfg": """
            setup { node("n", "n.cfg"); run("n", "count"); }
            teardown { expect($vars(n:$var(n)) == 2); }
            route[again] { run("n", "count"); }
            test["one"] { route(again); }
            test["two", slow] { route(again); }
            test["three", skip] { expect(0); }
            """,
        ])
        let outcomes = playground.results().map { "\($0.outcome)" }
        #expect(outcomes == ["passed", "passed", "skipped(reason: nil)"])
    }

    @Test("Events are raised and seen")
    func events() {
        let playground = Playground(
            """
            event_route[E_ASK] { $avp(who) = $param(user); raise_event("E_ANSWER"); xlog("for $param(user)\\n"); }
            """,
            test: """
                raise("n", "E_ASK", "user", "bob", "times", 3);
                expect_log("n", "for bob");
                expect_event("n", "E_ANSWER", 1);
                expect_no_event("n", "E_OTHER");
                expect_waits("n", 0);
                """)
        #expect(playground.failures() == [])
    }

    @Test("SIP messages are sent and answered")
    func messages() {
        let playground = Playground(
            """
            socket = udp:127.0.0.1:5060
            loadmodule "proto_udp.so"
            loadmodule "sl.so"
            route[answer] { sl_send_reply(302, "There"); }
            """,
            test: "")
        var files = playground.files
        files["t/n.cfg"] = """
            socket = udp:127.0.0.1:5060
            loadmodule "proto_udp.so"
            loadmodule "sl.so"
            route { if ($rm == "INVITE") { sl_send_reply(302, "Over there"); exit; } xlog("got $rm with $rb\\n"); }
            """
        files["t/invite.sip"] = """
            INVITE sip:bob@[remote_ip]:[remote_port] SIP/2.0
            Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
            From: <sip:a@[local_ip]>;tag=1
            To: <sip:bob@[remote_ip]>
            Call-ID: [call_id]
            CSeq: [cseq] INVITE
            Content-Length: [len]

            hello
            """
        files["t/a.test.cfg"] = """
            test["a"] {
                node("n", "n.cfg");
                send("n", "OPTIONS sip:bob@127.0.0.1");
                advance(1);
                expect_log("n", "got OPTIONS");
                expect_no_reply("n");
                send("n", "invite.sip");
                advance(1);
                expect_reply("n", 302);
                expect_reply("n", 302, "Over there");
                expect_sent("127.0.0.1:7060", "^SIP/2.0 302", 1);
                expect_not_sent("127.0.0.1:7060", "^SIP/2.0 200");
            }
            """
        #expect(Playground(files).failures() == [])
    }

    @Test("Any function is mocked by a route: implemented, known only, asynchronous, launched")
    func mocks() {
        let playground = Playground(
            """
            loadmodule "auth.so"
            loadmodule "auth_db.so"
            loadmodule "db_mysql.so"
            loadmodule "rest_client.so"
            loadmodule "cfgutils.so"
            modparam("auth_db", "db_url", "mysql://localhost/opensips")
            route[check] {
                if (!www_authorize("example.org", "subscriber")) { xlog("refused $avp(why)\\n"); return(-5); }
                xlog("welcome\\n");
                return(5);
            }
            route[fetch] { async(rest_get("http://a/$param(1)", $avp(body), $avp(type), $avp(code)), fetched); }
            route[fetched] { xlog("fetched $rc: $avp(body)\\n"); }
            route[side] { launch(rest_get("http://b", $avp(body)), reported, "text"); xlog("launched\\n"); }
            route[reported] { xlog("reported $rc $param(1)\\n"); }
            route[nap] { sleep(100); xlog("woke\\n"); }
            """,
            test: """
                run("n", "check");
                expect($rc == -5);
                expect_log("n", "refused bad table subscriber");
                run("n", "fetch", "x");
                expect_log("n", "fetched 3: got http://a/x");
                run("n", "side");
                expect_log("n", "launched");
                expect_log("n", "reported 3 text");
                expect_calls("www_authorize", 1);
                expect_call("www_authorize", "example.org", "subscriber");
                expect_calls("rest_get", 2, "n");
                expect_call("rest_get", "http://a/x");
                run("n", "nap");
                expect_log("n", "woke");
                expect_calls("sleep", 1);
                expect_call("sleep", 100);
                """,
            more: """
                mock_route[www_authorize] { $avp(why) = "bad table " + $param(2); return(-1); }
                mock_route[rest_get] { $avp(body) = "got " + $param(1); return(3); }
                mock_route[sleep] { ; }
                """)
        #expect(playground.failures() == [])
    }

    @Test("Parameters are overridden")
    func overrides() {
        let playground = Playground([
            "t/n.cfg": """
            loadmodule "cfgutils.so"
            modparam("cfgutils", "shvset", "x=s:script")
            log_level = 1
            startup_route { log(3, "chatty"); xlog("x is $shv(x)\\n"); }
            """,
            "t/a.test.cfg": """
            test["a"] {
                node("n", "n.cfg", "modparam:cfgutils:shvset=x=s:test", "log_level=3");
                expect_log("n", "x is test");
                expect_log("n", "chatty");
            }
            """,
        ])
        #expect(playground.failures() == [])
    }

    @Test("A node crashes, comes back with an empty memory, and stops")
    func crashes() {
        let playground = Playground(
            """
            startup_route { xlog("hello\\n"); }
            route[keep] { $var(x) = 1; }
            """,
            test: """
                run("n", "keep");
                expect($vars(n:$var(x)) == 1);
                crash("n");
                expect($vars(n:$var(x)) == NULL);
                advance(1);
                restart("n");
                expect_log("n", "hello", 2);
                expect($vars(n:$var(x)) == NULL);
                stop("n");
                """)
        #expect(playground.failures() == [])
    }

    @Test("Another seed gives another run, the same seed the same")
    func seeds() {
        let playground = Playground(
            "loadmodule \"cfgutils.so\"\nroute[draw] { xlog(\"drew $RANDOM\\n\"); }",
            test: "run(\"n\", \"draw\"); expect(0);")
        func draw(_ seed: UInt64) -> [String] {
            playground.results(seed: seed).flatMap { result -> [String] in
                if case .failed(let failure) = result.outcome { failure.log.map(\.text) } else { [] }
            }
        }
        #expect(draw(1) == draw(1))
        #expect(draw(1) != draw(2))
    }
}
