import Simulation
import Syntax
import Testing

@testable import Node

/// What `socket=` lines make of a socket, as recorded from OpenSIPS 3.6.8 but for the text of IPv6 addresses.
@Suite struct SocketTests {
    private static func story(_ script: String, _ sockets: String) throws -> SIPStory {
        try SIPStory(
            "route { \(script) }", modules: ["proto_tcp"], globals: sockets, addresses: [("2001:db8::1", "2001:db8::2")]
        )
    }

    /// Line, where it listens, what `$socket_in` and its fields show, how a Via begins.
    static let sockets: [(line: String, address: String, shown: String, via: String)] = [
        (
            "udp:10.0.0.1:6060 tag edge", "10.0.0.1:6060",
            "udp:10.0.0.1:6060 10.0.0.1 6060 udp INET edge <null> <null> 0", "10.0.0.1:6060"
        ),
        (
            "udp:10.0.0.1:6060 as 9.9.9.9:5099 tag Core", "10.0.0.1:6060",
            "udp:10.0.0.1:6060 10.0.0.1 6060 udp INET Core 9.9.9.9 5099 0", "9.9.9.9:5099"
        ),
        (
            "udp:10.0.0.1:6060 as edge.example", "10.0.0.1:6060",
            "udp:10.0.0.1:6060 10.0.0.1 6060 udp INET <null> edge.example 6060 0", "edge.example:6060"
        ),
        (
            "udp:0.0.0.0:6060", "10.0.0.1:6060", "udp:0.0.0.0:6060 0.0.0.0 6060 udp INET <null> <null> <null> 0",
            "0.0.0.0:6060"
        ),
        (
            "udp:[2001:db8::1]", "[2001:db8::1]:5060",
            "udp:[2001:db8::1]:5060 [2001:db8::1] 5060 udp INET6 <null> <null> <null> 0", "[2001:db8::1]:5060"
        ),
        (
            "udp:[::]:6060 as [2001:db8::9]:7000", "[2001:db8::1]:6060",
            "udp:[::]:6060 [::] 6060 udp INET6 <null> [2001:db8::9] 7000 0", "[2001:db8::9]:7000"
        ),
    ]

    @Test(arguments: sockets.indices)
    func aSocketIsAsItsLineSays(_ index: Int) throws {
        let socket = Self.sockets[index]
        let fields = ["ip", "port", "proto", "af", "tag", "advertised_ip", "advertised_port", "anycast"]
        let shown = fields.map { " $socket_in(\($0))" }.joined()
        let story = try Self.story("xlog(\"@ $socket_in\(shown)\\n\"); forward();", "socket = \(socket.line)")
        let isV6 = socket.address.hasPrefix("[")
        let phone = try story.phone.bindDatagram(Address(isV6 ? "[2001:db8::2]:7777" : "10.0.0.2:7777")!) { bytes, _ in
            story.hear(String(decoding: bytes, as: UTF8.self))
        }
        let text = wire(request("OPTIONS", isV6 ? "sip:[2001:db8::2]:7777" : "sip:10.0.0.2:7777"))
        _ = Array(text.utf8).withUnsafeBufferPointer { phone.send($0, to: Address(socket.address)!, onFailure: nil) }
        story.world.advance(by: .milliseconds(10))
        #expect(story.said == [socket.shown])
        #expect(lines(story.heard.first).dropFirst().first?.hasPrefix("Via: SIP/2.0/UDP \(socket.via);") == true)
    }

    /// `$socket_out` takes what names a socket: its address, what it advertises, or its tag.
    @Test func aSocketHasSeveralNames() throws {
        let names = [
            ("udp:10.0.0.1:6061", "udp:10.0.0.1:6061"), ("udp:9.9.9.9:5099", "udp:10.0.0.1:6061"),
            ("udp:9.9.9.9:6061", "udp:10.0.0.1:6061"), ("udp:edge.example:6062", "udp:10.0.0.1:6062"),
            ("10.0.0.1:6062", "udp:10.0.0.1:6062"), ("udp:10.0.0.1", "udp:10.0.0.1:5060"),
            ("udp:[2001:db8::1]:6063", "udp:[2001:db8::1]:6063"), ("edge", "udp:10.0.0.1:6061"),
            ("EDGE", "udp:10.0.0.1:6061"), ("udp:edge", "udp:10.0.0.1:6061"), ("tcp:edge", "tcp:10.0.0.1:6061"),
            ("lines", "tcp:10.0.0.1:6064"), ("udp:lines", "<null>"), ("udp:10.0.0.1:9", "<null>"), ("", "<null>"),
        ]
        let story = try Self.story(
            names.map { "$socket_out = NULL; $socket_out = \"\($0.0)\"; xlog(\"@ $socket_out(forced)\\n\");" }.joined(),
            """
            socket = udp:10.0.0.1:6061 as 9.9.9.9:5099 tag Edge
            socket = udp:10.0.0.1:6062 as edge.example
            socket = udp:[2001:db8::1]:6063
            socket = tcp:10.0.0.1:6061 tag edge
            socket = tcp:10.0.0.1:6064 tag lines
            """)
        story.send(request())
        #expect(story.said == names.map(\.1))
    }

