import Testing

@testable import Node

@Suite struct ReplyTests {
    @Test func aStatelessReplyCopiesWhatItHasTo() throws {
        let story = try SIPStory(
            """
            route { append_to_reply("X-1: a\\r\\n"); sl_send_reply(486, "Busy $rU"); xlog("@ $rc\\n"); }
            """, globals: "server_signature = no")
        story.send(
            request(
                "OPTIONS", "sip:bob@10.0.0.1", via: "192.0.2.7:5060;rport", "Via: SIP/2.0/TCP 10.0.0.3;branch=z9hG4bKy")
        )
        #expect(
            lines(story.heard.first) == [
                "SIP/2.0 486 Busy bob",
                "Via: SIP/2.0/UDP 192.0.2.7:5060;rport=5060;branch=z9hG4bK-1;received=10.0.0.2",
                "Via: SIP/2.0/TCP 10.0.0.3;branch=z9hG4bKy", "To: <sip:bob@example.net>;tag=*",
                "From: \"Alice\" <sip:alice@example.org>;tag=a1", "Call-ID: call-1", "CSeq: 1 OPTIONS", "X-1: a",
                "Content-Length: 0", "", "",
            ])
        #expect(story.said == ["1"])
    }

    /// Whoever answers to found a dialog says who wants to stay in it (RFC 3261, 12.1.1).
    @Test(arguments: [(100, false), (180, true), (200, true), (302, false), (486, false)])
    func repliesThatFoundDialogsKeepTheRecordedRoute(_ status: Int, _ keeps: Bool) throws {
        let story = try SIPStory("route { sl_send_reply(\(status), \"X\"); }")
        let routes = ["Record-Route: <sip:p1;lr>,<sip:p2;lr>", "Record-Route: <sip:p3;lr>"]
        story.send(request("INVITE", "sip:bob@10.0.0.1", routes.joined(separator: "\n")))
        #expect(lines(story.heard.first).filter { $0.hasPrefix("Record-Route") } == (keeps ? routes : []))
    }

    @Test func aRetransmissionGetsTheSameTag() throws {
        let story = try SIPStory("route { sl_send_reply(200, \"OK\"); }")
        story.send(request()).send(request())
        #expect(story.heard.count == 2 && story.heard[0] == story.heard[1])
    }

    @Test func theACKOfAStatelessReplyEndsHere() throws {
        let story = try SIPStory("route { xlog(\"@ $rm\\n\"); sl_send_reply(404, \"Not Found\"); xlog(\"@ $rc\\n\"); }")
        story.send(request("INVITE"))
        let answer = try #require(story.heard.first)
        let to = try #require(
            lines(answer).isEmpty ? nil : answer.components(separatedBy: "\r\n").first { $0.hasPrefix("To:") })
        story.send(
            request("ACK").components(separatedBy: "To: <sip:bob@example.net>").joined(separator: to)
                .components(separatedBy: "1 ACK").joined(separator: "1 ACK"))
        #expect(story.said == ["INVITE", "1"])
        // An ACK of somebody else's reply reaches the script, and is never answered.
        story.send(request("ACK"))
        #expect(story.said == ["INVITE", "1", "ACK", "-1"])
        #expect(story.heard.count == 1)
        let counters = story.node.sip.counters
        #expect(counters.requests == 3 && counters.sent.3 == 1 && counters.absorbedACKs == 1)
        let statistic = story.node.statistics.find(Array("4xx_replies".utf8)).map { story.node.statistics.value($0) }
        #expect(statistic == 1)
    }

    @Test func aRedirectionNamesTheTargets() throws {
        let story = try SIPStory(
            "route { $ru = \"sip:x@y\"; append_msg_branch(\"sip:z@w\", \"0.5\"); sl_send_reply(302, \"Moved\"); }")
        story.send(request("INVITE"))
        #expect(lines(story.heard.first).contains("Contact: <sip:x@y>, <sip:z@w>;q=0.5"))
    }

    @Test func aCodeThatIsATextFails() throws {
        let story = try SIPStory(
            "route { $var(c) = \"480\"; sl_send_reply($var(c), \"x\"); xlog(\"@ $rc\\n\"); sl_send_reply(99, \"x\"); xlog(\"@ $rc\\n\"); }"
        )
        story.send(request())
        #expect(story.said == ["-1", "-1"] && story.heard.isEmpty)
    }

    @Test func aTransactionAnswersRetransmissionsItself() throws {
        let story = try SIPStory(
            """
            route { xlog("@ $rm\\n"); t_newtran(); xlog("@ $rc\\n"); t_reply(404, "Nobody"); t_reply(200, "late"); xlog("@ $rc\\n"); }
            """, modules: ["tm"])
        story.send(request()).send(request()).send(request())
        #expect(story.said == ["OPTIONS", "1", "-1"])
        #expect(story.answers == ["SIP/2.0 404 Nobody", "SIP/2.0 404 Nobody", "SIP/2.0 404 Nobody"])
        // Timer J gives it up.
        story.world.advance(by: .seconds(33))
        story.send(request())
        #expect(story.said.count == 6)
    }

    @Test func anInviteIsAnsweredUntilItsACKComes() throws {
        let story = try SIPStory("route { t_newtran(); t_reply(486, \"Busy\"); }", modules: ["tm"])
        story.send(request("INVITE"))
        story.world.advance(by: .seconds(2))
        #expect(story.heard.count == 3)
        story.send(request("ACK"))
        story.world.advance(by: .seconds(60))
        #expect(story.heard.count == 3)
    }

    @Test func aRequestThatWaitsKeepsItsMessageAndChanges() throws {
        let story = try SIPStory(
            """
            route { $avp(a) = "x"; setflag("S"); $ru = "sip:changed@else"; async(usleep(50000), again); }
            route[again] { xlog("@ $avp(a) $msg.flag(S) $ru $ou $hdr(X-Tag) $fu\\n"); t_reply(200, "OK"); }
            """, modules: ["tm", "cfgutils"])
        story.send(request("OPTIONS", "sip:bob@10.0.0.1", "X-Tag: here")).send(request("OPTIONS", "sip:bob@10.0.0.1"))
        story.world.advance(by: .seconds(1))
        #expect(story.said == ["x true sip:changed@else sip:bob@10.0.0.1 here sip:alice@example.org"])
        #expect(story.answers == ["SIP/2.0 200 OK"])
    }

    @Test func aRequestCanWaitWithoutTransactions() throws {
        let story = try SIPStory(
            """
            route { async(usleep(50000), again); }
            route[again] { sl_send_reply(200, "$hdr(X-Tag)"); }
            """, modules: ["cfgutils"])
        story.send(request("OPTIONS", "sip:bob@10.0.0.1", "X-Tag: here"))
        // Meanwhile others are handled; contexts do not mix.
        story.send(request("INFO", "sip:bob@10.0.0.1", "X-Tag: there"))
        story.world.advance(by: .seconds(1))
        #expect(story.answers == ["SIP/2.0 200 here", "SIP/2.0 200 there"])
    }
}
