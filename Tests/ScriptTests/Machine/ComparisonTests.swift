import Testing

/// Conditions. A comparison that cannot be made is no truth at all: it ends the condition, which then does not hold.
@Suite struct ComparisonTests {
    /// `n` is 5, `d` is 5 as text, `t` is Abc, `e` is empty, `z` is 0, `u` is NULL.
    private static let operands =
        "$var(n) = 5; $var(d) = \"5\"; $var(t) = \"Abc\"; $var(e) = \"\"; $var(z) = 0; $avp(l) = \"old\"; $avp(l) = \"new\";"

    private func holds(_ condition: String, routes: String = "") -> String {
        logged("\(Self.operands) if (\(condition)) xlog(\"yes\"); else xlog(\"no\");", routes: routes)
    }

    @Test(
        "What holds",
        arguments: [
            "$var(n) == 5", "$var(n) != 6", "$var(n) < 6", "$var(n) >= 5", "$var(n) > -1", "$var(n) == \"5\"",
            "$var(d) == $var(n)",
            "$var(n) == $var(d)", "$var(t) == \"aBC\"", "$var(t) < \"abd\"", "$var(t) > \"ABB\"", "$var(t) >= \"abc\"",
            "$var(t) > \"é\"",
            "$var(t) != \"ab\"",
            "$var(e) == \"\"", "$var(e) < \"a\"", "$var(e) != NULL", "$var(u) == NULL", "$var(u) != \"x\"",
            "$var(u) != 0", "$var(u) == $var(v)",
            "$var(u) != \"\"", "$var(t) =~ \"^a.c$\"", "$var(t) !~ \"^b\"", "$var(n) =~ \"^[0-9]$\"",
            "$var(u) !~ \".\"", "$avp(l) == \"new\"",
            "$(avp(l)[1]) == \"old\"", "$(avp(l)[-1]) == \"old\"", "$(var(t){s.len}) == 3", "$(var(t){s.len}) > 2",
            "$var(n)", "$var(t)", "$var(d)", "!$var(e)", "!$var(z)", "!$var(u)", "1", "!0", "5", "-1", "[$var(z)]",
            "[$var(e)]", "![$var(u)]",
            "[$var(n) - 4]", "![$var(n) - 5]", "[$var(n) == 5]", "![$var(t) - 1]", "[$var(t) - 1] || $var(n) == 5",
            "[$var(n) + 1 + ($var(t) == 1)]",
            "$var(u) != 10.0.0.1", "!$var(u) == 10.0.0.1", "$var(n) !~ $var(u)", "!($var(n) =~ $var(u))",
            "($var(n) == 5)", "!($var(n) == 6)",
            "!!($var(n) == 5)",
            "$var(n) == 5 && $var(t) == \"abc\"", "$var(n) == 6 || $var(t) == \"abc\"", "$var(n) == 5 || $var(t) == 1",
            "$var(n) == 5 || $var(n) == 5 && $var(n) == 5", "!$var(n) == 6", "$var(x) = 1", "rand_event(1)",
            "rand_event(17)", "!rand_event(-1)",
            "{ rand_event(1); }",
        ])
    func holds(_ condition: String) { #expect(holds(condition) == "yes") }

    @Test(
        "What does not hold",
        arguments: [
            "$var(n) != 5", "$var(n) < 5", "$var(t) == \"ab\"", "$var(u) == \"\"", "$var(u) == 0", "$var(u) < 1",
            "$var(u) > 1", "$var(u) <= 0",
            "$var(u) < \"x\"", "$var(u) != NULL", "$var(u) =~ \"\"", "$var(u) =~ \".*\"", "$var(e)", "$var(z)",
            "$var(u)", "0", "!1", "!$var(d)",
            // A comparison that cannot be made, in every place.
            "$var(t) == 1", "$var(t) != 1", "$var(d) == 5", "$var(d) < 6", "!($var(t) == 1)", "!$var(t) == 1",
            "$var(t) == 1 || $var(n) == 5",
            "$var(n) == 6 || $var(t) != 1", "($var(t) == 1) || 1", "[$var(t) - 1]", "[$var(t) == 1]", "![$var(t) == 1]",
            "[$var(t) == 1] || $var(n) == 5", "$var(u) == 10.0.0.1",
            "$var(t) == 10.0.0.1", "$var(t) != 10.0.0.1",
            "$var(n) =~ $var(brokenly)", "$var(n) == 5 && ($var(t) > 3 || $var(n) == 5)",
            // One rank, from the left: (1 || 1) && 0
            "$var(n) == 5 || $var(n) == 5 && $var(n) == 6", "rand_event(-1)", "{ rand_event(1); rand_event(-1); }",
            "$var(x) = $var(n) + $var(t)", "$(avp(l)[9]) = 1", "route(negative)", "$var(n) > 4 && !$var(n) > 4",
        ])
    func doesNotHold(_ condition: String) {
        #expect(holds(condition, routes: "route[negative] { return(-3); }") == "no")
    }

    @Test(
        "Addresses and networks",
        arguments: [
            ("10.1.2.3", "== 10.1.2.3", "yes"), ("10.1.2.3", "== 10.0.0.0/8", "yes"),
            ("11.1.2.3", "== 10.0.0.0/8", "no"), ("11.1.2.3", "!= 10.0.0.0/8", "yes"),
            ("10.1.2.3", "!= 10.0.0.0/8", "no"), ("10.1.2.3", "== 10.1.2.0/255.255.255.0", "yes"),
            ("here", "== 10.0.0.0/8", "no"), ("here", "!= 10.0.0.0/8", "no"),
        ])
    func networks(_ address: String, _ test: String, _ expected: String) {
        #expect(logged("$var(a) = \"\(address)\"; if ($var(a) \(test)) xlog(\"yes\"); else xlog(\"no\");") == expected)
    }

    @Test("The right side of && and || runs only where it decides") func shortCircuit() {
        let routes = "route[t] { xlog(\"t\"); return(1); } route[f] { xlog(\"f\"); return(-1); }"
        func order(_ condition: String) -> String {
            logged("if (\(condition)) xlog(\"yes\"); else xlog(\"no\");", routes: routes)
        }
        #expect(order("route(f) && route(t)") == "f no")
        #expect(order("route(t) || route(f)") == "t yes")
        #expect(order("route(t) || route(f) && route(f)") == "t f no")
        #expect(order("route(f) && route(t) || route(t)") == "f t yes")
        #expect(order("route(f) && (route(t) || route(t))") == "f no")
        #expect(order("!(route(t) && route(f)) && route(t)") == "t f t yes")
        #expect(order("!(route(f) || !route(t)) || route(f)") == "f t yes")
    }

    @Test("A number in a variable compares as number with numbers, as text with texts") func twoForms() {
        #expect(
            logged("$var(n) = 10; if ($var(n) > 9) xlog(\"number\"); if ($var(n) < \"9\") xlog(\"text\");")
                == "number text")
    }

    @Test("A pattern in a variable that is broken makes both =~ and !~ false, and is reported") func brokenPattern() {
        let stage = Stage(
            statements:
                "$var(p) = \"a(\"; $var(t) = \"a\";\nif ($var(t) =~ $var(p)) xlog(\"=~\");\nif ($var(t) !~ $var(p)) xlog(\"!~\");"
        )
        stage.play()
        #expect(stage.log == [])
        #expect(stage.reports.count == 2 && stage.reports.allSatisfy { $0.contains("the pattern is malformed") })
    }
}
