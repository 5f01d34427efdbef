import SIP
import Testing

@Suite("Pieces of SIP text") struct ParserTests {
    @Test("URIs fall into their parts") func uris() throws {
        // URI, scheme, user, password, host, port, parameters, headers
        let table: [(String, [String?])] = [
            (
                "sip:alice:secret@example.com:5080;transport=tcp;lr?Subject=hi&Priority=low",
                ["sip", "alice", "secret", "example.com", "5080", "transport=tcp;lr", "Subject=hi&Priority=low"]
            ),
            ("sip:example.com", ["sip", nil, nil, "example.com", nil, nil, nil]),
            ("SIPS:bob@[2001:db8::1]:5061", ["SIPS", "bob", nil, "[2001:db8::1]", "5061", nil, nil]),
            ("tel:+15551234", ["tel", "+15551234", nil, nil, nil, nil, nil]),
            ("tel:7042;phone-context=example.com", ["tel", "7042", nil, nil, nil, "phone-context=example.com", nil]),
            ("sip:h?a=b", ["sip", nil, nil, "h", nil, nil, "a=b"]),
            ("sip:a:@h", ["sip", "a", "", "h", nil, nil, nil]),
            ("sip:+1;ext=2@h;x", ["sip", "+1;ext=2", nil, "h", nil, "x", nil]),
            ("sip:zed@z.example;a=b", ["sip", "zed", nil, "z.example", nil, "a=b", nil]),
            ("urn:service:sos", ["urn", nil, nil, "sos", nil, nil, nil]),
            ("urn:uuid:1234", ["urn", nil, nil, nil, nil, nil, nil]),
            ("sip:h:0;", ["sip", nil, nil, "h", "0", "", nil]),
        ]
        for (text, parts) in table {
            let uri = try parse(text) { try URI($0) }
            let found = [uri.schemeText, uri.user, uri.password, uri.host, uri.port, uri.parameters, uri.headers]
            #expect(found.map { piece($0, of: text) } == parts, "\(text)")
        }
    }

    @Test("what is no URI says why and where") func badURIs() {
        let table: [(String, ParseError.Reason, Int)] = [
            ("", .missingScheme, 0), ("not a uri", .missingScheme, 3), (":x", .missingScheme, 0),
            ("sip:", .emptyHost, 4), ("sip:@h", .emptyUser, 4), ("sip:a@", .emptyHost, 6), ("tel:", .emptyUser, 4),
            ("sip:h:", .badPort, 6), ("sip:h:65536", .badPort, 6), ("sip:h:5x", .unexpectedByte, 7),
            ("sip:a@b@c", .unexpectedByte, 7), ("sip:a b@c", .unexpectedByte, 5), ("sip:h;x=<", .unexpectedByte, 8),
            ("sip:[2001:db8::1", .badHost, 4), ("sip:[1.2.3.4]", .badHost, 4), ("sip:[::1]x", .unexpectedByte, 9),
            ("sip:h/path", .unexpectedByte, 5), ("1sip:h", .missingScheme, 0), ("sip:\u{e9}", .emptyHost, 4),
        ]
        for (text, reason, offset) in table {
            let error = #expect(throws: ParseError.self, "\(text)") { try parse(text) { _ = try URI($0) } }
            #expect(error == ParseError(reason, at: offset), "\(text)")
        }
    }

    @Test("a URI knows its port and transport") func defaults() throws {
        for (text, port, transport) in [
            ("sip:h", 5060, Transport.udp), ("sips:h", 5061, .tls), ("tel:1", 5060, .udp),
            ("sip:h:5070;transport=TCP", 5070, .tcp), ("sips:h;transport=tcp", 5060, .tls),
            ("sips:h;transport=ws", 80, .wss),
        ] {
            try parse(text) { bytes in
                let uri = try URI(bytes)
                #expect(uri.portOrDefault(in: bytes) == port)
                #expect(uri.transport(in: bytes) == transport)
            }
        }
    }

