import Testing

@testable import Syntax

/// What statements, conditions, expressions and items become.
struct ParserTests {
    @Test(arguments: [
        (";", "-"), ("exit; exit(); drop; drop();", "exit exit drop drop"),
        (
            "return; return(); return 12; return -1; return $var(y);",
            "return() return() return(12) return(-1) return($var(y))"
        ),
        (#"return(2, "a", $var(q), 42, NULL);"#, #"return(2, "a", $var(q), 42, null)"#),
        (#"return(, "only");"#, #"return(, "only")"#),
        (
            "route(a); route(\"b-c\"); route(5); route($var(n), 1);",
            "route(a) route(\"b-c\") route(#5) route($var(n), 1)"
        ),
        (
            "f(); f(1); f(-1, \"a\"); f(,); f(\"a\",); f(, $avp(v));",
            "f() f(1) f(-1, \"a\") f(_, _) f(\"a\", _) f(_, $avp(v))"
        ),
        ("f (1) ;", "f(1)"), (#"log("a"); log(-1, "b"); error("a", "b");"#, #"log("a") log(-1, "b") error("a", "b")"#),
        (#"xlog("a"); xlog("L_INFO", "b" 'c'); xdbg("d" "e");"#, #"xlog("a") xlog("L_INFO", "b" "c") xdbg("d" "e")"#),
        ("async(usleep(1), on_it); async(f(), \"x\", 5);", "async(usleep(1), on_it) async(f(), \"x\", 5)"),
        (#"launch(f()); launch(f(), r); launch(f(1), r, "t");"#, #"launch(f()) launch(f(), r) launch(f(1), r, "t")"#),
        (#"assert($rm != "INFO", "no"); assert(1);"#, #"assert(($rm != "INFO"), "no") assert(1)"#),
        ("$var(a) = 1; $avp(b) := NULL; $var(c) = null;", "$var(a) = 1 $avp(b) := null $var(c) = null"),
        (
            "$var(a) += 1; $var(a) -= 1; $var(a) *= 1; $var(a) /= 1;",
            "$var(a) += 1 $var(a) -= 1 $var(a) *= 1 $var(a) /= 1"
        ),
        (
            "$var(a) %= 1; $var(a) &= 1; $var(a) |= 1; $var(a) ^= 1;",
            "$var(a) %= 1 $var(a) &= 1 $var(a) |= 1 $var(a) ^= 1"
        ),
    ])
    func simple(_ text: String, _ expected: String) { #expect(Sketch.statements(text) == expected) }

    @Test(arguments: [
        ("2 + 3 * 4", "((2 + 3) * 4)"), ("10 - 2 - 3", "((10 - 2) - 3)"), ("10 - (2 - 3)", "(10 - <(2 - 3)>)"),
        ("8 | 7 & 3", "((8 | 7) & 3)"), ("1 << 2 + 1", "(1 << (2 + 1))"), ("1 + 2 << 3", "((1 + 2) << 3)"),
        ("~ 1 + 1", "(~1 + 1)"), ("~ ~1", "~~1"), ("5-3", "(5 - 3)"), ("5--3", "(5 - -3)"), ("-5+3", "(-5 + 3)"),
        ("- 8", "-8"),
        ("$var(x)*-1", "($var(x) * -1)"), ("1 + $var(a) > 3", "(1 + ($var(a) > 3))"),
        ("$var(a) == 6", "($var(a) == 6)"),
        ("10 * ($var(a) < 7) + 1", "((10 * <($var(a) < 7)>) + 1)"), ("\"a\" + $rd", "(\"a\" + $rd)"),
        ("route(pos) + 10", "(route(pos) + 10)"), ("f(1) ^ 2 >> 1 % 3", "((f(1) ^ 2) >> (1 % 3))"),
        ("yes + 0x10", "(1 + 16)"),
        ("$var(u) == NULL", "($var(u) == null)"), ("$var(s) =~ \"^te\"", "($var(s) =~ \"^te\")"),
    ])
    func expressions(_ text: String, _ expected: String) {
        #expect(Sketch.statements("$var(r) = \(text);") == "$var(r) = \(expected)")
    }

    @Test(arguments: [
        ("1 || 0 && 0", "((1 || 0) && 0)"), ("1 and not 0 or 1", "((1 && !0) || 1)"),
        ("!$var(x) == 1", "!($var(x) == 1)"),
        ("!!f()", "!!f()"), ("(1 && 0)", "<(1 && 0)>"), ("[$var(a) & 2]", "[($var(a) & 2)]"), ("[\"x\"]", "[\"x\"]"),
        ("$si == 10.1.0.0/16", "($si == @10.1.0.0/16)"), ("$si != [::1]", "($si != @[::1])"),
        ("$si == fe80::/10", "($si == @fe80::/10)"),
        ("$a < 1 && $b > 2 && $c <= 3 && $d >= -4", "(((($a < 1) && ($b > 2)) && ($c <= 3)) && ($d >= -4))"),
        ("$a =~ $b || $a !~ \"x\"", "(($a =~ $b) || ($a !~ \"x\"))"), ("$x = 0", "$x = 0"),
        ("f(1) && route(a)", "(f(1) && route(a))"),
        ("if (1) f();", "if 1 <f()>"), ("{ f(); }", "{f()}"), ("-1", "-1"), ("exit || drop()", "(exit || drop)"),
        ("[~ 2] && ($x)", "([~2] && <$x>)"), ("$x == yes", "($x == 1)"),
    ])
    func conditions(_ text: String, _ expected: String) {
        #expect(Sketch.statements("if (\(text)) ;") == "if \(expected) <->")
        #expect(Sketch.statements("while (\(text)) { }") == "while \(expected) {}")
    }

    @Test(arguments: [
        ("if (1) f(); else g();", "if 1 <f()> else <g()>"),
        ("if (1) if (2) f(); else g();", "if 1 <if 2 <f()> else <g()>>"),
        ("if (1) { } else if (2) { ; } else { }", "if 1 {} else <if 2 {-} else {}>"),
        ("while (1) if ($x) { break; } else break;", "while 1 <if $x {break} else <break>>"),
        ("for ($var(v) in $(avp(a)[*])) f($var(v));", "for $var(v) in $avp(a)[*] <f($var(v))>"),
        (
            "switch ($rm) { case \"A\": case -3: f(); break; default: g(); }",
            "switch $rm \"A\": <> -3: <f() break> default: <g()>"
        ),
        ("switch ($x) { case 1: if ($y) break; }", "switch $x 1: <if $y <break>>"),
        ("switch ($x) { case 1: default: }", "switch $x 1: <> default: <>"),
        ("while (1) { switch ($x) { case 1: break; } break; }", "while 1 {switch $x 1: <break> break}"),
    ])
    func control(_ text: String, _ expected: String) { #expect(Sketch.statements(text) == expected) }

    @Test(arguments: [
        (
            "log_level=2 debug_mode=yes mpath=\"/m/\" tos = IPTOS_LOWDELAY",
            "log_level=2 debug_mode=1 mpath=\"/m/\" tos=IPTOS_LOWDELAY"
        ),
        (
            "log_level=-3 advertised_address=1.2.3.4 advertised_address = sip-1.my.org",
            "log_level=-3 advertised_address=1.2.3.4 advertised_address=sip-1.my.org"
        ),
        ("socket=udp:127.0.0.1:5060", "socket=udp:127.0.0.1:5060"), ("socket = UDP:*", "socket=UDP:*:"),
        (
            "socket = udp:eth0:5060-5065,5080 ANYCAST use_workers 4 tag in_side",
            "socket=udp:eth0:5060-5065,5080 anycast use_workers #4 tag in_side"
        ),
        (
            "socket = tls:\"my.dns.com\":5061 as 1.2.3.4:5062 frag tos 16",
            "socket=tls:\"my.dns.com\":5061 as 1.2.3.4:5062 frag tos #16"
        ),
        (
            "socket = udp:[fe80::1]:5060 reuse_port socket = tcp:a-b.c",
            "socket=udp:[fe80::1]:5060 reuse_port socket=tcp:a-b.c:"
        ),
        (
            "alias = udp:sip.org:5060 foo.org any:x.y:any accept_subdomain \"q\"\nroute{;}",
            "alias=<udp : sip.org : #5060 foo.org any : x.y : any accept_subdomain \"q\"> route[]{-}"
        ),
        (
            "udp_workers=4 tcp_workers = 2 use_auto_scaling_profile P1",
            "udp_workers=4 tcp_workers=<#2 use_auto_scaling_profile P1>"
        ),
        (
            "auto_scaling_profile = P scale up to 4 on 80% for 3 cycles within 5 scale down to 1 on 20 % for 5 cycles",
            "auto_scaling_profile=<P scale up to #4 #on #80 % for #3 cycles within #5 scale down to #1 #on #20 % for #5 cycles>"
        ),
        (
            "dst_blacklist = gw/read-only,expire:{ (tcp,1.2.3.4,5060,\"x\"), !10.0.0.0/8, ([::1]) } dst_blacklist=e",
            "dst_blacklist=<gw / read-only , expire : { ( tcp , 1.2.3.4 , #5060 , \"x\" ) , ! 10.0.0.0/8 , ( [::1] ) }> dst_blacklist=<e>"
        ),
        ("mem-group = \"a\":\"b\" \"c\"", "mem-group=<\"a\" : \"b\" \"c\">"),
        (
            "loadmodule \"tm.so\" modparam(\"tm|rr\", \"x\", 5) modparam('a', 'b', \"c\" \"d\")",
            "load(\"tm.so\") param(\"tm|rr\" \"x\" 5) param(\"a\" \"b\" \"cd\")"
        ),
        ("route{exit;} route[0]{;} route[\"\"]{;} route[no]{;}", "route[]{exit} route[]{-} route[]{-} route[]{-}"),
        (
            "route[007]{;} route[yes]{;} route[\"my-route\"]{;} onreply_route{;}",
            "route[#7]{-} route[#1]{-} route[\"my-route\"]{-} onreply_route[]{-}"
        ),
        (
            "timer_route[beat, 1]{;} event_route[E_X]{;} failure_route[f]{;} branch_route[1]{;}",
            "timer_route[beat,1]{-} event_route[E_X]{-} failure_route[f]{-} branch_route[#1]{-}"
        ),
        ("error_route{;} local_route{;} startup_route{;}", "error_route[]{-} local_route[]{-} startup_route[]{-}"),
        ("include_file \"a.cfg\" trailing\nimport_file 'b.cfg'", "include_file(\"a.cfg\") import_file(\"b.cfg\")"),
        ("", ""),
    ])
    func items(_ text: String, _ expected: String) { #expect(Sketch.script(text) == expected) }

    @Test(arguments: [
        (
            "force_rport; if (isdsturiset && 1) exit;", "force_rport() if (isdsturiset() && 1) <exit>",
            ["legacy.call-without-parentheses", "legacy.call-without-parentheses"]
        ),
        ("setflag(NAME);", "setflag(NAME)", ["legacy.bare-word-argument"]),
        ("force_send_socket(udp:1.2.3.4:5060);", "force_send_socket(udp:1.2.3.4:5060)", ["legacy.bare-word-argument"]),
        ("set_advertised_address(1.2.3.4);", "set_advertised_address(1.2.3.4)", ["legacy.bare-word-argument"]),
        (
            "if $var(x) == 1 { f(); } else g();", "if ($var(x) == 1) {f()} else <g()>",
            ["legacy.condition-without-parentheses"]
        ),
        ("if ($x) && ($y) f();", "if (<$x> && <$y>) <f()>", ["legacy.condition-without-parentheses"]),
        ("while !f() { }", "while !f() {}", ["legacy.condition-without-parentheses"]),
        ("switch ($x) { case 1: esac; }", "switch $x 1: <break>", ["legacy.esac"]),
        ("f($avp(s:x));", "f($avp(s:x))", ["legacy.avp-name-prefix"]),
    ])
    func oldForms(_ text: String, _ expected: String, _ codes: [String]) {
        #expect(Sketch.statements(text) == expected)
        let found = Parser.parse(Source(name: "t", bytes: Array("route {\(text)}".utf8))).1
        #expect(found.map(\.code.name) == codes)
        #expect(found.allSatisfy { $0.severity == .warning })
    }

    @Test(arguments: [
        (
            "listen = udp:1.2.3.4:5060 as 5.6.7.8 use_children 4", "listen=udp:1.2.3.4:5060 as 5.6.7.8 use_workers #4",
            ["legacy.listen", "legacy.children"]
        ),
        (
            "children=4 debug=3 fork=yes", "children=4 debug=3 fork=1",
            ["legacy.children", "legacy.global", "legacy.global"]
        ),
        ("event_route[E_X, sync] { ; }", "event_route[E_X]{-}", ["legacy.event-route-mode"]),
    ])
    func oldItems(_ text: String, _ expected: String, _ codes: [String]) {
        #expect(Sketch.script(text) == expected)
        #expect(Parser.parse(Source(name: "t", bytes: Array(text.utf8))).1.map(\.code.name) == codes)
    }

    @Test func spansCoverWhatTheyName() throws {
        let text = "route[a] {\n  if ($var(x) == 1) {\n    f(1,\n      2);\n  } else $var(y) = 2 + 3;\n}\n"
        let source = Source(name: "t", bytes: Array(text.utf8))
        guard case .route(let route)? = Parser.parse(source).0.items.first, let first = route.body.statements.first,
            case .ifElse(let condition, let then, let other?) = first.kind
        else { return #expect(Bool(false)) }
        #expect(source.text(route.span) == text.dropLast())
        #expect(source.text(condition.span) == "$var(x) == 1")
        #expect(source.text(then.span).hasPrefix("{") && source.text(then.span).hasSuffix("}"))
        #expect(source.text(then.statements[0].span) == "f(1,\n      2)")
        #expect(source.text(other.statements[0].span) == "$var(y) = 2 + 3")
        #expect(source.text(other.span) == "$var(y) = 2 + 3;")
        #expect(source.location(of: then.statements[0].span.end - 1).line == 4)
    }
}
