import Testing

@testable import Script
@testable import Syntax

/// What the compiler finds: the code, the place, and what it proposes.
@Suite struct DiagnosticTests {
    /// One finding of a script.
    struct Finding: Sendable, CustomTestStringConvertible {
        var code: Diagnostic.Code
        var script: String
        /// The text that the finding points to.
        var place: String
        /// Part of its message.
        var message: String
        /// The start of its only note.
        var note: String?

        init(_ code: Diagnostic.Code, _ script: String, at place: String, _ message: String, note: String? = nil) {
            self.code = code
            self.script = script
            self.place = place
            self.message = message
            self.note = note
        }

        var testDescription: String { "\(code.name) \(script)" }
    }

    private static func inRoute(
        _ code: Diagnostic.Code, _ statement: String, at place: String, _ message: String, note: String? = nil
    ) -> Finding {
        Finding(code, "route { \(statement) }", at: place, message, note: note)
    }

    private static let errors: [Finding] = [
        // Routes
        Finding(.duplicateRoute, "route[a] { exit; } route[a] { exit; }", at: "a", "route[a] is defined twice"),
        Finding(
            .duplicateRoute, "route { exit; } route[0] { exit; }", at: "route[0] { exit; }",
            "the main route is defined twice"),
        Finding(
            .duplicateRoute, "startup_route { exit; } startup_route { exit; }", at: "startup_route { exit; }",
            "startup_route[] is defined twice"),
        Finding(
            .undefinedRoute, "route { route(relya); } route[relay] { exit; }", at: "relya", "there is no route[relya]",
            note: "did you mean relay?"),
        Finding(.undefinedRoute, "route { route(a); } route[a] { ; }", at: "a", "there is no route[a]"),
        Finding(
            .undefinedRoute, "loadmodule \"cfgutils.so\" route { async(sleep(1), resum); } route[resume] { exit; }",
            at: "resum", "there is no route[resum]", note: "did you mean resume?"),
        Finding(
            .undefinedRoute, "loadmodule \"cfgutils.so\" route { launch(sleep(1), resum); }", at: "resum",
            "there is no route[resum]"),
        Finding(
            .undefinedRoute, "loadmodule \"tm.so\" route { t_on_failure(\"nine\"); } failure_route[none] { exit; }",
            at: "\"nine\"", "there is no failure_route[nine]", note: "did you mean none?"),

        // Modules and globals
        Finding(
            .unknownModule, "loadmodule \"cfgutil.so\"", at: "\"cfgutil.so\"", "OpenSIPS has no module 'cfgutil'",
            note: "did you mean cfgutils?"),
        Finding(
            .moduleTwice, "loadmodule \"tm.so\" loadmodule \"path/tm.so\"", at: "\"path/tm.so\"",
            "module tm is loaded already"),
        Finding(
            .unknownParameter, "loadmodule \"cfgutils.so\" modparam(\"cfgutils\", \"shvsets\", \"a=i:1\")",
            at: "\"shvsets\"", "module cfgutils has no parameter 'shvsets'", note: "did you mean shvset"),
        Finding(
            .parameterKind, "loadmodule \"cfgutils.so\" modparam(\"cfgutils\", \"shvset\", 1)",
            at: "modparam(\"cfgutils\", \"shvset\", 1)", "shvset takes a quoted text"),
        Finding(
            .parameterKind, "loadmodule \"tm.so\" modparam(\"tm\", \"fr_timeout\", \"5\")",
            at: "modparam(\"tm\", \"fr_timeout\", \"5\")", "fr_timeout takes a number without quotes"),
        Finding(
            .moduleNotLoaded, "modparam(\"tm\", \"fr_timeout\", 5) loadmodule \"tm.so\"", at: "\"tm\"",
            "no module 'tm' is loaded before this line", note: "write loadmodule \"tm.so\" above"),
        Finding(
            .moduleNotLoaded, "loadmodule \"cfgutils.so\" modparam(\"cfgutil\", \"shvset\", \"x\")", at: "\"cfgutil\"",
            "no module 'cfgutil' is loaded", note: "did you mean cfgutils?"),
        Finding(
            .badModulePattern, "loadmodule \"tm.so\" modparam(\"tm(\", \"fr_timeout\", 5)", at: "\"tm(\"",
            "no regular expression"),
        Finding(
            .unknownGlobal, "udp_worker=1", at: "udp_worker", "there is no global parameter 'udp_worker'",
            note: "did you mean udp_workers"),
        Finding(
            .globalKind, "udp_workers=\"four\"", at: "udp_workers=\"four\"", "udp_workers takes a number without quotes"
        ),

        // Calls
        inRoute(
            .unknownFunction, "sl_send_rely(200, \"OK\");", at: "sl_send_rely", "there is no function sl_send_rely()"),
        inRoute(
            .unknownFunction, "sl_send_reply(200, \"OK\");", at: "sl_send_reply",
            "there is no function sl_send_reply()", note: "sl_send_reply belongs to module sl: loadmodule \"sl.so\""),
        inRoute(
            .unknownFunction, "is_mysef(\"x\");", at: "is_mysef", "there is no function is_mysef()",
            note: "did you mean is_myself"),
        inRoute(
            .unknownFunction, "$var(x) = 1 + is_mysef(\"x\");", at: "is_mysef", "there is no function is_mysef()",
            note: "did you mean is_myself"),
        inRoute(
            .argumentCount, "cache_fetch(\"local\", \"key\");", at: "cache_fetch(\"local\", \"key\")",
            "cache_fetch takes 3 arguments, not 2"),
        inRoute(.argumentCount, "prefix();", at: "prefix()", "prefix takes 1 argument, not 0"),
        inRoute(
            .argumentCount, "is_myself(\"a\", 5060, 1);", at: "is_myself(\"a\", 5060, 1)",
            "is_myself takes 1 or 2 arguments, not 3"),
        inRoute(
            .argumentCount, "cache_fetch(\"local\", , $var(x));", at: "", "argument 2 of cache_fetch cannot be left out"
        ),
        inRoute(.argumentKind, "prefix(5);", at: "5", "this argument of prefix is a text", note: "write \"5\""),
        inRoute(.argumentKind, "is_myself(\"a\", \"b\");", at: "\"b\"", "this argument is a number, not a text"),
        inRoute(
            .argumentKind, "cache_fetch(\"local\", \"k\", 5);", at: "5", "this argument of cache_fetch is a variable"),
        inRoute(.argumentKind, "raise_event(\"E_X\", $var(x));", at: "$var(x)", "this argument must be an $avp"),
        Finding(
            .notAllowedHere, "loadmodule \"tm.so\" route { exit; } startup_route { t_relay(); }", at: "t_relay",
            "t_relay is not allowed in startup_route", note: "it may stand in"),
        inRoute(
            .notAsync, "async(prefix(\"1\"), 0);", at: "prefix", "prefix has no asynchronous form",
            note: "call it plainly"),

        // Variables
        inRoute(.unknownVariable, "xlog(\"$rruu\");", at: "$rruu", "there is no variable $rruu"),
        inRoute(.unknownVariable, "$vra(x) = 1;", at: "$vra(x)", "there is no variable $vra", note: "did you mean var"),
        inRoute(
            .unknownVariable, "if ($shv(x)) exit;", at: "$shv(x)", "there is no variable $shv",
            note: "$shv belongs to module cfgutils: loadmodule \"cfgutils.so\""),
        inRoute(
            .unknownVariable, "xlog(\"a $(avp($nonsense)[0])\");", at: "$nonsense", "there is no variable $nonsense"),
        inRoute(.variableName, "$var = 1;", at: "$var", "$var needs a name: $var(name)"),
        inRoute(.variableName, "xlog(\"$avp\");", at: "$avp", "$avp needs a name: $avp(name)"),
        inRoute(.variableName, "xlog(\"$hdr\");", at: "$hdr", "$hdr needs a name"),
        inRoute(.variableName, "xlog(\"$ru(x)\");", at: "$ru(x)", "$ru takes no name in parentheses"),
        inRoute(.variableIndex, "$(avp(x)[first]) = 1;", at: "$(avp(x)[first])", "'first' is no index"),
        inRoute(.notWritable, "$rm = \"INVITE\";", at: "$rm", "$rm cannot be assigned to"),
        inRoute(.notWritable, "$rm += \"x\";", at: "$rm", "$rm cannot be assigned to"),
        inRoute(
            .unknownContext, "xlog(\"$(<request>ru)\");", at: "$(<request>ru)", "there is no context <request>",
            note: "request and reply come with module tm"),
        inRoute(
            .unknownTransformation, "xlog(\"$(var(x){s.length})\");", at: "{s.length}",
            "there is no transformation {s.length}"),
        inRoute(
            .unknownTransformation, "$var(y) = $(var(x){url.user});", at: "{url.user}",
            "there is no transformation {url.user}", note: "did you mean uri"),
        inRoute(
            .unknownTransformation, "$var(y) = $(var(x){s.touper});", at: "{s.touper}",
            "there is no transformation {s.touper}", note: "did you mean toupper"),
        inRoute(.transformationArgument, "xlog(\"$(var(x){s.substr,1})\");", at: "{s.substr,1}", "{s.substr}: "),

        // Texts
        inRoute(.badPattern, "if ($var(x) =~ \"a(\") exit;", at: "\"a(\"", "the regular expression is malformed"),
        inRoute(.badPattern, "if ($var(x) !~ \"[z\") exit;", at: "\"[z\"", "the regular expression is malformed"),
        inRoute(
            .badNetwork, "if ($si == 10.0.0.0/77) exit;", at: "10.0.0.0/77",
            "'10.0.0.0/77' is no address and no network"),
        inRoute(
            .badLogLevel, "xlog(\"L_LOUD\", \"x\");", at: "\"L_LOUD\"", "'L_LOUD' is no log level",
            note: "write one of L_"),
        inRoute(.emptyLog, "xlog(\"\");", at: "xlog(\"\")", "xlog has nothing to print"),
    ]