    @Test("addresses have names, URIs and parameters") func addresses() throws {
        // text, name, uri, parameters, tag, extent length
        let table: [(String, String?, String, String?, String?, Int)] = [
            (
                #""Display Name" <sip:test@example.org;x=1>;tag=t1;private=yes"#, "\"Display Name\"",
                "sip:test@example.org;x=1", "tag=t1;private=yes", "t1", 41
            ),
            ("sip:bare@h;tag=zz", nil, "sip:bare@h", "tag=zz", "zz", 10),
            ("Plain Name <sip:host.only>;TAG=fixed-2", "Plain Name", "sip:host.only", "TAG=fixed-2", "fixed-2", 26),
            ("<sip:a>", nil, "sip:a", nil, nil, 7),
            ("  x<sip:a> ; tag = \"q;,\" ; y  ", "x", "sip:a", "tag = \"q;,\" ; y", "q;,", 8),
            ("*", nil, "*", nil, nil, 1),
            ("<sip:a;tag=no>;tag", nil, "sip:a;tag=no", "tag", nil, 14),
            ("\"a\\\"<>b\"<sip:c?d=e>", "\"a\\\"<>b\"", "sip:c?d=e", nil, nil, 19),
        ]
        for (text, name, uri, parameters, tag, length) in table {
            let address = try parse(text) { try NameAddress($0) }
            #expect(piece(address.name, of: text) == name, "\(text)")
            #expect(piece(address.uri, of: text) == uri, "\(text)")
            #expect(piece(address.parameters, of: text) == parameters, "\(text)")
            #expect(piece(address.tag, of: text) == tag, "\(text)")
            #expect(Int(address.extent.count) == length, "\(text)")
        }
    }

    @Test("what is no address says why and where") func badAddresses() {
        let table: [(String, ParseError.Reason, Int)] = [
            ("", .expectedURI, 0), ("   ", .expectedURI, 3), ("broken from header <<", .unexpectedByte, 20),
            ("\"open", .unterminatedQuote, 0), ("\"x\" sip:a", .expectedURI, 4), ("<sip:a", .unterminatedBracket, 0),
            ("<>", .expectedURI, 1), ("nothing", .expectedURI, 0), ("<sip:a> x", .unexpectedByte, 8),
            ("<sip:a>;", .emptyParameter, 8), ("<sip:a>;=1", .emptyParameter, 8), ("a b:c", .expectedURI, 1),
            ("sip:a b", .unexpectedByte, 5), ("<sip:a>;x=\"", .unterminatedQuote, 10),
            ("<sip:a>;x=\"\\\"", .unterminatedQuote, 10), ("<sip:a>;t=1 2", .unexpectedByte, 12),
        ]
        for (text, reason, offset) in table {
            let error = #expect(throws: ParseError.self, "\(text)") { try parse(text) { _ = try NameAddress($0) } }
            #expect(error == ParseError(reason, at: offset), "\(text)")
        }
    }

    @Test("address lists are counted from both ends") func addressLists() throws {
        let text = #""first" <sip:first@h>, second <sip:second@h>;q=1, <sip:third@h>"#
        func at(_ index: Int) throws -> (String?, String?)? {
            try parse(text) { try NameAddressList($0).address(at: index) }
                .map { (piece($0.name, of: text), piece($0.uri, of: text)) }
        }
        #expect(try parse(text) { try NameAddressList($0).count() } == 3)
        #expect(try #require(try at(0)) == ("\"first\"", "sip:first@h"))
        #expect(try #require(try at(1)) == ("second", "sip:second@h"))
        #expect(try #require(try at(-1)) == (nil, "sip:third@h"))
        #expect(try at(5) == nil)
        #expect(try at(-5) == nil)
    }

