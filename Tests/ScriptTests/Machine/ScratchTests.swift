import Testing

@testable import Script

/// Texts that a statement computes live in the fiber's scratch memory, and are gone behind it.
@Suite struct ScratchTests {
    /// Statements of every kind, each of which makes texts or fails to.
    private static let statements = [
        "$var(r) = $var(t) + $var(n);", "$avp(r) := $var(t) + $var(t);", "$var(r) = $var(t) - $var(n);",
        "$var(r) = $var(t) + 1;",
        "$var(r) += $var(t);", "$var(r) = \"\"; $var(r) += $var(t);", "$var(r) = $(var(t){s.toupper});",
        "$var(r) = $(var(n){s.len}) + 1;",
        "$var(r) = $(var(t){s.toupper}) + 1;", "$(avp(l)[1]) = $(var(t){s.toupper});",
        "$(avp(l)[9]) = $var(t) + $var(t);", "$avp($var(t)) := 1;",
        "$avp($(var(t){s.toupper})) := \"x\";", "if ($(var(t){s.toupper}) == \"X\") { }",
        "if ($var(t) == $(var(t){s.toupper})) { } else { $var(r) = 1; }",
        "if ($var(n) =~ \"1\") { }", "if ($var(n) =~ $var(n)) { }", "if ($var(n) =~ $var(broken)) { }",
        "if ($var(t) == 1) { }", "if ([$var(t) + $var(n)]) { }", "if ([$var(t) - $var(n)]) { }",
        "if ($var(n) == \"x\" || $var(n) == $var(t)) { }", "if ($var(n) == 10.0.0.0/8) { }",
        "if ({ $var(r) = $var(t) + $var(n); }) { }", "switch ($var(t)) { case \"a\": break; case \"b\": $var(r) = 1; }",
        "switch ($var(n)) { case \"a\": break; case \"b\": break; case \"c\": break; case \"d\": break; }",
        "switch ($(var(t){s.toupper})) { case 1: break; default: $var(r) = $var(t) + \"x\"; }",
        "switch ($avp(l)) { case 1: case 2: case 3: case 4: case 5: $var(r) = 1; }",
        "for ($var(x) in $(avp(l)[*])) { }", "for ($var(x) in $(avp(l)[*])) $var(r) = $var(x) + $var(t);",
        "for ($var(x) in $(avp(l)[*])) { break; }", "for ($avp(x) in $(avp(none)[*])) { }",
        "$var(j) = 0; while ($var(j) < 2 && $(var(t){s.len}) > 1) { $var(j) = $var(j) + 1; $var(r) = $var(t) + $var(j); }",
        "route(a);", "route(a, \"text\");", "route(a, $var(t), $(var(t){s.toupper}));", "route(b, 1);",
        "$var(r) = route(b) + 1;", "if (route(a, \"literal\")) { }", "route($var(t));",
        "route(\"$var(t)\", \"more\");", "$var(r) = $var(t) + route(b);", "route(c);", "rand_event(1);",
        "cache_store(\"x\", \"key $var(n)\", \"$var(t)\");", "cache_fetch(\"x\", \"$var(t)\", $var(r));",
        "if (cache_fetch(\"x\", \"key\", $avp(r))) { }", "xlog(\"L_DBG\", \"$var(t)\");",
        "xlog(\"$(avp(none){s.int})\", \"nothing\");", "xlog(\"$(var(lvl){s.tolower})\", \"nothing\");",
        "assert($var(t) == $var(t));", "assert($(var(t){s.len}) > 1, \"x\");", "$shv(x) = 1 + $(var(t){s.len});",
        "$var(r) = $shv(x); $var(r) = $shv($var(t));", "$var(r) = $(avp(l)[*]);",
        "$var(r) = $(var(t){s.eval}); $var(e) = \"a $var(t)\"; $var(r) = $(var(e){s.eval});", "log(1, \"text\");",
        "$var(r) = 1 + ($(var(t){s.toupper}) == \"X\");", "xdbg(\"$(var(t){s.toupper})\");",
    ]