    /// Host, and the ports among 5060, 5099, 6061 and 7000 with which it is us; "any" without one.
    static let selves: [(host: String, ports: String)] = [
        ("10.0.0.1", "any 5060 6061 5099"), ("9.9.9.9", "any 6061 5099"), ("9.9.9.8", "any 6061"),
        ("2001:db8::9", "any 7000"), ("[2001:db8::9]", "any 7000"), ("2001:db8::1", "any 7000"),
        ("[2001:0DB8:0:0:0:0:0:1]", "any 7000"), ("0.0.0.0", "any"), ("ALIAS.example", "any 5060"),
        ("bare.example", "any 5060 6061 5099 7000"), ("edge", ""), ("localhost", ""),
    ]

    @Test(arguments: selves.indices)
    func whatAdvertisesIsMyself(_ index: Int) throws {
        let (host, ports) = Self.selves[index]
        let asked = [5060, 6061, 5099, 7000].map { "if (is_myself(\"\(host)\", \($0))) xlog(\"@ \($0)\\n\");" }
        let story = try Self.story(
            "if (is_myself(\"\(host)\")) xlog(\"@ any\\n\"); " + asked.joined(),
            """
            socket = udp:10.0.0.1:6061 as 9.9.9.9:5099 tag edge
            socket = tcp:10.0.0.1:6061 as 9.9.9.8
            socket = tcp:[2001:db8::1]:6066 as [2001:db8::9]:7000
            socket = udp:0.0.0.0:6064
            alias = udp:"alias.example":5060
            alias = bare.example
            """)
        story.send(request())
        #expect(story.said.joined(separator: " ") == ports)
    }

    /// A socket on the loopback interface reaches nobody outside.
    @Test func whatGoesOutDoesNotLeaveFromTheLoopback() throws {
        let story = try SIPStory(
            "route { forward(\"udp:10.0.0.2\"); xlog(\"@ $rc\\n\"); }", modules: ["proto_tcp"],
            globals: "socket = udp:127.0.0.1:5061\nsocket = tcp:10.0.0.1:5060", listensFirst: false)
        let line = TCPTests.Line(story.phone)
        line.send(TCPTests.message())
        story.world.advance(by: .seconds(1))
        #expect(lines(story.heard.first)[1].hasPrefix("Via: SIP/2.0/UDP 10.0.0.1:5060;"))
        #expect(story.said == ["1"])
    }

    @Test func aForcedSocketOfAnotherTransportIsPassedOver() throws {
        let story = try Self.story(
            "$socket_out = \"udp:10.0.0.1:5060\"; forward(\"tcp:10.0.0.2:5070\"); xlog(\"@ $rc\\n\");",
            "socket = tcp:10.0.0.1:6061")
        var text = ""
        let server = try story.phone.listen(Address("10.0.0.2:5070")!) { _ in
            StreamHandlers(onReceive: { text += String(decoding: $0, as: UTF8.self) })
        }
        story.send(request())
        #expect(lines(text).dropFirst().first?.hasPrefix("Via: SIP/2.0/TCP 10.0.0.1:6061;") == true)
        #expect(story.said == ["1"])
        server.close()
    }

    @Test(arguments: [
        ("xlog(\"$socket_in(nope)\\n\");", "variable.name"),
        ("$socket_in = \"udp:10.0.0.1\";", "variable.not-writable"),
    ])
    func aFieldThatNoSocketHasIsRefused(_ statement: String, _ code: String) throws {
        let world = Simulation(seed: 1)
        let node = Node(name: "node", host: world.host("node", addresses: []))
        let diagnostics = node.load(Source(name: "story.cfg", bytes: Array("route { \(statement) }".utf8)))
        #expect(diagnostics.contains { $0.code.name == code })
    }

    /// URI, `$rp`, `$rP`.
    static let ports: [(uri: String, shown: String)] = [
        ("sip:a@b", "5060 udp"), ("sips:a@b", "5061 tls"), ("sip:a@b;transport=TLS", "5061 TLS"),
        ("sip:a@b;transport=ws", "80 ws"), ("sip:a@b;transport=wss", "443 wss"),
        ("sips:a@b;transport=tcp", "5060 tcp"), ("sip:a@b;transport=sctp", "5060 sctp"),
        ("sip:a@b;transport=FooBar;x=y", "0 FooBar"), ("sip:a@b;transport", "5060 udp"),
        ("sip:a@b;transport=", "5060 udp"), ("sip:a@b:7;transport=tls", "7 tls"), ("tel:+49", "5060 udp"),
    ]

    @Test(arguments: ports.indices)
    func aURIHasThePortOfItsTransport(_ index: Int) throws {
        let (uri, shown) = Self.ports[index]
        let story = try Self.story(
            "$ru = \"\(uri)\"; $du = $ru; xlog(\"@ $rp $rP\\n\"); xlog(\"@ $dp $dP\\n\");", "")
        story.send(request())
        #expect(story.said == [shown, shown])
    }

    @Test(arguments: [("eth0", ["udp:10.0.0.1:6060"]), ("sip.example.org", ["udp:10.0.0.1:6060", "mine"])])
    func aSocketMayNameAnInterfaceOrAHost(_ name: String, _ said: [String]) throws {
        let story = try SIPStory(
            "route { xlog(\"@ $socket_in\\n\"); if (is_myself(\"SIP.example.org\")) xlog(\"@ mine\\n\"); }",
            globals: "socket = udp:\(name):6060", zone: ["sip.example.org": "10.0.0.1"])
        let phone = try story.phone.bindDatagram(Address("10.0.0.2:7777")!) { _, _ in }
        let bytes = Array(wire(request()).utf8)
        _ = bytes.withUnsafeBufferPointer { phone.send($0, to: Address("10.0.0.1:6060")!, onFailure: nil) }
        story.world.advance(by: .milliseconds(10))
        #expect(story.said == said)
    }
}
