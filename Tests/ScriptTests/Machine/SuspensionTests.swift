import Testing

@testable import Script

/// A fiber stops anywhere and goes on later.
@Suite struct SuspensionTests {
    @Test("A function that blocks stops the script inside of the statement, at any depth") func inside() {
        let statements = """
            $avp(a) = "mine"; $var(i) = 0;
            while ($var(i) < 2) {
                $var(i) = $var(i) + 1;
                switch ($var(i)) { case 1: case 2: for ($var(x) in $(avp(a)[*])) { route(a, "p"); xlog("$var(i) $var(x) $rc $return(0)"); } }
            }
            if (sleep(1)) xlog("yes"); else xlog("no");
            $var(s) = 10 + sleep(1); xlog("$var(s)");
            """
        let stage = Stage(
            statements: statements,
            routes: "route[a] { if (1) { sleep(1); } xlog(\"woken $rc $param(1)\"); return(3, \"back\"); }")
        stage.play()
        #expect(stage.log == [])
        stage.wake(1)
        #expect(stage.log == ["woken 1 p", "1 mine 3 back"])
        stage.wake(2, code: 7)
        stage.wake(3, code: -1)
        stage.wake(4, code: 32)
        #expect(stage.log == ["woken 1 p", "1 mine 3 back", "woken 7 p", "2 mine 3 back", "no", "42"])
        #expect(stage.waiting.isEmpty)
    }

    @Test("What stands in front of a call that blocks in a sum is kept, scratch texts too") func operands() {
        let stage = Stage(
            statements:
                "$var(t) = \"a\"; $var(n) = 5; $var(r) = ($(var(t){s.len}) + 4) * ($var(n) + sleep(1)); xlog(\"$var(r)\"); xlog(\"$var(t)\");"
        )
        stage.play()
        stage.play()
        stage.wake(1, code: 2)
        stage.wake(2, code: 3)
        #expect(stage.log == ["35", "a", "40", "a"])
    }

    @Test("A wait that comes to zero ends the script") func zero() {
        let stage = Stage(statements: "sleep(1); xlog(\"behind\");")
        stage.play()
        stage.wake(1, code: 0)
        #expect(stage.log == [])
        #expect(stage.ending == .exit)
    }

    @Test("While others run, a blocked fiber keeps its own $var") func ownVariables() {
        let stage = Stage(
            statements:
                "$var(v) = $var(v) + \"s\"; $var(w) = 1; sleep(1); $var(v) = $var(v) + \"S\"; sleep(1); xlog(\"$var(v) $var(w) $var(new)\");",
            routes:
                "event_route[E_X] { $var(v) = \"other\"; $var(w) = 2; $var(new) = 3; xlog(\"$var(v)\"); } event_route[E_Y] { xlog(\"$var(v) $var(w)\"); }"
        )
        stage.play()
        stage.play(.event, "E_X")
        stage.wake(1)
        stage.play(.event, "E_Y")
        stage.wake(2)
        // What the fiber did from its stop on is its own.
        stage.play(.event, "E_Y")
        #expect(stage.log == ["other", "other 2", "sS 1 <null>", "other 2"])
    }

    @Test("Where nothing ran meanwhile, it is as if the worker had been blocked") func sharedVariables() {
        let stage = Stage(
            statements: "$var(v) = $var(v) + \"s\"; sleep(1); $var(v) = $var(v) + \"S\"; sleep(1); xlog(\"$var(v)\");",
            routes: "event_route[E_Y] { xlog(\"$var(v)\"); }")
        stage.play()
        stage.wake(1)
        stage.wake(2)
        stage.play(.event, "E_Y")
        #expect(stage.log == ["sS", "sS"])
    }

    @Test("A fiber that stops a hundred thousand times leaves nothing behind") func manyStops() {
        let stage = Stage(
            statements: "$var(t) = \"text\"; while (1) { sleep(1); $var(i) = $var(i) + $rc; $var(t) = $var(t) + \"\"; }"
        )
        stage.machine.maximalLoops = 100_000
        stage.play()
        var ticket: UInt64 = 1
        while stage.wake(ticket, code: 1) { ticket += 1 }
        #expect(ticket == 100_001)
        stage.play()
        stage.play()
        #expect(stage.waiting.count == 2)
    }

