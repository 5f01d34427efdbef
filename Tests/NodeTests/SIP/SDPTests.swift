import Simulation
import Syntax
import Testing

@testable import Node

/// `$sdp` and the lines in it, as OpenSIPS 3.6.8 has them.
@Suite struct SDPTests {
    private static let lines = [
        "v=0", "o=- 1 1 IN IP4 1.2.3.4", "s=x y  z", "c=IN IP4 1.2.3.4", "m=audio 100 RTP/AVP 0 8",
        "a=rtpmap:0 PCMU/8000", "a=ptime:20", "m=Video 200 RTP/AVP 96", "a=x",
    ]

    /// Statements after `$sdp` was set, in a startup route.
    private static func story(_ statements: String, lineEnd: String = "\\r\\n") throws -> SIPStory {
        let text = lines.map { $0 + lineEnd }.joined()
        return try SIPStory("startup_route { $sdp = \"\(text)\"; $avp(i) = 1; $var(t) = \"1\"; \(statements) }")
    }

    @Test(arguments: [
        ("line([0])", "v=0"), ("line([])", "v=0"), ("line([ 1 ])", "o=- 1 1 IN IP4 1.2.3.4"), ("line([9])", nil),
        ("line(S)", "s=x y  z"), ("line( s)", "s=x y  z"), ("line(s )", nil), ("line(a[$avp(i)])", "a=ptime:20"),
        ("line(a[$(avp(i){s.int})])", "a=ptime:20"), ("line(a[$var(t)])", nil), ("line(a[$avp(none)])", nil),
        ("line(s/)", "s=x"), ("line(s/[1])", "y"), ("line(s/[2])", ""), ("line(s/[3])", "z"), ("line(s/[4])", nil),
        ("line(a=rtpmap/PCMU/8)", "PCMU/8000"), ("session(a)", nil), ("session([3])", "c=IN IP4 1.2.3.4"),
        ("session([4])", nil), ("stream(/)", "m=audio 100 RTP/AVP 0 8"), ("stream(video)", "m=Video 200 RTP/AVP 96"),
        ("stream(v/a)", "a=x"), ("stream(audio 100)", "m=audio 100 RTP/AVP 0 8"), ("stream(m=audio)", nil),
        ("stream(audio/m/RTP)", "RTP/AVP"), ("stream([1]/[2])", nil), ("stream.idx([1]/a)", "8"),
        ("stream.idx(/)", "4"), ("stream.idx(text)", nil),
    ])
    func aPlaceNamesALineOrAWord(_ place: String, _ expected: String?) throws {
        let story = try Self.story("xlog(\"@ <$sdp.\(place)>\\n\");")
        #expect(story.said == ["<\(expected ?? "<null>")>"])
    }

    @Test(arguments: [
        ("$sdp.line(a=ptime) = \"a=ptime:30\"", 6...6, ["a=ptime:30"]),
        ("$sdp.line(a=ptime) = \"a=ptime:30\\r\\n\"", 6...6, ["a=ptime:30"]),
        ("$sdp.line([2]) = NULL", 2...2, []),
        ("$(sdp.line([8])[insert]) = \"a=end\"", 8...8, ["a=end", "a=x"]),
        ("$(sdp.line([8])[insertAfter]) = \"a=end\"", 8...8, ["a=x", "a=end"]),
        ("$(sdp.session([3])[insertAfter]) = \"t=0 0\"", 3...3, ["c=IN IP4 1.2.3.4", "t=0 0"]),
        ("$(sdp.stream([1])[insert]) = \"m=text 3 TCP\"", 7...7, ["m=text 3 TCP", "m=Video 200 RTP/AVP 96"]),
        ("$sdp.stream(audio) = NULL", 4...4, []), ("$sdp.line(s/[1]) = \"why\"", 2...2, ["s=x why  z"]),
    ])
    func aLineIsReplacedTakenAwayOrPutBesideAnother(
        _ assignment: String, _ range: ClosedRange<Int>, _ new: [String]
    ) throws {
        let expected = Self.lines[..<range.lowerBound] + new + Self.lines[(range.upperBound + 1)...]
        for (lineEnd, written) in [("\r\n", "\\r\\n"), ("\n", "\\n")] {
            let story = try Self.story(
                "\(assignment); xlog(\"@ $rc $sdp\\n\"); xlog(\"@ $(rb{s.len})\\n\");", lineEnd: written)
            let text = expected.map { $0 + lineEnd }.joined()
            #expect(story.said == ["1 \(text)", "\(text.utf8.count)"])
        }
    }

    @Test(arguments: [
        "$sdp.line([9]) = \"a=end\"", "$sdp.line(a=zz) = NULL", "$(sdp.line(a=zz)[insert]) = \"a=b\"",
        "$sdp.stream(text) = \"m=text\"", "$sdp.line([0]) = 5", "$sdp = 5", "$sdp = \"\"", "$sdp = \"garbage\"",
        "$sdp = \"v=0\\r\\no=- 1 1 IN IP4 1.2.3.4\\r\\nc=IN IP4 1.2.3.4\\r\\n\"",
        "$sdp = \"v=0\\r\\no=- 1 1 IN IP4 1.2.3.4\\r\\nc=x\\r\\nm=audio 1 RTP/AVP 0\\r\\n\"",
        "$sdp = \"v=0\\r\\nc=IN IP4 1.2.3.4\\r\\nm=audio 1 RTP/AVP 0\\r\\n\"",
        "$sdp = \"v=0\\r\\no=- 1 1 IN IP4 1.2.3.4\\r\\nc=IN IP4 1.2.3.4\\r\\nm=audio 1\\r\\n\"",
        "$sdp = \"v=0\\r\\no=- 1 1 IN IP4 1.2.3.4\\r\\nm=a 1 X\\r\\nc=IN IP4 1.2.3.4\\r\\nm=b 1 X\\r\\n\"",
    ])
    func whatCannotBeChangedStays(_ assignment: String) throws {
        let story = try Self.story("$var(before) = $sdp; \(assignment); xlog(\"@ $rc $(sdp{s.len})\\n\");")
        #expect(story.said == ["-1 \(Self.lines.map(\.utf8.count).reduce(0, +) + 2 * Self.lines.count)"])
    }

    @Test func aBodyComesAndGoes() throws {
        let story = try Self.story(
            "$sdp = NULL; xlog(\"@ $rc $rb $sdp $rb(application/sdp)\\n\"); $sdp.line([0]) = \"v=0\"; xlog(\"@ $rc\\n\");"
        )
        #expect(story.said == ["1 <null> <null> <null>", "-1"])
    }

    @Test(arguments: [
        ("$sdp.line([-1])", "number or a variable"), ("$sdp.line([x])", "number or a variable"),
        ("$sdp.line($var(p))", "only its index"), ("$(sdp.line([0])[append])", "is no index here"),
        ("$(sdp.line(s/[0])[insert])", "is no index here"),
    ])
    func placesThatNobodyCanReadAreRefused(_ variable: String, _ reason: String) {
        let world = Simulation(seed: 1)
        defer { withExtendedLifetime(world) {} }
        let node = Node(name: "node", host: world.host("node"))
        let text = "startup_route { \(variable) = \"x\"; } route { exit; }"
        let errors = node.load(Source(name: "story.cfg", bytes: Array(text.utf8))).filter { $0.severity == .error }
        #expect(errors.count == 1)
        #expect(errors.first?.message.contains(reason) == true, "\(errors)")
    }
}
