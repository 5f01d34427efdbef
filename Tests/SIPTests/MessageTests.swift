import SIP
import Testing

let invite = """
    INVITE sip:bob@biloxi.example.com SIP/2.0
    Via: SIP/2.0/UDP pc33.atlanta.example.com:5066;branch=z9hG4bK776asdhds;rport
    Max-Forwards: 70
    To: "Bob \\"B\\"" <sip:bob@biloxi.example.com>
    From: "Alice A" <sip:alice@atlanta.example.com:5062;p=q>;tag=1928301774;fp=1
    Call-ID: a84b4c76e66710@pc33.atlanta.example.com
    CSeq: 314159 INVITE
    Contact: <sip:alice@pc33.atlanta.example.com>
    Spaced:   both sides   \n\
    Empty:
    X-Fold: one
     two
    X-One: first
    X-One: second, third
    Subject: talk
    Content-Type: text/plain
    Content-Length: 7

    hello
    """ + "\n"

@Suite("A message") struct MessageTests {
    @Test("tells its first line, headers and body") func parts() throws {
        let message = try Message(text: invite)
        #expect(message.method == .invite)
        #expect(message.text(message.requestURI) == "sip:bob@biloxi.example.com")
        #expect(message.headerCount == 15)
        #expect(message.text(message.callID) == "a84b4c76e66710@pc33.atlanta.example.com")
        #expect(message.text(message.body) == "hello\r\n")
        #expect(try message.contentLength() == 7)
        #expect(try message.cseq()?.number == 314159)
        #expect(message.text(try message.via()?.branch) == "z9hG4bK776asdhds")
        #expect(message.count == wire(invite).count)
        try message.check()
    }

    @Test("keeps quotes, blanks at the end and folds as they came") func raw() throws {
        let message = try Message(text: invite)
        #expect(message.text(try message.from()?.name) == "\"Alice A\"")
        #expect(message.text(try message.to()?.name) == "\"Bob \\\"B\\\"\"")
        #expect(message.text(try message.from()?.tag) == "1928301774")
        #expect(message.text(try message.to()?.tag) == nil)
        func value(_ name: StaticString, _ start: Int = 0) -> String? {
            message.index(named: name.bytes, from: start).flatMap { message.text(message.header(at: $0)?.value) }
        }
        #expect(value("spaced") == "both sides   ")
        #expect(value("Empty") == "")
        #expect(value("X-Fold") == "one\r\n two")
        #expect(value("x-one") == "first")
        #expect(value("Nope") == nil)
        #expect(value("s") == nil)
        #expect(message.count(named: ("X-One" as StaticString).bytes) == 2)
        #expect(message.count(of: .via) == 1)
    }

    @Test("finds compact names, and every name in every case") func names() throws {
        let letters: [(String, HeaderKind)] = [
            ("v", .via), ("f", .from), ("t", .to), ("i", .callID), ("m", .contact), ("l", .contentLength),
            ("c", .contentType), ("e", .contentEncoding), ("s", .subject), ("k", .supported), ("o", .event),
            ("u", .allowEvents), ("r", .referTo), ("b", .referredBy), ("x", .sessionExpires), ("a", .acceptContact),
            ("j", .rejectContact), ("d", .requestDisposition), ("y", .identity),
        ]
        for (letter, kind) in letters {
            #expect(parse(letter) { HeaderKind(name: $0) } == kind)
            #expect(parse(letter.uppercased()) { HeaderKind(name: $0) } == kind)
            #expect(parse(letter) { HeaderKind(name: $0, compactForms: .literal) } == .other)
        }
        for kind in HeaderKind.allCases where kind != .other {
            let name = string(kind.name.bytes)
            for spelling in [name, name.lowercased(), name.uppercased()] {
                #expect(parse(spelling) { HeaderKind(name: $0) } == kind)
            }
            for wrong in [name + "x", name.replacing("-", with: "\r"), String(name.dropLast()) + "1"]
            where wrong != name {
                #expect(parse(wrong) { HeaderKind(name: $0) } == .other)
            }
        }
        for method in Method.allCases where method != .other {
            let name = string(method.name.bytes)
            #expect(parse(name) { Method($0) } == method)
            #expect(parse(name.lowercased()) { Method($0) } == .other)
            #expect(parse(name + "A") { Method($0) } == .other)
        }
    }

    @Test("counts contacts over lines and commas") func contacts() throws {
        let message = try Message(
            text: """
                OPTIONS sip:a SIP/2.0
                Contact: <sip:a@h1;ob>;expires=60;q=0.5, "Two" <sip:b@h2>
                m: <sip:c@h3>;methods="INVITE"


                """)
        func contact(_ index: Int) throws -> String? {
            message.text(try message.address(of: .contact, at: index)?.whole)
        }
        #expect(try message.addressCount(of: .contact) == 3)
        #expect(try contact(0) == "<sip:a@h1;ob>;expires=60;q=0.5")
        #expect(try contact(1) == "\"Two\" <sip:b@h2>")
        #expect(try contact(-1) == "<sip:c@h3>;methods=\"INVITE\"")
        #expect(try contact(3) == nil)
        #expect(try contact(-4) == nil)
        let first = try #require(try message.address(of: .contact))
        #expect(message.text(first.parameters) == "expires=60;q=0.5")
        let last = try #require(try message.address(of: .contact, at: 2))
        #expect(message.text(last.parameter("METHODS", in: message.bytes)?.value) == "INVITE")
    }

