import Testing

@testable import Syntax

/// Variables and formats.
struct VariableTests {
    @Test(arguments: [
        ("$ru", "$ru"), ("$route.name", "$route.name"), ("$var(x)", "$var(x)"), ("$var( a b )", "$var( a b )"),
        ("$(ru)", "$ru"), ("$(var(x))", "$var(x)"), ("$avp($var(n))", "$avp($var(n))"),
        ("$avp($var(n)x)", "$avp($var(n)x)"), ("$time(%Y-%m-%d)", "$time(%Y-%m-%d)"),
        ("$json(a/b[0]/c)", "$json(a/b[0]/c)"),
        ("$(avp(a)[0])", "$avp(a)[0]"), ("$(avp(a)[-1])", "$avp(a)[-1]"), ("$(avp(a)[*])", "$avp(a)[*]"),
        ("$(avp(a)[append])", "$avp(a)[append]"), ("$(avp(a)[$var(i)])", "$avp(a)[$var(i)]"),
        ("$(route[ 1 ])", "$route[1]"), ("$(<request>ru)", "$<request>ru"),
        ("$(<reply>hdr(X)[1])", "$<reply>hdr(X)[1]"),
        ("$(var(x){s.len})", "$var(x){s.len}"), ("$(ru{URI.Host}{S.ToLower })", "$ru{uri.host}{s.tolower}"),
        ("$(var(x){s.select,1, })", "$var(x){s.select,'1',' '}"),
        ("$(var(x){s.select,$var(i),:})", "$var(x){s.select,$var(i),':'}"),
        ("$(var(x){s.substr,0,$(var(s){s.index,c})})", "$var(x){s.substr,'0',$var(s){s.index,'c'}}"),
        (#"$(var(x){s.select,0,\,})"#, #"$var(x){s.select,'0','\,'}"#),
        ("$(var(x){re.subst,/a(b)/\\1/g})", "$var(x){re.subst,'/a(b)/\\1/g'}"),
        ("$(var(x){nameaddr.-1.uri}{sdp.stream-delete,audio})", "$var(x){nameaddr.-1.uri}{sdp.stream-delete,'audio'}"),
        ("$(var(x){s.len} {s.len})", "$var(x){s.len}{s.len}"), ("$$", "$$"), ("$($)", "$$"),
    ])
    func forms(_ text: String, _ expected: String) {
        let (variable, diagnostics) = VariableParser.parse(Array(text.utf8))
        #expect(variable.map(Sketch.variable) == expected)
        #expect(diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("ru", "variable.malformed"), ("$", "variable.lone-dollar"), ("$()", "variable.lone-dollar"),
        ("$( ru)", "variable.malformed"),
        ("$(ru )", "variable.malformed"), ("$avp()", "variable.malformed"), ("$avp(x", "variable.unclosed"),
        ("$(avp(x)[])", "variable.malformed"), ("$(avp(x)[$a b])", "variable.malformed"),
        ("$(x[1)", "variable.unclosed"),
        ("$(ru{})", "variable.malformed-transformation"), ("$(ru{ s.len})", "variable.malformed-transformation"),
        ("$(ru{s})", "variable.malformed-transformation"), ("$(ru{s.})", "variable.malformed-transformation"),
        ("$(ru{s.len)", "variable.malformed-transformation"), ("$(ru {s.len})", "variable.malformed"),
        ("$(<x ru)", "variable.malformed"), ("$ru.$rd", "variable.malformed"), ("$avp(x) ", "variable.malformed"),
        (String(repeating: "$avp(", count: 100) + "x" + String(repeating: ")", count: 100), ""),
    ])
    func malformed(_ text: String, _ code: String) {
        let (variable, diagnostics) = VariableParser.parse(Array(text.utf8))
        if code.isEmpty {
            #expect(variable?.sub?.variable == nil || variable != nil)
        } else {
            #expect(variable == nil)
            #expect(diagnostics.map(\.code.name) == [code])
        }
    }

    @Test func oldNamesOfAVPsAreReported() {
        let (variable, diagnostics) = VariableParser.parse(Array("$avp(s:name)".utf8))
        #expect(variable.map(Sketch.variable) == "$avp(s:name)")
        #expect(diagnostics.map(\.code) == [.legacyAvpPrefix])
    }

    @Test(arguments: [
        ("plain", "'plain'"), ("$var(x)", "$var(x)"), ("[$var(x)]y", "'[' $var(x) ']y'"), ("$var(x).z", "$var(x) '.z'"),
        ("$var(x){s.len}", "$var(x) '{s.len}'"), ("$(var(x){s.len})", "$var(x){s.len}"),
        ("$rm,$rm;$rm:$rm/$rm-$rm", "$rm ',' $rm ';' $rm ':' $rm '/' $rm '-' $rm"),
        ("<$rU@$rd>", "'<' $rU '@' $rd '>'"),
        ("$$ $$var(x) $$$$ $var(x)$$ $$$var(x)", "'$ $var(x) $$ ' $var(x) '$ $' $var(x)"),
        ("5$$ and $$(var(x))", "'5$ and $(var(x))'"),
        ("$ru.", "$ru."), ("100% %s", "'100% %s'"), ("", ""),
    ])
    func formats(_ text: String, _ expected: String) {
        let (pieces, diagnostics) = FormatParser.parse(Array(text.utf8))
        #expect(Sketch.pieces(pieces) == expected)
        #expect(diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("5$ only", "variable.lone-dollar", "'5$ only'"), ("$", "variable.lone-dollar", "'$'"),
        ("a $<request>ru", "variable.lone-dollar", "'a $<request>ru'"),
        ("x $(var(x)", "variable.unclosed", "'x $(var(x)'"),
    ])
    func brokenFormats(_ text: String, _ code: String, _ expected: String) {
        let (pieces, diagnostics) = FormatParser.parse(Array(text.utf8))
        #expect(Sketch.pieces(pieces) == expected)
        #expect(diagnostics.map(\.code.name) == [code])
    }

    @Test func variablesOfLiteralsKnowTheirPlaceBehindEscapes() throws {
        let source = Source(name: "t", bytes: Array(#"startup_route { xlog("a\tb\x41 $var(x) \n$( oops)"); }"#.utf8))
        let (script, _) = Parser.parse(source)
        guard case .route(let route)? = script.items.first,
            case .xlog(_, let texts)? = route.body.statements.first?.kind
        else { throw Unexpected() }
        let (pieces, diagnostics) = FormatParser.parse(texts[0], in: source)
        let spans = pieces.compactMap { piece -> Span? in
            if case .variable(let variable) = piece { variable.span } else { nil }
        }
        #expect(spans.map(source.text) == ["$var(x)"])
        #expect(diagnostics.map { source.text($0.span) } == ["$("])
    }

    struct Unexpected: Error {}

    @Test func aHostileFormatIsGivenUpEarly() {
        let text = Array(String(repeating: "$(", count: 100_000).utf8)
        #expect(FormatParser.parse(text).diagnostics.count == 20)
    }
}
