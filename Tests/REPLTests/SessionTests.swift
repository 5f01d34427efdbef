import Testing

@testable import REPL

/// What is typed, and what the session says to it.
@Suite struct SessionTests {
    @Test func `expressions print their value and its type`() {
        let talk = Talk()
        #expect(talk.say("$var(x)") == ["NULL"])
        #expect(talk.say("$var(x) = \"a:b\"") == ["$var(x) = \"a:b\""])
        #expect(talk.say("$(var(x){s.select,1,:})") == ["\"b\"  (string)"])
        #expect(talk.say("$(var(x){s.len})") == ["3  (int)"])
        #expect(talk.say("10 - 2;") == ["8  (int)"])
        #expect(talk.say("\"n\" + $var(x);") == ["\"na:b\"  (string)"])
    }

    @Test func `conditions are true or false`() {
        let talk = Talk()
        talk.say("$var(n) = 5")
        #expect(talk.say("$var(n) > 3 && $var(n) < 10") == ["true"])
        #expect(talk.say("!($var(n) == 5)") == ["false"])
    }

    @Test func `what one line leaves the next one finds`() {
        let talk = Talk()
        talk.say("$avp(l) = 1", "$avp(l) = \"two\"")
        #expect(talk.say("$avp(l)") == ["\"two\"  (string)"])
        #expect(talk.say("$(avp(l)[1])") == ["1  (int)"])
        #expect(talk.say(":avps") == ["$avp(l) = \"two\", 1"])
        #expect(talk.say("$avp(other) = 3; $avp(l) = NULL", "$avp(l)") == ["$avp(l) = 1", "1  (int)"])
        #expect(talk.say(":vars") == ["there are none"])
    }

