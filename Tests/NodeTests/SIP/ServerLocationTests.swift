import DNS
import SIP
import Simulation
import Testing

@testable import Node

@Suite struct ServerLocationTests {
    private static func name(_ text: String) -> DomainName { DomainName(text) ?? .root }

    private static func service(_ priority: UInt16, _ weight: UInt16, _ target: String, port: UInt16 = 5060) -> Record {
        .service(ServiceRecord(priority: priority, weight: weight, port: port, target: name(target)))
    }

    private static func authority(_ order: UInt16, _ service: String, _ replacement: String) -> Record {
        .namingAuthority(
            NamingAuthorityRecord(
                order: order, preference: 0, flags: "s", service: service, replacement: name(replacement)))
    }

    /// What is asked and tried for a URI, in order, with these records.
    private func way(
        _ uri: String, _ zone: [String: [Record]] = [:], transports: [SIP.Transport] = [.udp, .tcp], hash: UInt64 = 1
    ) throws -> [String] {
        let hop = try #require(Array(uri.utf8).withUnsafeBufferPointer { NextHop(uri: $0) })
        var location = ServerLocation(hop, transports: transports, hash: hash)
        var way: [String] = []
        while way.count < 50 {
            switch location.next() {
            case .ask(let question):
                way.append("\(question.kind) \(question.name)")
                location.onAnswer(zone["\(question.kind) \(question.name)"] ?? [])
            case .candidate(let candidate): way.append("\(candidate.transport):\(candidate.host):\(candidate.port)")
            case .end: return way
            }
        }
        return way
    }

