import Foundation
import Testing

@testable import Events

private let quoted = Event.Value.bytes(bytes("a \"q\" \\ b"))
private let named = Event(
    name: bytes("E_X"),
    attributes: [.init(name: bytes("num"), value: .integer(-5)), .init(name: bytes("name"), value: quoted)])
private let unnamed = Event(name: bytes("E_X"), attributes: [.init(value: .integer(-5)), .init(value: quoted)])
private let bare = Event(name: bytes("E_X"))

@Suite struct JSONRPCTests {
    // golden events/udp-subscriber, byte for byte
    @Test(arguments: [
        (named, #"{"jsonrpc":"2.0","method":"E_X","params":{"num":-5,"name":"a \"q\" \\ b"}}"#),
        (bare, #"{"jsonrpc":"2.0","method":"E_X"}"#),
        (unnamed, #"{"jsonrpc":"2.0","method":"E_X","params":[-5,"a \"q\" \\ b"]}"#),
    ])
    func aNotificationIsAsRecorded(event: Event, expected: String) {
        var payload: [UInt8] = []
        JSONRPC.appendNotification(event, to: &payload)
        #expect(text(payload) == expected)
    }

    @Test func aRequestHasAnIdAndTheMethodOfTheSocket() {
        var payload: [UInt8] = []
        JSONRPC.appendRequest(named, id: 915_243_442, method: bytes("block_ip"), to: &payload)
        #expect(
            text(payload)
                == #"{"id":915243442,"jsonrpc":"2.0","method":"block_ip","params":{"num":-5,"name":"a \"q\" \\ b"}}"#)
    }

    // event_stream, parameter event_param
    @Test(arguments: [
        (named, #"{"ev":"E_X","num":-5,"name":"a \"q\" \\ b"}"#),
        (unnamed, #"["E_X",-5,"a \"q\" \\ b"]"#),
        (bare, #"{"ev":"E_X"}"#),
    ])
    func theNameOfTheEventGoesIntoTheParameters(event: Event, expected: String) {
        var payload: [UInt8] = []
        JSONRPC.appendNotification(event, method: bytes("m"), eventParameter: bytes("ev"), to: &payload)
        #expect(text(payload) == #"{"jsonrpc":"2.0","method":"m","params":"# + expected + "}")
    }

    @Test(
        arguments: [
            ([UInt8]("tab\tnew\nline\r\u{8}\u{c}\u{1}".utf8), #"tab\tnew\nline\r\b\f\u0001"#),
            ([UInt8]("grün €𐍈\u{7f}".utf8), "grün €𐍈\u{7f}"),
            ([0x67, 0x72, 0xFC, 0x6E], #"gr\u00fcn"#),
            // Overlong, a surrogate, too large, cut short, a lone continuation.
            ([0xC0, 0xAF], #"\u00c0\u00af"#),
            ([0xED, 0xA0, 0x80], #"\u00ed\u00a0\u0080"#),
            ([0xF4, 0x90, 0x80, 0x80], #"\u00f4\u0090\u0080\u0080"#),
            ([0xE2, 0x82], #"\u00e2\u0082"#),
            ([0x80], #"\u0080"#),
            ([], ""),
        ] as [([UInt8], String)])
    func bytesBecomeValidJSON(value: [UInt8], expected: String) {
        var payload: [UInt8] = []
        JSONText.append(value, to: &payload)
        #expect(text(payload) == "\"\(expected)\"")
    }

    @Test func whateverTheBytesTheTextIsValidJSON() throws {
        for seed in seeds(2000) {
            var random = SeededGenerator(seed: seed)
            let alphabet: [UInt8] =
                random.chance(50) ? Array(0...255) : [0x22, 0x5C, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0x41, 0]
            let event = Event(
                name: random.bytes(alphabet, upTo: 10),
                attributes: (0..<random.below(4)).map { _ in
                    .init(
                        name: random.chance(50) ? random.bytes(alphabet, upTo: 8) : nil,
                        value: .bytes(random.bytes(alphabet, upTo: 40)))
                })
            var payload: [UInt8] = []
            JSONRPC.appendRequest(event, id: random.below(1000), to: &payload)
            let parsed = try? JSONSerialization.jsonObject(with: Data(payload)) as? [String: Any]
            #expect(parsed != nil, "seed \(seed)")
        }
    }

    @Test(arguments: [
        (#"{"jsonrpc":"2.0","result":8,"id":7}"#, JSONRPCReply(id: 7, isError: false)),
        (#" {"id" : 7 , "error" : {"code":1,"id":9}, "jsonrpc":"2.0"}"#, JSONRPCReply(id: 7, isError: true)),
        (#"{"id":7,"error":null,"result":{"error":1}}"#, JSONRPCReply(id: 7, isError: false)),
        (#"{"id":"7","error":"x"}"#, JSONRPCReply(id: nil, isError: true)),
        (#"{"result":"\"}{","id":-3}"#, JSONRPCReply(id: -3, isError: false)),
        (#"{"a":["id",1,{"id":2}],"id":null}"#, JSONRPCReply(id: nil, isError: false)),
        (#"{}"#, JSONRPCReply(id: nil, isError: false)),
    ])
    func anAnswerIsReadInWhateverPiecesItComes(answer: String, expected: JSONRPCReply) throws {
        for size in 1...answer.utf8.count {
            var replies = JSONRPCReplies()
            var found: [JSONRPCReply] = []
            let stream = bytes(answer + "\n" + answer)
            for start in stride(from: 0, to: stream.count, by: size) {
                found += try replies.onBytes(Array(stream[start..<min(stream.count, start + size)]))
            }
            #expect(found == [expected, expected])
        }
    }

    @Test func whatIsNoAnswerIsAFault() {
        var text = JSONRPCReplies()
        #expect(throws: JSONRPCReplies.Fault.notAnObject) { try text.onBytes(bytes("HTTP/1.1 400")) }
        var endless = JSONRPCReplies(longest: 10)
        #expect(throws: JSONRPCReplies.Fault.tooLong) { try endless.onBytes(bytes(#"{"aaaaaaaaaaaaaa"#)) }
    }

    @Test func noAnswerCanTrap() {
        for seed in seeds(5000) {
            var random = SeededGenerator(seed: seed)
            var replies = JSONRPCReplies(longest: 200)
            let alphabet = bytes("{}[]\":,\\ 0id er")
            while let found = try? replies.onBytes(bytes("{") + random.bytes(alphabet, upTo: 30)) {
                if found.count > 1 || random.chance(20) { break }
            }
        }
    }
}

@Suite struct FlatstoreTests {
    // golden events/flatstore
    @Test func aLineIsAsRecorded() throws {
        let event = Event(
            name: bytes("E_LOG"),
            attributes: [
                .init(name: bytes("k3"), value: .bytes(bytes("with,comma"))),
                .init(name: bytes("k2"), value: .integer(22)), .init(name: bytes("k1"), value: .bytes(bytes("v1"))),
            ])
        var line: [UInt8] = []
        try FlatstoreFormat().appendLine(event, to: &line)
        try FlatstoreFormat().appendLine(Event(name: bytes("E_LOG")), to: &line)
        #expect(text(line) == "E_LOG,with comma,22,v1\nE_LOG\n")
    }

    @Test(arguments: [
        (";", "", false, "E;a,b;c d\n"), (",", "|", false, "E,a|b,c;d\n"), ("::", "", true, "a,b::c;d\n"),
        (",", "", true, "a b,c;d\n"),
    ])
    func theParametersShapeTheLine(delimiter: String, escape: String, suppress: Bool, expected: String) throws {
        let event = Event(
            name: bytes("E"), attributes: [.init(value: .bytes(bytes("a,b"))), .init(value: .bytes(bytes("c;d")))])
        var line: [UInt8] = []
        try FlatstoreFormat(delimiter: bytes(delimiter), escape: bytes(escape), suppressEventName: suppress)
            .appendLine(event, to: &line)
        #expect(text(line) == expected)
    }

    @Test func aValueCannotForgeALine() throws {
        var line: [UInt8] = []
        let event = Event(name: bytes("E"), attributes: [.init(value: .bytes(bytes("x\r\nE_FAKE,1")))])
        try FlatstoreFormat().appendLine(event, to: &line)
        #expect(text(line) == "E,x  E_FAKE 1\n")
    }

    @Test func badParametersAreRefused() {
        #expect(throws: FlatstoreFormat.Fault.emptyDelimiter) { try FlatstoreFormat(delimiter: []) }
        #expect(throws: FlatstoreFormat.Fault.escapeLength(delimiter: 1, escape: 2)) {
            try FlatstoreFormat(escape: bytes("||"))
        }
    }

    @Test func aFileIsLeftAtItsLimits() {
        var count = FlatstoreRotation(count: 2)
        count.onOpen(bytes: 0, wallClock: 0)
        #expect((0..<5).map { _ in count.onLine(bytes: 1, wallClock: 0) } == [nil, nil, .count, nil, .count])
        var size = FlatstoreRotation(size: 10)
        size.onOpen(bytes: 5, wallClock: 0)
        #expect([5, 1, 20, 1].map { size.onLine(bytes: $0, wallClock: 0) } == [nil, .size, .size, .size])
        var period = FlatstoreRotation(period: 60)
        period.onOpen(bytes: 0, wallClock: 119)
        #expect([119, 120, 179, 181].map { period.onLine(bytes: 1, wallClock: $0) } == [nil, .period, nil, .period])
    }

    @Test(
        arguments: [
            ("5000000000", true, 5_000_000_000), ("2g", true, 2_147_483_648), ("3K", true, 3072),
            ("7m", true, 7_340_032),
            ("2g", false, nil), ("", true, nil), ("k", true, nil), ("-1", true, nil),
            ("9999999999999999999", true, nil),
            ("9999999999999g", true, nil),
        ] as [(String, Bool, Int64?)])
    func limitsAreSpelledWithSuffixes(spelling: String, allowsSuffix: Bool, expected: Int64?) {
        #expect(FlatstoreRotation.parse(bytes(spelling), allowsSuffix: allowsSuffix) == expected)
    }

    @Test func aRotationIsAnEvent() {
        var payload: [UInt8] = []
        let event = FlatstoreRotation.event(timestamp: 17, reason: .mi, file: bytes("/a"), oldFile: [])
        JSONRPC.appendNotification(event, to: &payload)
        #expect(
            text(payload)
                == #"{"jsonrpc":"2.0","method":"E_FLATSTORE_ROTATION","params":{"timestamp":17,"reason":"mi","filename":"/a","old_filename":""}}"#
        )
    }
}

@Suite struct XMLRPCTests {
    private func call(_ event: Event, _ parameters: XMLRPC.Parameters) -> String {
        var body: [UInt8] = []
        XMLRPC.appendCall(event, method: bytes("e_dummy_h"), parameters: parameters, to: &body)
        return text(body).replacing("\n", with: "")
    }

    private let open =
        #"<?xml version="1.0"?><methodCall><methodName>e_dummy_h</methodName><params>"#
        + "<param><value><string>E_X</string></value></param>"
    private let close = "</params></methodCall>"

    @Test func attributesAreParameters() {
        #expect(
            call(named, .separate) == open + "<param><name>num</name><value><int>-5</int></value></param>"
                + #"<param><name>name</name><value><string>a "q" \ b</string></value></param>"# + close)
        #expect(
            call(unnamed, .separate) == open + "<param><value><int>-5</int></value></param>"
                + #"<param><value><string>a "q" \ b</string></value></param>"# + close)
        #expect(call(bare, .structure) == open + close)
    }

    @Test func namedAttributesFitIntoAStructure() {
        #expect(
            call(named, .structure) == open + "<param><value><struct>"
                + "<member><name>num</name><value><int>-5</int></value></member>"
                + #"<member><name>name</name><value><string>a "q" \ b</string></value></member>"#
                + "</struct></value></param>" + close)
        #expect(call(unnamed, .structure) == call(unnamed, .separate))
    }

    @Test(
        arguments: [
            ([UInt8]("<a>&\r\n".utf8), "<string>&lt;a&gt;&amp;&#13;</string>"),
            ([UInt8]("ü".utf8), "<string>ü</string>"),
            ([0], "<base64>AA==</base64>"), ([0xFF, 0xFE], "<base64>//4=</base64>"),
            ([0xEF, 0xBF, 0xBF], "<base64>77+/</base64>"), ([0x1B, 0x5B, 0x6D, 0x41], "<base64>G1ttQQ==</base64>"),
        ] as [([UInt8], String)])
    func whatXMLCannotHoldIsBase64(value: [UInt8], expected: String) {
        #expect(
            call(Event(name: bytes("E_X"), attributes: [.init(value: .bytes(value))]), .separate)
                == open + "<param><value>\(expected)</value></param>" + close)
    }

    @Test func whateverTheBytesTheBodyIsWellFormed() {
        for seed in seeds(500) {
            var random = SeededGenerator(seed: seed)
            let alphabet: [UInt8] = random.chance(50) ? Array(0...255) : bytes("<>&]\"'\r\n\u{0}ü\u{FFFF}")
            let event = Event(
                name: random.bytes(alphabet, upTo: 10),
                attributes: (0..<random.below(4)).map { _ in
                    .init(
                        name: random.chance(50) ? random.bytes(alphabet, upTo: 8) : nil,
                        value: random.chance(20)
                            ? .integer(Int(random.next() >> 1)) : .bytes(random.bytes(alphabet, upTo: 30)))
                })
            var body: [UInt8] = []
            XMLRPC.appendCall(
                event, method: random.bytes(alphabet, upTo: 5), parameters: random.chance(50) ? .separate : .structure,
                to: &body)
            // No byte that XML forbids, and every bracket belongs to a tag of ours.
            #expect(body.allSatisfy { $0 >= 0x20 || $0 == 0x0A || $0 == 0x09 }, "seed \(seed)")
            #expect(String(validating: body, as: UTF8.self) != nil, "seed \(seed)")
            #expect(body.filter { $0 == 0x3C }.count == body.filter { $0 == 0x3E }.count, "seed \(seed)")
        }
    }

    @Test(arguments: [
        ("<?xml?><methodResponse><params><param/></params></methodResponse>", XMLRPC.Reply.returned),
        ("<methodResponse>\n<fault><value/></fault></methodResponse>", .fault),
        ("<methodResponse><params><param>a &lt;fault></param></params></methodResponse>", .returned),
        ("<html>404</html>", .unreadable), ("", .unreadable), ("<methodResponse><params>", .unreadable),
        ("<methodResponse></methodResponse>", .unreadable),
    ])
    func anAnswerIsAReturnOrAFault(body: String, expected: XMLRPC.Reply) {
        #expect(XMLRPC.reply(in: bytes(body)) == expected)
    }
}
