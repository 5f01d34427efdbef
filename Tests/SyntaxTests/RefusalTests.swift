import Testing

@testable import Syntax

/// What is wrong with a script is said once, at the right place, with a code that stays.
struct RefusalTests {
    /// Errors of a script as `code@line:column`.
    private func errors(_ text: String) -> [String] {
        let source = Source(name: "t.cfg", bytes: Array(text.utf8))
        return Parser.parse(source).1.filter { $0.severity == .error }.map { diagnostic in
            let place = source.location(of: diagnostic.span.start)
            return "\(diagnostic.code.name)@\(place.line):\(place.column)"
        }
    }

    /// Statements, put into a route whose first line they are.
    @Test(arguments: [
        // A missing end.
        ("$var(a) = 1\n$var(b) = 2;", "syntax.missing-semicolon@1:21"), ("f(1)\ng();", "syntax.missing-semicolon@1:14"),
        ("f(1) }", "syntax.missing-semicolon@1:14"), ("exit", "syntax.missing-semicolon@1:14"),
        ("f() g();", "syntax.missing-semicolon@1:13"),
        ("if (1) f() else g();", "syntax.missing-semicolon@1:20"), ("f(1;\ng();", "syntax.missing-parenthesis@1:13"),
        ("f(\"a\" \"b\"); g();", "syntax.missing-comma@1:15"),
        ("if ($a == 1 { f(); } g();", "syntax.missing-parenthesis@1:21"),
        ("if ($a == 1) && f(); { g(); }", "syntax.block-as-statement@1:31"),
        ("xlog(\"a\";", "syntax.missing-parenthesis@1:18"),
        // Comparisons and conditions.
        ("if ($var(a) + 1 == 7) f();", "syntax.arithmetic-in-condition@1:22"),
        ("if ($a & $b) f();", "syntax.arithmetic-in-condition@1:17"),
        ("if (5 == $var(x)) f();", "syntax.comparison-needs-variable@1:14"),
        ("if (\"a\" == $x) f();", "syntax.comparison-needs-variable@1:14"),
        ("if (f() == 1) g();", "syntax.comparison-needs-variable@1:14"),
        ("if (($x) == 1) g();", "syntax.comparison-needs-variable@1:14"),
        ("if ([$x ] == 1) g();", "syntax.comparison-needs-variable@1:14"),
        ("if (NULL == $x) g();", "syntax.comparison-needs-variable@1:14"),
        ("if (ru == 1) g();", "syntax.unexpected-token@1:17"), ("if (\"a\") f();", "syntax.bad-condition@1:14"),
        ("if (NULL) f();", "syntax.bad-condition@1:14"),
        ("if (while (1) f();) g();", "syntax.bad-condition@1:14"),
        ("if ($x == abc) f();", "syntax.text-without-quotes@1:20"),
        ("if ($x =~ 5) f();", "syntax.comparison-operand@1:20"),
        ("if ($x < NULL) f();", "syntax.comparison-operand@1:19"),
        ("if ($x > 1.2.3.4) f();", "syntax.comparison-operand@1:26"), ("if () f();", "syntax.unexpected-token@1:14"),
        ("if ($x ==) { f(); } g();", "syntax.unexpected-token@1:19"),
        // Expressions and assignments.
        ("$var(x) =~5;", "syntax.match-as-assignment@1:18"), ("$var(x) == 5;", "syntax.unexpected-token@1:18"),
        ("$var(x)++;", "syntax.no-such-statement@1:17"),
        ("$var(x)--;", "syntax.no-such-statement@1:17"),
        ("$(var(a){s.len}) = 1;", "syntax.assign-to-transformation@1:10"),
        ("$var(x) = -$y;", "syntax.bad-expression@1:20"),
        ("$var(x) = 1 + NULL;", "syntax.bad-expression@1:24"), ("$var(x) += NULL;", "syntax.bad-expression@1:21"),
        ("$var(x) = 1 && 2;", "syntax.bad-expression@1:22"),
        ("$var(x) = !1;", "syntax.bad-expression@1:20"), ("$var(x) = 1 == 2;", "syntax.comparison-needs-variable@1:22"),
        ("$var(x) = abc;", "syntax.text-without-quotes@1:20"),
        ("$var(x) = ;", "syntax.unexpected-token@1:20"), ("$var(x);", "syntax.unexpected-token@1:17"),
        ("$var(x) = 1.2.3.4;", "syntax.text-without-quotes@1:20"),
        ("$var(x) = $y = 2;", "syntax.unexpected-token@1:23"),
        // Control.
        ("if (1) { break; }", "syntax.break-outside@1:19"), ("break;", "syntax.break-outside@1:10"),
        ("{ f(); }", "syntax.block-as-statement@1:10"),
        ("switch ($x) { case 1: f(); default: g(); case 2: h(); }", "syntax.case-after-default@1:51"),
        ("switch ($x) { default: g(); }", "syntax.switch-without-case@1:22"),
        ("switch ($x) { case 1: { f(); } }", "syntax.block-as-statement@1:32"),
        ("switch (f()) { case 1: g(); }", "syntax.switch-value@1:18"),
        ("switch ($x) { case a: g(); }", "syntax.text-without-quotes@1:29"),
        ("switch ($x) { case 1: ; default: ; default: ; }", "syntax.case-after-default@1:45"),
        ("switch ($x) { case 1: ; default: ; case 2: break; }", "syntax.case-after-default@1:45"),
        ("else f();", "syntax.else-without-if@1:10"), ("case 1: f();", "syntax.case-outside-of-switch@1:10"),
        ("for ($ru in $(avp(a)[*])) f();", "syntax.loop-variable@1:15"),
        ("for ($var(i) = 0; $var(i) < 3; $var(i) += 1) { f(); } g();", "syntax.unexpected-token@1:23"),
        ("elseif (1) { f(); } g();", "syntax.no-such-statement@1:10"),
        ("do { f(); } while (1);", "syntax.no-such-statement@1:10"), ("var x = 1;", "syntax.no-such-statement@1:10"),
        ("continue f;", "syntax.unexpected-token@1:19"),
        // Calls.
        ("return(\"a\");", "syntax.bad-argument@1:17"), ("exit(1);", "syntax.bad-argument@1:15"),
        ("xlog(L_INFO, \"a\");", "syntax.bad-argument@1:15"), ("xlog($x);", "syntax.bad-argument@1:15"),
        ("xlog(\"a\" + $x);", "syntax.bad-argument@1:19"), ("f($x + 1);", "syntax.bad-argument@1:15"),
        ("f(g());", "syntax.bad-argument@1:12"), ("f(NULL);", "syntax.bad-argument@1:12"),
        ("f(1,2,3,4,5,6,7,8,9);", "syntax.too-many-arguments@1:10"),
        ("route(r,1,2,3,4,5,6,7,8,9,10);", "syntax.too-many-arguments@1:10"),
        ("route(a, );", "syntax.bad-argument@1:18"),
        ("route(log);", "syntax.reserved-word@1:16"), ("route(my-r);", "syntax.route-name@1:16"),
        ("route();", "syntax.unexpected-token@1:16"), ("route(a, b);", "syntax.text-without-quotes@1:19"),
        ("async(f());", "syntax.unexpected-token@1:19"), ("async(1, r);", "syntax.unexpected-token@1:16"),
        ("log(abc);", "syntax.text-without-quotes@1:14"), ("x = 5;", "syntax.unexpected-token@1:10"),
        // Tokens.
        ("// no comment\nf();", "syntax.slash-comment@1:10"), ("_f(); g();", "syntax.unknown-character@1:10"),
        ("f(@); g();", "syntax.unknown-character@1:12"), ("$var(x) = 08;", "syntax.bad-number@1:20"),
        ("f(); include_file \"x\"", "include.inside-of-line@1:15"),
        ("$avp(x)[0] = 1;", "variable.needs-parentheses@1:17"),
        ("if ([$x]) f();", "variable.bracket-without-blank@1:17"),
    ])
    func statements(_ text: String, _ expected: String) {
        let closing =
            text.hasSuffix("}") && text.filter { $0 == "{" }.count < text.filter { $0 == "}" }.count ? "" : "}"
        #expect(errors("route {  \(text)\(closing)\nroute[next] { exit; }\n") == [expected])
    }

