import Testing

@testable import Script

/// Calls of routes: parameters, return values, nesting.
@Suite struct RouteTests {
    @Test(
        "Parameters are copies that keep their type, private to the call",
        arguments: [
            ("route(p, 1, \"two\", $var(v));", "1 two three"), ("route(p);", "<null> <null> <null>"),
            ("route(p, 1);", "1 <null> <null>"),
            ("route(p, $var(u), $avp(a));", "<null> four <null>"), ("route(p, \"$var(v)\");", "$var(v) <null> <null>"),
            ("route(p, $(var(v){s.toupper}), -1);", "THREE -1 <null>"),
            ("route(outer, \"x\");", "inner <null> <null> x"),
            ("route(change, $var(v));", "three changed"), ("route(types, 5, \"5\");", "number text"),
            ("route(computed, \"a\", \"b\");", "b a <null>"),
            ("$var(n) = \"5ab\"; route(sum, $(var(n){s.int}));", "6 equal 5ab"),
            ("$var(r) = \"p\"; route($var(r), 7);", "7 <null> <null>"),
            ("$var(r) = \"p\"; route(\"$var(r)\", 7, 8);", "7 8 <null>"), ("route(p, 1, 2, 3, 4, 5);", "1 2 3"),
        ])
    func parameters(_ statement: String, _ expected: String) {
        let routes = """
            route[p] { xlog("$param(1) $param(2) $param(3)"); }
            route[outer] { route(p, "inner"); xlog("$param(1)"); }
            route[change] { $var(v) = "changed"; xlog("$param(1) $var(v)"); }
            route[types] { if ($param(1) > 4) xlog("number"); if ($param(2) == "5") xlog("text"); if ($param(2) == 5) xlog("no"); }
            route[sum] { $var(s) = $param(1) + 1; if ($param(1) == 5) xlog("$var(s) equal $param(1)"); }
            route[computed] { $var(i) = 2; xlog("$param($var(i)) $param(1) $param(name)"); }
            """
        #expect(logged("$var(v) = \"three\"; $avp(a) = \"four\"; \(statement)", routes: routes) == expected)
    }

