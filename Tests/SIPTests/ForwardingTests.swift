import SIP
import Testing

private let source = Endpoint(.udp, parse("192.0.2.7") { IPAddress(text: $0)! }, port: 6001)
private let key = KeyedHash.Key(low: 0x0706_0504_0302_0100, high: 0x0f0e_0d0c_0b0a_0908)

private func written(
    _ message: Message, _ contentLength: ContentLength = .follow, _ body: (inout Changes) throws -> Void
)
    rethrows -> String
{
    var changes = Changes()
    try body(&changes)
    var output: [UInt8] = []
    message.serialize(changes, contentLength: contentLength, into: &output)
    return string(output).replacing("\r\n", with: "\n")
}

extension Changes {
    fileprivate mutating func append(_ line: StaticString, _ message: Message) {
        append(header: line.bytes, to: message)
    }
}

@Suite("Forwarding") struct ForwardingTests {
    let plain = """
        MESSAGE sip:bob@127.0.0.1 SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.7:6001;branch=z9hG4bK-golden-1
        From: "Alice" <sip:alice@example.org>;tag=fixed-a
        To: <sip:bob@example.net>
        Call-ID: golden-1@test
        CSeq: 1 MESSAGE
        Max-Forwards: 70
        X-Old: gone
        Content-Length: 7

        hello

        """

