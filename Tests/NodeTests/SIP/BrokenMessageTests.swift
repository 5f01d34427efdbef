import Testing

@testable import Node

@Suite struct BrokenMessageTests {
    static let script = """
        route { xlog("@ $rm [$fU]\\n"); xlog("@ after\\n"); sl_send_reply(200, "OK"); }
        error_route {
          xlog("@ $err.class $err.level [$err.info] $err.rcode [$err.rreason]\\n");
          if ($hdr(X-Exit) != NULL) { sl_send_reply($err.rcode, $err.rreason); exit; }
        }
        """

    @Test func aBrokenHeaderBringsInTheErrorRoute() throws {
        let story = try SIPStory(Self.script)
        let broken = request("OPTIONS", "sip:bob@10.0.0.1", "X-Exit: 1")
            .components(separatedBy: "\"Alice\" <sip:alice@example.org>;tag=a1").joined(separator: "broken <<")
        story.send(broken)
        #expect(story.said == ["OPTIONS [<null>]", "1 3 [error parsing From header] 400 [bad header]"])
        #expect(story.answers == ["SIP/2.0 400 bad header"])
    }

    @Test func withoutExitTheScriptGoesOnBehindTheStatement() throws {
        let story = try SIPStory(Self.script)
        story.send(
            request().components(separatedBy: "\"Alice\" <sip:alice@example.org>;tag=a1").joined(separator: "broken <<")
        )
        #expect(
            story.said == ["OPTIONS [<null>]", "1 3 [error parsing From header] 400 [bad header]", "after"])
        #expect(story.answers == ["SIP/2.0 200 OK"])
    }

    @Test(arguments: [
        ("To: <sip:bob@example.net>", "To: broken <<", "1 3 [error parsing To header] 400 [bad header]"),
        ("To: <sip:bob@example.net>", "no header at all", "1 3 [error parsing headers] 400 [bad headers]"),
        (
            "Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK-1", "Via: nonsense",
            "1 3 [error parsing Via] 400 [bad Via header]"
        ),
        (
            "CSeq: 1 OPTIONS", "CSeq: 1 OPTIONS\nContent-Length: -1",
            "1 3 [error parsing Content-Length] 400 [bad Content-Length header]"
        ),
    ])
    func whatNoScriptCanDoWithoutRunsTheErrorRouteAlone(_ old: String, _ new: String, _ said: String) throws {
        let story = try SIPStory(Self.script)
        story.send(request().components(separatedBy: old).joined(separator: new))
        #expect(story.said == [said])
    }

    @Test func aWrongLengthIsAFaultBeforeAMissingMaxForwards() throws {
        let story = try SIPStory("route { sipmsg_validate(); xlog(\"@ $rc\\n\"); }")
        story.send(request("OPTIONS", "sip:bob@10.0.0.1", "Content-Length: 5"))
        story.send(request("OPTIONS", "sip:bob@10.0.0.1", "Content-Length: 0"))
        #expect(story.said == ["-5", "-13"])
    }

    /// As recorded from OpenSIPS 3.6.8.
    @Test(arguments: [
        ("sip:a@h:99999", "$rU", "r-uri", "r-uri"), ("sip:", "$ru", "r-uri", "r-uri"),
        ("foo", "$oU", "incoming uri", "i-uri"), ("tel:", "$ou", "incoming uri", "i-uri"),
    ])
    func aBrokenRequestURIBringsInTheErrorRoute(_ uri: String, _ variable: String, _ what: String, _ short: String)
        throws
    {
        let story = try SIPStory(
            """
            route { xlog("@ [\(variable)]\\n"); xlog("@ after\\n"); }
            error_route { xlog("@ $err.class $err.level [$err.info] $err.rcode [$err.rreason]\\n"); exit; }
            """)
        story.send(request("OPTIONS", uri))
        #expect(story.said == ["[<null>]", "1 3 [error parsing \(what)] 400 [bad \(short)]"])
    }

    @Test(arguments: [
        "", "\r\n\r\n", "\0", "OPTIONS\r\n\r\n", "garbage garbage garbage\r\n\r\n", "SIP/2.0 abc\r\n\r\n",
        "OPTIONS sip:a@b SIP/2.0\r\n\r\n", "OPTIONS sip:a@b SIP/2.0\r\nFrom: <sip:a@b>\r\n\r\n",
        "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 10.0.0.1\r\n\r\n",
    ])
    func garbageIsDropped(_ text: String) throws {
        let story = try SIPStory(Self.script)
        story.send(bytes: Array(text.utf8))
        #expect(story.said.isEmpty && story.heard.isEmpty)
        story.send(request())
        #expect(story.answers == ["SIP/2.0 200 OK"])
    }

    static let limits: [(parameter: String, uri: String, headers: String)] = [
        ("max_message_size\", 500", "sip:bob@10.0.0.1", "X: " + String(repeating: "x", count: 400)),
        ("max_header_size\", 100", "sip:bob@10.0.0.1", "X: " + String(repeating: "x", count: 100)),
        ("max_uri_size\", 50", "sip:bob@10.0.0.1;x=" + String(repeating: "x", count: 50), ""),
        ("max_headers\", 10", "sip:bob@10.0.0.1", Array(repeating: "X: 1", count: 6).joined(separator: "\n")),
    ]

    @Test(arguments: limits.indices)
    func whatIsLargerThanTheScriptAllowsIsDropped(_ index: Int) throws {
        let (parameter, uri, headers) = Self.limits[index]
        let large = request("OPTIONS", uri, headers)
        for (globals, answers) in [("", 1), ("modparam(\"proto_udp\", \"\(parameter))", 0)] {
            let story = try SIPStory("\(globals)\nroute { sl_send_reply(200, \"OK\"); }")
            story.send(large)
            #expect(story.heard.count == answers)
            story.send(request())
            #expect(story.heard.count == answers + 1)
        }
    }

    /// Thousands of damaged messages against a script that looks at everything: nothing may stop the node.
    @Test(arguments: [UInt64(1), 2, 3])
    func damagedMessagesStopNothing(_ seed: UInt64) throws {
        let story = try SIPStory(
            """
            route {
              $var(x) = "$ru $rU $rd $rp $fu $fU $tu $tt $ci $cs $ct $(ct[*]) $(ct.fields(uri)[*]) $(hdr(Via)[*]) $(rb[*])";
              xlog("$var(x) $ru $rU $fu $tU $(ct[*]) $(cT[*]) $(rb[1]) $au $di $pu $re $sdp.line(a) $sdp.stream(audio)\\n");
              append_hf("X-A: 1\\r\\n", "To"); remove_hf_re("X-.*"); replace_all("a", "bb"); subst("/(o)/\\1\\1/g");
              list_hdr_add_option("Supported", "x"); list_hdr_remove_option("Supported", "path");
              codec_delete("PCMU"); codec_move_up("PCMA"); stream_delete("video"); add_body_part("x", "a/b");
              fix_nated_contact(); add_rcv_param(); fix_nated_sdp("rewrite-media-ip,add-dir-active");
              nat_uac_test("private-contact,private-sdp,diff-ip-src-via"); add_path("u"); add_diversion("busy");
              mf_process_maxfwd_header(10); prefix("0"); strip(1); $rp = 5; sipmsg_validate("shrftc");
              sip_to_json($var(j)); $du = "sip:10.0.0.2:5060"; forward(); sl_send_reply(300, "$rU");
            }
            onreply_route { xlog("$rs $rr $ct\\n"); append_hf("X-R: $cs\\r\\n"); change_reply_status(299, "x"); }
            error_route { xlog("$err.info\\n"); }
            """, modules: ["textops", "nathelper", "path", "diversion", "maxfwd", "tm"], seed: seed)
        var random = SeededNumbers(seed: seed)
        let seeds = [
            wire(MessageVariableTests.invite),
            wire(request("MESSAGE", "sip:bob@10.0.0.1", "Supported: path, timer\nMax-Forwards: 3")),
            "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa\r\nVia: SIP/2.0/UDP 10.0.0.2;received=10.0.0.2;rport=5060\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\nContact: <sip:c@d>\r\n\r\n",
        ].map { Array($0.utf8) }
        for round in 0..<1500 {
            var message = seeds[round % seeds.count]
            for _ in 0...random.below(4) { random.damage(&message) }
            story.send(bytes: message)
        }
        story.send(request())
        #expect(story.node.sip.counters.requests > 0, "seed \(seed)")
    }
}

/// SplitMix64.
struct SeededNumbers {
    var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(limit, 1))) }

    /// Changes, removes, doubles or inserts a few bytes.
    mutating func damage(_ message: inout [UInt8]) {
        guard !message.isEmpty else { return }
        let start = below(message.count)
        let end = min(message.count, start + 1 + below(8))
        switch below(5) {
        case 0: message[start] = UInt8(truncatingIfNeeded: next())
        case 1: message.removeSubrange(start..<end)
        case 2: message.insert(contentsOf: message[start..<end], at: start)
        case 3:
            message.insert(
                contentsOf: Array(["<", ">", ";", ",", "\"", "@", ":", "\r\n", "=", "--bb"][below(10)].utf8), at: start)
        default: message.removeSubrange(end...)
        }
    }
}
