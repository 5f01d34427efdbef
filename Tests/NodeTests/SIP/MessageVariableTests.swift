import Testing

@testable import Node

/// What variables say of messages, as OpenSIPS 3.6.8 says it.
@Suite struct MessageVariableTests {
    static let invite = """
        INVITE sip:bob:pw@10.0.0.1:5060;transport=udp;x=1 SIP/2.0
        v: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK-1;rport, SIP/2.0/UDP 10.0.0.9:5070;branch=z9hG4bKx
        Via: SIP/2.0/TCP 10.0.0.3;branch=z9hG4bKy
        f: "Alice" <sip:alice@example.org>;tag=fixed-a
        t: <sip:bob@example.net>
        i: call-1
        CSeq: 1 INVITE
        m: <sip:alice@10.0.0.2;ob>;expires=60;q=0.5, "Two" <sip:b@h2>
        Diversion: "Fred" <sip:fred@example.com>;reason=user-busy;privacy=full;counter=2
        P-Preferred-Identity: "Paul" <sip:paul@pd.example>
        P-Asserted-Identity: "As" <sip:as@pa.example>
        Remote-Party-ID: "RP" <sip:rp@rpid.example>;party=calling
        Authorization: Digest username="alice@adom.org", realm="realm.org", nonce="abc", uri="sip:realm.org", qop=auth
        Refer-To: <sip:carol@x.y>;a=b
        Subject: talk
        User-Agent: test/1.0
        c: application/sdp
        l: 126

        v=0
        o=- 1 1 IN IP4 127.0.0.1
        s=sess
        c=IN IP4 127.0.0.1
        t=0 0
        m=audio 4000 RTP/AVP 0 8
        a=rtpmap:0 PCMU/8000
        a=sendrecv

        """

    static let expectations: [(String, String)] = [
        ("$rm $rU $rd $rp $rP", "INVITE bob 10.0.0.1 5060 udp"),
        ("$ou $oU $od $op $oP", "sip:bob:pw@10.0.0.1:5060;transport=udp;x=1 bob 10.0.0.1 5060 udp"),
        ("$ruri $ruri.user $ruri.domain $duri", "sip:bob:pw@10.0.0.1:5060;transport=udp;x=1 bob 10.0.0.1 <null>"),
        ("$fu $fU $fd $fn $ft $from.domain", "sip:alice@example.org alice example.org \"Alice\" fixed-a example.org"),
        ("$tu $tU $td $tn $tt", "sip:bob@example.net bob example.net <null> <null>"),
        ("$ci $cs $cl $cT $ua $ml $mi", "call-1 1 126 application/sdp test/1.0 938 1"),
        (
            "$si $sp $src_ip $socket_in $socket_in(ip) $socket_in(port)",
            "10.0.0.2 5060 10.0.0.2 udp:10.0.0.1:5060 10.0.0.1 5060"
        ),
        ("$socket_in(proto) $socket_in(af) $socket_in(tag) $socket_out(forced)", "udp INET <null> <null>"),
        (
            "$di $dir $dip $re $rt $ai",
            "sip:fred@example.com user-busy full sip:rp@rpid.example sip:carol@x.y sip:as@pa.example"
        ),
        ("$pu $pU $pd $pn", "sip:paul@pd.example paul pd.example \"Paul\""),
        (
            "$au $aU $ad $ar $an $adu $auth.qop $auth.nc",
            "alice alice@adom.org adom.org realm.org abc sip:realm.org auth <null>"
        ),
        (
            "$ct | $(ct[1]) | $(ct[-1]) | $(ct[2])",
            "<sip:alice@10.0.0.2;ob>;expires=60;q=0.5 | \"Two\" <sip:b@h2> | \"Two\" <sip:b@h2> | <null>"
        ),
        (
            "$ct.fields(uri) $ct.fields(q) $(ct.fields(name)[1]) $(ct.fields(uri)[*])",
            "sip:alice@10.0.0.2;ob 0.5 \"Two\" sip:alice@10.0.0.2;ob, sip:b@h2"
        ),
        (
            "$hdrcnt(Via) $(hdr(Via)[1]) $(hdr(Via)[-1]) $hdr(f)",
            "2 SIP/2.0/TCP 10.0.0.3;branch=z9hG4bKy SIP/2.0/TCP 10.0.0.3;branch=z9hG4bKy \"Alice\" <sip:alice@example.org>;tag=fixed-a"
        ),
        ("$hdr(s) $hdr(Subject) $(hdr_name[0]) $(hdr_name[-1]) $hdr(Nope)", "<null> talk v l <null>"),
        (
            "$msg.type $msg.is_request $rs $rr [$mf] $ru_q $path $branch $ds",
            "request true <null> <null> [] -1 <null> <null> <null>"
        ),
        ("$(rb{s.len}) $(rb(application/sdp){s.len}) $rb(text/plain)", "126 126 <null>"),
        ("$(rb[*]{s.len}) $(rb(application/sdp)[*]{s.len}) $Au", "126 126 alice@example.org"),
        ("$(ct.fields(q)[*]) | $(ct.fields(received)[*]) | $(ct.fields(nope)[*])", "0.5,  | ,  | , "),
        ("$(route.name[*]) $(route.type[*]) $(route[*]) $challenge.ck", "<null> <null> route <null>"),
        (
            "$sdp.line(m) | $sdp.session(s) | $sdp.line(a[1]) | $sdp.stream(audio) | $sdp.stream.idx(audio)",
            "m=audio 4000 RTP/AVP 0 8 | s=sess | a=sendrecv | m=audio 4000 RTP/AVP 0 8 | 5"
        ),
        (
            "$sdp.stream([0]/a=rtpmap) $sdp.line(o/IN) $sdp.line(a=rtpmap:0/PCM) $sdp.session(a) $sdp.stream.idx(audio/a=s)",
            "a=rtpmap:0 PCMU/8000 IN PCMU/8000 <null> 7"
        ),
    ]

