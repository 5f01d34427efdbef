import DNS
import Testing

@Suite struct ResponseTests {
    @Test func aQuestionIsWrittenAsRFC1035Says() {
        #expect(
            Question(name("Example.ORG."), .srv).query(id: 0x1234) == [
                0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, 0x65, 0x78, 0x61, 0x6d, 0x70, 0x6c, 0x65, 3, 0x6f, 0x72,
                0x67, 0, 0, 33, 0, 1,
            ])
    }

    @Test func namesThatCannotBeAskedForAreNone() {
        for text in ["a..b", ".", "", ".a", String(repeating: "a", count: 64), "a b", "ä.org"] {
            #expect(DomainName(text) == nil, "\(text)")
        }
        let long = Array(repeating: String(repeating: "a", count: 62), count: 4).joined(separator: ".")
        #expect(DomainName(long)?.text.utf8.count == 251)
        #expect(DomainName(long + ".bcd") == nil)
        #expect(DomainName("A.b.")?.below("_sip._udp")?.text == "_sip._udp.a.b")
    }

    @Test func servicesAreRead() throws {
        // The target is `sip` below the name that stands in the question behind `_sip._udp.`
        let answer = Answer(to: service, answers: 2)
            .with(33, lifetime: 90, [0, 1, 0, 20, 0x13, 0xc4, 3, 0x73, 0x69, 0x70, 0xc0, 22])
            .with(33, lifetime: 60, [0, 0, 0, 0, 0x13, 0xc5] + wire("Other.Example"))
        #expect(
            try answer.read(as: service)?.outcome
                == .records([
                    .service(ServiceRecord(priority: 1, weight: 20, port: 5060, target: name("sip.example.org"))),
                    .service(ServiceRecord(priority: 0, weight: 0, port: 5061, target: name("other.example"))),
                ]))
        #expect(try answer.read(as: service)?.lifetime == 60)
    }

    @Test func namingAuthoritiesAreRead() throws {
        let data = [0, 50, 0, 10] + text("S") + text("SIP+D2U") + text("") + wire("_sip._udp.example.org")
        let record = NamingAuthorityRecord(
            order: 50, preference: 10, flags: "S", service: "SIP+D2U", replacement: name("_sip._udp.example.org"))
        let answer = Answer(to: naming, answers: 1).with(35, data)
        #expect(try answer.read(as: naming)?.outcome == .records([.namingAuthority(record)]))
    }

    private func text(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }

    @Test func aliasesAreFollowed() throws {
        let data: [UInt8] = [0, 0, 0, 0, 0x13, 0xc4] + wire("a.example")
        let answer = Answer(to: service, answers: 3)
            .with(33, owner: wire("there.example"), data)
            .with(5, owner: wire("_sip._udp.example.org"), wire("here.example"))
            .with(5, owner: wire("HERE.example"), wire("there.example"))
        let record = ServiceRecord(priority: 0, weight: 0, port: 5060, target: name("a.example"))
        #expect(try answer.read(as: service)?.outcome == .records([.service(record)]))
        // Those of somebody else are not ours.
        let other = Answer(to: service, answers: 1).with(33, owner: wire("there.example"), data)
        #expect(try other.read(as: service)?.outcome == .records([]))
        // A circle ends.
        let circle = Answer(to: service, answers: 1).with(5, [0xc0, 12])
        #expect(try circle.read(as: service)?.outcome == .records([]))
    }

    @Test func nothingIsRememberedAsLongAsTheZoneSays() throws {
        let authority = wire("ns.example") + wire("admin.example") + [UInt8](repeating: 0, count: 16) + [0, 0, 0, 30]
        let nothing = Answer(to: service, flags: 0x8183, authorities: 1).with(6, lifetime: 200, authority)
        #expect(try nothing.read(as: service)?.outcome == .records([]))
        #expect(try nothing.read(as: service)?.lifetime == 30)
        #expect(try Answer(to: service, flags: 0x8183).read(as: service)?.lifetime == 0)
    }

    @Test func whatAnswersAnotherQueryIsNoAnswer() throws {
        #expect(try Answer(to: service).read(as: service, id: 8) == nil)
        #expect(try Answer(to: service).read(as: naming) == nil)
        #expect(try Answer(to: service, flags: 0x0100).read(as: service) == nil)
        #expect(try Answer(to: service, flags: 0x8380).read(as: service)?.outcome == .truncated)
        for code in [1, 2, 4, 5] as [UInt16] {
            #expect(try Answer(to: service, flags: 0x8180 | code).read(as: service)?.outcome == .refused)
        }
    }

    @Test(
        arguments: [
            // A name that leads to itself, forwards, or out of the message.
            [0xc0, 40], [0xc0, 0xff], [0xff, 0xff], [63, 1], [1, 0x20, 0], [3, 0x61, 0x2e, 0x62, 0],
        ] as [[UInt8]])
    func namesThatLeadNowhereAreRefused(_ target: [UInt8]) {
        let answer = Answer(to: service, answers: 1).with(33, [0, 0, 0, 0, 0, 0] + target)
        #expect(throws: MalformedMessage.self) { try answer.read(as: service) }
    }

    @Test func everyCutOfAMessageIsRefused() throws {
        let answer = Answer(to: service, answers: 1).with(33, [0, 0, 0, 0, 0, 0] + wire("a.example"))
        #expect(try answer.read(as: service) != nil)
        for count in 0..<answer.bytes.count {
            var cut = answer
            cut.bytes.removeLast(answer.bytes.count - count)
            #expect(throws: MalformedMessage.self) { try cut.read(as: service) }
        }
    }

    @Test func noMessageBreaksTheReader() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Generator(state: seed)
        let naptr: [UInt8] = [0, 1, 0, 1, 1, 0x53, 7] + Array("SIP+D2U".utf8) + [0, 0xc0, 12]
        let seeds = [
            Answer(to: service, answers: 2).with(33, [0, 1, 0, 2, 0, 3, 0xc0, 12]).with(5, wire("b.example")),
            Answer(to: naming, answers: 1, authorities: 1).with(35, naptr)
                .with(6, [0xc0, 12, 0xc0, 12] + [UInt8](repeating: 1, count: 20)),
        ]
        var understood = 0
        for _ in 0..<200_000 {
            var answer = seeds.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<answer.bytes.count, using: &random)
                answer.bytes[place] = .random(in: 0...255, using: &random)
            }
            for question in [service, naming] {
                // Reading either answers or throws; that it does neither wrongly is what the other tests say.
                if let response = try? answer.read(as: question), case .records = response.outcome { understood += 1 }
            }
        }
        #expect(understood > 1000, "seed \(seed)")
    }
}

/// SplitMix64.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
