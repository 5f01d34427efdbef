import Fixtures
import Testing

@Suite("What tests send to nodes, and what they see go out")
struct InputTests {
    private static let script = """
        socket = udp:10.0.0.1:5060
        loadmodule "proto_udp.so"
        loadmodule "sl.so"
        loadmodule "sipmsgops.so"
        loadmodule "textops.so"
        route {
            setflag("SEEN");
            xlog("$rm from $si:$sp for $tenant\\n");
            if ($hdr(X-Reply)) {
                append_to_reply("X-Who: $hdr(X-Reply)\\r\\n");
                sl_send_reply(200, "OK");
                exit;
            }
            append_hf("X-Edge: one\\r\\n");
            $du = "sip:10.0.0.2:5060";
            forward();
        }
        failure_route[missed] { xlog("missed $rU, try $param(1)\\n"); return (7); }
        onreply_route[answers] { xlog("answer $rs\\n"); }
        """

    private func failures(_ test: String) -> [String] {
        Playground([
            "t/n.cfg": Self.script.replacing("$tenant", with: "$hdr(X-Tenant)"),
            "t/a.test.cfg": "test[\"a\"] {\n    node(\"n\", \"n.cfg\");\n\(test)\n}",
        ]).failures()
    }

    @Test("A message is written in the test: whole, or its first line and what matters")
    func inlineMessages() {
        #expect(
            failures(
                """
                send("n", "INVITE sip:bob@example.org
                    X-Tenant: seven
                    X-Reply: edge

                    v=0");
                advance(1);
                expect_log("n", "INVITE from 192.0.2.1:7060 for seven");
                expect_reply("n", 200);
                expect_no_reply("n", 404);
                expect_header("client", "X-Who", "^edge$");
                expect_header("client", "v", "SIP/2.0/UDP 192.0.2.1");
                expect_no_header("client", "X-Who", "core");
                expect_no_header("client", "X-Edge");
                expect_flag("n", "SEEN");
                expect_no_flag("n", "OTHER");
                send_from("192.0.2.77:5099", "n", "OPTIONS sip:bob@example.org");
                advance(1);
                expect_log("n", "OPTIONS from 192.0.2.77:5099");
                expect_sent("10.0.0.2:5060", "^OPTIONS", 1);
                expect_header("10.0.0.2:5060", "x-edge", "one");
                expect_not_sent("10.0.0.2:5060", "^INVITE");
                send("n", "MESSAGE sip:bob@example.org

                line one
                line two");
                advance(1);
                expect_body("10.0.0.2:5060", "line one\\nline two");
                """) == [])
    }

    @Test("Routes of any kind are run on a message of their own")
    func routes() {
        #expect(
            failures(
                """
                run_message("n", "INVITE sip:bob@example.org", "failure_route[missed]", "home");
                expect($rc == 7);
                expect_log("n", "missed bob, try home");
                run_message("n", "SIP/2.0 180 Ringing
                    Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1
                    From: <sip:a@b>;tag=1
                    To: <sip:b@b>
                    Call-ID: x
                    CSeq: 1 INVITE
                    ", "onreply_route[answers]");
                expect_log("n", "answer 180");
                """) == [])
    }

    @Test("Management commands are run, and their answers read")
    func commands() {
        #expect(
            failures(
                """
                mi("n", "get_statistics", "[\\"rcv_requests\\"]");
                expect($rc == 1 && $answer(core:rcv_requests) == 0);
                mi("n", "log_level", "level=4");
                expect($answer(New global log level) == 4);
                mi("n", "no_such_command");
                expect($rc == -1 && $answer(code) == -32601);
                mi("n", "which");
                expect($answer(0) != NULL && $answer(100000) == NULL);
                """) == [])
    }

    @Test("What differs in a text is shown")
    func differences() throws {
        let body = try #require(
            failures(
                """
                send("n", "MESSAGE sip:bob@example.org

                one
                two
                three");
                advance(1);
                expect_body("10.0.0.2:5060", "one\\nzwei\\nthree");
                """
            ).first)
        let blanks = "\n" + String(repeating: " ", count: 14)
        #expect(body.contains("difference    one\(blanks)- zwei\(blanks)+ two\(blanks)  three"), "\(body)")
        #expect(body.contains("the last message that came to n, at 0.000200:\n    MESSAGE sip:bob@example.org SIP/2.0"))
        let line = try #require(
            failures("$var(x) = \"sip:alice@example.org\"; expect($var(x) == \"sip:alice@example.net\");").first)
        #expect(
            line.contains(
                "  expected  \"sip:alice@example.net\"\n  actual    \"sip:alice@example.org\"\n"
                    + String(repeating: " ", count: 12 + 19) + "^"), "\(line)")
    }

    @Test("Cluster messages and the attributes of events are seen")
    func clusterMessages() {
        func node(_ number: Int, _ other: Int) -> String {
            """
            socket = bin:127.0.0.1:\(15550 + number)
            loadmodule "proto_bin.so"
            loadmodule "clusterer.so"
            modparam("clusterer", "db_mode", 0)
            modparam("clusterer", "my_node_id", \(number))
            modparam("clusterer", "my_node_info", "cluster_id=1, url=bin:127.0.0.1:\(15550 + number)")
            modparam("clusterer", "neighbor_node_info", "cluster_id=1, node_id=\(other), url=bin:127.0.0.1:\(15550 + other)")
            route[say] { cluster_broadcast_req(1, "hello from \(number)"); }
            route { exit; }
            """
        }
        let playground = Playground([
            "t/a.cfg": node(1, 2), "t/b.cfg": node(2, 1),
            "t/a.test.cfg": """
            test["a"] {
                node("a", "a.cfg"); node("b", "b.cfg");
                advance(3);
                run("a", "say");
                advance(1);
                expect_cluster_message("b", "^from 1: hello", 1);
                expect_no_cluster_message("a", "hello");
                expect_event_with("b", "E_CLUSTERER_REQ_RECEIVED", "src_id", 1, "msg", "hello from 1");
                expect_no_waits("a");
                expect_cluster_message("b", "goodbye");
            }
            """,
        ])
        let failures = playground.failures()
        #expect(failures.count == 1)
        #expect(failures.first?.contains("no such cluster message came to b") == true, "\(failures)")
        #expect(failures.first?.contains("messages  from 1: hello from 1") == true)
    }
}
