import DNS
import Testing

@Suite struct LookupTests {
    private static let record = Record.service(
        ServiceRecord(priority: 0, weight: 0, port: 5060, target: name("a.example")))
    private static let good = Answer(to: service, answers: 1).with(33, [0, 0, 0, 0, 0x13, 0xc4] + wire("a.example"))

    private func lookup(servers: Int = 2, tries: Int = 2) -> Lookup {
        Lookup(service, id: 7, servers: servers, Patience(timeout: 1, tries: tries))
    }

    private func hear(_ answer: Answer, _ lookup: inout Lookup, over carrier: Lookup.Carrier = .datagram) -> Lookup.Step
    {
        answer.bytes.withUnsafeBufferPointer { lookup.onMessage($0, over: carrier) }
    }

    @Test func silentServersAreAskedInTurnAndThenGivenUp() {
        var lookup = lookup()
        #expect(
            (0..<5).map { _ in lookup.askNext() } == [
                .ask(server: 0, .datagram), .ask(server: 1, .datagram), .ask(server: 0, .datagram),
                .ask(server: 1, .datagram), .failed,
            ])
        var alone = Lookup(service, id: 7, servers: 0, Patience())
        #expect(alone.askNext() == .failed)
    }

    @Test func anAnswerEndsIt() {
        var lookup = lookup()
        _ = lookup.askNext()
        #expect(hear(Self.good, &lookup) == .found([Self.record], lifetime: 60))
    }

    @Test func aServerThatCannotSayIsPassedOver() {
        var lookup = lookup()
        _ = lookup.askNext()
        #expect(hear(Answer(to: service, flags: 0x8182), &lookup) == .ask(server: 1, .datagram))
    }

    @Test func forgedAndBrokenMessagesChangeNothing() {
        var lookup = lookup()
        _ = lookup.askNext()
        #expect(hear(Answer(to: service, id: 8), &lookup) == .wait)
        #expect(hear(Answer(to: naming), &lookup) == .wait)
        var broken = Self.good
        broken.bytes.removeLast()
        #expect(hear(broken, &lookup) == .wait)
        #expect(hear(Self.good, &lookup) == .found([Self.record], lifetime: 60))
    }

    @Test func whatIsTooLongForADatagramIsAskedForOverAStream() {
        let cut = Answer(to: service, flags: 0x8380)
        var lookup = lookup()
        _ = lookup.askNext()
        #expect(hear(cut, &lookup) == .ask(server: 0, .stream))
        #expect(hear(Self.good, &lookup, over: .stream) == .found([Self.record], lifetime: 60))
        var stubborn = self.lookup()
        _ = stubborn.askNext()
        _ = hear(cut, &stubborn)
        #expect(hear(cut, &stubborn, over: .stream) == .ask(server: 1, .datagram))
    }

    @Test func answersAreKeptAsLongAsTheyMayBe() {
        var cache = AnswerCache()
        cache.keep([Self.record], for: service, lifetime: 2, at: 0)
        cache.keep([], for: naming, lifetime: 0, at: 0)
        #expect(cache.records(for: service, at: 1_999_999_999) == [Self.record])
        #expect(cache.records(for: service, at: 2_000_000_000) == nil)
        #expect(cache.records(for: naming, at: 0) == nil)
        // However many there are, it stays small.
        for number in 0..<20_000 {
            cache.keep([], for: Question(name("\(number).example"), .srv), lifetime: 60, at: 0)
        }
        let kept = (0..<20_000).count { cache.records(for: Question(name("\($0).example"), .srv), at: 1) != nil }
        #expect((1...4096).contains(kept))
    }

    @Test func theSystemsSettingsAreRead() {
        let configuration = ResolverConfiguration(
            """
            # a comment
            nameserver 192.0.2.1
            nameserver\t2001:db8::1   ; another
            search example.org
            options ndots:2 timeout:3 attempts:99
            nameserver 192.0.2.3
            nameserver 192.0.2.4
            """)
        #expect(configuration.servers == ["192.0.2.1", "2001:db8::1", "192.0.2.3"])
        #expect(configuration.patience == Patience(timeout: 3, tries: 5))
        #expect(ResolverConfiguration("").servers == ["127.0.0.1"])
    }
}