    @Test(arguments: [
        ("route { f(); ", "syntax.unclosed-brace@1:7"),
        ("route {\n f();\nroute[b] { exit; }\nroute[c] { exit; }", "syntax.unclosed-brace@1:7"),
        ("route {\n  if (1) {\n    f();\n  g();\n}\nroute[b] { exit; }", "syntax.unclosed-brace@2:10"),
        ("route {\n if (1) {\n f();\nloadmodule \"x\"", "syntax.unclosed-brace@2:9"),
        ("route {\n switch ($x) {\n case 1: f();\nfailure_route[x] { ; }", "syntax.unclosed-brace@2:14"),
        ("route { exit; } }", "syntax.unmatched-brace@1:17"),
        ("route { f(\"abc); }\nroute[b] { exit; }", "syntax.unclosed-string@1:11"),
        ("route {\n xlog(\"@@ never ended);\n xlog(\"@@ READY\\n\");\n}\n", "syntax.unclosed-string@2:7"),
        ("route {\n f('abc);\n g('def');\n h(\"x\");\n}\nroute[b] { f('z'); }\n", "syntax.unclosed-string@2:4"),
        ("route { f(); /* no end }", "syntax.unclosed-comment@1:14"),
        ("a = /* no end", "syntax.unclosed-comment@1:5"), ("route { }", "syntax.empty-route@1:7"),
        ("route[] { ; }", "syntax.unexpected-token@1:7"),
        ("route[error] { ; }", "syntax.reserved-word@1:7"), ("route[tag] { ; }", "syntax.reserved-word@1:7"),
        ("route[a-b] { ; }", "syntax.route-name@1:7"), ("failure_route { ; }", "syntax.route-header@1:1"),
        ("startup_route[x] { ; }", "syntax.route-header@1:14"),
        ("timer_route[x] { ; }", "syntax.unexpected-token@1:14"),
        ("reply_route[x] { f(); }\nroute { ; }", "syntax.unknown-block@1:1"),
        ("f();\nroute { ; }", "syntax.statement-outside-of-route@1:1"),
        ("$var(x) = 1;\nroute { ; }", "syntax.statement-outside-of-route@1:1"),
        ("a = 1;\nb = 2", "syntax.semicolon-after-item@1:6"), ("a = \nroute { ; }", "syntax.unexpected-token@2:1"),
        ("a 1\nb = 2", "syntax.unexpected-token@1:3"), ("socket = \"udp:1.2.3.4\"", "syntax.bad-socket@1:10"),
        ("socket = 1.2.3.4\nroute { ; }", "syntax.unexpected-token@1:10"),
        ("socket = udp:1.2.3.4:70000", "syntax.bad-port@1:22"), ("socket = udp:1.2.3.4:10-5", "syntax.bad-port@1:25"),
        ("loadmodule tm.so\nroute { ; }", "syntax.text-without-quotes@1:12"),
        ("modparam(\"a\", \"b\" 5)\nroute { ; }", "syntax.unexpected-token@1:19"),
        ("modparam(\"a\", \"b\", 5\nroute { ; }", "syntax.missing-parenthesis@1:21"),
        ("x include_file \"a\"", "syntax.unexpected-token@1:3"), ("// x\nroute { ; }", "syntax.slash-comment@1:1"),
    ])
    func files(_ text: String, _ expected: String) { #expect(errors(text) == [expected]) }

    @Test func severalMistakesAreAllReported() {
        let text = """
            route {
              $var(a) = 1
              f(2;
              if ($x + 1 == 2) { g() }
              break;
            }
            route[b] { x = 1; }
            """
        #expect(
            errors(text) == [
                "syntax.missing-semicolon@2:14", "syntax.missing-parenthesis@3:6",
                "syntax.arithmetic-in-condition@4:10",
                "syntax.missing-semicolon@4:25", "syntax.break-outside@5:3", "syntax.unexpected-token@7:12",
            ])
    }

