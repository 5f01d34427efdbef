import Testing

@testable import REPL

@Suite struct DebuggerTests {
    private static let script = """
        route[count] {
            $var(i) = 0;
            while ($var(i) < $param(1)) {
                $var(i) = $var(i) + 1;
                route(say, $var(i));
            }
            $var(done) = 1;
        }
        route[say] {
            xlog("at $param(1)\\n");
            return(1);
        }
        """

    private func talk() -> Talk { Talk(["main.cfg": DebuggerTests.script]) }

    @Test func `a breakpoint on a line stops the script in front of it, and it can be looked at`() {
        let talk = talk()
        #expect(talk.say(":break 4") == ["breakpoint 1 at line 4"])
        #expect(
            talk.say("route(count, 2)") == [
                "stopped at main.cfg:4 in route[count]",
                "  3 |     while ($var(i) < $param(1)) {",
                "> 4 |         $var(i) = $var(i) + 1;",
                "  5 |         route(say, $var(i));",
            ])
        #expect(talk.session.prompt == "main (stopped)> ")
        #expect(talk.say("$var(i)", "$param(1)", "$var(i) < 1") == ["0  (int)", "2  (int)", "true"])
        #expect(talk.say("$var(i) = 1") == ["$var(i) = 1"])
        let said = talk.say(":continue")
        #expect(said.contains { $0.hasSuffix("NOTICE: at 2") })
        #expect(talk.session.prompt == "main> ")
        #expect(talk.say("$var(done)") == ["1  (int)"])
    }

    @Test func `steps go into routes, next goes over them, finish goes out of them`() {
        let talk = talk()
        talk.say(":break count", "route(count, 2)")
        func place(_ command: String) -> String? { talk.say(command).first { $0.hasPrefix("stopped at") } }
        #expect(place(":step") == "stopped at main.cfg:3 in route[count]")
        #expect(place(":step") == "stopped at main.cfg:4 in route[count]")
        #expect(place(":step") == "stopped at main.cfg:5 in route[count]")
        #expect(place(":step") == "stopped at main.cfg:10 in route[say]")
        #expect(
            talk.say(":where").suffix(2) == [
                "  called at main.cfg:5 in route[count]", "  called at input:1 in route[>]",
            ])
        #expect(place(":finish") == "stopped at main.cfg:4 in route[count]")
        #expect(place(":next") == "stopped at main.cfg:5 in route[count]")
        #expect(place(":next") == "stopped at main.cfg:7 in route[count]")
        #expect(talk.say(":c").contains("-> 1"))
        #expect(talk.say(":step") == ["no script is stopped"])
    }

    @Test func `of several statements on a line the one in front of which it stops has a caret`() {
        let talk = Talk(["main.cfg": "route[x] { $var(a) = 1; $var(b) = 2; }"])
        talk.say(":break x", "route(x)")
        #expect(
            talk.say(":step").dropFirst() == [
                "> 1 | route[x] { $var(a) = 1; $var(b) = 2; }", "                              ^",
            ])
    }

    @Test func `a step over the end of a script does not stop in what is typed next`() {
        let talk = Talk(["main.cfg": "route[x] { $var(a) = 1; }"])
        talk.say(":break x", "route(x)")
        #expect(talk.say(":step") == ["-> 1"])
        #expect(talk.say("$var(a) = $var(a) + 1") == ["$var(a) = 2"])
    }

    @Test func `breakpoints are listed and removed`() {
        let talk = talk()
        talk.say(":break say", ":break main.cfg:7")
        #expect(talk.say(":break") == ["1  route[say]", "2  main.cfg:7"])
        #expect(talk.say(":delete 1", ":break") == ["breakpoint 1 is removed", "2  main.cfg:7"])
        #expect(talk.say(":delete 9") == ["there is no such breakpoint"])
        #expect(talk.say(":break nowhere") == ["no statement stands at nowhere"])
    }

    @Test func `others run while a script is stopped`() {
        let talk = talk()
        talk.say(
            "timer_route[tick, 1] { $var(ticks) = $var(ticks) + 1; xlog(\"tick\"); }", ":break say", "route(count, 1)")
        #expect(talk.say(":advance 2").filter { $0.hasSuffix("tick") }.count == 2)
        #expect(talk.say(":waits") == ["stopped by the debugger at main.cfg:10 in route[say]"])
        #expect(talk.say(":c").contains { $0.hasSuffix("at 1") })
    }

    @Test func `a route that is defined again while a script is stopped in it takes the next call`() {
        let talk = talk()
        talk.say(":break 10", "route(count, 2)", "route[say] { xlog(\"new $param(1) $var(fresh)\"); }", ":delete")
        let said = talk.say(":c")
        #expect(said.contains { $0.hasSuffix("NOTICE: at 1") })
        #expect(said.contains { $0.hasSuffix("NOTICE: new 2 <null>") })
    }

    @Test func `statements are traced with what they change`() {
        let talk = talk()
        talk.say(":trace on count")
        let said = talk.say("route(count, 1)")
        #expect(
            said == [
                "main.cfg:2          $var(i) = 0                             $var(i): NULL -> 0",
                "main.cfg:3          while ($var(i) < $param(1))             $var(i)=0  $param(1)=1  = true",
                "main.cfg:4          $var(i) = $var(i) + 1                   $var(i): 0 -> 1",
                "main.cfg:5          route(say, $var(i))                     $var(i)=1",
                "0.000 NOTICE: at 1",
                "main.cfg:3          while ($var(i) < $param(1))             $var(i)=1  $param(1)=1  = false",
                "main.cfg:7          $var(done) = 1                          $var(done): NULL -> 1",
                "-> 1",
            ])
        #expect(talk.say(":trace off", "route(count, 1)").count == 3)
    }
}