    private static let warnings: [Finding] = [
        inRoute(
            .legacyArgument, "is_myself(\"a\", \"5060\");", at: "\"5060\"", "a quoted number is the 2.4 form",
            note: "write it without quotes"),
        inRoute(
            .legacyArgument, "cache_fetch(\"local\", \"k\", \"$var(x)\");", at: "\"$var(x)\"",
            "a quoted variable is the 2.4 form", note: "write it without quotes"),
        inRoute(.legacyFlag, "setflag(5);", at: "5", "a flag by number is the 2.4 form", note: "give it a name"),
        inRoute(.legacyFlag, "setbflag(0, 3);", at: "3", "a flag by number is the 2.4 form"),
        inRoute(
            .legacyName, "rewritehost(\"h\");", at: "rewritehost", "OpenSIPS 3.6 has no function rewritehost()",
            note: "since 3.4 it is sethost"),
        inRoute(
            .legacyName, "$var(x) = $Ri;", at: "Ri", "OpenSIPS 3.6 has no variable $Ri",
            note: "since 3.4 it is socket_in(ip)"),
        Finding(
            .legacyName, "loadmodule \"siptrace.so\"", at: "\"siptrace.so\"", "OpenSIPS 3.6 has no module 'siptrace'",
            note: "since 3.4 it is tracer"),
        Finding(.legacyModule, "loadmodule \"xlog.so\"", at: "\"xlog.so\"", "has become a part of the core"),
        Finding(
            .legacyModule, "modparam(\"xlog\", \"buf_size\", 4096)", at: "modparam(\"xlog\", \"buf_size\", 4096)",
            "this is ignored"),
        inRoute(
            .variableIndex, "for ($var(x) in $avp(y)) exit;", at: "$avp(y)", "without [*] the loop is skipped",
            note: "write $(avp...[*])"),
        Finding(.emptyRoute, "route[a] { ; }", at: "a", "nothing stands in this route"),
        inRoute(
            .badPattern, "xlog(\"$(var(x){re.subst,nonsense})\");", at: "{re.subst,nonsense}",
            "this substitution always gives null"),
    ]

