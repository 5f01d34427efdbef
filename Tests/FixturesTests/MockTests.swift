import Fixtures
import Testing

@Suite("Mocks")
struct MockTests {
    @Test("Variables are mocked: implemented, known only, with a sub-name, for one node")
    func variables() {
        let playground = Playground([
            "t/n.cfg": """
            loadmodule "dialog.so"
            route[look] {
                $dlg_val(seen) = "written";
                xlog("from $si, $dlg_val(owner) and $dlg_val(other), wrote $dlg_val(seen), $time(%Y)\\n");
            }
            route { exit; }
            """,
            "t/a.test.cfg": """
            test["a"] {
                node("n", "n.cfg"); node("m", "n.cfg");
                mock_variable("$si", "10.9.9.9");
                mock_variable("$si", "10.1.1.1", "m");
                mock_variable("$dlg_val", "any");
                mock_variable("$dlg_val(owner)", "alice");
                mock_variable("$time(%Y)", 1999);
                run("n", "look");
                expect_log("n", "from 10.9.9.9, alice and any, wrote written, 1999");
                run("m", "look");
                expect_log("m", "from 10.1.1.1");
                expect($vars(n:$dlg_val(seen)) == "written");
                mock_variable("$si");
                run("n", "look");
                expect_log("n", "from <null>");
            }
            """,
        ])
        #expect(playground.failures() == [])
    }

    @Test("A whole module is mocked, and single functions of it otherwise")
    func modules() {
        let playground = Playground(
            """
            loadmodule "dialog.so"
            loadmodule "sl.so"
            route[go] {
                if (!create_dialog("B")) { xlog("no dialog\\n"); exit; }
                if (is_in_profile("calls", "bob")) xlog("busy $param(1)\\n");
                sl_send_reply(200, "OK");
                xlog("sent $rc\\n");
            }
            """,
            test: """
                run("n", "go", 5);
                expect_log("n", "busy 5");
                expect_log("n", "sent 4");
                expect_calls("create_dialog", 1);
                expect_call("is_in_profile", "calls", "bob");
                expect_no_call("is_in_profile", "calls", "carol");
                expect_no_calls("match_dialog");
                """,
            more: """
                mock_module[dialog] { return (-1); }
                mock_route[create_dialog] { return (1); }
                mock_route[is_in_profile] { if ($param(2) == "bob") return (1); return (-1); }
                mock_module[sl] { return (4); }
                """)
        #expect(playground.failures() == [])
    }

    @Test("A pattern among the arguments is seen as it was written")
    func patterns() {
        let playground = Playground(
            "loadmodule \"tm.so\"\nroute[y] { if (t_check_status(\"4[0-9]+|600\")) xlog(\"yes\\n\"); }",
            test: "mock_variable(\"$rs\", 486); run(\"n\", \"y\"); expect_log(\"n\", \"yes\");"
                + "expect_call(\"t_check_status\", \"4[0-9]+|600\");",
            more: "mock_route[t_check_status] { if ($rs =~ $param(1)) return (1); return (-1); }")
        #expect(playground.failures() == [])
    }

    @Test("A mock that was called otherwise shows the calls, and where they stand")
    func calls() throws {
        let playground = Playground(
            "loadmodule \"sipmsgops.so\"\nroute[y] { append_hf(\"X: $param(1)\\r\\n\"); }",
            test: "run(\"n\", \"y\", 5); run(\"n\", \"y\", \"b\");\nexpect_call(\"append_hf\", \"X: c\");",
            more: "mock_route[append_hf] { return(1); }")
        let text = try #require(playground.failures().first)
        #expect(text.contains("append_hf() was not called like this"))
        #expect(text.contains("t/n.cfg:2:12"), "\(text)")
    }
}
