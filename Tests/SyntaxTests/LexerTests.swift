import Testing

@testable import Syntax

/// Tokens: what a text falls into, and where variables, numbers and addresses end.
struct LexerTests {
    private func tokens(_ text: String) -> (tokens: String, codes: [String], comments: [String]) {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            var lexer = Lexer(bytes)
            var list: [String] = []
            while true {
                let token = lexer.next()
                if token.kind == .end { break }
                let spelling = bytes.string(Int(token.start), Int(token.end))
                let value = token.kind == .number ? "=\(token.value)" : ""
                list.append("\(token.kind):\(spelling)\(value)")
            }
            let comments = lexer.comments.map { bytes.string(Int($0.span.start), Int($0.span.end)) }
            return (list.joined(separator: " "), lexer.diagnostics.map(\.code.name), comments)
        }
    }

    @Test(arguments: [
        ("foo_1 Bar", "identifier:foo_1 identifier:Bar"),
        (
            "0 42 0x2a 0xFF 010 0777",
            "number:0=0 number:42=42 number:0x2a=42 number:0xFF=255 number:010=8 number:0777=511"
        ),
        ("2147483648 4294967295 4294967296", "number:2147483648=-2147483648 number:4294967295=-1 number:4294967296=0"),
        ("99999999999 0x80000000", "number:99999999999=1215752191 number:0x80000000=-2147483648"),
        (
            "yes no on off true false enable disable YES",
            "number:yes=1 number:no=0 number:on=1 number:off=0 "
                + "number:true=1 number:false=0 number:enable=1 number:disable=0 identifier:YES"
        ),
        ("and or not && || ! AND", "and:and or:or not:not and:&& or:|| not:! identifier:AND"),
        (
            "== != <= >= =~ !~ < > = :=",
            "equal:== notEqual:!= lessOrEqual:<= greaterOrEqual:>= matches:=~ "
                + "doesNotMatch:!~ less:< greater:> set:= replace::="
        ),
        (
            "+= -= *= /= %= &= |= ^=",
            "addSet:+= subtractSet:-= multiplySet:*= divideSet:/= moduloSet:%= andSet:&= "
                + "orSet:|= xorSet:^="
        ),
        (
            "+ - * / % & | ^ ~ << >>",
            "plus:+ minus:- star:* slash:/ percent:% bitAnd:& bitOr:| caret:^ tilde:~ "
                + "shiftLeft:<< shiftRight:>>"
        ),
        ("5--3", "number:5=5 minus:- minus:- number:3=3"),
        (
            "{}()[];,:.",
            "leftBrace:{ rightBrace:} leftParenthesis:( rightParenthesis:) leftBracket:[ rightBracket:] "
                + "semicolon:; comma:, colon:: dot:."
        ),
        (#""a\"b" 'c\'d"#, #"string:"a\"b" string:'c\' identifier:d"#),
        ("\"two\nlines\"", "string:\"two\nlines\""),
        ("1.2.3.4 10.0.0.0/8 10.0.0.0/255.0.0.0", "network:1.2.3.4 network:10.0.0.0/8 network:10.0.0.0/255.0.0.0"),
        (
            "::1 fe80::1 2001:db8::/32 1:2:3:4:5:6:7:8 ::ffff:1.2.3.4 ::",
            "network:::1 network:fe80::1 network:2001:db8::/32 network:1:2:3:4:5:6:7:8 network:::ffff:1.2.3.4 network:::"
        ),
        ("udp:::1", "identifier:udp colon:: network:::1"),
        ("case 1:abc(", "identifier:case number:1=1 colon:: identifier:abc leftParenthesis:("),
        (
            "udp:abc:5060-5065,5080",
            "identifier:udp colon:: identifier:abc colon:: number:5060=5060 minus:- "
                + "number:5065=5065 comma:, number:5080=5080"
        ),
        ("a \\\n b", "identifier:a identifier:b"),
        ("$ru==$var(x)+1", "variable:$ru equal:== variable:$var(x) plus:+ number:1=1"),
        ("$ru;$rd,$rU)", "variable:$ru semicolon:; variable:$rd comma:, variable:$rU rightParenthesis:)"),
        ("$(avp(x)[0]{s.len})-1", "variable:$(avp(x)[0]{s.len}) minus:- number:1=1"),
        ("$var(a-b)$avp($var(n))", "variable:$var(a-b) variable:$avp($var(n))"),
        ("$time(%Y) $x:=1 $$", "variable:$time(%Y) variable:$x replace::= number:1=1 variable:$$"),
        ("[$rU ]", "leftBracket:[ variable:$rU rightBracket:]"),
    ])
    func texts(_ text: String, _ expected: String) {
        let found = tokens(text)
        #expect(found.tokens == expected)
        #expect(found.codes.isEmpty)
    }

    @Test(arguments: [
        ("08", "syntax.bad-number", "number:08=8"),
        ("1.5", "syntax.bad-number", "number:1.5=1"),
        ("0x", "syntax.bad-number", "number:0x=0"),
        ("12ab", "syntax.bad-number", "number:12ab=12"),
        ("300.1.1.1", "syntax.bad-address", "network:300.1.1.1"),
        ("_exit", "syntax.unknown-character", "identifier:_exit"),
        ("a @@?` b", "syntax.unknown-character", "identifier:a unknown:@@?` identifier:b"),
        ("a\u{0}b", "syntax.unknown-character", "identifier:a unknown:\u{0} identifier:b"),
        ("$ru{uri.host} x", "variable.needs-parentheses", "variable:$ru{uri.host} identifier:x"),
        ("$ru{s.select,1,:};", "variable.needs-parentheses", "variable:$ru{s.select,1,:} semicolon:;"),
        ("$avp(x)[0] = 1", "variable.needs-parentheses", "variable:$avp(x)[0] set:= number:1=1"),
        ("$rU[0];", "variable.needs-parentheses", "variable:$rU[0] semicolon:;"),
        ("$ru#note", "variable.ignored-text", "variable:$ru#note"),
        ("[$rU]", "variable.bracket-without-blank", "leftBracket:[ variable:$rU rightBracket:]"),
        ("$challenge.algorithm;", "variable.operator-in-name", "variable:$challenge.algorithm semicolon:;"),
        ("$<request>ru;", "variable.context-without-parentheses", "variable:$<request>ru semicolon:;"),
        ("$ ;", "variable.lone-dollar", "variable:$ semicolon:;"),
        ("$(var(x; y", "variable.unclosed", "variable:$(var(x semicolon:; identifier:y"),
    ])
    func mistakes(_ text: String, _ code: String, _ expected: String) {
        let found = tokens(text)
        #expect(found.tokens == expected)
        #expect(found.codes == [code])
    }

    @Test func commentsNestAndAreKept() {
        let found = tokens("a # one\n/* two /* inner */ still */ b // three\n#four")
        #expect(found.tokens == "identifier:a identifier:b slash:/ slash:/ identifier:three")
        #expect(found.comments == ["# one", "/* two /* inner */ still */", "#four"])
    }

    @Test func includeLinesInsideOfBlocksAreKeptLikeComments() {
        let found = tokens("include_file \"a\" x\n{\n include_file \"b\"\n}\nx include_file \"c\"")
        #expect(
            found.tokens == "include:include_file \"a\" x leftBrace:{ rightBrace:} identifier:x "
                + "identifier:include_file string:\"c\"")
        #expect(found.comments == ["include_file \"b\""])
    }

    @Test(arguments: [
        (#"\n\r\a\t\"\\"#, "\n\r\u{7}\t\"\\"), (#"\x41\x7a\x7"#, "Az\u{7}"), (#"\101\172\12x"#, "Az\nx"),
        (#"\q \z \8 \d+ \."#, #"\q \z \8 \d+ \."#), (#"\1 \7"#, #"\1 \7"#), (#"\xg \x"#, #"\xg \x"#), ("\\", "\\"),
    ])
    func escapes(_ spelling: String, _ expected: String) {
        let bytes = Array(spelling.utf8).withUnsafeBufferPointer { Escapes.replace($0, 0, $0.count) }
        #expect(bytes == Array(expected.utf8))
        let offsets = Array(spelling.utf8).withUnsafeBufferPointer { Escapes.offsets($0, 0, $0.count) }
        #expect(offsets.count == bytes.count + 1)
        #expect(offsets.last == Int32(spelling.utf8.count))
    }
}
