import Testing

@testable import Node

/// What the functions of sipmsgops, textops, nathelper, path, diversion, maxfwd and options do to a message: each story
/// runs one statement and looks at what is forwarded. Recorded from OpenSIPS 3.6.8 but where a comment says otherwise.
@Suite struct MessageFunctionTests {
    struct Story: CustomTestStringConvertible {
        var statement: String
        var code: Int
        /// Lines that the message has afterwards, and lines that it has lost.
        var added: [String]
        var lost: [String]
        var testDescription: String { statement }

        init(_ statement: String, _ code: Int, _ added: [String] = [], lost: [String] = []) {
            self.statement = statement
            self.code = code
            self.added = added
            self.lost = lost
        }
    }

    static let message = """
        MESSAGE sip:bob@10.0.0.1;x=1 SIP/2.0
        Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK-1
        From: "Alice" <sip:alice@example.org>;tag=a1
        To: <sip:bob@example.net>
        Call-ID: call-1
        CSeq: 1 MESSAGE
        Max-Forwards: 70
        Contact: "A" <sip:a@192.168.0.1:5070;ob>;expires=5, <sip:b@100.64.0.1>
        X-Multi: one
        x-multi: two
        Supported: path, timer, 100rel
        Require: only
        Privacy: header;id
        X-Sub: talk
        Content-Type: application/sdp
        Content-Length: 251

        v=0
        o=- 1 1 IN IP4 10.0.0.7
        s=-
        c=IN IP4 10.0.0.7
        t=0 0
        m=audio 4000 RTP/AVP 0 8 18 101
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-15
        m=video 4002 RTP/AVP 96
        a=rtpmap:96 H264/90000

        """