    @Test func `routes are defined, called and defined again`() {
        let talk = Talk()
        #expect(
            talk.say("route[twice] { $var(t) = $param(1) + $param(1); return(7, $var(t)); }") == [
                "route[twice] is defined"
            ])
        #expect(talk.say("route(twice, \"ab\")") == ["-> 7 (\"abab\")"])
        #expect(talk.say("$rc", "$return(0)") == ["7  (int)", "\"abab\"  (string)"])
        talk.say("route[outer] { route(twice, \"x\"); $var(r) = $return(0); }", "route(outer)")
        #expect(talk.say("$var(r)") == ["\"xx\"  (string)"])
        // What calls it calls the new one, and variables stay.
        talk.say("route[twice] { return(1, \"new\"); }", "route(outer)")
        #expect(talk.say("$var(r)") == ["\"new\"  (string)"])
    }

    @Test func `errors show the place, and nothing of the line is kept`() {
        let talk = Talk()
        #expect(
            talk.say("$var(x) = $(var(y){s.lenn})") == [
                """
                input:1:19: error: there is no transformation {s.lenn} [transformation.unknown]
                    $var(x) = $(var(y){s.lenn})
                                      ^~~~~~~~
                  note: did you mean len?
                """
            ])
        #expect(talk.session.hasFailed)
        #expect(talk.say("route(nowhere)").first?.contains("there is no route[nowhere]") == true)
        #expect(talk.say("$var(x) = ").first?.hasPrefix("input:1:") == true)
        #expect(talk.say("route[bad] { nonsense(); }").first?.contains("there is no function nonsense()") == true)
        #expect(talk.say("route(bad)").first?.contains("there is no route[bad]") == true)
        #expect(talk.say("$var(x)") == ["NULL"])
    }

    @Test func `modules are loaded and set from the prompt`() {
        let talk = Talk()
        #expect(talk.say("$shv(a) = 1").first?.contains("belongs to module cfgutils") == true)
        #expect(talk.say("loadmodule \"cfgutils.so\"") == ["cfgutils.so is loaded"])
        #expect(talk.say("$shv(a) = 1", ":vars") == ["$shv(a) = 1", "$shv(a) = 1"])
        #expect(talk.say("loadmodule \"cfgutils.so\"").first?.contains("loaded already") == true)
        #expect(talk.say("$shv(a)") == ["1  (int)"])
    }

    @Test func `a line that waits goes on in simulated time, and sees what it saw before`() {
        let talk = Talk()
        talk.say("loadmodule \"cfgutils.so\"")
        #expect(talk.say("$var(x) = 3; sleep(2); xlog(\"x is $var(x)\")") == ["2.000 NOTICE: x is 3", "done"])
        talk.session.submit("sleep(3600)")
        #expect(talk.session.isWaiting)
        talk.session.interrupt()
        #expect(talk.say(":waits") == ["inside of a statement at input:1 in route[>]"])
        #expect(talk.say("1 + 1") == ["2  (int)"])
    }

    @Test func `waits go on over a reload, in the new route where it was defined again`() {
        let script = """
            loadmodule "cfgutils.so"
            route[ask] { $avp(who) = "bob"; async(sleep(5), found); }
            route[block] { $var(v) = 7; sleep(5); xlog("blocked $var(v), $(var(late))"); }
            route[found] { xlog("old found $avp(who)"); }
            """
        let talk = Talk(["main.cfg": script])
        talk.say("$var(kept) = \"yes\"")
        talk.session.submit("route(block)")
        talk.session.interrupt()
        talk.session.submit("route(ask)")
        talk.session.interrupt()
        talk.say("route[found] { $var(late) = 1; xlog(\"new found $avp(who)\"); }")
        let said = talk.say(":advance 6")
        #expect(said.contains { $0.hasSuffix("NOTICE: new found bob") })
        #expect(said.contains { $0.contains("NOTICE: blocked 7, <null>") })
        #expect(talk.say(":reload") == ["main.cfg is loaded"])
        #expect(talk.say("$var(kept)") == ["\"yes\"  (string)"])
        #expect(talk.say("route(found)").first?.contains("old found") == true)
    }

    @Test func `events reach routes that were typed`() {
        let talk = Talk()
        talk.say("event_route[E_TEST] { xlog(\"event $param(n)\"); }")
        let said = talk.say("$avp(k) = \"n\"; $avp(v) = 5; raise_event(\"E_TEST\", $avp(k), $avp(v))")
        #expect(said.contains { $0.hasSuffix("NOTICE: event 5") })
        #expect(talk.say(":subscriptions").contains("E_TEST  event_route[E_TEST]"))
        #expect(talk.say(":events").contains("E_TEST"))
    }

    @Test func `timer routes that are typed run in simulated time, and only the newest`() {
        let talk = Talk()
        talk.say("timer_route[tick, 2] { xlog(\"old\"); }", "timer_route[tick, 3] { xlog(\"new\"); }")
        #expect(
            talk.say(":advance 7") == ["3.000 NOTICE: new", "6.000 NOTICE: new", "it is 7.000 s"])
    }

    @Test func `nodes are added, cut and healed`() {
        let node = { (id: Int) in
            """
            loadmodule "proto_bin.so"
            loadmodule "clusterer.so"
            socket=bin:127.0.0.1:\(5550 + id)
            modparam("clusterer", "my_node_id", \(id))
            modparam("clusterer", "db_mode", 0)
            modparam("clusterer", "my_node_info", "cluster_id=1, url=bin:127.0.0.1:\(5550 + id)")
            modparam("clusterer", "neighbor_node_info", "cluster_id=1, node_id=\(3 - id), url=bin:127.0.0.1:\(5553 - id)")
            """
        }
        let talk = Talk(["a.cfg": node(1), "b.cfg": node(2)])
        #expect(talk.say(":add b b.cfg").last == "b runs")
        talk.say(":advance 5")
        #expect(talk.say(":cluster").filter { $0.contains("  Up") }.count == 2)
        talk.say(":cut main b", ":advance 60")
        #expect(talk.say(":cluster").filter { $0.contains("  Up") }.isEmpty)
        talk.say(":heal", ":advance 60")
        #expect(talk.say(":cluster").filter { $0.contains("  Up") }.count == 2)
        #expect(talk.say(":node b", ":nodes") == ["  main             a.cfg", "* b                b.cfg"])
        #expect(talk.say(":stop b", ":nodes").last == "* main             a.cfg")
    }

    @Test func `a message is sent to the node and its answer shown`() {
        let talk = Talk()
        talk.say(
            "loadmodule \"proto_udp.so\"", "loadmodule \"sl.so\"", "socket=udp:127.0.0.1:5060",
            "route { sl_send_reply(404, \"Nobody\"); }")
        talk.say(":send OPTIONS sip:bob@127.0.0.1")
        #expect(talk.say(":advance 1").contains("< SIP/2.0 404 Nobody"))
    }

    @Test func `help knows functions, variables, transformations, modules and parameters`() {
        let talk = Talk()
        #expect(talk.say(":help $avp") == ["$avp(name)  a stack of values of the message"])
        #expect(talk.say(":help s.select") == ["{s.select,number,character}  a transformation"])
        #expect(talk.say(":help sl_send_reply").first?.contains("loadmodule \"sl.so\"") == true)
        #expect(talk.say(":help cfgutils").first == "module cfgutils  runs in siskin")
        #expect(
            talk.say(":help ping_interval").contains("modparam(\"clusterer\", \"ping_interval\", ...)  takes a number"))
        #expect(talk.say(":help sl_send_repli").first?.contains("did you mean sl_send_reply") == true)
        #expect(talk.say(":help").contains { $0.hasPrefix("  :advance SECONDS") })
        #expect(talk.say(":nonsense") == ["there is no command :nonsense; :help lists them"])
    }

    @Test func `a script with errors does not run`() {
        let talk = Talk(["main.cfg": "route { nonsense(); }"])
        #expect(talk.lines.first?.contains("there is no function nonsense()") == true)
        #expect(talk.say("1") == ["there is no node; write :add NAME [FILE]"])
    }
}
