import Testing

@testable import Script

/// `while`, `for`, `switch`, `if`, and the ways out of them.
@Suite struct ControlTests {
    @Test("A while ends after max_while_loops rounds, and the script goes on")
    func whileLimit() {
        let stage = Stage(statements: "$var(i) = 0;\nwhile ($var(i) < 100) $var(i) = $var(i) + 1;\nxlog(\"$var(i)\");")
        stage.machine.maximalLoops = 7
        stage.play()
        #expect(stage.log == ["7"])
        #expect(stage.reports == ["5: the loop ends after 7 rounds (max_while_loops)"])
    }

    @Test(
        "The count of rounds starts anew for each run of a loop",
        arguments: [(7, "7 7"), (8, "8 8"), (9, "8 8")])
    func whileCount(_ limit: Int32, _ expected: String) {
        let loop = "$var(i) = 0; while ($var(i) < 8) $var(i) = $var(i) + 1; xlog(\"$var(i)\");"
        let stage = Stage(statements: "\(loop) \(loop)")
        stage.machine.maximalLoops = limit
        stage.play()
        #expect(stage.log.joined(separator: " ") == expected)
    }

    @Test("Loops in loops, broken out of one by one")
    func nestedLoops() {
        let statements = """
            $var(i) = 0;
            while ($var(i) < 3) {
                $var(j) = 0;
                while (1) {
                    if ($var(j) == $var(i)) { xlog("$var(i)$var(j)"); break; }
                    $var(j) = $var(j) + 1;
                }
                $var(i) = $var(i) + 1;
            }
            """
        #expect(logged(statements) == "00 11 22")
    }

    /// `n` is what the label is looked for.
    @Test(
        "A switch",
        arguments: [
            // Few labels are tried in order, many of one kind are looked up in a table.
            ("2", "case 1: xlog(\"a\"); break; case 2: xlog(\"b\"); break; default: xlog(\"c\");", "b end"),
            ("2", "case 1: xlog(\"a\"); case 2: xlog(\"b\"); case 3: xlog(\"c\"); default: xlog(\"d\");", "b c d end"),
            ("9", "case 1: xlog(\"a\"); break; default: xlog(\"d\");", "d end"), ("9", "case 1: xlog(\"a\");", "end"),
            ("1", "case 1: case 2: xlog(\"both\"); break; case 3: xlog(\"c\");", "both end"),
            ("\"x\"", "case 1: xlog(\"a\"); break; case \"X\": xlog(\"b\"); break;", "b end"),
            ("1", "case \"1\": xlog(\"text\"); break; case 1: xlog(\"number\"); break;", "text end"),
            ("\"1\"", "case 1: xlog(\"number\"); break; case \"1\": xlog(\"text\"); break;", "text end"),
            ("\"1\"", "case 1: xlog(\"number\"); break; default: xlog(\"default\");", "default end"),
            ("-1", "case -1: xlog(\"minus\"); break;", "minus end"),
            ("2", "case 2: xlog(\"first\"); break; case 2: xlog(\"second\"); break;", "first end"),
            ("NULL", "case \"\": xlog(\"empty\"); break; default: xlog(\"default\");", "default end"),
            ("NULL", "case 0: xlog(\"zero\"); break; default: xlog(\"default\");", "default end"),
            ("\"\"", "case \"\": xlog(\"empty\"); break; default: xlog(\"default\");", "empty end"),
        ])
    func switches(_ value: String, _ cases: String, _ expected: String) {
        let switched = "$var(n) = \(value); switch ($var(n)) { \(cases) } xlog(\"end\");"
        #expect(logged(switched) == expected)
        // Looked up: the same with labels that nothing has. A mixture of kinds is tried in order in any case.
        let numbers = (100..<110).map { "case \($0): xlog(\"wrong\"); break; " }.joined()
        let texts = (100..<110).map { "case \"no\($0)\": xlog(\"wrong\"); break; " }.joined()
        for more in [numbers, texts, numbers + texts] {
            #expect(logged("$var(n) = \(value); switch ($var(n)) { \(more)\(cases) } xlog(\"end\");") == expected)
        }
    }