    @Test("An error has its code, its place and a proposal", arguments: errors) func error(_ finding: Finding) throws {
        let stage = try check(finding)
        #expect(!stage.isCompiled)
    }

    @Test("A warning lets the script run", arguments: warnings) func warning(_ finding: Finding) throws {
        let stage = try check(finding)
        #expect(stage.isCompiled)
    }

    private func check(_ finding: Finding) throws -> Stage {
        let stage = Stage(finding.script)
        let source = Source(name: "test.cfg", bytes: Array(finding.script.utf8))
        let found = stage.diagnostics.filter { $0.code == finding.code }
        try #require(found.count == 1, "\(stage.diagnostics.map(\.message))")
        #expect(source.text(found[0].span) == finding.place)
        #expect(found[0].message.contains(finding.message), "\(found[0].message)")
        if let note = finding.note {
            try #require(found[0].notes.count == 1)
            #expect(found[0].notes[0].message.hasPrefix(note), "\(found[0].notes[0].message)")
        }
        return stage
    }

    @Test("Every code that the compiler has is shown by a script above") func complete() {
        let all: Set<Diagnostic.Code> = [
            .duplicateRoute, .undefinedRoute, .unknownModule, .moduleTwice, .unknownParameter,
            .parameterKind, .moduleNotLoaded,
            .badModulePattern, .unknownGlobal, .globalKind, .unknownFunction, .argumentCount, .argumentKind,
            .notAllowedHere, .notAsync, .legacyArgument, .legacyFlag, .legacyModule, .legacyName,
            .unknownVariable, .variableName, .variableIndex, .notWritable, .unknownContext, .unknownTransformation,
            .transformationArgument, .badPattern,
            .badNetwork, .badLogLevel, .emptyLog,
        ]
        #expect(all.subtracting((Self.errors + Self.warnings).map(\.code)).isEmpty)
    }