    @Test(
        "return gives a code and values",
        arguments: [
            ("return;", "1 <null>"), ("return(5);", "5 <null>"), ("return(-5, 7);", "-5 7"),
            ("return(1, \"a\", $var(v), 3);", "1 a v 3"), ("return($var(v));", "1 <null>"),
            ("return($var(u));", "-1 <null>"), ("$var(n) = 9; return($var(n), $var(n));", "9 9"),
            ("rand_event(3);", "3 <null>"), ("rand_event(-3);", "-3 <null>"), ("if (0) xlog(\"no\");", "1 <null>"),
            ("return(1, $(var(v){s.toupper}));", "1 V"), ("while (1) return(8);", "8 <null>"),
            ("route(give); return(2);", "2 <null>"), ("return(-1);", "-1 <null>"),
        ])
    func returns(_ body: String, _ expected: String) {
        let count = expected.split(separator: " ").count - 1
        let shown = (0..<count).map { "$return(\($0))" }.joined(separator: " ")
        let routes = "route[r] { \(body) } route[give] { return(1, \"given\"); }"
        #expect(logged("$var(v) = \"v\"; route(r); xlog(\"$rc \(shown)\");", routes: routes) == expected)
        // In a condition and in a sum it is the same code.
        let code = Int(expected.split(separator: " ")[0]) ?? 0
        #expect(
            logged("$var(v) = \"v\"; if (route(r)) xlog(\"yes\"); else xlog(\"no\");", routes: routes)
                == (code > 0 ? "yes" : "no"))
        #expect(
            logged("$var(v) = \"v\"; $var(s) = 100 + route(r); xlog(\"$var(s)\");", routes: routes) == "\(100 + code)")
    }

    @Test("A number that return carries computes as text, but compares with numbers")
    func returnedNumbers() {
        let statements = """
            route(r);
            if ($return(0) == 42) xlog("equal");
            $var(x) = $return(0) + "x"; xlog("$var(x)");
            $var(y) = 1; $var(y) = 1 + $return(0); xlog("$var(y)");
            """
        #expect(logged(statements, routes: "route[r] { return(1, 42); }") == "equal 42x 43")
    }

    @Test("Returned values last until the next call")
    func returnedValuesAreReplaced() {
        #expect(
            logged(
                "route(r); $var(a) = $return(0); route(s); xlog(\"$var(a) $return(0)\");",
                routes: "route[r] { return(1, \"r\"); } route[s] { $var(x) = 1; }") == "r <null>")
    }

    @Test("Calls nest a hundred deep; the one beyond fails with -1, and all go on")
    func recursionLimit() {
        let stage = Stage(
            statements:
                "$var(down) = 0; $var(up) = 0; $var(failed) = 0; route(deep, \"text\"); xlog(\"$var(down) $var(up) $var(failed) $rc\");",
            routes:
                "route[deep] { $var(down) = 1 + $var(down); route(deep, $param(1)); if ($rc < 0) $var(failed) = $var(failed) + 1; $var(up) = 1 + $var(up); }"
        )
        stage.play()
        #expect(stage.log == ["99 99 1 1"])
        #expect(stage.reports.count == 1 && stage.reports[0].contains("routes are nested too deeply (100)"))
    }

    @Test("$var is no local variable: recursion sees what inner calls did")
    func recursion() {
        let routes =
            "route[fac] { if ($param(1) < 2) return(1); $var(n) = $param(1) - 1; route(fac, $var(n)); $var(r) = $rc * $param(1); return($var(r)); }"
        #expect(logged("route(fac, 10); xlog(\"$rc\");", routes: routes) == "3628800")
        #expect(
            logged(
                "route(f, 3);",
                routes:
                    "route[f] { $var(x) = $param(1); if ($var(x) > 0) { $var(y) = $var(x) - 1; route(f, $var(y)); } xlog(\"$param(1)$var(x)\"); }"
            ) == "00 10 20 30")
    }

    @Test("A route that is named at run time and does not exist fails only that statement")
    func unknownAtRunTime() {
        let stage = Stage(
            statements:
                "$var(r) = \"none\";\nroute($var(r)); xlog(\"$rc\"); $var(s) = 1 + route($var(u)); xlog(\"$var(s)\");")
        stage.play()
        #expect(stage.log == ["-1", "0"])
        #expect(stage.reports == ["5: there is no route[none]", "5: there is no route[<null>]"])
    }

    @Test("Routes of many registers call each other")
    func wideFrames() {
        let terms = (1...60).map { (number: Int) -> String in "($var(a) + \(number) - ($var(b) * 2))" }
        let sum = terms.joined(separator: " + ")
        let routes =
            "route[w] { $var(s) = \(sum) + $param(1); if ($param(1) < 50) { $var(p) = $param(1) + 1; route(w, $var(p)); } }"
        #expect(logged("$var(a) = 1; $var(b) = 2; route(w, 0); xlog(\"$var(s)\");", routes: routes) == "1700")
    }

    @Test("An error runs the error route as the last thing of the script")
    func errors() {
        func story(_ statement: String, _ errorRoute: String) -> Stage {
            let stage = Stage(
                "enable_asserts = 1\nroute { exit; }\nstartup_route { $avp(a) = \"kept\"; route(r); xlog(\"behind\"); }\nroute[r] { \(statement) xlog(\"behind\"); }\n\(errorRoute)"
            )
            stage.machine.xlogLevel = 2
            stage.play()
            return stage
        }
        #expect(story("assert(0, \"why\");", "error_route { xlog(\"error $avp(a)\"); }").log == ["error kept"])
        #expect(
            story("assert(0, \"why\");", "error_route { xlog(\"error\"); }").reports == ["4: assertion failed: why"])
        #expect(story("assert(0, \"why\");", "").log == [])
        // As in OpenSIPS, which never got further.
        let logged = story("error(\"a\", \"b\");", "error_route { xlog(\"error\"); }").log
        #expect(logged == ["error(\"a\", \"b\") does nothing", "behind", "behind"])
        #expect(story("assert(1, \"why\");", "error_route { xlog(\"error\"); }").log == ["behind", "behind"])
        #expect(
            story("assert($avp(a) == 1, \"a fault is no truth\");", "error_route { xlog(\"error\"); }").log == ["error"]
        )
    }

    @Test(
        "An error inside of the error route ends the script",
        arguments: ["assert(0, \"again\");", "route(r);", "while (1) assert($var(none) == 1);"])
    func errorInErrorRoute(_ statement: String) {
        let stage = Stage(
            "enable_asserts = 1\nroute { exit; }\nstartup_route { assert(0); }\nroute[r] { assert(0, \"r\"); }\nerror_route { xlog(\"once\"); \(statement) xlog(\"behind\"); }"
        )
        stage.play()
        #expect(stage.log == ["once"])
    }
}
