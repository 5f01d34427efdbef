import Testing

@testable import Events

private func parse(_ text: String) throws(SocketAddressError) -> SocketAddress { try SocketAddress(parsing: text) }

@Suite struct SocketAddressTests {
    @Test(arguments: [
        ("udp:127.0.0.1:9", "udp:127.0.0.1:9"),
        (" udp:Example.ORG:5060 ", "udp:example.org:5060"),
        ("udp:[2001:DB8::1]:5060", "udp:[2001:db8::1]:5060"),
        ("unix:/tmp/opensips event.sock", "unix:/tmp/opensips event.sock"),
        ("/tmp/event.sock", "unix:/tmp/event.sock"),
        ("tcp:127.0.0.1:8080", "tcp:127.0.0.1:8080"),
        ("tcp:127.0.0.1:8080/", "tcp:127.0.0.1:8080"),
        ("tcp:127.0.0.1:8080/block_ip", "tcp:127.0.0.1:8080/block_ip"),
        ("jsonrpc:127.0.0.1:8080/block_ip", "tcp:127.0.0.1:8080/block_ip"),
        ("jsonrpc:127.0.0.1:8080:block_ip", "tcp:127.0.0.1:8080/block_ip"),
        ("jsonrpc:127.0.0.1:8080", "tcp:127.0.0.1:8080"),
        ("flatstore:/var/log/events.log", "flatstore:/var/log/events.log"),
        ("xmlrpc:127.0.0.1:8080:block_ip", "xmlrpc:127.0.0.1:8080:block_ip"),
        ("xmlrpc:h:80:a:b/c", "xmlrpc:h:80:a:b/c"),
        ("rabbitmq:guest:guest@127.0.0.1:5672/pike", "rabbitmq:127.0.0.1/pike"),
        ("rabbitmq:127.0.0.1/pike", "rabbitmq:127.0.0.1/pike"),
        ("rabbitmq:[::1]/pike", "rabbitmq:[::1]/pike"),
        ("rabbitmq:ann@h/k", "rabbitmq:ann:guest@h/k"),
        ("rabbitmq:ann:s@:cret@h:15672/k/@e", "rabbitmq:ann:s@:cret@h:15672/k/@e"),
        ("rabbitmq:127.0.0.1/tls_domain=rmq?pike", "rabbitmq:127.0.0.1/tls_domain=rmq?pike"),
        ("rabbitmq:h/persistent;exchange=x;vhost=/v?k", "rabbitmq:h/exchange=x;persistent;vhost=/v?k"),
        ("rabbitmq:h/x?k", "rabbitmq:h/exchange=x?k"),
        ("rabbitmq:h/exchange=x?", "rabbitmq:h/exchange=x?"),
        ("rabbitmq:h/?a?b", "rabbitmq:h/?a?b"),
        ("virtual:PARALLEL udp:a:1 \t udp:b:2", "virtual:PARALLEL udp:a:1 udp:b:2"),
        ("virtual: FAILOVER udp:a:1", "virtual:FAILOVER udp:a:1"),
        (
            "virtual:FAILOVER udp:a:1 virtual:ROUND-ROBIN udp:b:1 udp:c:1",
            "virtual:FAILOVER udp:a:1 (virtual:ROUND-ROBIN udp:b:1 udp:c:1)"
        ),
        (
            "virtual:FAILOVER ( virtual:PARALLEL udp:a:1 (udp:b:1) ) unix:/c(d)e",
            "virtual:FAILOVER (virtual:PARALLEL udp:a:1 udp:b:1) unix:/c(d)e"
        ),
        ("virtual:PARALLEL jsonrpc:H:1:m /s", "virtual:PARALLEL tcp:h:1/m unix:/s"),
    ])
    func aSocketHasOneCanonicalText(text: String, canonical: String) throws {
        let address = try parse(text)
        #expect(address.text == bytes(canonical))
        #expect(try parse(canonical) == address)
    }