    @Test("All errors of a script come in one pass, in the order of the text") func manyErrors() {
        let lines: [(String, Diagnostic.Code?)] = [
            ("nonsense=1", .unknownGlobal), ("loadmodule \"nonsense.so\"", .unknownModule),
            ("loadmodule \"cfgutils.so\"", nil),
            ("modparam(\"cfgutils\", \"nonsense\", 1)", .unknownParameter), ("route {", nil),
            ("nonsense(1);", .unknownFunction),
            ("$var(x) = $nonsense + 1;", .unknownVariable), ("if ($var(x) =~ \"(\" || $var(y) == 1) {", .badPattern),
            ("while ($var(i) < 3) { route(nonsense); }", .undefinedRoute),
            ("xlog(\"$(var(x){no.sense})\");", .unknownTransformation),
            ("switch ($var(x)) { case 1: $rm = 1; }", .notWritable), ("}", nil),
            ("async(nonsense(), gone);", .unknownFunction), ("}", nil),
            ("route[ok] { prefix(1); }", .argumentKind), ("route[ok] { exit; }", .duplicateRoute),
            ("event_route[E] { xlog(\"$\" \"var\"); }", .variableName),
        ]
        let script = lines.map(\.0).joined(separator: "\n")
        let source = Source(name: "test.cfg", bytes: Array(script.utf8))
        var found: [Int: [Diagnostic.Code]] = [:]
        for diagnostic in Stage(script).diagnostics {
            found[source.location(of: diagnostic.span.start).line, default: []].append(diagnostic.code)
        }
        for (number, (line, code)) in lines.enumerated() {
            #expect(found[number + 1] ?? [] == (code.map { [$0] } ?? []), "\(line)")
        }
    }

    @Test("The old and the new side of what a release takes") func accepted() {
        let script = """
            loadmodule "tm.so"
            loadmodule "/usr/lib/opensips/modules/cfgutils.so"
            modparam("tm|cfgutils", "fr_timeout", 5)
            """
        #expect(Stage(script).diagnostics.map(\.code) == [.unknownParameter])
        let good = """
            loadmodule "tm.so"
            modparam("T.", "fr_timeout", 5)
            route { route(1); route(main); $(avp(x)[append]) = "y"; sleep_is_not_needed(); }
            route[1] { exit; }
            route[main] { xlog("$(<request>ru) $avp($var(x)) $$ $param(1) $rc $return(0) $cfg_line"); }
            timer_route[a, 5] { exit; }
            timer_route[a, 6] { exit; }
            """.replacing("sleep_is_not_needed();", with: "")
        #expect(Stage(good).diagnostics.map(\.message) == [])
    }
}