    @Test("Many fibers are blocked at once and go on in any order") func manyFibers() {
        let stage = Stage(
            statements: "$avp(me) = $shv(n); $shv(n) = $shv(n) + 1; $var(me) = $avp(me); route(a, $avp(me));",
            routes:
                "route[a] { sleep(1); if ($var(me) == $avp(me) && $param(1) == $avp(me)) $shv(right) = $shv(right) + 1; } event_route[E] { xlog(\"$shv(right)\"); }"
        )
        for _ in 0..<500 { stage.play() }
        var random = SeededRandom()
        for ticket in (1...500).shuffled(using: &random) { stage.wake(UInt64(ticket)) }
        stage.play(.event, "E")
        #expect(stage.log == ["500"])
    }

    @Test("async ends the route at any depth and goes on in the resume route, AVPs kept and parameters gone")
    func async() {
        let routes = """
            route[a] { async(sleep(5), on, 9); xlog("behind"); }
            route[on] { xlog("$rc $avp(x) $(avp(x)[1]) $avp(n) $param(1)"); $var(s) = $avp(n) + 1; $var(t) = $avp(x) + $avp(n); xlog("$var(s) $var(t)"); }
            """
        let stage = Stage(
            statements:
                "$avp(x) = \"old\"; $avp(x) = \"\"; $avp(x) = \"new\"; $avp(n) = 7; route(a, \"p\"); xlog(\"behind\");",
            routes: routes)
        stage.play()
        guard case .suspended(_, _, let timeout) = stage.waiting[1] else { Issue.record("does not wait"); return }
        #expect(timeout == 9)
        #expect(stage.log == [])
        stage.wake(1, code: -2)
        #expect(stage.log == ["-2 new  7 <null>", "8 new7"])
    }

    @Test("async may follow async, and what it waits for may fail at once") func asyncAgain() {
        let stage = Stage(
            statements: "$avp(x) = 0; async(sleep(1), on);",
            routes: "route[on] { $avp(x) := $avp(x) + 1; if ($avp(x) < 3) async(sleep(1), on); xlog(\"$avp(x) $rc\"); }"
        )
        stage.play()
        for ticket in 1...3 { stage.wake(UInt64(ticket), code: Int32(ticket)) }
        #expect(stage.log == ["3 0"])
    }

    @Test("launch runs beside the script, and tells its report route") func launch() {
        let stage = Stage(
            statements: "launch(sleep(1), told, \"text $var(x)\"); xlog(\"on $rc\"); launch(sleep(1)); xlog(\"on\");",
            routes: "route[told] { xlog(\"told $rc\"); }")
        stage.play()
        guard case .launched(_, let text?) = stage.waiting[1] else { Issue.record("does not wait"); return }
        #expect(String(decoding: text, as: UTF8.self) == "text <null>")
        stage.wake(1, code: 4)
        stage.wake(2, code: 5)
        #expect(stage.log == ["on 1", "on", "told 4"])
    }

    @Test("A continuation brings back every AVP, as it was", arguments: [0, 1, 17, 1000]) func continuation(
        _ count: Int
    ) {
        var random = SeededRandom()
        let seed = random.seed
        let fiber = Fiber()
        for _ in 0..<count {
            let name = Int.random(in: 0..<50, using: &random)
            if Bool.random(using: &random) {
                fiber.avps.push(name, .number(Int32.random(in: .min ... .max, using: &random)))
            } else {
                fiber.avps.push(name, fiber.arena.copy(random.bytes(upTo: 300, from: Array(UInt8.min ... .max))))
            }
        }
        let message = Fiber()
        fiber.message = message
        let continuation = Continuation(fiber)
        let other = Fiber()
        continuation.restore(other)
        #expect(other.message === message)
        for name in 0..<50 {
            #expect(other.avps.count(name) == fiber.avps.count(name), "seed \(seed)")
            for index in 0..<fiber.avps.count(name) {
                let (value, wanted) = (other.avps.value(name, at: index), fiber.avps.value(name, at: index))
                #expect(
                    value.kind == wanted.kind && value.number == wanted.number
                        && value.bytes.elementsEqual(wanted.bytes), "seed \(seed)")
            }
        }
    }
}
