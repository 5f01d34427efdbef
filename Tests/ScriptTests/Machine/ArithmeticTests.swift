import Testing

/// `+ - * / %` have one rank and group from the left, `| & ^ << >>` the next; 32 bits that wrap around. The left
/// operand decides whether numbers are computed or texts joined.
@Suite struct ArithmeticTests {
    @Test(
        "Two ranks, both from the left",
        arguments: [
            ("2 + 3 * 4", "20"), ("2 * 3 + 4", "10"), ("10 - 4 - 3", "3"), ("100 / 10 / 5", "2"), ("7 % 4 * 2", "6"),
            ("1 | 2 + 4", "7"), ("6 & 3 + 1", "4"), ("1 << 2 + 1", "8"), ("256 >> 1 + 2", "32"), ("2 + 3 & 4 | 1", "5"),
            ("7 ^ 2 & 4", "4"), ("2 + (3 * 4)", "14"), ("(1 | 2) + 4", "7"), ("~0 & 255", "255"), ("~ 5 + 1", "-5"),
            ("~ ~ 5", "5"), ("-5 + 2", "-3"), ("5 - -3", "8"), ("5--3", "8"), ("0x10 + 010", "24"),
            ("1 + $var(three) > 2", "2"), ("$var(three) > 2 + 10", "11"), ("$var(three) == 3 * 5", "5"),
            ("((($var(three))))", "3"), ("10 - ($var(three) - 1)", "8"), ("$var(three) - 1 - 1", "1"),
        ])
    func ranks(_ expression: String, _ expected: String) {
        #expect(logged("$var(three) = 3; $var(r) = \(expression); xlog(\"$var(r)\");") == expected)
        // An AVP takes another way through the compiler.
        #expect(logged("$var(three) = 3; $avp(r) = \(expression); xlog(\"$avp(r)\");") == expected)
    }

    @Test(
        "Numbers wrap around, and nothing traps",
        arguments: [
            ("2147483647 + 1", "-2147483648"), ("-2147483648 - 1", "2147483647"), ("65536 * 65536", "0"),
            ("2147483647 * 2", "-2"), ("-2147483648 / -1", "-2147483648"), ("-2147483648 % -1", "0"),
            ("-7 / 2", "-3"), ("-7 % 2", "-1"), ("7 / -2", "-3"), ("7 % -2", "1"), ("5 / 0", "0"), ("5 % 0", "0"),
            ("4294967297", "1"), ("1 << 31", "-2147483648"), ("-8 >> 1", "-4"), ("~ -2147483648", "2147483647"),
        ])
    func edges(_ expression: String, _ expected: String) {
        #expect(logged("$var(r) = \(expression); xlog(\"$var(r) $rc\");") == "\(expected) 1")
        // The same with variables, which is another instruction.
        let parts = expression.split(separator: " ")
        guard parts.count == 3 else { return }
        let statements = "$var(a) = \(parts[0]); $avp(b) = \(parts[2]); $var(r) = $var(a) \(parts[1]) $avp(b);"
        #expect(logged("\(statements) xlog(\"$var(r) $rc\");") == "\(expected) 1")
    }

    /// `n` is 7, `t` is abc, `d` is 12 as text, `e` is empty, `u` is NULL; nil for an expression that fails.
    private static let operands = "$var(n) = 7; $var(t) = \"abc\"; $var(d) = \"12\"; $var(e) = \"\";"

