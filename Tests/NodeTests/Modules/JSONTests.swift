import Testing

@testable import Node

@Suite struct JSONTests {
    @Test(arguments: [
        (#"{"a":[1,-2,0,1.50,1e3,true,false,null,"x"],"":{}}"#, #"{"a":[1,-2,0,1.50,1e3,true,false,null,"x"],"":{}}"#),
        (#" [ "\u00e4\ud83d\ude00\b\f\n\r\t\"\\\/\u0001" ] "#, "[\"ä😀\\b\\f\\n\\r\\t\\\"\\\\\\/\\u0001\"]"),
        (#"["\ud800","\ud800\u0041","\udc00"]"#, #"["�","�A","�"]"#),
        (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775808", "9223372036854775808"), ("99999999999999999999", "18446744073709551615"),
        ("-99999999999999999999", "-9223372036854775808"),
    ])
    func `what is read prints the same`(text: String, printed: String) throws {
        let value = try JSONParser.parse(Array(text.utf8))
        #expect(String(decoding: try #require(JSONPrinter.print(value)), as: UTF8.self) == printed)
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,", "[1,]", "[,]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#, "'a'",
        "01", "-", "1.", ".5", "1e", "+1", "0x10", "tru", "TRUE", "nul", "NaN", "Infinity", #""a"#, #""\x""#,
        #""\u12g4""#, "\"\t\"", "1 2", "[1 2]", "/**/1", "[1]]", #"{"a" 1}"#, "\u{feff}1",
    ])
    func `what RFC 8259 does not allow is refused, with a place`(text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
        do {
            _ = try JSONParser.parse(Array(text.utf8))
        } catch {
            #expect((0...text.utf8.count).contains(error.offset))
        }
    }

    @Test(arguments: [
        ("[1,]", "[1]"), (#"{"a":1,} tail"#, #"{"a":1}"#), ("{'a':'b'}", #"{"a":"b"}"#), ("[TRUE,Null]", "[true,null]"),
        ("[NaN,infinity,-INFINITY]", "[NaN,Infinity,-Infinity]"), ("[007,5.,1e]", "[7,5.,1]"),
        ("/* c */ [1, // x\n2]", "[1,2]"), ("[\"a\tb\"]", #"["a\tb"]"#), ("5abc", "5"),
    ])
    func `the tolerant dialect takes what json-c takes`(text: String, printed: String) throws {
        let value = try JSONParser.parse(Array(text.utf8), .tolerant)
        #expect(String(decoding: try #require(JSONPrinter.print(value)), as: UTF8.self) == printed)
    }

    @Test func `thirty-one levels are read, more are refused`() throws {
        let nested = { (depth: Int) in
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONParser.parse(nested(31))
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(nested(32)) }
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(nested(1_000_000), .tolerant) }
    }

    @Test func `the three styles`() throws {
        let value = try JSONParser.parse(Array(#"{"a":[],"b":[1,{"c":{}}]}"#.utf8))
        let text = { (style: JSONPrinter.Style) in
            JSONPrinter.print(value, style).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(text(.compact) == #"{"a":[],"b":[1,{"c":{}}]}"#)
        #expect(text(.spaced) == #"{ "a": [ ], "b": [ 1, { "c": { } } ] }"#)
        #expect(text(.pretty) == "{\n  \"a\":[\n  ],\n  \"b\":[\n    1,\n    {\n      \"c\":{\n      }\n    }\n  ]\n}")
        #expect(JSONPrinter.print(value, .compact, limit: 10) == nil)
    }

    @Test func `an object with many members finds, replaces and removes each`() {
        let object = JSONObject()
        for number in 0..<100 { object[Array("k\(number)".utf8)] = .integer(Int64(number)) }
        for number in stride(from: 0, to: 100, by: 3) { object[Array("k\(number)".utf8)] = nil }
        object[Array("k1".utf8)] = .null
        #expect(object.members.count == 66)
        #expect(object[Array("k0".utf8)] == nil)
        #expect(object[Array("k1".utf8)] == JSON.null)
        #expect(object[Array("k98".utf8)] == .integer(98))
        #expect(object.members.map(\.name).first == Array("k1".utf8))
    }

    @Test func `printing and reading any value gives it back`() throws {
        var random = ModuleRandom()
        for _ in 0..<ModuleRandom.rounds(3000) {
            let value = anyValue(&random, depth: 0)
            for style in [JSONPrinter.Style.compact, .spaced, .pretty] {
                for dialect in [JSONParser.Dialect.strict, .tolerant] {
                    let printed = try #require(JSONPrinter.print(value, style, escapesSlash: random.flip()))
                    #expect(try JSONParser.parse(printed, dialect) == value, "seed \(random.seed)")
                }
            }
        }
    }

    private func anyValue(_ random: inout ModuleRandom, depth: Int) -> JSON {
        switch random.below(depth > 5 ? 6 : 8) {
        case 0: return .null
        case 1: return .boolean(random.flip())
        case 2: return .integer(Int64(bitPattern: random.next()) >> Int64(random.below(64)))
        case 3: return .number(Array("-0.\(random.below(1000))e-\(random.below(9))".utf8))
        case 4, 5: return .string(anyText(&random))
        case 6: return .array(JSONArray((0..<random.below(5)).map { _ in anyValue(&random, depth: depth + 1) }))
        default:
            let object = JSONObject()
            for _ in 0..<random.below(20) { object[anyText(&random)] = anyValue(&random, depth: depth + 1) }
            return .object(object)
        }
    }

    private func anyText(_ random: inout ModuleRandom) -> [UInt8] {
        (0..<random.below(12)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    @Test func `damaged documents never break the parser`() throws {
        var random = ModuleRandom()
        let sources = [
            #"{"a":[1,-2.5e+7,{"k":"v\u00e4\n"}],"b":null,"c":[true,false,NaN,Infinity],"":{}}"#,
            "[[[[[]]]],'x',/* c */ 1]",
        ].map { Array($0.utf8) }
        for _ in 0..<ModuleRandom.rounds(30_000) {
            var text = sources[random.below(sources.count)]
            for _ in 0...random.below(4) { random.damage(&text, alphabet: Array(#"{}[]":,'\/*u-+.eE0 nNtfI"#.utf8)) }
            for dialect in [JSONParser.Dialect.strict, .tolerant] {
                guard let value = try? JSONParser.parse(text, dialect) else { continue }
                let printed = try #require(JSONPrinter.print(value))
                let again = try? JSONParser.parse(printed, .tolerant)
                #expect(again.flatMap { JSONPrinter.print($0) } == printed, "seed \(random.seed): \(text)")
            }
        }
    }

    @Test func `damaged paths never break the reader`() {
        var random = ModuleRandom()
        let source = Array("doc/key[0][-1]/$var(k)/l[$(avp(i)[1])][]/a.b.keys".utf8)
        for _ in 0..<ModuleRandom.rounds(30_000) {
            var text = source
            for _ in 0...random.below(6) { random.damage(&text, alphabet: Array("/[]$().+-0 keysvalu".utf8)) }
            guard let path = try? JSONPath(text) else { continue }
            #expect(path.variables.count <= path.steps.count)
        }
    }

    @Test(arguments: [
        (#"$json(a[x])"#, "is no index"), (#"$json(a[1)"#, "not closed"), (#"$json(a.foo)"#, "keys"),
        (#"$json(a[1]b)"#, "behind ']'"), (#"$json(a/$nosuch)"#, "no variable"),
    ])
    func `a path that cannot be read is an error of the script`(variable: String, words: String) {
        let errors = ModuleStory.errors(in: "loadmodule \"json.so\"\nstartup_route { xlog(\"\(variable)\"); }")
        #expect(errors.contains { $0.contains(words) }, "\(errors)")
    }

    @Test func `a merge is RFC 7396, whatever the documents`() throws {
        var random = ModuleRandom()
        for _ in 0..<ModuleRandom.rounds(2000) {
            let value = anyValue(&random, depth: 2)
            let patch = anyValue(&random, depth: 2)
            let merged = value.merged(with: patch)
            #expect(merged == reference(value, patch), "seed \(random.seed)")
            // A patch without null members applied twice changes nothing more.
            #expect(merged.merged(with: patch) == merged, "seed \(random.seed)")
        }
    }

    /// The pseudo-code of RFC 7396 section 2.
    private func reference(_ target: JSON, _ patch: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        let result = JSONObject()
        if case .object(let object) = target {
            for member in object.members { result[member.name] = member.value }
        }
        for change in changes.members {
            result[change.name] = change.value.isNull ? nil : reference(result[change.name] ?? .null, change.value)
        }
        return .object(result)
    }

    @Test func `a document never comes to hold itself`() throws {
        let story = try ModuleStory(
            #"""
            loadmodule "json.so"
            startup_route {
              $json(a) := '{"b":{"c":[{}]}}';
              json_link($json(a/b/c[0]/up), $json(a/b)); xlog("@@ $rc\n");
              json_link($json(a/b/c[]), $json(a)); xlog("@@ $rc\n");
              json_link($json(whole), $json(a)); json_link($json(whole/b/me), $json(a/b/c)); xlog("@@ $rc $json(a)\n");
              json_link($json(a/b/c[]), $json(whole/b)); xlog("@@ $rc\n");
            }
            """#
        ).start()
        #expect(story.said == ["-1", "-1", #"1 { "b": { "c": [ { } ], "me": [ { } ] } }"#, "-1"])
    }

    @Test func `long numbers are quoted where the parameter says so`() throws {
        let story = try ModuleStory(
            #"""
            loadmodule "json.so"
            modparam("json", "enable_long_quoting", 1)
            startup_route {
              $json(a) := '{"big":12345678901,"small":5}';
              $var(t) = "" + $json(a/big); $var(n) = $json(a/small) + 1; xlog("@@ $var(t) $var(n)\n");
            }
            """#
        ).start()
        #expect(story.said == ["12345678901 6"])
    }
}