    @Test(arguments: expectations.indices)
    func aVariableReadsAMessage(_ index: Int) throws {
        let (format, expected) = Self.expectations[index]
        let story = try SIPStory("route { xlog(\"@ \(format)\\n\"); }")
        story.send(Self.invite)
        #expect(story.said == [expected])
    }

    @Test func allContactsAreNoURI() throws {
        let story = try SIPStory("route { xlog(\"@ $ct [$ct.fields(uri)]\\n\"); }")
        story.send(request("REGISTER", "sip:10.0.0.1", "Contact: *"))
        #expect(story.said == ["* [<null>]"])
    }

    @Test func routesWithoutAMessageSeeADummy() throws {
        let story = try SIPStory(
            """
            startup_route {
              xlog("@ $rm $ru $fu $tu $ci $cs $si $sp $ml $mi [$hdr(Via)] $socket_in $du $cl\\n");
              $ru = "sip:a@b"; setflag("F"); xlog("@ $ru $ou [$mf] $ru_q\\n");
            }
            route { exit; }
            """)
        #expect(
            story.said == [
                "DUMMY sip:user@dummy.com sip:from@dummy.com sip:to@dummy.com dummy-1 1 0.0.0.0 0 175 0 [SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKdummy] <null> <null> <null>",
                "sip:a@b sip:user@dummy.com [F] 0",
            ])
    }

    @Test func flagsHaveNamesAndStartClear() throws {
        let story = try SIPStory(
            """
            route {
              setflag("A"); setflag("B"); setbflag("X"); $msg.flag(C) = 1; xlog("@ [$mf] [$bf] $msg.flag(A)\\n");
              resetflag("A"); $msg.flag(C) = 0; if (!isflagset("A")) xlog("@ $rc [$mf]\\n");
              setflag("");
            }
            """)
        story.send(request()).send(request())
        #expect(story.said == ["[C B A] [X] true", "-1 [B]", "[C B A] [X] true", "-1 [B]"])
    }

    @Test func partsOfABodyAreFoundByType() throws {
        let story = try SIPStory(
            """
            route {
              xlog("@ $(cT[*]) | $(cT[1]) | $(rb[0]) | $(rb(text/plain)[1]) | $(rb(application/sdp){s.len})\\n");
            }
            """)
        story.send(
            request(
                "MESSAGE", "sip:bob@10.0.0.1",
                """
                Content-Type: multipart/mixed;boundary="bb"

                preamble
                --bb
                Content-Type: text/plain
                X-P: 1

                one
                --bb
                Content-Type: application/sdp

                v=0
                --bb
                Content-Type: text/plain

                two
                --bb--

                """))
        #expect(
            story.said == [
                "multipart/mixed;boundary=\"bb\",text/plain,application/sdp,text/plain | application/sdp | one | two | 3"
            ])
    }
}