    @Test(
        arguments: [
            ("nosuch:127.0.0.1:9", .unknownTransport(bytes("nosuch")), 0),
            ("UDP:a:1", .unknownTransport(bytes("UDP")), 0),
            ("kafka:127.0.0.1:9092/topic", .unsupportedTransport(bytes("kafka")), 0),
            ("justtext", .noTransport, 0), (":x", .noTransport, 0), ("", .noTransport, 0),
            ("udp:portless", .noPort, 12), ("udp:a:", .noPort, 6), ("udp::5", .noHost, 4), ("udp:", .noHost, 4),
            ("udp:a:0", .badPort, 6), ("udp:a:65536", .badPort, 6), ("udp:a:99999999999999999999", .badPort, 6),
            ("udp:a:1x", .badPort, 7), ("udp:a:1/m", .badPort, 7), ("tcp:a:1:m", .badPort, 7),
            ("udp:a b:1", .noPort, 5),
            ("udp:[::1:5", .badHost, 4), ("udp:[a]:5", .badHost, 4), ("udp:$x:5", .badHost, 4),
            ("flatstore:", .noPath, 10), ("unix:", .noPath, 5), ("xmlrpc:a:1", .noMethod, 10),
            ("xmlrpc:a:1:", .noMethod, 11),
            ("rabbitmq:h", .noRoutingKey, 10), ("rabbitmq:h/", .noRoutingKey, 11), ("rabbitmq:/k", .noHost, 9),
            ("rabbitmq:u:p@/k", .noHost, 13), ("rabbitmq:h:/k", .noPort, 11),
            ("rabbitmq:h/a=1?k", .unknownParameter(bytes("a")), 11),
            ("rabbitmq:h/vhost?k", .parameterWithoutValue(bytes("vhost")), 11),
            ("rabbitmq:h/persistent;x?k", .unknownParameter(bytes("x")), 22),
            ("virtual:parallel udp:a:1", .unknownPolicy(bytes("parallel")), 8), ("virtual:", .unknownPolicy([]), 8),
            ("virtual:PARALLEL", .noSockets, 16), ("virtual:PARALLEL virtual:FAILOVER", .noSockets, 33),
            ("virtual:PARALLEL udp:a:1 nope", .noTransport, 25),
            ("virtual:PARALLEL (udp:a:1", .unbalancedParenthesis, 17),
            ("virtual:PARALLEL udp:a:1)", .unbalancedParenthesis, 24), ("virtual:PARALLEL ()", .noSockets, 17),
            ("virtual:PARALLEL (udp:a:1 udp:b:1)", .unbalancedParenthesis, 17),
            ("virtual:PARALLEL kafka:a:1/t", .unsupportedTransport(bytes("kafka")), 17),
            ("udp:a:1\n", .controlCharacter, 7), ("flatstore:/a\0b", .controlCharacter, 12),
        ] as [(String, SocketAddressError.Reason, Int)])
    func whatIsNoSocketIsRefusedWithAReasonAndAPlace(text: String, reason: SocketAddressError.Reason, offset: Int) {
        #expect(throws: SocketAddressError(reason: reason, offset: offset)) { try parse(text) }
    }

    @Test func thereAreLimits() throws {
        let many = (1...64).map { "udp:a:\($0)" }.joined(separator: " ")
        #expect(try parse("virtual:PARALLEL " + many).backends.count == 64)
        #expect(throws: SocketAddressError(reason: .tooManySockets(limit: 64), offset: 0)) {
            try parse("virtual:PARALLEL " + many + " udp:b:1")
        }
        let deep = String(repeating: "virtual:PARALLEL ", count: 8) + "udp:a:1"
        #expect(try parse(deep).backends.count == 1)
        #expect(throws: SocketAddressError.self) { try parse("virtual:PARALLEL " + deep) }
        #expect(throws: SocketAddressError.self) {
            try parse("virtual:PARALLEL " + String(repeating: "(", count: 100_000) + "udp:a:1")
        }
        let path = String(repeating: "x", count: 107)
        #expect(try parse("unix:" + path) == .unix(path: bytes(path)))
        #expect(throws: SocketAddressError(reason: .pathTooLong(limit: 107), offset: 5)) { try parse("unix:x" + path) }
    }

    @Test func virtualSocketsAreEqualSocketBySocketInOrder() throws {
        let one = try parse("virtual:FAILOVER rabbitmq:guest:guest@A:5672/k udp:b:1")
        #expect(try one == parse("virtual:FAILOVER   rabbitmq:a/k udp:B:1"))
        #expect(try one != parse("virtual:FAILOVER udp:b:1 rabbitmq:a/k"))
        #expect(try one != parse("virtual:PARALLEL rabbitmq:a/k udp:b:1"))
        #expect(try one != parse("virtual:FAILOVER rabbitmq:a/k"))
        #expect(try one.backends == [parse("rabbitmq:a/k"), parse("udp:b:1")])
    }

    @Test func aLabelHidesThePassword() throws {
        #expect(try parse("virtual:PARALLEL rabbitmq:ann:secret@h/k").label == "virtual:PARALLEL rabbitmq:ann:***@h/k")
    }

    @Test func noTextCanTrapAndWhatParsesPrintsAndParsesAgain() throws {
        let words = [
            "udp:", "tcp:", "unix:", "/", "flatstore:", "rabbitmq:", "xmlrpc:", "jsonrpc:", "virtual:", "PARALLEL",
            "FAILOVER", "ROUND-ROBIN", " ", "\t", "(", ")", "a", "host.example", ":", "5672", "65535", "0", "@", "?",
            ";",
            "=", "exchange", "persistent", "vhost", "[::1]", "[", "]", "virtual:FAILOVER ", "udp:a:1 ", "é",
        ]
        var parsed = 0
        for seed in seeds(20000) {
            var random = SeededGenerator(seed: seed)
            var text = random.chance(40) ? "virtual:PARALLEL " : ""
            for _ in 0..<random.below(12) { text += random.pick(words) }
            var raw = bytes(text)
            if random.chance(20), !raw.isEmpty { raw[random.below(raw.count)] = UInt8(random.below(256)) }
            guard let address = try? SocketAddress(parsing: raw) else { continue }
            parsed += 1
            #expect(try SocketAddress(parsing: address.text) == address, "seed \(seed)")
        }
        #expect(parsed > 0)
    }
}