    @Test(arguments: [
        ("route { if ", "(", "1", ")", " f(); }"), ("route { $var(x) = ", "(", "1", ")", "; }"),
        ("route { if (", "!", "1", "", ") f(); }"),
        ("route { $var(x) = ", "~", "1", "", "; }"), ("route { ", "if (1) { ", "f();", " }", " }"),
        ("route { ", "if (1) ", "f();", "", " }"),
        ("route { ", "switch ($x) { case 1: ", "f();", " }", " }"), ("route { ", "if ({ ", "f();", " }) g();", " }"),
        ("route { if (1) f(); ", "else if (1) f(); ", "", "", " }"), ("route { $var(x) = 1", " + 1", "", "", "; }"),
        ("route { if (1", " && 1", "", "", ") f(); }"),
    ])
    func depthIsBounded(_ parts: (head: String, open: String, core: String, close: String, tail: String)) {
        func script(_ count: Int) -> String {
            parts.head + String(repeating: parts.open, count: count) + parts.core
                + String(repeating: parts.close, count: count) + parts.tail
        }
        let codes = errors(script(100_000)).map { $0.prefix { $0 != "@" } }
        #expect(codes.contains("syntax.nesting-too-deep"))
        #expect(codes.count <= 2)
        #expect(errors(script(40)) == [])
    }

    @Test func whatTheBoundsAllowCanBePrinted() {
        let operators = "route { if (1" + String(repeating: " && $x == 1", count: 990) + ") $var(x) = 1"
        let sums = String(repeating: " + 1", count: 990) + "; }"
        let branches = "route { if (1) ; " + String(repeating: "else if (1) ; ", count: 300) + "}"
        let levels =
            "route { if (" + String(repeating: "(", count: 190) + "1" + String(repeating: ")", count: 190) + ") ; }"
        for text in [operators + sums, branches, levels] {
            #expect(Law.isParsed(Array(text.utf8)))
            #expect(Law.broken(Array(text.utf8)) == nil)
        }
    }

    @Test func aTextWithoutSenseIsGivenUp() {
        let errors = errors(String(repeating: ") ", count: 100_000) + String(repeating: "a = ; ", count: 100_000))
        #expect(errors.count <= Parser.maximumErrors + 2)
    }

    @Test func anUnclosedCommentBehindEverythingIsOnlyReported() {
        let (script, diagnostics) = Parser.parse(Source(name: "t", bytes: Array("route { exit; }\n/* the end".utf8)))
        #expect(script.items.count == 1)
        #expect(diagnostics.map(\.code) == [.unclosedComment])
        #expect(diagnostics.map(\.severity) == [.warning])
    }

    @Test func theMainRouteBecomesUsableBehindErrors() {
        let script = Parser.parse(
            Source(name: "t", bytes: Array("route { f( ; g(); if (1 h(); } route[b] { exit; }".utf8))
        ).0
        #expect(script.items.map(Sketch.item).last == "route[b]{exit}")
    }
}