    @Test("Vias have all their parts") func vias() throws {
        let text = "SIP/2.0/TCP host.example:5070;branch=z9hG4bKabc;received=192.0.2.1;rport=99;foo=bar"
        let via = try parse(text) { try Via($0) }
        let parts = [
            via.name, via.version, via.transport, via.host, via.port, via.branch, via.received, via.rport,
            via.parameters, via.comment,
        ]
        #expect(
            parts.map { piece($0, of: text) } == [
                "SIP", "2.0", "TCP", "host.example", "5070", "z9hG4bKabc", "192.0.2.1", "99",
                "branch=z9hG4bKabc;received=192.0.2.1;rport=99;foo=bar", nil,
            ])
        let old = "SIP / 2.0 / UDP [::1] : 5060 ;rport;maddr=h ( a (b) \\) c ) , SIP/2.0/UDP x"
        let other = try parse(old) { try Via($0) }
        #expect(piece(other.host, of: old) == "[::1]" && other.portNumber == 5060)
        #expect(piece(other.comment, of: old) == " a (b) \\) c ")
        #expect(piece(other.rportName, of: old) == "rport" && other.rport == .absent)
        #expect(piece(other.maddr, of: old) == "h")
        for (bad, reason, offset) in [
            ("", ParseError.Reason.badVia, 0), ("SIP/2.0", .badVia, 7), ("SIP/2.0/UDP", .badVia, 11),
            ("SIP/2.0/UDP h:", .badPort, 14), ("SIP/2.0/UDP h:99999", .badPort, 14), ("SIP/2.0/UDP ;x", .emptyHost, 12),
            ("SIP/2.0/UDP h x", .badVia, 14), ("SIP/2.0/UDP h;;", .emptyParameter, 14),
            ("SIP/2.0/UDP h (x", .unterminatedBracket, 14), ("SIP/2.0/UDP h (\\", .unterminatedBracket, 14),
        ] {
            let error = #expect(throws: ParseError.self, "\(bad)") { try parse(bad) { _ = try Via($0) } }
            #expect(error == ParseError(reason, at: offset), "\(bad)")
        }
    }

    @Test("parameters come in order, and are found by name") func parameters() {
        let text = "a=1;b=22;flag;C=333;q=\"x y\""
        parse(text) { bytes in
            let list = ParameterList(bytes)
            func value(_ parameter: Parameter?) -> String? { parameter.flatMap { piece($0.value, of: text) } }
            #expect(value(list.first(named: "a")) == "1")
            #expect(value(list.first(named: "c")) == "333")
            #expect(list.first(named: "flag")?.value == .absent)
            #expect(list.first(named: "none") == nil)
            #expect(value(list.first(named: "q")) == "x y")
            #expect(names(list, of: text) == ["a", "b", "flag", "C", "q"])
        }
        let credentials = #"username="bob", realm="a, b", nc=00000001"#
        parse(credentials) { bytes in
            let list = ParameterList(bytes, separator: UInt8(ascii: ","))
            #expect(names(list, of: credentials) == ["username", "realm", "nc"])
            #expect(list.first(named: "realm").map { piece($0.value, of: credentials) } == "a, b")
        }
        #expect(parse("") { names(ParameterList($0), of: "") }.isEmpty)
        #expect(parse(";; a ;;b= ;") { names(ParameterList($0), of: ";; a ;;b= ;") } == ["a", "b"])
    }

    private func names(_ list: ParameterList, of text: String) -> [String?] {
        var list = list
        var names: [String?] = []
        while let parameter = list.next() { names.append(piece(parameter.name, of: text)) }
        return names
    }

    @Test("numbers are written in decimal") func decimals() {
        for number in [0, 7, 10, 99, 100, 5060, -12, .max, .min] {
            var text: [UInt8] = []
            text.append(decimal: number)
            #expect(text == Array(String(number).utf8))
        }
    }

    @Test("comma separated values come with and without quotes") func csv() {
        func fields(_ text: String) -> [String] {
            parse(text) { bytes in
                let csv = CSV(bytes)
                return (0..<csv.count).map { index in
                    var output: [UInt8] = []
                    if let field = csv.field(at: index) { csv.write(field, into: &output) }
                    return string(output)
                }
            }
        }
        #expect(fields("a,b,c") == ["a", "b", "c"])
        #expect(fields(#"x,"two, parts",,"say ""hi""", sp "#) == ["x", "two, parts", "", "say \"hi\"", " sp "])
        #expect(fields("solo") == ["solo"])
        #expect(fields("") == [""])
        #expect(fields("a,") == ["a", ""])
        #expect(fields("\"open") == ["open"])
        #expect(fields("\"\"\"\"") == ["\""])
        parse("a,b,c") { bytes in
            let csv = CSV(bytes)
            #expect(csv.field(at: -3)?.content == ByteRange(0, 1))
            #expect(csv.field(at: 3) == nil && csv.field(at: -4) == nil)
        }
    }

    @Test("session descriptions have lines and streams") func sdp() {
        let text =
            "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=x\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8\r\n"
            + "a=rtpmap:0 PCMU/8000\r\na=sendrecv\r\nm=video 5000 RTP/AVP 31\r\na=inactive\r\n"
        parse(text) { bytes in
            let sdp = SDP(bytes)
            func line(_ letter: Character, _ index: Int = 0) -> String? {
                sdp.line(letter.asciiValue!, at: index).flatMap { piece($0, of: text) }
            }
            #expect(line("m") == "m=audio 4000 RTP/AVP 0 8")
            #expect(line("m", 1) == "m=video 5000 RTP/AVP 31")
            #expect(line("a", 2) == "a=inactive" && line("a", -1) == "a=inactive")
            #expect(line("z") == nil && line("a", 9) == nil && line("a", -4) == nil)
            #expect(sdp.streams.count == 2)
            #expect(sdp.stream(at: 1)?.count == 37)
            #expect(sdp.stream(medium: ("VIDEO" as StaticString).bytes) == sdp.stream(at: -1))
            #expect(sdp.stream(medium: ("text" as StaticString).bytes) == nil)
            #expect(sdp.stream(at: -2).flatMap { piece($0, of: text) }?.hasPrefix("m=audio") == true)
            #expect(sdp.stream(at: 2) == nil && sdp.stream(at: -3) == nil)
        }
    }

    @Test("parts of a URI are replaced one by one") func editing() throws {
        func edit(_ text: String, _ part: URI.Part, _ value: StaticString?) throws -> String? {
            try parse(text) { bytes in
                var output: [UInt8] = []
                let done = try URI(bytes).write(bytes, replacing: part, with: value?.bytes, into: &output)
                return done ? string(output) : nil
            }
        }
        let table: [(String, URI.Part, StaticString?, String?)] = [
            ("sip:carol@new.example", .user, "dave", "sip:dave@new.example"),
            ("sip:carol:pw@new.example;a", .user, "dave", "sip:dave:pw@new.example;a"),
            ("sip:carol:pw@new.example;a", .user, nil, "sip:new.example;a"),
            ("sip:dom.example:5077", .user, "back", "sip:back@dom.example:5077"),
            ("sip:dom.example:5077", .user, "", "sip:dom.example:5077"),
            ("sip:a@h:5;x?y=z", .host, "h2.example", "sip:a@h2.example:5;x?y=z"),
            ("sip:a@h:5;x?y=z", .hostAndPort, "h2:7", "sip:a@h2:7;x?y=z"),
            ("sip:a@h:5;x?y=z", .port, "5099", "sip:a@h:5099;x?y=z"),
            ("sip:a@h;x", .port, "5099", "sip:a@h:5099;x"), ("sip:a@[::1]:5", .port, nil, "sip:a@[::1]"),
            ("sip:h", .host, nil, nil), ("tel:123;x", .user, "456", "tel:456;x"), ("tel:123", .host, "h", nil),
            ("urn:x", .user, "y", nil), ("urn:service:sos", .host, "y", nil),
        ]
        for (text, part, value, expected) in table { #expect(try edit(text, part, value) == expected, "\(text)") }
    }

    @Test("credentials have a scheme and parameters") func credentials() throws {
        let text = #" Digest username="bob", realm="a, b" ,nc=00000001  "#
        try parse(text) { bytes in
            let credentials = try Credentials(bytes)
            #expect(piece(credentials.scheme, of: text) == "Digest")
            #expect(piece(credentials.parameter("username", in: bytes), of: text) == "bob")
            #expect(piece(credentials.parameter("realm", in: bytes), of: text) == "a, b")
            #expect(piece(credentials.parameter("NC", in: bytes), of: text) == "00000001")
            #expect(credentials.parameter("uri", in: bytes) == .absent)
        }
        #expect(throws: ParseError.self) { try parse("") { _ = try Credentials($0) } }
        #expect(throws: ParseError.self) { try parse("Dig\"est") { _ = try Credentials($0) } }
    }

    @Test("sequence numbers") func sequences() throws {
        #expect(try parse("0009\r\n  INVITE ") { try CSeq($0) }.number == 9)
        for bad in ["", "INVITE", "1", "1INVITE", "2147483648 BYE", "1 B YE", "-1 BYE"] {
            #expect(throws: ParseError.self, "\(bad)") { try parse(bad) { _ = try CSeq($0) } }
        }
    }

    @Test("the classes of characters are those of the grammar") func classes() {
        let alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        for byte in UInt8.min...UInt8.max {
            let isToken = (alphanumeric + "-.!%*_+`'~").utf8.contains(byte)
            let header = Array("SIP/2.0 200 \r\nX".utf8) + [byte] + Array("X: 1\r\n\r\n".utf8)
            let message = try? Message(header)
            #expect((message?.header(at: 0)?.name.count == 3) == (isToken), "\(byte)")
            let host = Array("sip:h".utf8) + [byte] + Array("h".utf8)
            let uri = host.withUnsafeBufferPointer { try? URI($0) }
            let isHost = (alphanumeric + "-._").utf8.contains(byte)
            #expect((uri?.host.count == 3) == isHost || byte == UInt8(ascii: "@"), "\(byte)")
        }
    }
}