    @Test("Nothing is left behind, however often a statement runs", arguments: statements)
    func leak(_ statement: String) {
        let stage = Stage(
            statements: """
                $var(t) = "a text"; $var(n) = 123456; $var(broken) = "("; $var(lvl) = "L_DBG"; $avp(l) = "one"; $avp(l) = 2; $avp(r) = ""; $var(r) = "";
                shm_status();
                $var(i) = 0;
                while ($var(i) < \(rounds)) { $var(i) = $var(i) + 1; \(statement) }
                shm_status();
                """,
            routes:
                "route[a] { $var(q) = $param(1) + \"x\"; } route[b] { return(2, \"r\", $var(t), 5); } route[c] { if ($var(n)) { while (1) { return(1, $(var(t){s.toupper})); } } }"
        )
        #expect(stage.errors.map(\.message) == [])
        stage.machine.maximalLoops = .max
        stage.machine.xlogLevel = 2
        stage.play()
        #expect(stage.scratch.count == 2)
        #expect(stage.scratch.first == stage.scratch.last)
    }

    /// A leak of one byte a round would not fit into the first chunk.
    private let rounds = 6000

    @Test("A million rounds of all kinds hold no more memory than one") func million() {
        let body = Self.statements.filter { !$0.contains("+=") }.joined(separator: "\n")
        let rounds = 1_000_000 / Self.statements.count
        func capacity(_ rounds: Int) -> Int? {
            let stage = Stage(
                statements:
                    "$var(t) = \"a text\"; $var(n) = 123456; $avp(l) = \"one\"; $avp(l) = 2;\nwhile ($var(i) < \(rounds)) { $var(i) = $var(i) + 1; \(body) }\nshm_status();",
                routes:
                    "route[a] { $var(q) = $param(1) + \"x\"; } route[b] { return(2, \"r\", $var(t), 5); } route[c] { return(1, $(var(t){s.toupper})); }"
            )
            stage.machine.maximalLoops = .max
            stage.machine.xlogLevel = 2
            stage.play()
            return stage.scratch.last
        }
        #expect(capacity(rounds) == capacity(1))
        #expect(capacity(1) != nil)
    }

    @Test(
        "A statement that fails leaves its target untouched",
        arguments: [
            "$var(r) = $var(n) + \"x\";", "$var(r) = \"x\" + 1;", "$var(r) += 1;", "$var(r) = ~ \"x\";",
            "$var(r) = \"ab\" & \"abc\";", "$var(r) = 1 + (2 + $var(r));",
            "$avp(a) = $var(n) + \"x\";", "$(avp(a)[5]) = 1;", "$avp(a) += 1;",
            "cache_fetch(\"x\", \"none\", $var(r));", "cache_fetch(\"x\", \"none\", $avp(a));",
            "$var(r) = \"x\" + (1 + $var(n));",
            "$var(r) = ($var(r) == 1);", "$avp(a) := \"x\" - \"y\";", "$(avp(a)[0]) = $var(n) + \"x\";",
            "for ($var(r) in $(avp(none)[*])) { }",
        ])
    func untouched(_ statement: String) {
        #expect(
            logged("$var(n) = 7; $var(r) = \"kept\"; $avp(a) = \"also\"; \(statement) xlog(\"$var(r) $(avp(a)[*])\");")
                == "kept also")
    }

    @Test("Big texts come and go") func bigTexts() {
        let statements = """
            $var(t) = "0123456789abcdef"; $var(i) = 0;
            while ($var(i) < 14) { $var(i) = $var(i) + 1; $var(t) = $var(t) + $var(t); }
            shm_status();
            $var(i) = 0;
            while ($var(i) < 30) {
                $var(i) = $var(i) + 1;
                $var(u) = $(var(t){s.toupper}) + $(var(t){s.len}) + $var(t);
                route(a, $(var(t){s.toupper}));
                if ($(var(t){s.toupper}) == $(var(u){s.tolower})) xlog("no");
            }
            shm_status();
            xlog("$(var(u){s.len})");
            """
        let stage = Stage(
            statements: statements, routes: "route[a] { $var(q) = $param(1) + $param(1); return(1, $var(q)); }")
        stage.play()
        #expect(stage.log == ["\(262_144 * 2 + 6)"])
        #expect(stage.scratch.first == stage.scratch.last)
    }
}
