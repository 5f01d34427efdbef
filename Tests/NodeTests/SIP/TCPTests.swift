import Simulation
import Testing

@testable import Node

@Suite struct TCPTests {
    /// A caller's end of a connection.
    final class Line {
        var text = ""
        var isClosed = false
        private(set) var stream: (any StreamConnection)?

        init(_ host: SimulatedHost, to address: String = "10.0.0.1:5060") {
            stream = host.connect(
                to: Address(address)!, from: nil, timeout: .seconds(3),
                StreamHandlers(
                    onReceive: { [unowned self] in text += String(decoding: $0, as: UTF8.self) },
                    onClose: { [unowned self] _ in isClosed = true }))
        }

        func send(_ text: String) { _ = stream?.send(Array(text.utf8)) }
    }

    static func story(_ script: String, modules: [String] = [], globals: String = "") throws -> SIPStory {
        try SIPStory(script, modules: ["proto_tcp"] + modules, globals: "socket = tcp:10.0.0.1:5060\n" + globals)
    }

    static func message(_ method: String = "OPTIONS", cseq: Int = 1, body: String = "") -> String {
        wire(
            """
            \(method) sip:bob@10.0.0.1 SIP/2.0
            Via: SIP/2.0/TCP 10.0.0.2:5062;branch=z9hG4bK-\(cseq)
            From: <sip:alice@example.org>;tag=a1
            To: <sip:bob@example.net>
            Call-ID: call-1
            CSeq: \(cseq) \(method)
            Content-Length: \(body.utf8.count)

            """) + body
    }

    @Test func messagesComeInPiecesAndTogether() throws {
        let story = try Self.story("route { sl_send_reply(200, \"$cs $rb\"); }")
        let line = Line(story.phone)
        for byte in Self.message(cseq: 1, body: "hello") { line.send(String(byte)) }
        line.send(Self.message(cseq: 2, body: "a") + "\r\n\r\n" + Self.message(cseq: 3, body: "b"))
        story.world.advance(by: .seconds(1))
        let answers = line.text.components(separatedBy: "\r\n").filter { $0.hasPrefix("SIP/2.0 ") }
        #expect(answers == ["SIP/2.0 200 1 hello", "SIP/2.0 200 2 a", "SIP/2.0 200 3 b"])
        // The ping between them was answered.
        #expect(line.text.range(of: "\r\n\r\n\r\nSIP/2.0 200 3") != nil)
    }

    @Test func whatIsNoMessageCostsTheConnectionOnly() throws {
        let story = try Self.story("route { sl_send_reply(200, \"OK\"); }")
        let bad = Line(story.phone)
        let good = Line(story.phone)
        bad.send("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: many\r\n\r\n")
        story.world.advance(by: .seconds(1))
        #expect(bad.isClosed && bad.text.isEmpty)
        good.send(Self.message())
        story.world.advance(by: .seconds(1))
        #expect(!good.isClosed && good.text.hasPrefix("SIP/2.0 200 OK"))
    }

    @Test func whatIsTooLargeCostsTheConnectionAsSoonAsThatShows() throws {
        let story = try Self.story(
            "modparam(\"proto_tcp\", \"max_message_size\", 1000)\nroute { sl_send_reply(200, \"OK\"); }")
        let announcing = Line(story.phone)
        announcing.send("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 100000\r\n\r\n")
        let endless = Line(story.phone)
        endless.send("OPTIONS sip:a@b SIP/2.0\r\n" + String(repeating: "X: 1\r\n", count: 200))
        let good = Line(story.phone)
        good.send(Self.message(body: String(repeating: "x", count: 500)))
        story.world.advance(by: .seconds(1))
        #expect(announcing.isClosed && endless.isClosed && !good.isClosed)
        #expect(good.text.hasPrefix("SIP/2.0 200 OK"))
    }

    @Test func halfAMessageIsNotWaitedForLong() throws {
        let story = try Self.story("route { exit; }", globals: "tcp_max_msg_time = 4")
        let slow = Line(story.phone)
        slow.send("OPTIONS sip:a@b SIP/2.0\r\n")
        for _ in 0..<3 {
            story.world.advance(by: .seconds(1))
            slow.send("X: 1\r\n")
        }
        #expect(!slow.isClosed)
        story.world.advance(by: .seconds(3))
        #expect(slow.isClosed)
    }

    @Test func idleConnectionsAreClosedAndTheirNumberIsBounded() throws {
        let story = try Self.story("route { exit; }", globals: "tcp_connection_lifetime = 10\ntcp_max_connections = 2")
        let lines = (0..<3).map { _ in Line(story.phone) }
        story.world.advance(by: .seconds(1))
        #expect(lines.map(\.isClosed) == [false, false, true])
        story.world.advance(by: .seconds(6))
        lines[0].send("\r\n\r\n")
        story.world.advance(by: .seconds(5))
        #expect(lines.map(\.isClosed) == [false, true, true])
    }

    @Test func aReplyFindsTheConnectionThatItsRequestCameOn() throws {
        let story = try Self.story("route { forward(\"udp:10.0.0.2:5060\"); }")
        let line = Line(story.phone)
        line.send(Self.message())
        story.world.advance(by: .seconds(1))
        let forwarded = try #require(story.heard.first)
        let vias = lines(forwarded).filter { $0.hasPrefix("Via:") }
        #expect(vias.count == 2 && vias[0].range(of: ";i=") != nil)
        story.send(
            "SIP/2.0 200 OK\n" + vias.joined(separator: "\n")
                + "\nFrom: <sip:alice@example.org>;tag=a1\nTo: <sip:bob@example.net>;tag=b\nCall-ID: call-1\nCSeq: 1 OPTIONS\n"
        )
        story.world.advance(by: .seconds(1))
        #expect(line.text.hasPrefix("SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 10.0.0.2:5062;branch=z9hG4bK-1"))
        // A stream cannot do without the length (RFC 3261, 20.14).
        #expect(line.text.range(of: "Content-Length: 0\r\n") != nil)
    }

    @Test func requestsToOneAddressShareAConnection() throws {
        let story = try Self.story("route { forward(\"tcp:10.0.0.2:5070\"); xlog(\"@ $rc\\n\"); }")
        var accepted = 0
        var text = ""
        let listener = try story.phone.listen(Address("10.0.0.2:5070")!) { _ in
            accepted += 1
            return StreamHandlers(onReceive: { text += String(decoding: $0, as: UTF8.self) })
        }
        story.send(request()).send(request("INFO"))
        story.world.advance(by: .seconds(1))
        #expect(story.said == ["1", "1"] && accepted == 1)
        #expect(text.components(separatedBy: "Via: SIP/2.0/TCP 10.0.0.1:5060").count == 3)
        listener.close()
    }

    @Test func anAliasLeadsRequestsBackOverTheConnection() throws {
        let story = try Self.story(
            "route { if ($rm == \"REGISTER\") { force_tcp_alias(); xlog(\"@ $rc\\n\"); exit; } forward(\"tcp:10.0.0.2:5062\"); }"
        )
        let line = Line(story.phone)
        line.send(Self.message("REGISTER"))
        story.world.advance(by: .seconds(1))
        story.send(request("INVITE"))
        story.world.advance(by: .seconds(1))
        #expect(story.said == ["1"] && line.text.hasPrefix("INVITE sip:bob@10.0.0.1 SIP/2.0"))
    }
}
