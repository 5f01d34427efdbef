import Simulation
import Testing

@testable import Node

/// Stateless forwarding, byte for byte.
@Suite struct ForwardingTests {
    /// The branch that we put into our Via depends on the node's secret.
    static func withoutBranch(_ message: String?) -> [String] {
        lines(message).map { line in
            guard let branch = line.range(of: ";branch=z9hG4bK"),
                line.hasPrefix("Via: SIP/2.0/UDP 10.0.0.1") || line.hasPrefix("Via: SIP/2.0/UDP adv")
            else { return line }
            let rest = line[branch.upperBound...].dropFirst(32)
            return line[..<branch.lowerBound] + ";branch=*" + rest
        }
    }

    @Test func arequestGoesOnAsItCameButForVias() throws {
        let story = try SIPStory("route { $du = \"sip:10.0.0.2:5060\"; forward(); xlog(\"@ $rc\\n\"); }")
        story.send(
            """
            MESSAGE sip:bob@10.0.0.1;x=1 SIP/2.0
            X-First:   odd   spacing
            Via:SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK-1
            from  : "Alice" <sip:alice@example.org>;tag=a1
            t: <sip:bob@example.net>
            X-Fold: one
              two
            Call-ID: call-1
            CSeq: 1 MESSAGE
            Content-Length: 4

            hi

            """)
        #expect(
            Self.withoutBranch(story.heard.first) == [
                "MESSAGE sip:bob@10.0.0.1;x=1 SIP/2.0", "X-First:   odd   spacing",
                "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=*", "Via:SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK-1",
                "from  : \"Alice\" <sip:alice@example.org>;tag=a1", "t: <sip:bob@example.net>", "X-Fold: one", "  two",
                "Call-ID: call-1", "CSeq: 1 MESSAGE", "Content-Length: 4", "", "hi", "",
            ])
        #expect(story.said == ["1"])
    }

    @Test func aMessageThatEndsWithItsHeadersIsUnderstood() throws {
        let story = try SIPStory("route { append_hf(\"X-A: 1\\r\\n\"); forward(\"10.0.0.2\"); }")
        let text = wire(request())
        story.send(bytes: Array(text.utf8.dropLast(2)))
        #expect(story.heard.first?.hasSuffix("CSeq: 1 OPTIONS\r\nX-A: 1\r\n\r\n") == true)
        // A cut line is none.
        story.send(bytes: Array(text.utf8.dropLast(5)))
        #expect(story.heard.count == 1)
    }

    static let vias: [(script: String, via: String, own: String, theirs: String)] = [
        ("", "10.0.0.2:5060", "10.0.0.1:5060;branch=*", "10.0.0.2:5060;branch=z9hG4bK-1"),
        ("", "192.0.2.1", "10.0.0.1:5060;branch=*", "192.0.2.1;branch=z9hG4bK-1;received=10.0.0.2"),
        ("", "10.0.0.2;rport", "10.0.0.1:5060;branch=*", "10.0.0.2;rport=5060;branch=z9hG4bK-1;received=10.0.0.2"),
        (
            "", "h.example;rport=9;received=1.2.3.4", "10.0.0.1:5060;branch=*",
            "h.example;rport=5060;received=10.0.0.2;branch=z9hG4bK-1"
        ),
        (
            "force_rport();", "10.0.0.2", "10.0.0.1:5060;branch=*",
            "10.0.0.2;branch=z9hG4bK-1;rport=5060;received=10.0.0.2"
        ),
        ("add_local_rport();", "10.0.0.2", "10.0.0.1:5060;branch=*;rport", "10.0.0.2;branch=z9hG4bK-1"),
        (
            "set_advertised_address(\"adv.example\"); set_advertised_port(\"7777\");", "10.0.0.2",
            "adv.example:7777;branch=*", "10.0.0.2;branch=z9hG4bK-1"
        ),
        (
            "set_via_handling(\"force-rport,add-local-rport\");", "10.0.0.2", "10.0.0.1:5060;branch=*;rport",
            "10.0.0.2;branch=z9hG4bK-1;rport=5060;received=10.0.0.2"
        ),
    ]

    @Test(arguments: vias.indices)
    func viasSayWhereARequestCameFrom(_ index: Int) throws {
        let expected = Self.vias[index]
        let story = try SIPStory("route { \(expected.script) forward(\"10.0.0.2\"); }")
        story.send(request("OPTIONS", "sip:bob@10.0.0.1", via: expected.via))
        let vias = Self.withoutBranch(story.heard.first).filter { $0.hasPrefix("Via:") }
        #expect(vias == ["Via: SIP/2.0/UDP \(expected.own)", "Via: SIP/2.0/UDP \(expected.theirs)"])
    }

    @Test func aRetransmissionTakesTheSameBranch() throws {
        let story = try SIPStory("route { forward(\"10.0.0.2\"); }")
        story.send(request("INVITE")).send(request("INVITE"))
        #expect(story.heard.count == 2 && story.heard[0] == story.heard[1])
        story.send(request("ACK"))
        #expect(lines(story.heard[0])[1] == lines(story.heard[2])[1])
    }

    @Test func namesAreLookedUpMeanwhileOthersAreServed() throws {
        let story = try SIPStory(
            """
            route {
              if ($rU == "quick") { sl_send_reply(200, "quick"); exit; }
              forward(); xlog("@ $rc $rU\\n");
            }
            """)
        story.world.zone["phone.example"] = [Address.IP("10.0.0.2")!]
        story.world.resolveDelay = .milliseconds(100)
        story.send(request("OPTIONS", "sip:slow@phone.example")).send(request("OPTIONS", "sip:quick@phone.example"))
        story.world.advance(by: .seconds(1))
        #expect(story.answers == ["SIP/2.0 200 quick", "OPTIONS sip:slow@phone.example SIP/2.0"])
        story.send(request("OPTIONS", "sip:lost@nowhere.example"))
        story.world.advance(by: .seconds(1))
        #expect(story.said == ["1 slow", "-476 lost"])
        story.send(request("OPTIONS", "tel:123"))
        #expect(story.said.last == "-476 123")
    }

    /// As recorded from OpenSIPS 3.6.8.
    @Test(arguments: [
        ("$du = \"nonsense\"; forward();", "-476"), ("$du = \"tel:123\"; forward();", "-476"),
        ("$du = \"sip:nowhere.invalid\"; forward();", "-476"), ("$ru = \"tel:123\"; forward();", "-476"),
        ("$du = \"sip:1.2.3.4;transport=tcp\"; forward();", "-1"), ("$du = \"sip:[::1]\"; forward();", "-1"),
        ("forward(\"nowhere.invalid\");", "-1"), ("$var(x) = \"\"; forward($var(x));", "-1"),
        ("send(\"nowhere.invalid\");", "-1"), ("send(\"tcp:10.0.0.2\");", "-1"),
    ])
    func whatCannotBeReachedFails(_ statements: String, _ code: String) throws {
        let story = try SIPStory("route { \(statements) xlog(\"@ $rc\\n\"); }")
        story.send(request())
        #expect(story.said == [code])
    }

    @Test func addressesOfTheSixthVersionStandInBrackets() throws {
        let story = try SIPStory(
            """
            route {
              xlog("@ $si $socket_in(ip) $socket_in $socket_in(af)\\n");
              if ($rU == "away") { forward("udp:[2001:db8::2]:5060"); exit; }
              sl_send_reply(200, "OK");
            }
            """, globals: "socket = udp:[2001:db8::1]:5060\nserver_signature = no",
            addresses: [("2001:db8::1", "2001:db8::2")])
        let six = try story.phone.bindDatagram(Address("[2001:db8::2]:5060")!) { bytes, _ in
            story.hear(String(decoding: bytes, as: UTF8.self))
        }
        for user in ["bob", "away"] {
            let text = wire(request("OPTIONS", "sip:\(user)@[2001:db8::1]", via: "[2001:db8::9]:5060;rport"))
            _ = Array(text.utf8).withUnsafeBufferPointer {
                six.send($0, to: Address("[2001:db8::1]:5060")!, onFailure: nil)
            }
            story.world.advance(by: .milliseconds(10))
        }
        #expect(story.said.first == "2001:db8::2 [2001:db8::1] udp:[2001:db8::1]:5060 INET6")
        let noted = "Via: SIP/2.0/UDP [2001:db8::9]:5060;rport=5060;branch=z9hG4bK-1;received=2001:db8::2"
        #expect(lines(story.heard.first)[1] == noted)
        #expect(lines(story.heard.last)[1].hasPrefix("Via: SIP/2.0/UDP [2001:db8::1]:5060;branch="))
        #expect(lines(story.heard.last)[2] == noted)
    }

    static let reply = """
        SIP/2.0 183 Progress
        Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK-own, SIP/2.0/UDP 10.0.0.99;branch=z9hG4bK-1;received=10.0.0.2;rport=5060
        From: <sip:alice@example.org>;tag=a1
        To: <sip:bob@example.net>;tag=x
        Call-ID: call-1
        CSeq: 1 INVITE
        Content-Length: 0

        """

    @Test func aReplyGoesBackAlongItsVias() throws {
        let story = try SIPStory(
            "route { forward(); } onreply_route { xlog(\"@ $rs $rr $rm $msg.type [$ru]\\n\"); append_hf(\"X-R: 1\\r\\n\"); }"
        )
        story.send(Self.reply)
        #expect(story.said == ["183 Progress INVITE reply [<null>]"])
        #expect(
            lines(story.heard.first) == [
                "SIP/2.0 183 Progress",
                "Via: SIP/2.0/UDP 10.0.0.99;branch=z9hG4bK-1;received=10.0.0.2;rport=5060",
                "From: <sip:alice@example.org>;tag=a1", "To: <sip:bob@example.net>;tag=*", "Call-ID: call-1",
                "CSeq: 1 INVITE", "Content-Length: 0", "X-R: 1", "", "",
            ])
    }

    /// A reply's status, what the script makes of it, `$rc` and `$rs`, and how the reply goes on; as recorded from
    /// OpenSIPS 3.6.8.
    static let statuses: [(old: Int, new: Int, said: String, sent: String)] = [
        (404, 486, "1 486", "486 New"), (404, 503, "1 503", "500 New"), (404, 200, "-1 404", "404 Old"),
        (404, 180, "-1 404", "404 Old"), (302, 603, "1 603", "603 New"), (180, 183, "1 183", "183 New"),
        (180, 100, "1 100", "100 New"), (183, 404, "-1 183", "183 Old"), (183, 200, "-1 183", "183 Old"),
        (200, 202, "1 202", "202 New"), (200, 404, "-1 200", "200 Old"), (404, 700, "-1 404", "404 Old"),
        (503, 99, "-1 503", "500 Old"),
    ]

    @Test(arguments: statuses.indices)
    func aReplyChangesItsStatusWithinItsClass(_ index: Int) throws {
        let (old, new, said, sent) = Self.statuses[index]
        let story = try SIPStory(
            "route { forward(); } onreply_route { change_reply_status(\(new), \"New\"); xlog(\"@ $rc $rs\\n\"); }")
        story.send(Self.reply.components(separatedBy: "183 Progress").joined(separator: "\(old) Old"))
        #expect(story.said == [said] && story.answers == ["SIP/2.0 \(sent)"])
    }

    @Test func a503GoesOnWhereTheScriptSaysSo() throws {
        let story = try SIPStory("route { forward(); }", globals: "disable_503_translation = yes")
        story.send(Self.reply.components(separatedBy: "183 Progress").joined(separator: "503 Old"))
        #expect(story.answers == ["SIP/2.0 503 Old"])
    }

    /// As recorded from OpenSIPS: `drop` holds provisional replies only.
    @Test func dropKeepsAProvisionalReplyAndExitKeepsNone() throws {
        let story = try SIPStory("route { forward(); } onreply_route { if ($cs == \"1\") drop; exit; }")
        story.send(Self.reply)
        #expect(story.heard.isEmpty)
        story.send(Self.reply.components(separatedBy: "CSeq: 1").joined(separator: "CSeq: 2"))
        story.send(Self.reply.components(separatedBy: "183").joined(separator: "200"))
        #expect(story.answers == ["SIP/2.0 183 Progress", "SIP/2.0 200 Progress"])
    }

    static let passing: [(script: String, globals: String, passes: Bool)] = [
        ("route { exit; }", "", false), ("route { exit; } onreply_route { exit; }", "", false),
        ("route { send(\"10.0.0.2\"); }", "", false), ("route { forward(); }", "", true),
        ("route { exit; } route[unused] { forward(); }", "", true),
        ("route { exit; }", "disable_stateless_fwd = no", true),
        ("route { forward(); }", "disable_stateless_fwd = yes", false),
    ]

    @Test(arguments: passing.indices)
    func repliesArePassedOnlyByScriptsThatForward(_ index: Int) throws {
        let (script, globals, passes) = Self.passing[index]
        let story = try SIPStory(script, globals: globals)
        story.send(Self.reply)
        #expect(story.heard.count == (passes ? 1 : 0))
    }

    /// As recorded from OpenSIPS 3.6.8.
    static let blacklisted: [(statement: String, code: String, isSent: Bool)] = [
        ("use_blacklist(\"udp\");", "1", false), ("use_blacklist(\"tcp\");", "1", true),
        ("use_blacklist(\"udp\"); unuse_blacklist(\"udp\");", "1", true), ("unuse_blacklist(\"udp\");", "1", true),
        ("use_blacklist(\"$var(none)\");", "-1", true), ("use_blacklist(\"pattern\");", "1", false),
        ("use_blacklist(\"but\");", "1", true), ("use_blacklist(\"all_but\");", "1", false),
        ("use_blacklist(\"own\");", "1", true),
        ("add_blacklist_rule(\"own\", \"10.0.0.2\"); use_blacklist(\"own\");", "1", false),
        ("add_blacklist_rule(\"own\", \"10.0.0.2\", 5060, \"tcp\"); use_blacklist(\"own\");", "1", true),
        (
            "add_blacklist_rule(\"own\", \"10.0.0.2\"); del_blacklist_rule(\"own\", \"10.0.0.2\"); use_blacklist(\"own\");",
            "1", true
        ),
        ("add_blacklist_rule(\"udp\", \"9.9.9.9\");", "-1", true),
        ("check_blacklist_rule(\"udp\", \"10.0.0.2\");", "-1", true),
        ("check_blacklist_rule(\"udp\", \"10.0.0.2\", 5060);", "-1", true),
        ("check_blacklist_rule(\"udp\", \"10.0.0.2\", 5060, \"udp\");", "1", true),
        ("check_blacklist_rule(\"pattern\", \"10.0.0.2\", 5060, \"udp\", \"OPTIONS\");", "1", true),
    ]

    @Test(arguments: blacklisted.indices)
    func whatABlacklistForbidsIsNotSent(_ index: Int) throws {
        let (statement, code, isSent) = Self.blacklisted[index]
        let story = try SIPStory(
            "route { \(statement) xlog(\"@ $rc\\n\"); forward(\"10.0.0.2\"); xlog(\"@ $rc\\n\"); }",
            globals: """
                dst_blacklist = udp:{( udp , 10.0.0.0/255.0.0.0 , 5060 , "" )}
                dst_blacklist = tcp:{( any , 9.9.9.9 , 0 , "" ), ( tcp , 10.0.0.2 , 0 , "" )}
                dst_blacklist = pattern:{( any , 10.0.0.2 , 0 , "OPTIONS*" )}
                dst_blacklist = but:{!10.0.0.2}
                dst_blacklist = all_but:{!9.9.9.9}
                dst_blacklist = own/expire
                """)
        story.send(request())
        #expect(story.said == [code, isSent ? "1" : "-1"])
        #expect(story.heard.count == (isSent ? 1 : 0))
    }

    @Test func sendGoesAnywhere() throws {
        let story = try SIPStory(
            "route { use_blacklist(\"udp\"); send(\"10.0.0.2\"); xlog(\"@ $rc\\n\"); }",
            globals: "dst_blacklist = udp:{( udp , 10.0.0.2 , 0 , \"\" )}")
        story.send(request())
        #expect(story.said == ["1"] && story.answers == ["OPTIONS sip:bob@10.0.0.1 SIP/2.0"])
    }

    @Test func aForbiddenServerIsLeftForTheNextUntilItsRuleEnds() throws {
        let story = try SIPStory(
            """
            startup_route { add_blacklist_rule("own", "10.0.0.2", 0, "udp", "", 10); }
            route { use_blacklist("own"); forward(); xlog("@ $rc\\n"); }
            """, globals: "dst_blacklist = own/expire", addresses: [("10.0.0.3", "10.0.0.4")])
        var others = 0
        let other = try story.phone.bindDatagram(Address("10.0.0.4:5060")!) { _, _ in others += 1 }
        story.world.zone["example.net"] = ["10.0.0.2", "10.0.0.4"].map { Address.IP($0)! }
        for number in 0..<20 { story.send(request("OPTIONS", "sip:bob@example.net", via: "10.0.0.2:\(5061 + number)")) }
        #expect(story.heard.isEmpty && others == 20)
        story.world.advance(by: .seconds(10))
        for number in 0..<20 { story.send(request("OPTIONS", "sip:bob@example.net", via: "10.0.0.2:\(5061 + number)")) }
        #expect(!story.heard.isEmpty && story.heard.count + others == 40)
        other.close()
    }

    @Test func sendPassesTheMessageWithoutAVia() throws {
        let story = try SIPStory(
            "route { append_hf(\"X-A: 1\\r\\n\"); send(\"udp:10.0.0.2:5060\", \"X-H: 1\\r\\n\"); }")
        story.send(request())
        #expect(
            story.heard == [
                wire(request()).components(separatedBy: " SIP/2.0\r\n").joined(separator: " SIP/2.0\r\nX-H: 1\r\n")
            ])
    }

    static let ownNames: [(String, Bool)] = [
        ("is_myself(\"10.0.0.1\")", true), ("is_myself(\"10.0.0.1\", 5060)", true),
        ("is_myself(\"10.0.0.1\", 5061)", false),
        ("is_myself(\"10.0.0.1\", 0)", true), ("is_myself(\"SIP.example.com\")", true),
        ("is_myself(\"sip.example.com\", 5062)", false), ("is_myself(\"10.0.0.1:5060\")", false),
        ("is_myself(\"192.0.2.7\")", true), ("is_myself(\"192.0.2.7\", 7777)", true),
        ("is_myself(\"any.example.org\", 99)", true), ("is_myself(\"$rd\")", true), ("is_myself(\"192.0.2.1\")", false),
    ]

    @Test(arguments: ownNames.indices)
    func aliasesAndSocketsAreUs(_ index: Int) throws {
        let (call, isMyself) = Self.ownNames[index]
        let story = try SIPStory(
            "route { if (\(call)) xlog(\"@ us\\n\"); else xlog(\"@ $rc\\n\"); }",
            globals: """
                alias = udp:sip.example.com:5060
                alias = "any.example.org"
                socket = udp:10.0.0.1:5062 as 192.0.2.7:7777
                """)
        story.send(request())
        #expect(story.said == [isMyself ? "us" : "-1"])
    }
}