    static let stories: [Story] = [
        Story("append_hf(\"X-A: 1\\r\\n\")", 1, ["X-A: 1"]),
        // OpenSIPS glues the next line to it.
        Story("append_hf(\"X-A: 1\")", 1, ["X-A: 1"]),
        Story("append_urihf(\"X-U: \", \"\\r\\n\")", 1, ["X-U: sip:bob@10.0.0.1;x=1"]),
        Story("remove_hf(\"X-Multi\")", 1, lost: ["X-Multi: one", "x-multi: two"]),
        Story("remove_hf(\"Nope\")", -1),
        Story("remove_hf_re(\"^X-M.*\")", 1, lost: ["X-Multi: one", "x-multi: two"]),
        Story("remove_hf_glob(\"X-M*\")", 1, ["x-multi: two"], lost: ["X-Multi: one"]),
        Story("list_hdr_add_option(\"Supported\", \"new1\")", 1, ["Supported: path, timer, 100rel,new1"]),
        Story("list_hdr_remove_option(\"Supported\", \"timer\")", 1, ["Supported: path, 100rel"]),
        Story("list_hdr_remove_option(\"Supported\", \"path\")", 1, ["Supported: timer, 100rel"]),
        Story("list_hdr_remove_option(\"Require\", \"only\")", 1, lost: ["Require: only"]),
        Story("list_hdr_remove_option(\"Require\", \"x\")", -1, ["Require: only"]),
        Story("list_hdr_has_option(\"Supported\", \"TIMER\")", 1),
        Story("list_hdr_has_option(\"Supported\", \"pat\")", -1),
        Story("is_privacy(\"id\")", 1), Story("is_privacy(\"none\")", -1), Story("is_method(\"INFO|MESSAGE\")", 1),
        Story("has_totag()", -1), Story("is_present_hf(\"m\")", 1), Story("has_body(\"application/sdp\")", 1),
        Story("sipmsg_validate(\"shrf\")", 1),
        Story("codec_delete(\"PCMU\")", 1, ["m=audio 4000 RTP/AVP 8 18 101"], lost: ["a=rtpmap:0 PCMU/8000"]),
        Story(
            "codec_delete(\"telephone-event\", \"8000\")", 1, ["m=audio 4000 RTP/AVP 0 8 18"], lost: ["a=fmtp:101 0-15"]
        ),
        Story("codec_delete(\"opus\")", -1), Story("codec_exists(\"G729\")", 1),
        Story("codec_delete_except_re(\"PCMA|H264\")", 1, ["m=audio 4000 RTP/AVP 8", "m=video 4002 RTP/AVP 96"]),
        Story("codec_delete_re(\".*\")", 1, ["m=audio 0 RTP/AVP", "m=video 0 RTP/AVP"]),
        Story("codec_move_up_re(\"PCMA|telephone-event\")", 1, ["m=audio 4000 RTP/AVP 101 8 0 18"]),
        Story("codec_move_down(\"PCMU\")", 1, ["m=audio 4000 RTP/AVP 8 18 101 0"]),
        Story("stream_delete(\"video\")", 1, lost: ["m=video 4002 RTP/AVP 96", "a=rtpmap:96 H264/90000"]),
        Story("stream_exists(\"audio\", \"SAVP\")", -1), Story("is_audio_on_hold()", -1),
        Story("search(\"^X-Sub:\")", 1), Story("search(\"Call-ID.*Content\")", -1),
        Story("search_body(\"Subject\")", -1),
        Story("search_append(\"X-Sub: \", \"really \")", 1, ["X-Sub: really talk"]),
        Story("replace(\"X-Sub: .*\", \"X-Sub: walk\")", 1, ["X-Sub: walk"], lost: ["X-Sub: talk"]),
        Story("replace_body(\"PCMU\", \"PCMX\")", 1, ["a=rtpmap:0 PCMX/8000"]),
        Story("replace_body_all(\"RTP\", \"rtp\")", 1, ["m=audio 4000 rtp/AVP 0 8 18 101", "m=video 4002 rtp/AVP 96"]),
        Story("subst(\"/X-Sub: (t.lk)/X-Sub: [\\1] $rm/\")", 1, ["X-Sub: [talk] MESSAGE"]),
        Story("subst_body(\"/PCM/pcm/g\")", 1, ["a=rtpmap:0 pcmU/8000", "a=rtpmap:8 pcmA/8000"]),
        Story("subst(\"/nope/x/\")", -1),
        Story("fix_nated_contact()", 1, ["Contact: \"A\" <sip:a@10.0.0.2:5060;ob>;expires=5, <sip:b@10.0.0.2:5060>"]),
        Story(
            "add_rcv_param()", 1,
            [
                "Contact: \"A\" <sip:a@192.168.0.1:5070;ob>;expires=5;received=\"sip:10.0.0.2:5060\", <sip:b@100.64.0.1>;received=\"sip:10.0.0.2:5060\""
            ]),
        Story("nat_uac_test(\"private-contact\")", 1), Story("nat_uac_test(\"carrier-grade-nat\")", -1),
        Story("nat_uac_test(\"diff-ip-src-via,diff-port-src-via\")", -1), Story("nat_uac_test(\"9\")", 1),
        Story(
            "fix_nated_sdp(\"rewrite-media-ip,add-dir-active\", \"9.9.9.9\")", 1,
            ["c=IN IP4 9.9.9.9", "a=direction:active", "a=oldcip:10.0.0.7"]),
        Story("fix_nated_sdp(\"rewrite-origin-ip\")", 1, ["o=- 1 1 IN IP4 10.0.0.2", "a=oldoip:10.0.0.7"]),
        Story("add_path(\"me\")", 1, ["Path: <sip:me@10.0.0.1:5060;lr>"]),
        Story("add_path_received()", 1, ["Path: <sip:10.0.0.1:5060;lr;received=sip:10.0.0.2:5060>"]),
        Story("add_diversion(\"user-busy\")", 1, ["Diversion: <sip:bob@10.0.0.1;x=1>;reason=user-busy"]),
        Story(
            "add_diversion(\"no-answer\", \"sip:new@x\", 5)", 1, ["Diversion: <sip:new@x>;reason=no-answer;counter=5"]),
        Story(
            "encode_contact(\"px\", \"9.9.9.9\")", 1,
            ["Contact: \"A\" <sip:px*a**192.168.0.1*5070*@9.9.9.9>;expires=5, <sip:px*b**100.64.0.1**@9.9.9.9>"]),
        Story("decode_contact_header()", -1),
        Story(
            "$ru = \"sip:px*u*pw*1.2.3.4*5061*tcp@9.9.9.9\"; decode_contact()", 1,
            ["MESSAGE sip:u:pw@1.2.3.4:5061;transport=tcp SIP/2.0"]),
        Story("$ru = \"sip:px*u*1.2.3.4*@9.9.9.9\"; decode_contact()", -1),
        Story("sdp_mangle_ip(\"10.0.0.0/8\", \"9.9.9.9\")", 2, ["c=IN IP4 9.9.9.9"], lost: ["c=IN IP4 10.0.0.7"]),
        Story("sdp_mangle_ip(\"11.0.0.0/255.0.0.0\", \"9.9.9.9\")", 1, ["c=IN IP4 10.0.0.7"]),
        Story("sdp_mangle_port(100)", 3, ["m=audio 100 RTP/AVP 0 8 18 101", "m=video 100 RTP/AVP 96"]),
        Story("sdp_mangle_port(70000)", -1), Story("mf_process_maxfwd_header(10)", 1, ["Max-Forwards: 69"]),
        Story("is_maxfwd_lt(100)", 1),
        Story("$sdp.line(s) = \"s=call\"", 1, ["s=call"], lost: ["s=-"]),
        Story("$sdp.line(a=fmtp) = NULL", 1, lost: ["a=fmtp:101 0-15"]),
        Story("$sdp.stream(video) = \"m=video 0 RTP/AVP 96\"", 1, ["m=video 0 RTP/AVP 96"]),
    ]