    @Test("is read around a broken value, which fails only who asks for it") func brokenValue() throws {
        let message = try Message(text: invite.replacing("\"Alice A\" <", with: "broken from header <<"))
        #expect(message.method == .invite)
        #expect(throws: ParseError.self) { try message.from() }
        let error = #expect(throws: ParseError.self) { try message.check() }
        #expect(error?.header == .from)
        #expect(error.map { message.text(ByteRange($0.offset, $0.offset + 5)) } == "<sip:")
        #expect(message.text(try message.to()?.uri) == "sip:bob@biloxi.example.com")
    }

    @Test("is read around a line that is no header") func brokenLine() throws {
        let message = try Message(text: invite.replacing("Empty:\n", with: "no colon here\n"))
        #expect(message.defect?.reason == .badHeaderLine)
        #expect(message.text(message.body) == "hello\r\n")
        #expect(message.headerCount == 14)
    }

    @Test("understands lone line feeds and a missing end") func lenient() throws {
        let message = try Message(Array("SIP/2.0 180\nCall-ID: x \n\nabc".utf8))
        #expect(message.status == 180)
        #expect(message.text(message.callID) == "x")
        #expect(message.text(message.body) == "abc")
        let cut = try Message(Array("BYE sip:a SIP/2.0\r\nCall-ID: x".utf8))
        #expect(cut.defect?.reason == .unterminatedHeaders)
        #expect(cut.text(cut.callID) == "x")
        #expect(cut.body.isEmpty)
    }

    @Test("refuses what is no message, and says where") func refusals() {
        let table: [(String, ParseError.Reason, Int)] = [
            ("", .emptyMessage, 0), ("\r\n\r\n", .emptyMessage, 0), ("hello", .badRequestLine, 0),
            ("INVITE  sip:a SIP/2.0\r\n", .badRequestLine, 7), ("INVITE sip:a SIP/2.0 \r\n", .badRequestLine, 12),
            ("INVITE sip:a; lr SIP/2.0\r\n", .badRequestLine, 13), ("INV ITE", .badRequestLine, 7),
            ("IN\"V sip:a SIP/2.0\r\n", .badMethod, 2), (" sip:a SIP/2.0\r\n", .badMethod, 0),
            ("SIP/2.0 4294967301 no\r\n", .badStatusLine, 8), ("SIP/2.0 099 no\r\n", .badStatusLine, 8),
            ("SIP/2.0 700 no\r\n", .badStatusLine, 8), ("SIP/2.0\r\n", .badStatusLine, 7),
        ]
        for (text, reason, offset) in table {
            let error = #expect(throws: ParseError.self, "\(text)") { try Message(Array(text.utf8)) }
            #expect(error == ParseError(reason, at: offset), "\(text)")
        }
    }

    @Test("keeps to its limits") func limits() throws {
        var limits = Limits()
        limits.headers = 15
        _ = try Message(wire(invite), limits: limits)
        func reason(_ change: (inout Limits) -> Void) -> ParseError.Reason? {
            var limits = Limits()
            change(&limits)
            do {
                _ = try Message(wire(invite), limits: limits)
                return nil
            } catch {
                return error.reason
            }
        }
        #expect(reason { $0.headers = 14 } == .tooManyHeaders)
        #expect(reason { $0.message = 100 } == .messageTooLong)
        #expect(reason { $0.requestURI = 10 } == .requestURITooLong)
        #expect(reason { $0.header = 40 } == .headerTooLong)
        #expect(reason { $0.message = -1 } == .messageTooLong)
    }

    @Test("takes a body as long as Content-Length says, and no longer than there is") func lengths() throws {
        func body(_ length: String) throws -> String? {
            let message = try Message(text: "BYE sip:a SIP/2.0\n\(length)\n0123456789")
            return message.text(message.body)
        }
        #expect(try body("") == "0123456789")
        #expect(try body("l: 4\n") == "0123")
        #expect(try body("Content-Length: 0\n") == "")
        #expect(try body("Content-Length: 11\n") == "0123456789")
        #expect(try body("Content-Length: -1\n") == "0123456789")
        #expect(try body("Content-Length: 99999999999999999999\n") == "0123456789")
    }

    @Test("is loaded again without a trace of what it was") func reuse() throws {
        let message = Message()
        try message.load(text: invite)
        _ = try message.from()
        try message.load(text: "SIP/2.0 200 OK\nf: sip:b;tag=2\n\n")
        #expect(message.text(try message.from()?.uri) == "sip:b")
        #expect(message.header(.via) == nil)
        #expect(message.requestURI == .absent)
        #expect(throws: ParseError.self) { try message.load(text: "x") }
        #expect(message.headerCount == 0 && message.count == 0 && message.body.isEmpty)
        try message.load(text: invite + String(repeating: "x", count: 10_000))
        #expect(message.text(try message.from()?.tag) == "1928301774")
        // Also from a piece of itself.
        try message.load(message[ByteRange(0, 900)])
        #expect(message.text(message.callID) == "a84b4c76e66710@pc33.atlanta.example.com")
    }

    @Test("goes back to the pool only if nobody holds it") func pool() throws {
        var pool = MessagePool(capacity: 2)
        let held = pool.take()
        pool.give(held)
        let next = pool.take()
        #expect(next !== held)
        #expect(pool.idleCount == 0)
        pool.give(Message())
        #expect(pool.idleCount == 1)
    }
}

extension Message {
    func load(text: String) throws {
        try wire(text).withUnsafeBufferPointer { try load($0) }
    }
}