    @Test(
        "The left operand decides what is computed",
        arguments: [
            ("$var(n) + $var(t)", nil), ("$var(t) + $var(n)", "abc7"), ("$var(t) + 7", nil), ("7 + $var(t)", nil),
            ("$var(d) + 1", nil), ("$var(n) + $var(d)", nil), ("$var(d) + $var(n)", "127"),
            ("$var(d) + $var(d)", "1212"),
            ("\"x\" + \"y\" + \"z\"", "xyz"), ("\"x\" + 1", nil), ("$var(t) + (1 + 1)", nil), ("$var(e) + $var(e)", ""),
            ("$var(n) + $var(u)", "7"), ("4 * $var(u)", "0"), ("4 / $var(u)", "0"), ("$var(u) + 7", nil),
            ("$var(u) + $var(n)", "7"), ("$var(u) + $var(u)", ""), ("$var(u) + \"x\"", "x"), ("\"x\" + $var(u)", "x"),
            ("$var(t) - $var(t)", nil), ("$var(t) * $var(n)", nil), ("$var(t) << 1", nil), ("~ $var(t)", nil),
            ("~ $var(u)", nil),
            ("$var(t) & $var(t)", "abc"), ("$var(t) | \"   \"", "abc"), ("$var(t) ^ $var(t)", "\0\0\0"),
            ("$var(t) | $var(d)", nil),
            ("$(var(d){s.int}) + 1", "13"), ("\"x\" + $(var(d){s.int})", "x12"), ("$(var(t){s.len}) * 2", "6"),
            ("$var(t) + $(var(t){s.toupper})", "abcABC"), ("$var(t) + $var(n) + $var(n)", "abc77"),
            ("$(var(u){s.len}) + \"x\"", "x"), ("$var(n) + ($var(t) == \"ABC\")", "8"),
            ("$var(n) + ($var(t) == 1)", "6"), ("$var(t) == 1", nil), ("($var(t) == 1)", nil),
            ("~ ($var(t) == 1)", "0"),
            ("($var(t) == 1) + 1 + $var(n)", "7"), ("$var(t) + ($var(t) == 1)", nil), ("$var(n) + ($var(t) + 1)", nil),
            ("$avp(none) + \"x\"", "x"), ("$rc + 1", "2"), ("\"rc\" + $rc", "rc1"),
        ] as [(String, String?)])
    func typing(_ expression: String, _ expected: String?) {
        let result = expected.map { "[\($0)] 1" } ?? "[kept] -1"
        #expect(
            logged(
                "\(Self.operands) $var(r) = \"kept\"; $var(e) = \"\"; $var(r) = \(expression); xlog(\"[$var(r)] $rc\");"
            ) == result)
        #expect(
            logged(
                "\(Self.operands) $avp(r) = \"kept\"; $var(e) = \"\"; $avp(r) = \(expression); xlog(\"[$avp(r)] $rc\");"
            ) == result)
    }

    @Test(
        "The += family takes two numbers or two texts",
        arguments: [
            ("$var(n) += 3", "10"), ("$var(n) -= 10", "-3"), ("$var(n) *= $var(n)", "49"), ("$var(n) /= 2", "3"),
            ("$var(n) /= 0", "0"),
            ("$var(n) %= 4", "3"), ("$var(n) &= 6", "6"), ("$var(n) |= 8", "15"), ("$var(n) ^= 1", "6"),
            ("$var(n) += 1 + 1 * 2", "11"),
            ("$var(t) += \"d\"", "abcd"), ("$var(t) += $var(t)", "abcabc"), ("$var(t) += 1", nil),
            ("$var(t) -= \"c\"", nil),
            ("$var(t) += $var(n)", nil), ("$var(n) += \"1\"", nil), ("$var(n) += $var(u)", nil), ("$var(u) += 1", nil),
            ("$var(u) += \"x\"", nil), ("$var(t) &= $var(t)", nil), ("$var(t) |= \"x\"", nil),
        ] as [(String, String?)])
    func compound(_ statement: String, _ expected: String?) {
        let target = String(statement.prefix(7))
        let before = ["$var(n)": "7", "$var(t)": "abc", "$var(u)": "<null>"][target]
        let result = expected.map { "\($0) 1" } ?? "\(before ?? "") -1"
        #expect(logged("\(Self.operands) \(statement); xlog(\"\(target) $rc\");") == result)
    }

    @Test("A compound assignment to an AVP pushes its result") func compoundPushes() {
        #expect(logged("$avp(a) = 1; $avp(a) += 1; $avp(a) += 1; xlog(\"$(avp(a)[*])\");") == "3, 2, 1")
        #expect(logged("$avp(a) = 1; $avp(a) = 5; $(avp(a)[1]) += 1; xlog(\"$(avp(a)[*])\");") == "5, 2")
    }

    @Test("Dividing by zero is reported and counts as a success") func divisionByZero() {
        let stage = Stage(statements: "$var(z) = 0;\n$var(r) = 5 / $var(z);\nxlog(\"$var(r) $rc\");")
        stage.play()
        #expect(stage.log == ["0 1"])
        #expect(stage.reports == ["5: division by zero; the result is 0"])
    }

    @Test("A text that grows past a megabyte fails and leaves its variable") func limit() {
        let doubling =
            "$var(t) = \"0123456789abcdef\"; $var(i) = 0; while ($var(i) < 20) { $var(i) = $var(i) + 1; $var(t) = $var(t) + $var(t); }"
        #expect(logged("\(doubling) xlog(\"$(var(t){s.len})\");") == "1048576")
    }

    @Test("A call inside of a sum is worth its code, a number without text form, and disturbs nothing in front of it")
    func callsInside() {
        let routes = "route[r] { $var(n) = 100; $var(t) = \"changed, and longer than before\"; return(2); }"
        func sum(_ expression: String) -> String {
            logged("$var(n) = 7; $var(t) = \"abc\"; $var(r) = \(expression); xlog(\"$var(r) $rc\");", routes: routes)
        }
        #expect(sum("$var(n) + route(r)") == "9 1")
        #expect(sum("$(var(t){s.len}) * 10 + route(r) + $var(n)") == "132 1")
        #expect(sum("$(var(n){s.len}) + assert($var(t) = $var(t) + $var(t)) + $(var(t){s.len})") == "8 1")
        #expect(sum("$var(t) + route(r)") == "<null> -1")
        #expect(sum("route(r) + $var(t)") == "<null> -1")
        #expect(sum("route(r)") == "2 1")
    }
}
