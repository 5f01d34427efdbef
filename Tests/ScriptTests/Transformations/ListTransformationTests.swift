import Testing

@testable import Script

/// Recorded from OpenSIPS 3.6.8, unless said otherwise.
@Suite struct ListTransformationTests {
    @Test(
        arguments: TransformationCase.table(
            #"""
            "a=1;b=22;flag;C=333;q=\"x y\"" param.value,a => "1"
            "a=1;b=22;flag;C=333;q=\"x y\"" param.value,c => "333"
            "a=1;b=22;flag;C=333;q=\"x y\"" param.value,flag => ""
            "a=1;b=22;flag;C=333;q=\"x y\"" param.value,none => NULL
            "a=1;b=22;flag;C=333;q=\"x y\"" param.value,q => "x y"
            "a=1;b=22;flag;C=333;q=\"x y\"" param.exist,flag => 1
            "a=1;b=22;flag;C=333;q=\"x y\"" param.exists,none => 0
            "a=1;b=22;flag;C=333;q=\"x y\"" param.exist,A => 1
            "a=1;b=22;flag;C=333;q=\"x y\"" param.exist, => 0
            "a=1;b=22;flag;C=333;q=\"x y\"" param.valueat,1 => "22"
            "a=1;b=22;flag;C=333;q=\"x y\"" param.valueat,2 => ""
            "a=1;b=22;flag;C=333;q=\"x y\"" param.valueat,-1 => "x y"
            "a=1;b=22;flag;C=333;q=\"x y\"" param.valueat,-2 => "333"
            "a=1;b=22;flag;C=333;q=\"x y\"" param.valueat,9 => NULL
            "a=1;b=22;flag;C=333;q=\"x y\"" param.valueat,-9 => NULL
            "a=1;b=22;flag;C=333;q=\"x y\"" param.name,0 => "a"
            "a=1;b=22;flag;C=333;q=\"x y\"" param.name,2 => "flag"
            "a=1;b=22;flag;C=333;q=\"x y\"" param.name,-2 => "C"
            "a=1;b=22;flag;C=333;q=\"x y\"" param.name,5 => NULL
            "a=1;b=22;flag;C=333;q=\"x y\"" param.count => 5
            "alone" param.count => 1
            "alone" param.name,0 => "alone"
            "alone" param.value,alone => ""
            "" param.count => NULL
            "" param.value,a => NULL
            "" param.exist,a => NULL
            "x=1;y=2;z=3" param.value,$k => "2"
            "x=1;y=2;z=3" param.valueat,$neg => "3"
            "x=1;y=2;z=3" param.valueat,$t => NULL
            "x=1;y=2;z=3" param.value,$nul => NULL
            "a=1;b=2;a=3" param.value,a => "1"
            "a=1;b=2" param.value, b => "2"
            "a=\"x;y\";b=2" param.value,b => "2"
            "a=\"\"" param.value,a => ""
            12 param.count => 1
            "Ab,c;d" param.count => 1
            "Ab,c;d" param.name,-1 => "Ab"
            "k=a,j=1" param.value,k => "a"
            "k = v ; j" param.value,k => "v"
            "k = v ; j" param.name,1 => "j"
            "k=v " param.value,k => "v"
            "k==a" param.value,k => "=a"
            ";k=a" param.count => 2
            ";k=a" param.value,k => "a"
            "k=a;;j=1" param.count => 3
            "=a" param.count => 1
            "a;=b" param.count => 2
            "k;" param.value,k => NULL
            "k=" param.exist,k => NULL
            "k=;j=2" param.value,j => NULL
            " k=v" param.count => NULL
            "a b" param.count => NULL
            "k=a x;j=2" param.value,j => NULL
            "k=\"a\" x;j=2" param.value,j => NULL
            "k=\"a" param.count => NULL
            ";" param.count => NULL
            """#))
    func parameters(_ line: TransformationCase) throws { try line.check() }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "a,b,c" csv.count => 3
            "a,b,c" csv.value,0 => "a"
            "a,b,c" csv.value,2 => "c"
            "a,b,c" csv.value,-1 => "c"
            "a,b,c" csv.value,-3 => "a"
            "a,b,c" csv.value,3 => NULL
            "a,b,c" csv.value,-4 => NULL
            "x,\"two, parts\",,\"say \"\"hi\"\"\", sp " csv.count => 5
            "x,\"two, parts\",,\"say \"\"hi\"\"\", sp " csv.value,1 => "two, parts"
            "x,\"two, parts\",,\"say \"\"hi\"\"\", sp " csv.value,2 => ""
            "x,\"two, parts\",,\"say \"\"hi\"\"\", sp " csv.value,3 => "say \"hi\""
            "x,\"two, parts\",,\"say \"\"hi\"\"\", sp " csv.value,4 => " sp "
            "solo" csv.count => 1
            "solo" csv.value,$nul => NULL
            "" csv.count => NULL
            "" csv.value,0 => NULL
            "," csv.count => 2
            "," csv.value,1 => ""
            "a\"b\"c,d" csv.value,0 => "a\"b\"c"
            "\"\"\"\"" csv.value,0 => "\""
            "a,b\r\n" csv.value,1 => "b"
            12 csv.value,0 => "12"
            "a,b\"x,c" csv.value,1 => "b\"x"
            "a, \"b\",c" csv.value,1 => " \"b\""
            "a,\"é\",c" csv.value,1 => "é"
            "a,é,c" csv.value,0 => NULL
            "a\tb,c" csv.count => NULL
            "a,\"b\"x,c" csv.count => NULL
            "a,\"b\" ,c" csv.value,0 => NULL
            "\"a" csv.value,0 => NULL
            """#))
    func commaSeparatedValues(_ line: TransformationCase) throws { try line.check() }

    private static let session =
        "v=0\\r\\no=- 1 1 IN IP4 192.0.2.1\\r\\ns=x\\r\\nt=0 0\\r\\nm=audio 4000 RTP/AVP 0 8\\r\\n"
        + "a=rtpmap:0 PCMU/8000\\r\\na=sendrecv\\r\\nm=video 5000 RTP/AVP 31\\r\\na=inactive\\r\\n"

    @Test(arguments: [
        ("sdp.line,m", #""m=audio 4000 RTP/AVP 0 8""#), ("sdp.line,m,1", #""m=video 5000 RTP/AVP 31""#),
        ("sdp.line,a,2", #""a=inactive""#), ("sdp.line,z", "NULL"), ("sdp.line,a,9", "NULL"),
        ("sdp.line,mm", #""m=audio 4000 RTP/AVP 0 8""#), ("sdp.line, a, 1", #""a=sendrecv""#), ("sdp.line,M", "NULL"),
        ("sdp.line,a,$neg", "NULL"), ("sdp.line,a,$i", #""a=inactive""#), ("sdp.line,$nul", "NULL"),
        ("sdp.line,", "NULL"), ("sdp.stream,1}{s.len", "37"), ("sdp.stream,video}{sdp.line,a", #""a=inactive""#),
        ("sdp.stream,Audio}{sdp.line,m", #""m=audio 4000 RTP/AVP 0 8""#),
        ("sdp.stream,-2}{sdp.line,a", #""a=rtpmap:0 PCMU/8000""#), ("sdp.stream,text", "NULL"),
        ("sdp.stream,2", "NULL"), ("sdp.stream,-3", "NULL"), ("sdp.stream,aud", "NULL"), ("sdp.stream,1x", "NULL"),
        ("sdp.stream,", "NULL"), ("sdp.stream,$nul", "NULL"),
        ("sdp.stream-delete,audio}{sdp.line,m", #""m=video 5000 RTP/AVP 31""#),
        ("sdp.stream-delete,1}{s.len", "103"), ("sdp.stream-delete,-1}{sdp.stream,-1}{sdp.line,a,1", #""a=sendrecv""#),
        ("sdp.stream-delete,2", "NULL"), ("sdp.stream-delete,text", "NULL"),
    ])
    func sessionDescriptions(_ calls: String, _ expected: String) throws {
        try TransformationCase.table("\"\(Self.session)\" \(calls) => \(expected)")[0].check()
    }

    @Test(
        arguments: TransformationCase.table(
            #"""
            "abcabc" re.subst,/b/X/ => "aXcabc"
            "abcabc" re.subst,/b/X/g => "aXcaXc"
            "abcabc" re.subst,/B/X/ => "abcabc"
            "abcabc" re.subst,/B/X/gi => "aXcaXc"
            "abcabc" re.subst,/z/Y/ => "abcabc"
            "abcabc" re.subst,/a(b)(c)/\2\1/g => "cbcb"
            "abcabc" re.subst,/^a.*c$/[\0]/ => "[abcabc]"
            "abcabc" re.subst,#b#-#g => "a-ca-c"
            "abcabc" re.subst,abaXa => "aXcabc"
            "abcabc" re.subst,/b//g => "acac"
            "abcabc" re.subst,$r => "abcabEND"
            "abcabc" re.subst,$b => "a<>ca<>c"
            "abcabc" re.subst,$nul => NULL
            123 re.subst,/2/-/ => "1-3"
            12 re.subst,/3/2/ => 12
            "" re.subst,/^$/x/ => NULL
            "x1y22" re.subst,/[0-9]+/<\0>/g => "x<1>y<22>"
            "x1y22" re.subst,/([a-z])([0-9]+)/\2\1/g => "1x22y"
            "abcabc" re.subst, /b/X/ => "aXcabc"
            "abcabc" re.subst,/b/X => NULL
            "abcabc" re.subst,b/X/ => NULL
            "abcabc" re.subst,/b/X/x => NULL
            "abcabc" re.subst,//X/ => NULL
            "abcabc" re.subst,/x*/-/g => NULL
            "abcabc" re.subst,/^/-/ => NULL
            "abcabc" re.subst,/(/X/ => NULL
            "abcabc" re.subst,/(?:b)/X/ => NULL
            "abcabc" re.subst,/(b)|(z)/[\1\2]/g => "a[b]ca[b]c"
            "abcabc" re.subst,/b/a\nb\t\r/ => "aa\nb\t\rcabc"
            "abcabc" re.subst,/b/\\\/\c\x41/ => "a\\/cx41cabc"
            "abcabc" re.subst,/a\/b/X/ => "abcabc"
            "abcabc" re.subst,/((((((((((b))))))))))/\10/ => "ab0cabc"
            "abcabc" re.subst,/b/\9/ => "acabc"
            "abcabc" re.subst,/b/<$var(w)>/ => "a<WW>cabc"
            "abcabc" re.subst,/b/$var(w)$var(n)$var(none)./ => "aWW-7.cabc"
            "abcabc" re.subst,/b/$$/ => "a$cabc"
            "abcabc" re.subst,/b/$/ => NULL
            "ab" re.subst,/a|ab/X/ => "X"
            "abcd" re.subst,/(a|ab)(c|bcd)(d*)/[\1|\2|\3]/ => "[a|bcd|]"
            "foobar" re.subst,/(foo|foob)(bar|ar)/[\1|\2]/ => "[foo|bar]"
            "xyz" re.subst,/(x|xy)(yz|z)?/[\1|\2]/ => "[x|yz]"
            "xaxbx" re.subst,/x(a|b)?/[\1]/g => "[a][b][]"
            "l1\nl2\nl3" re.subst,/^l/X/g => "X1\nX2\nX3"
            "l1\nl2\nl3" re.subst,/^l/X/gs => "X1\nl2\nl3"
            "l1\nl2\nl3" re.subst,/l.$/X/g => "X\nX\nX"
            "l1\nl2\nl3" re.subst,/l.$/X/gs => "l1\nl2\nX"
            "l1\nl2\nl3" re.subst,/.*/X/ => "X\nl2\nl3"
            "l1\nl2\nl3" re.subst,/.*/X/s => "X"
            "l1\nl2\nl3" re.subst,/.*/X/g => NULL
            "l1\nl2\nl3" re.subst,/[^x]*/X/ => "X\nl2\nl3"
            "l1\nl2\nl3" re.subst,/1.l/X/s => "lX2\nl3"
            "l1\nl2\nl3" re.subst,/1$/X/s => "l1\nl2\nl3"
            "a\nb" re.subst,/\n/-/ => "a\nb"
            "abcabc" re.subst,/\c/X/ => "abXabc"
            "ad" re.subst,/\d/X/i => "ad"
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" re.subst,/(a*)*b/X/ => "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            """#))
    func substitutions(_ line: TransformationCase) throws { try line.check() }

    /// OpenSIPS ends the argument at the comma or the brace, which makes it NULL or stops the start-up.
    @Test(
        arguments: TransformationCase.table(
            #"""
            "a,b,c" re.subst,/,/;/g => "a;b;c"
            "abbb" re.subst,/b{2}/X/ => "aXb"
            """#))
    func substitutionsMayHoldCommasAndBraces(_ line: TransformationCase) throws { try line.check() }

    /// What `/(a*)*b/` does not cost: the search ends, whatever the text.
    @Test func aSearchWithoutEndIsGivenUp() throws {
        let bench = TransformationBench()
        let text = bench.value(String(repeating: "a", count: 5000) + "c")
        let result = try bench.apply("re.subst,/((a*)*(a*)*)*b\\1/X/", to: text)
        #expect(result.isNull || result.count == 5001)
    }
}
