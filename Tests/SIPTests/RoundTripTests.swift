import SIP
import Testing

@Suite("What is written is read again") struct RoundTripTests {
    static func word(_ random: inout Seeded, _ letters: String, _ length: ClosedRange<Int>) -> String {
        String((0..<Int.random(in: length, using: &random)).map { _ in letters.randomElement(using: &random)! })
    }

    static func maybe<Value>(_ random: inout Seeded, _ value: (inout Seeded) -> Value) -> Value? {
        Bool.random(using: &random) ? value(&random) : nil
    }

    static func uri(_ random: inout Seeded) -> (text: String, parts: [String?]) {
        let user = maybe(&random) { word(&$0, "ab01-_.!~*'()&=+$,;?/%", 1...8) }
        let password = user == nil ? nil : maybe(&random) { word(&$0, "xy9&=+$,", 0...4) }
        let host = ["h", "a-b.example", "192.0.2.1", "[2001:db8::1]"].randomElement(using: &random)!
        let port = maybe(&random) { String(Int.random(in: 0...65_535, using: &$0)) }
        let parameters = maybe(&random) { word(&$0, "ab1-;=:[]/&+$", 0...9) }
        let headers = maybe(&random) { word(&$0, "ab1-&=?[]/:+$", 0...9) }
        let scheme = ["sip", "sips", "SIP"].randomElement(using: &random)!
        let text =
            scheme + ":" + (user.map { $0 + (password.map { ":" + $0 } ?? "") + "@" } ?? "") + host
            + (port.map { ":" + $0 } ?? "") + (parameters.map { ";" + $0 } ?? "") + (headers.map { "?" + $0 } ?? "")
        return (text, [scheme, user, password, host, port, parameters, headers])
    }

    @Test("URIs made of parts fall into the same parts, and stay when a part is replaced by itself") func uris() throws
    {
        var random = Seeded(23)
        for _ in 0..<20_000 {
            let (text, parts) = Self.uri(&random)
            try parse(text) { bytes in
                let uri = try URI(bytes)
                let found = [uri.schemeText, uri.user, uri.password, uri.host, uri.port, uri.parameters, uri.headers]
                #expect(found.map { piece($0, of: text) } == parts, "seed 23: \(text)")
                for (part, range) in [(URI.Part.user, uri.user), (.host, uri.host), (.port, uri.port)] {
                    var output: [UInt8] = []
                    let value = range.isPresent ? bytes[range] : nil
                    #expect(uri.write(bytes, replacing: part, with: value, into: &output))
                    // Without its user a URI keeps nothing of the password either, and it had none.
                    #expect(string(output) == text, "seed 23: \(text)")
                }
            }
        }
    }

    @Test("address lists made of parts are read as made") func addresses() throws {
        var random = Seeded(29)
        for _ in 0..<5_000 {
            let made = (0..<Int.random(in: 1...4, using: &random)).map { _ -> [String?] in
                let name = Self.maybe(&random) {
                    Bool.random(using: &$0)
                        ? "\"" + Self.word(&$0, "ab<>,;:\u{e9} ", 0...6) + "\\\"\"" : Self.word(&$0, "ab.-", 1...6)
                }
                let tag = Self.maybe(&random) { Self.word(&$0, "xyz1", 1...5) }
                return [name, Self.uri(&random).text, tag]
            }
            let text = made.map { parts in
                (parts[0].map { $0 + " " } ?? "") + "<\(parts[1]!)>" + (parts[2].map { " ;q=1; tag = \($0)" } ?? "")
            }.joined(separator: [",", ", ", " ,\r\n "].randomElement(using: &random)!)
            try parse(text) { bytes in
                let list = NameAddressList(bytes)
                #expect(try list.count() == made.count, "seed 29: \(text)")
                for (index, parts) in made.enumerated() {
                    let address = try #require(try list.address(at: index))
                    let found = [address.name, address.uri, address.tag].map { piece($0, of: text) }
                    #expect(found == parts, "seed 29: \(text)")
                }
            }
        }
    }

    @Test("a reply finds its way back through every proxy that forwarded the request") func chain() throws {
        var random = Seeded(31)
        let key = KeyedHash.Key(low: 5, high: 6)
        for _ in 0..<300 {
            var request = try Message(text: invite)
            var trail: [(address: IPAddress, port: Int)] = []
            for hop in 0..<Int.random(in: 1...6, using: &random) {
                let packed = (0..<4).map { _ in UInt8.random(in: 1...250, using: &random) }
                let address = try #require(packed.withUnsafeBufferPointer { IPAddress(packed: $0) })
                let source = Endpoint(.udp, address, port: Int.random(in: 1...65_535, using: &random))
                trail.append((address, source.port))
                var changes = Changes()
                try changes.noteSource(source, of: request)
                changes.countHop(of: request)
                var branch: [UInt8] = []
                try request.writeBranch(key: key, into: &branch)
                branch.withUnsafeBufferPointer { branch in
                    parse("p\(hop).example") { host in
                        let via = OwnVia(.udp, host: host, port: 5060, branch: branch, asksForPort: true)
                        changes.push(via, on: request)
                    }
                }
                var output: [UInt8] = []
                request.serialize(changes, into: &output)
                request = try Message(output)
                try request.check()
            }
            #expect(request.maxForwards == .hops(70 - trail.count))
            var bytes: [UInt8] = []
            Reply(200, ("OK" as StaticString).bytes).write(to: request, from: nil, into: &bytes)
            while let step = trail.popLast() {
                let reply = try Message(bytes)
                let target = try #require(try reply.replyTarget())
                #expect(IPAddress(host: reply[target.host]) == step.address && target.port == step.port)
                var changes = Changes()
                try changes.popVia(of: reply)
                bytes = []
                reply.serialize(changes, into: &bytes)
            }
            #expect(try Message(bytes).viaCount() == 1)
        }
    }
}