    @Test(arguments: stories)
    func aFunctionChangesWhatGoesOut(_ expected: Story) throws {
        let story = try SIPStory(
            "route { \(expected.statement); xlog(\"@ $rc\\n\"); $du = \"sip:10.0.0.2\"; forward(); }",
            modules: ["textops", "nathelper", "path", "diversion", "maxfwd", "mangler"])
        let text = wire(Self.message)
        let body = text.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n").utf8.count
        story.send(Self.message.components(separatedBy: ": 251").joined(separator: ": \(body)"))
        #expect(story.said == ["\(expected.code)"])
        let before = lines(text)
        let after = lines(story.heard.first)
        for line in expected.added { #expect(after.contains(line)) }
        for line in expected.lost { #expect(before.contains(line) && !after.contains(line)) }
        // Content-Length is right whatever happened.
        let forwarded = try #require(story.heard.first)
        let parts = forwarded.components(separatedBy: "\r\n\r\n")
        #expect(after.contains("Content-Length: \(parts.dropFirst().joined(separator: "\r\n\r\n").utf8.count)"))
    }

    @Test func partsAreAddedToBodies() throws {
        let story = try SIPStory(
            """
            route {
              if ($rU == "one") remove_body_part();
              add_body_part("{}", "application/json"); add_body_part("x", "a/b", "X-P: 1");
              get_updated_body_part("application/json", $var(p)); xlog("@ $rc $var(p)\\n");
              forward("10.0.0.2");
            }
            """)
        story.send(request("MESSAGE", "sip:two@10.0.0.1", "Content-Type: text/plain\nContent-Length: 2\n\nhi"))
        let text = try #require(story.heard.first)
        #expect(text.range(of: "Content-Type: multipart/mixed;boundary=siskin-boundary-7d1f6c0a\r\n") != nil)
        let body = """
            --siskin-boundary-7d1f6c0a
            Content-Type: text/plain

            hi
            --siskin-boundary-7d1f6c0a
            Content-Type: application/json

            {}
            --siskin-boundary-7d1f6c0a
            Content-Type: a/b
            X-P: 1

            x
            --siskin-boundary-7d1f6c0a--

            """.components(separatedBy: "\n").joined(separator: "\r\n")
        #expect(text.hasSuffix("\r\n\r\n" + body))
        #expect(story.said == ["1 {}"])
    }

    @Test func headersAreFoundByPattern() throws {
        let story = try SIPStory(
            """
            route { get_glob_headers_values("X-*", $avp(n), $avp(v)); xlog("@ $rc [$(avp(n)[*])] [$(avp(v)[*])]\\n"); }
            """)
        story.send(request("INFO", "sip:a@10.0.0.1", "X-One: 1\nx-low: 2\nX-Two: 3"))
        #expect(story.said == ["1 [X-Two, X-One] [3, 1]"])
    }

    @Test func aMessageBecomesJSON() throws {
        let story = try SIPStory("route { sip_to_json($var(j)); xlog(\"@ $var(j)\\n\"); }")
        story.send("INFO sip:a@b SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.2\nX-M: 1\nX-M: \"2\"\nCSeq: 1 INFO\n")
        #expect(
            story.said == [
                #"{"first_line":"INFO sip:a@b SIP/2.0\r\n","headers":{"Via":["SIP/2.0/UDP 10.0.0.2"],"X-M":["1","\"2\""],"CSeq":["1 INFO"]}}"#
            ])
    }

    @Test func optionsAreAnsweredForTheServerOnly() throws {
        let story = try SIPStory(
            "route { options_reply(); xlog(\"@ $rc\\n\"); }", modules: ["signaling", "options"],
            globals: "server_signature = no")
        story.send(request("OPTIONS", "sip:10.0.0.1")).send(request("OPTIONS", "sip:bob@10.0.0.1")).send(
            request("INFO"))
        #expect(story.said == ["1", "-1", "-1"])
        #expect(
            Array(lines(story.heard.first).suffix(5)) == [
                "Accept: */*", "Accept-Language: en", "Content-Length: 0", "", "",
            ])
        #expect(story.heard.count == 1)
    }
}