    @Test func aNameWithoutRecordsIsTakenAsAHost() throws {
        #expect(
            try way("sip:example.org") == [
                "naptr example.org", "srv _sip._udp.example.org", "srv _sip._tcp.example.org", "udp:example.org:5060",
            ])
    }

    @Test func aPortMeansAHost() throws {
        #expect(try way("sip:example.org:5070") == ["udp:example.org:5070"])
        #expect(try way("sip:example.org:5070;transport=tcp") == ["tcp:example.org:5070"])
    }

    @Test func aTransportIsNotAskedFor() throws {
        #expect(
            try way("sip:example.org;transport=tcp", ["srv _sip._tcp.example.org": [Self.service(0, 0, "a.example")]])
                == ["srv _sip._tcp.example.org", "tcp:a.example:5060"])
    }

    @Test func namingAuthoritiesChooseTheTransport() throws {
        let zone = [
            "naptr example.org": [
                Self.authority(90, "SIP+D2U", "_sip._udp.example.org"),
                Self.authority(50, "SIP+D2T", "_sip._tcp.elsewhere.example"),
                Self.authority(10, "SIPS+D2T", "_sips._tcp.example.org"),
            ],
            "srv _sip._tcp.elsewhere.example": [Self.service(0, 0, "t.example", port: 5080)],
            "srv _sip._udp.example.org": [Self.service(0, 0, "u.example")],
        ]
        #expect(
            try way("sip:example.org", zone) == [
                "naptr example.org", "srv _sip._tcp.elsewhere.example", "tcp:t.example:5080",
                "srv _sip._udp.example.org", "udp:u.example:5060",
            ])
        #expect(
            try way("sip:example.org", zone, transports: [.udp]) == [
                "naptr example.org", "srv _sip._udp.example.org", "udp:u.example:5060",
            ])
        #expect(
            try way("sips:example.org", zone, transports: [.udp, .tcp, .tls]) == [
                "naptr example.org", "srv _sips._tcp.example.org", "tls:example.org:5061",
            ])
    }

    @Test func aServiceThatIsNotThereIsNoCandidate() throws {
        #expect(
            try way(
                "sip:example.org;transport=udp",
                [
                    "srv _sip._udp.example.org": [
                        .service(
                            ServiceRecord(priority: 0, weight: 0, port: 0, target: .root))
                    ]
                ])
                == ["srv _sip._udp.example.org"])
    }

    @Test func serversComeByPriorityAndThenByWeight() throws {
        let services = [
            ServiceRecord(priority: 2, weight: 0, port: 1, target: Self.name("last.example")),
            ServiceRecord(priority: 1, weight: 10, port: 1, target: Self.name("small.example")),
            ServiceRecord(priority: 1, weight: 90, port: 1, target: Self.name("large.example")),
            ServiceRecord(priority: 1, weight: 0, port: 1, target: Self.name("spare.example")),
        ]
        var first: [String: Int] = [:]
        var random = SeededRandom(seed: 7)
        for _ in 0..<10_000 {
            let hash = random.next()
            let order = ServerLocation.order(services, hash)
            // However a name server turns its records, a request keeps its way.
            #expect(ServerLocation.order(services.reversed(), hash) == order)
            #expect(order.count == 4 && order.last?.target.text == "last.example")
            first[order[0].target.text, default: 0] += 1
        }
        #expect((8500...9300).contains(first["large.example"] ?? 0), "\(first)")
        #expect((700...1300).contains(first["small.example"] ?? 0), "\(first)")
        // A weight of 0 gives a small chance.
        #expect((20...300).contains(first["spare.example"] ?? 0), "\(first)")
    }

    // MARK: In a node

    @Test func aRequestFindsItsServer() throws {
        let story = try SIPStory("route { forward(); xlog(\"@ $rc\\n\"); }")
        story.world.records[Question(Self.name("_sip._udp.example.net"), .srv)] = [Self.service(0, 0, "phone.example")]
        story.world.zone["phone.example"] = [Address.IP("10.0.0.2")!]
        story.send(request("OPTIONS", "sip:bob@example.net"))
        #expect(story.answers == ["OPTIONS sip:bob@example.net SIP/2.0"])
        #expect(story.said == ["1"])
    }

    @Test func aServerWithoutAddressIsPassedOver() throws {
        let story = try SIPStory("route { forward(); xlog(\"@ $rc\\n\"); }")
        story.world.records[Question(Self.name("_sip._udp.example.net"), .srv)] = [
            Self.service(0, 0, "gone.example"), Self.service(1, 0, "v6.example"), Self.service(2, 0, "phone.example"),
        ]
        // There is no socket for the one, and no address of the other.
        story.world.zone["v6.example"] = [Address.IP("2001:db8::1")!]
        story.world.zone["phone.example"] = [Address.IP("10.0.0.2")!]
        story.send(request("OPTIONS", "sip:bob@example.net"))
        #expect(story.answers == ["OPTIONS sip:bob@example.net SIP/2.0"])
        #expect(story.said == ["1"])
    }

    @Test func withoutFailoverTheFirstServerDecides() throws {
        let story = try SIPStory(
            "route { forward(); xlog(\"@ $rc\\n\"); }", globals: "disable_dns_failover = yes\ndns_try_naptr = no")
        story.world.records[Question(Self.name("_sip._udp.example.net"), .srv)] = [
            Self.service(1, 0, "v6.example"), Self.service(2, 0, "phone.example"),
        ]
        story.world.zone["v6.example"] = [Address.IP("2001:db8::1")!]
        story.world.zone["phone.example"] = [Address.IP("10.0.0.2")!]
        story.send(request("OPTIONS", "sip:bob@example.net"))
        #expect(story.heard.isEmpty)
        #expect(story.said == ["-1"])
    }

    @Test func aNameThatLeadsNowhereFails() throws {
        let story = try SIPStory("route { forward(); xlog(\"@ $rc\\n\"); }")
        story.send(request("OPTIONS", "sip:bob@nowhere.example"))
        #expect(story.said == ["-476"])
    }

    @Test func retransmissionsTakeTheSameWay() throws {
        let story = try SIPStory("route { forward(); }", addresses: [("10.0.0.3", "10.0.0.4")])
        var others = 0
        let other = try story.phone.bindDatagram(Address("10.0.0.4:5060")!) { _, _ in others += 1 }
        defer { other.close() }
        story.world.zone["example.net"] = ["10.0.0.2", "10.0.0.4"].map { Address.IP($0)! }
        for number in 0..<40 {
            let before = (story.heard.count, others)
            for turn in 0..<2 {
                if turn == 1 { story.world.zone["example.net"]?.reverse() }
                story.send(request("OPTIONS", "sip:bob@example.net", via: "10.0.0.2:\(5061 + number)"))
            }
            let grown = (story.heard.count - before.0, others - before.1)
            #expect(grown == (2, 0) || grown == (0, 2), "\(grown)")
        }
        #expect(story.heard.count > 10 && others > 10)
    }

    @Test func aServerThatCannotBeDialledIsLeftForTheNext() throws {
        let story = try TCPTests.story(
            "route { forward(); xlog(\"@ $rc $stat(fwd_requests)\\n\"); }", modules: ["statistics"])
        story.world.records[Question(Self.name("_sip._tcp.example.net"), .srv)] = [
            Self.service(1, 0, "down.example", port: 5071), Self.service(2, 0, "up.example", port: 5072),
        ]
        story.world.zone["down.example"] = ["10.0.0.2", "10.0.0.3"].map { Address.IP($0)! }
        story.world.zone["up.example"] = [Address.IP("10.0.0.2")!]
        var text = ""
        let up = try story.phone.listen(Address("10.0.0.2:5072")!) { _ in
            StreamHandlers(onReceive: { text += String(decoding: $0, as: UTF8.self) })
        }
        // The same message goes on to the next address, and to the next server.
        story.send(request("OPTIONS", "sip:bob@example.net;transport=tcp"))
        story.world.advance(by: .seconds(10))
        #expect(text.hasPrefix("OPTIONS sip:bob@example.net;transport=tcp SIP/2.0"))
        #expect(story.said == ["1 1"])
        #expect(refusedDials(story) == ["10.0.0.2:5071", "10.0.0.3:5071"])
        // What failed a moment ago is not tried again.
        story.send(request("OPTIONS", "sip:bob@example.net;transport=tcp"))
        #expect(text.components(separatedBy: "OPTIONS sip:").count == 3 && story.said == ["1 1", "1 2"])
        up.close()
    }

    @Test func whereNobodyCanBeDialledTheScriptLearnsIt() throws {
        let story = try TCPTests.story(
            """
            route {
                if (!forward()) sl_send_reply(503, "Nobody There");
                xlog("@ $rc $stat(fwd_requests) $stat(failed_forwards)\n");
            }
            """, modules: ["statistics"])
        story.world.zone["example.net"] = ["10.0.0.2", "10.0.0.3"].map { Address.IP($0)! }
        for number in 1...2 {
            story.send(request("OPTIONS", "sip:bob@example.net:5071;transport=tcp"))
            story.world.advance(by: .seconds(10))
            #expect(story.said.last == "1 0 \(number)" && story.answers.last == "SIP/2.0 503 Nobody There")
        }
        let log = story.host.logLines.map(\.text)
        #expect(log.filter { $0.hasSuffix("cannot send OPTIONS to example.net: nobody takes it") }.count == 2)
        // An address that is away is told once.
        #expect(refusedDials(story).sorted() == ["10.0.0.2:5071", "10.0.0.3:5071"])
    }

    @Test func anAddressThatCannotBeDialledFails() throws {
        let story = try TCPTests.story("route { forward(\"tcp:10.0.0.2:5071\"); xlog(\"@ $rc\\n\"); }")
        story.send(request())
        story.world.advance(by: .seconds(10))
        #expect(story.said == ["-1"])
    }

    /// A reply goes on to the next address of the host in its Via as well (RFC 3263, 5).
    @Test func aReplyFindsTheNextAddress() throws {
        let story = try TCPTests.story("route { forward(); } onreply_route { ; }")
        story.world.zone["edge.example"] = ["10.0.0.3", "10.0.0.2"].map { Address.IP($0)! }
        var text = ""
        let edge = try story.phone.listen(Address("10.0.0.2:5072")!) { _ in
            StreamHandlers(onReceive: { text += String(decoding: $0, as: UTF8.self) })
        }
        story.send(
            """
            SIP/2.0 200 OK
            Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK-2
            Via: SIP/2.0/TCP edge.example:5072;branch=z9hG4bK-1
            From: <sip:alice@example.org>;tag=a1
            To: <sip:bob@example.net>;tag=b1
            Call-ID: call-1
            CSeq: 1 OPTIONS

            """)
        story.world.advance(by: .seconds(10))
        #expect(text.hasPrefix("SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP edge.example:5072"))
        edge.close()
    }

    /// Addresses that the log says no connection was made to.
    private func refusedDials(_ story: SIPStory) -> [String] {
        story.host.logLines.compactMap { line in
            line.text.range(of: "no TCP connection to ").map {
                String(line.text[$0.upperBound...].prefix { $0 != " " }.dropLast())
            }
        }
    }
}