    @Test("headers go in and out where the script said") func headers() throws {
        let message = try Message(text: plain)
        let result = try written(message) { changes in
            changes.append("X-New: for bob\r\n", message)
            changes.remove(try #require(message.index(named: "x-old").flatMap { message.header(at: $0) }))
            changes.insert(("X-After: 1\r\n" as StaticString).bytes, after: try #require(message.header(.callID)))
            changes.insert(("X-First: 1\r\n" as StaticString).bytes, before: try #require(message.header(.from)))
            changes.insert(("X-Second: 1\r\n" as StaticString).bytes, before: try #require(message.header(.from)))
            changes.setRequestURI(("sip:lost@h" as StaticString).bytes, of: message)
            changes.setRequestURI(("sip:next@127.0.0.1:99" as StaticString).bytes, of: message)
            let via = OwnVia(
                .tcp, host: ("[::1]" as StaticString).bytes, port: 5070, branch: ("b" as StaticString).bytes)
            changes.push(via, on: message)
        }
        #expect(
            result == """
                MESSAGE sip:next@127.0.0.1:99 SIP/2.0
                Via: SIP/2.0/TCP [::1]:5070;branch=b
                Via: SIP/2.0/UDP 192.0.2.7:6001;branch=z9hG4bK-golden-1
                X-First: 1
                X-Second: 1
                From: "Alice" <sip:alice@example.org>;tag=fixed-a
                To: <sip:bob@example.net>
                Call-ID: golden-1@test
                X-After: 1
                CSeq: 1 MESSAGE
                Max-Forwards: 70
                Content-Length: 7
                X-New: for bob

                hello

                """)
    }

    @Test("Content-Length follows the body") func lengths() throws {
        let message = try Message(text: plain)
        let longer = written(message) { $0.setBody(("good morning" as StaticString).bytes, of: message) }
        #expect(longer == plain.replacing("Length: 7\n\nhello\n", with: "Length: 12\n\ngood morning"))
        let word = ByteRange(message.body.lower + 1, message.body.lower + 4)
        let shorter = written(message) { $0.remove(word) }
        #expect(shorter == plain.replacing("Length: 7\n\nhello", with: "Length: 4\n\nho"))
        let number = try #require(message.header(.contentLength)?.value)
        let meddled = written(message) { changes in
            changes.insert(("1" as StaticString).bytes, at: number.lower)
            changes.insert(("2" as StaticString).bytes, at: number.upper)
            changes.remove(word)
        }
        #expect(meddled == shorter)
        let same = written(message) { $0.replace(word, with: ("ill" as StaticString).bytes) }
        #expect(same == plain.replacing("hello", with: "hillo"))
        let restored = written(message) { changes in
            changes.remove(word)
            changes.restore(word)
        }
        #expect(restored == plain)

        let bare = try Message(text: "BYE sip:a SIP/2.0\nCSeq: 1 BYE\n\n")
        #expect(written(bare) { $0.setBody(("x" as StaticString).bytes, of: bare) }.hasSuffix("CSeq: 1 BYE\n\nx"))
        #expect(written(bare, .ensure) { _ in } == "BYE sip:a SIP/2.0\nCSeq: 1 BYE\nContent-Length: 0\n\n")
        let removed = try written(message, .ensure) { changes in
            changes.remove(try #require(message.header(.contentLength)))
            changes.setBody(Bytes(start: nil, count: 0), of: message)
        }
        #expect(removed.hasSuffix("X-Old: gone\nContent-Length: 0\n\n"))
    }

    @Test("hops are counted") func hops() throws {
        for (value, text, kind) in [
            ("70", "69", MaxForwards.hops(70)), ("0068", "67", .hops(68)), ("0", "0", .exhausted),
            ("255", "70", .hops(255)),
            ("x", "x", .broken), ("-1", "-1", .broken), ("1 ", "0 ", .hops(1)),
        ] {
            let message = try Message(text: plain.replacing("Max-Forwards: 70", with: "Max-Forwards: " + value))
            #expect(message.maxForwards == kind)
            #expect(written(message) { $0.countHop(of: message) }.contains("\nMax-Forwards: \(text)\n"), "\(value)")
        }
        let missing = try Message(text: plain.replacing("Max-Forwards: 70\n", with: ""))
        #expect(missing.maxForwards == .missing)
        #expect(written(missing) { $0.countHop(of: missing) }.contains("\nContent-Length: 7\nMax-Forwards: 70\n\n"))
    }

    @Test("the source goes into the Via if it is asked for or differs") func received() throws {
        for (via, expected) in [
            ("192.0.2.7:6001;branch=x", "192.0.2.7:6001;branch=x"),
            ("192.0.2.8;branch=x", "192.0.2.8;branch=x;received=192.0.2.7"),
            ("pc.example.com", "pc.example.com;received=192.0.2.7"),
            ("192.0.2.7;rport;branch=x", "192.0.2.7;rport=6001;branch=x;received=192.0.2.7"),
            ("192.0.2.7;branch=x;rport", "192.0.2.7;branch=x;rport=6001;received=192.0.2.7"),
            ("192.0.2.7;rport=1;received=9.9.9.9", "192.0.2.7;rport=6001;received=192.0.2.7"),
            ("192.0.2.7;received=9.9.9.9;rport=", "192.0.2.7;received=192.0.2.7;rport=6001"),
            ("h;branch=x, SIP/2.0/UDP i;rport", "h;branch=x;received=192.0.2.7, SIP/2.0/UDP i;rport"),
        ] {
            let message = try Message(text: plain.replacing("192.0.2.7:6001;branch=z9hG4bK-golden-1", with: via))
            let result = try written(message) { try $0.noteSource(source, of: message) }
            #expect(result == plain.replacing("192.0.2.7:6001;branch=z9hG4bK-golden-1", with: expected))
        }
    }

    @Test("replies lose the topmost Via and go where the next one says") func replies() throws {
        let table = [
            ("Via: A\nVia: SIP/2.0/UDP h:99;received=10.0.0.1;rport=77", "Via: B", "10.0.0.1", 77),
            ("Via: A, SIP/2.0/TLS h", "Via: B", "h", 5061),
            ("v: A  ,\n SIP/2.0/UDP h:99;received=::1\nVia: SIP/2.0/UDP z", "v: B\nVia: SIP/2.0/UDP z", "::1", 99),
            ("Via: A\nVia: SIP/2.0/UDP h;maddr=m;received=x", "Via: B", "m", 5060),
            ("Via: A\nVia: SIP/2.0/TCP h:1;maddr=m;received=x", "Via: B", "x", 1),
        ]
        for (vias, left, host, port) in table {
            let text = "SIP/2.0 200 OK\n" + vias.replacing("A", with: "SIP/2.0/UDP me;branch=z9hG4bKx") + "\nX: y\n\n"
            let message = try Message(text: text)
            let target = try #require(try message.replyTarget())
            #expect(message.text(target.host) == host && target.port == port)
            let result = try written(message) { try $0.popVia(of: message) }
            let second = vias.split(separator: "SIP", maxSplits: 1)[1].split(separator: "\nVia: SIP/2.0/UDP z")[0]
            let expected = left.replacing("B", with: "SIP" + second)
            #expect(result == "SIP/2.0 200 OK\n\(expected)\nX: y\n\n")
        }
        let last = try Message(text: "SIP/2.0 200 OK\nVia: SIP/2.0/UDP me\n\n")
        #expect(try last.replyTarget() == nil)
        #expect(try written(last) { try $0.popVia(of: last) } == "SIP/2.0 200 OK\n\n")
    }

    @Test("a branch is the same for what belongs together, and for nothing else") func branches() throws {
        func branch(_ change: (String) -> String, index: Int = 0, key: KeyedHash.Key = key) throws -> String {
            var output: [UInt8] = []
            try Message(text: change(plain.replacing("MESSAGE", with: "INVITE"))).writeBranch(
                index: index, key: key, into: &output)
            return string(output)
        }
        let first = try branch { $0 }
        #expect(first.hasPrefix("z9hG4bK") && first.count == 39)
        #expect(try branch { $0.replacing("INVITE", with: "CANCEL") } == first)
        #expect(try branch { $0.replacing("INVITE", with: "ACK").replacing("net>", with: "net>;tag=x") } == first)
        #expect(try branch { $0.replacing("golden-1\n", with: "golden-2\n") } != first)
        #expect(try branch({ $0 }, index: 1) != first)
        #expect(try branch({ $0 }, key: KeyedHash.Key(low: 1, high: 2)) != first)
        let old: (String) -> String = { $0.replacing("z9hG4bK-golden-1", with: "z9hG4bK") }
        let second = try branch(old)
        #expect(try branch { old($0).replacing("INVITE", with: "ACK").replacing("net>", with: "net>;tag=x") } == second)
        #expect(try branch { old($0).replacing("CSeq: 1", with: "CSeq: 2") } != second)
        #expect(throws: ParseError.self) { try branch { $0.replacing("Via: SIP/", with: "Via: ?/") } }
    }

    @Test("the keyed hash is SipHash-2-4-128") func hash() {
        // From the authors' vectors_sip128 for the key 00 01 ... 0f: of no bytes, and of 00 ... 0e.
        func hex(_ count: UInt8) -> [UInt64] {
            var hash = KeyedHash(key)
            for byte in 0..<count { hash.add(byte) }
            let (first, second) = hash.finish()
            return [first.byteSwapped, second.byteSwapped]
        }
        #expect(hex(0) == [0xa381_7f04_ba25_a8e6, 0x6df6_7214_c755_0293])
        #expect(hex(15) == [0x5493_e999_33b0_a811, 0x7e08_ec0f_97cf_c3d9])
    }
}

@Suite("Replies") struct ReplyTests {
    let request = """
        INVITE sip:bob@127.0.0.1 SIP/2.0
        v: SIP/2.0/UDP a.example;branch=z9hG4bK1;rport, SIP/2.0/UDP b
        From: "Alice" <sip:alice@example.org>;tag=fixed-a
        Record-Route: <sip:p1;lr>
        t: "Bob"
          <sip:bob@example.net>  \n\
        Via: SIP/2.0/TCP c
        Call-ID: golden-1@test
        Record-Route: <sip:p2;lr>
        CSeq: 1 INVITE
        Timestamp: 54
        Content-Length: 0


        """

    func written(_ text: String, _ status: Int, _ reason: StaticString, _ change: (inout Reply) -> Void = { _ in })
        throws -> String
    {
        var reply = Reply(status, reason.bytes)
        reply.toTag = ("mine" as StaticString).bytes
        change(&reply)
        var output: [UInt8] = []
        reply.write(to: try Message(text: text), from: source, into: &output)
        try Message(output).check()
        return string(output).replacing("\r\n", with: "\n")
    }

    @Test("repeat what a reply has to repeat") func complete() throws {
        let result = try written(request, 486, "Busy\r\nInjected: bob") { reply in
            reply.headers = ("X-Info: 1\r\nX-Info: 2\r\n" as StaticString).bytes
            reply.body = ("sorry" as StaticString).bytes
            reply.recordRoutes = .copied
        }
        #expect(
            result == """
                SIP/2.0 486 Busy  Injected: bob
                v: SIP/2.0/UDP a.example;branch=z9hG4bK1;rport=6001;received=192.0.2.7, SIP/2.0/UDP b
                Via: SIP/2.0/TCP c
                Record-Route: <sip:p1;lr>
                Record-Route: <sip:p2;lr>
                t: "Bob"
                  <sip:bob@example.net>;tag=mine  \n\
                From: "Alice" <sip:alice@example.org>;tag=fixed-a
                Call-ID: golden-1@test
                CSeq: 1 INVITE
                X-Info: 1
                X-Info: 2
                Content-Length: 5

                sorry
                """)
    }

    @Test("a 100 has the timestamp and no tag") func trying() throws {
        let result = try written(request, 100, "Trying")
        #expect(result.hasSuffix("CSeq: 1 INVITE\nTimestamp: 54\nContent-Length: 0\n\n"))
        #expect(!result.contains("tag=mine") && !result.contains("Record-Route"))
    }

    @Test("a tag that is there stays") func inDialog() throws {
        let result = try written(request.replacing("net>", with: "net>;tag=theirs"), 200, "OK")
        #expect(result.contains("net>;tag=theirs  \n") && !result.contains("mine"))
    }

    @Test("even a broken request is answered") func broken() throws {
        let text = request.replacing("\"Alice\" <", with: "broken from header <<").replacing("v: SIP", with: "v: ?")
        var output: [UInt8] = []
        Reply(400, ("bad header" as StaticString).bytes).write(to: try Message(text: text), from: source, into: &output)
        let reply = try Message(output)
        #expect(reply.text(reply.value(.from)) == "broken from header <<sip:alice@example.org>;tag=fixed-a")
        #expect(reply.status == 400 && reply.count(of: .via) == 2)
    }

    @Test("an INVITE that was sent gets its ACK and CANCEL") func followers() throws {
        let sent = try Message(text: request.replacing("CSeq", with: "Route: <sip:r;lr>\nCSeq"))
        var output: [UInt8] = []
        let reply = try Message(text: "SIP/2.0 486 Busy\nTo: <sip:bob@example.net>;tag=z\n\n")
        try sent.writeACK(to: reply, into: &output)
        let ack = try Message(output)
        try ack.check()
        #expect(
            string(output).replacing("\r\n", with: "\n") == """
                ACK sip:bob@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP a.example;branch=z9hG4bK1;rport
                Route: <sip:r;lr>
                From: "Alice" <sip:alice@example.org>;tag=fixed-a
                To: <sip:bob@example.net>;tag=z
                Call-ID: golden-1@test
                CSeq: 1 ACK
                Max-Forwards: 70
                Content-Length: 0


                """)
        output = []
        try sent.writeCANCEL(into: &output)
        #expect(try Message(output).method == .cancel)
        #expect(throws: ParseError.self) { try reply.writeCANCEL(into: &output) }
    }
}