    @Test("A table of many labels finds each of them", arguments: [1, 4, 5, 64, 300])
    func tables(_ count: Int) {
        let numbers = (0..<count).map { "case \($0 * 7 - 50): $var(hits) = $var(hits) + 1; $var(r) = \($0); break;" }
        let texts = (0..<count).map { "case \"Label\($0)\": $var(hits) = $var(hits) + 1; $var(r) = \($0); break;" }
        let statements = """
            $var(i) = 0; $var(hits) = 0;
            while ($var(i) < \(count)) {
                $var(n) = $var(i) * 7 - 50;
                switch ($var(n)) { \(numbers.joined(separator: "\n")) }
                if ($var(r) != $var(i)) xlog("number $var(n)");
                $var(t) = "laBEL" + $var(i);
                switch ($var(t)) { \(texts.joined(separator: "\n")) }
                if ($var(r) != $var(i)) xlog("text $var(t)");
                $var(i) = $var(i) + 1;
            }
            xlog("$var(hits)");
            """
        #expect(logged(statements) == "\(2 * count)")
    }

    @Test("The value of a switch is read once, whatever the cases do")
    func switchReadsOnce() {
        #expect(
            logged(
                "$var(n) = \"a\"; switch ($var(n)) { case \"a\": $var(n) = \"b\"; xlog(\"a\"); break; case \"b\": xlog(\"b\"); }"
            ) == "a")
        #expect(
            logged("$avp(n) = 1; switch ($avp(n)) { case 1: $avp(n) = 2; case 3: xlog(\"$avp(n)\"); break; }") == "2")
    }

    @Test("A break belongs to the nearest switch or loop, through any ifs")
    func breaks() {
        let statements = """
            $var(i) = 0;
            while ($var(i) < 4) {
                $var(i) = $var(i) + 1;
                switch ($var(i)) { case 2: if ($var(i) == 2) break; xlog("no"); case 3: xlog("three"); break; default: xlog("other"); }
                if ($var(i) == 3) { if (1) break; }
            }
            xlog("$var(i)");
            """
        #expect(logged(statements) == "other three 3")
    }

    @Test(
        "A for goes over all values of its list",
        arguments: [
            ("for ($var(x) in $(avp(l)[*])) xlog(\"$var(x)\");", "3 two 1"),
            ("for ($avp(y) in $(avp(l)[*])) $var(k) = 1; xlog(\"$(avp(y)[*])\");", "1, two, 3"),
            ("for ($var(x) in $(avp(none)[*])) xlog(\"$var(x)\"); xlog(\"end\");", "end"),
            ("for ($var(x) in $(avp(l)[*])) { if ($var(x) == \"two\") break; } xlog(\"$var(x)\");", "two"),
            // By index, so what is removed on the way shifts what follows.
            ("for ($var(x) in $(avp(l)[*])) { xlog(\"$var(x)\"); $avp(l) = NULL; }", "3 1"),
            (
                "for ($var(x) in $(avp(l)[*])) { for ($var(y) in $(avp(l)[*])) xlog(\"$var(x)$var(y)\"); }",
                "33 3two 31 two3 twotwo two1 13 1two 11"
            ),
            // Walking over what the loop itself adds ends at the limit of rounds at the latest.
            (
                "for ($var(x) in $(avp(l)[*])) { $var(k) = $var(k) + \"x\"; if ($(var(k){s.len}) < 6) $(avp(l)[append]) = 4; } xlog(\"$var(k)\");",
                "xxxxxxxx"
            ),
        ])
    func forEach(_ loop: String, _ expected: String) {
        #expect(logged("$avp(l) = 1; $avp(l) = \"two\"; $avp(l) = 3; \(loop)") == expected)
    }

    @Test("A loop with nothing inside asks its condition once, and sets no variable")
    func hollowLoops() {
        let routes = "route[more] { $var(i) = $var(i) + 1; return(1); }"
        #expect(logged("$var(i) = 0; while (route(more)) { ; } xlog(\"$var(i) $rc\");", routes: routes) == "1 1")
        #expect(logged("$avp(l) = 1; for ($var(x) in $(avp(l)[*])) { } xlog(\"$var(x) $rc\");") == "<null> 1")
    }

    @Test("A for without [*] is skipped, which is a warning")
    func forWithoutAll() {
        let stage = Stage(statements: "$avp(l) = 1; for ($var(x) in $avp(l)) xlog(\"no\"); xlog(\"end\");")
        stage.play()
        #expect(stage.log == ["end"])
        #expect(stage.diagnostics.map(\.code) == [.variableIndex])
    }

    @Test(
        "$rc behind an if is the code of what ran last, 0 where nothing ran",
        arguments: [
            ("if (0) rand_event(5);", "0"), ("if (1) rand_event(5);", "5"), ("if (1) rand_event(-2);", "-2"),
            ("if (0) { } else rand_event(3);", "3"),
            ("if (1) { }", "1"), ("if (rand_event(7)) { }", "1"), ("if (rand_event(-7)) { }", "0"),
            ("rand_event(4); $var(x) = 1;", "1"),
            ("rand_event(4); ;", "4"), ("$var(x) = 1 + \"x\";", "-1"), ("$(avp(x)[3]) = 1;", "-1"),
            ("rand_event(-2); xlog(\"\" \"a\");", "a 1"),
            ("$shv(x) = \"no number\";", "-1"), ("$shv(x) = 5;", "1"),
            // break leaves -5; a loop or a switch that ends by itself 1, or what ran last in it.
            ("while (1) { break; }", "-5"), ("while (1) { if (1) break; }", "-5"),
            ("$var(i) = \"x\" + 1; while (0) { }", "1"),
            ("while ($var(i) != 1) { $var(i) = 1; $(avp(x)[3]) = 1; }", "1"),
            ("$var(i) = \"x\" + 1; while ($var(e) == 1) { }", "1"),
            ("switch ($var(e)) { case \"e\": break; }", "-5"),
            ("switch ($var(e)) { case \"e\": $(avp(x)[3]) = 1; }", "-1"),
            ("$(avp(x)[3]) = 1; switch ($var(e)) { case \"e\": }", "1"),
            ("$(avp(x)[3]) = 1; switch ($var(e)) { case \"x\": break; }", "1"),
            ("switch ($var(e)) { case 1: break; default: $var(x) = 1; break; }", "-5"),
            ("if (1) { switch ($var(e)) { case \"e\": break; } }", "-5"),
            ("$(avp(x)[3]) = 1; for ($var(q) in $(avp(none)[*])) { }", "1"),
            ("$avp(l) = 1; for ($var(q) in $(avp(l)[*])) { $(avp(x)[3]) = 1; }", "-1"),
            ("$avp(l) = 1; for ($var(q) in $(avp(l)[*])) break;", "-5"),
            ("$avp(l) = 1; for ($var(q) in $avp(l)) $var(x) = 1;", "-10"),
            ("$avp(l) = 1; $(avp(x)[3]) = 1; for ($var(q) in $(avp(l)[*])) { }", "1"),
            ("if ($var(e) == 1) { }", "-1"), ("if ($var(e) == 1) { } else { }", "-1"),
            ("if ($var(e) == 1) { } else $var(x) = 1;", "1"),
            ("if (0) { } else { }", "0"), ("if (1) { } else { }", "1"), ("if ([$var(e) + 1]) { }", "0"),
            ("if ($var(x) = $var(e) + 1) { }", "0"),
        ])
    func codes(_ statements: String, _ expected: String) {
        #expect(logged("$var(e) = \"e\"; \(statements) xlog(\"$rc\");") == expected)
    }

    @Test(
        "A code of zero, exit and drop end the script wherever they stand",
        arguments: [
            ("rand_event(0);", Fiber.Ending.exit), ("while (rand_event(0)) { }", .exit),
            ("$var(x) = 1 + rand_event(0);", .exit), ("exit;", .exit),
            ("drop;", .drop), ("route(a);", .exit), ("if (route(a)) { }", .exit), ("route(b);", .drop),
            ("abort();", .exit), ("return(0);", .exit),
            ("if (!route(a)) xlog(\"no\");", .exit), ("return;", .end), ("return(1);", .end),
        ])
    func endings(_ statement: String, _ ending: Fiber.Ending) {
        let stage = Stage(
            statements: "\(statement) xlog(\"behind\");", routes: "route[a] { return(0); } route[b] { while (1) drop; }"
        )
        stage.play()
        #expect(stage.log == [])
        #expect(stage.ending == ending)
    }

    @Test("xlog keeps to its level; log expands nothing")
    func logLevels() {
        let stage = Stage(
            statements:
                "xlog(\"L_ERR\", \"e\"); xlog(\"L_DBG\", \"d\"); xlog(\"w\" \"w\"); $var(l) = 3; xlog(\"$var(l)\", \"i\"); xdbg(\"x\"); log(1, \"$var(l)\"); log(4, \"no\");"
        )
        stage.machine.xlogLevel = 2
        stage.machine.logLevel = 3
        stage.play()
        #expect(stage.log == ["e", "ww", "$var(l)"])
    }
}
