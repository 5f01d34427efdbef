import Testing

@testable import Events

private func filters(_ texts: String...) throws -> [EventFilter] {
    try texts.map { try #require(EventFilter(bytes($0))) }
}

private func event(_ name: String, _ attributes: KeyValuePairs<String, String>) -> Event {
    Event(name: bytes(name), attributes: attributes.map { .init(name: bytes($0), value: .bytes(bytes($1))) })
}

@Suite struct WaitsTests {
    // golden async/filter-wildcards, with the order in which OpenSIPS ran the routes
    @Test func filtersAreShellPatternsAndTheNewestSubscriptionComesFirst() throws {
        var names = EventNames()
        let id = names.intern(bytes("E_F"))
        var waits = Waits()
        for (number, texts) in [["user=b?b*"], ["user=[a-c]*", "n=1*"], ["USER=alice"], ["absent=x"]].enumerated() {
            let list = try texts.map { try #require(EventFilter(bytes($0))) }
            _ = waits.add(event: id, filters: list, owner: UInt64(number + 1), kind: .repeated, deadline: 5 * second)
        }
        func hits(_ user: String) -> [UInt64] {
            let raised = Event(
                name: bytes("E_F"),
                attributes: [
                    .init(name: bytes("n"), value: .integer(12)),
                    .init(name: bytes("user"), value: .bytes(bytes(user))),
                ])
            return waits.onEvent(raised, id, now: 0).map(\.owner)
        }
        #expect(hits("bob") == [4, 2, 1])
        #expect(hits("ALICE") == [4])
        #expect(hits("alice") == [4, 3, 2])
        #expect(waits.count == 4)
        let over = waits.onTimer(now: 5 * second)
        #expect(over.map(\.owner) == [1, 2, 3, 4])
        #expect(waits.count == 0)
        #expect(names.id(of: bytes("E_UNHEARD")) == nil)
    }

    @Test func aWaitForOneEventEndsWithIt() throws {
        var waits = Waits()
        let id = EventID(number: 0)
        let ticket = waits.add(event: id, filters: try filters("aor=bob@*"), owner: 9, kind: .once, deadline: nil)
        #expect(waits.onEvent(event("E_W", ["aor": "ann@x"]), id, now: 0).isEmpty)
        #expect(waits.onEvent(event("E_W", ["aor": "bob@x"]), EventID(number: 1), now: 0).isEmpty)
        let hits = waits.onEvent(event("E_W", ["aor": "bob@x"]), id, now: 0)
        #expect(hits == [.init(ticket: try #require(ticket), owner: 9, kind: .once)])
        #expect(waits.onEvent(event("E_W", ["aor": "bob@x"]), id, now: 0).isEmpty)
        let isLeft = waits.remove(hits[0].ticket)
        #expect(!isLeft)
    }

    @Test func anEventWithoutTheIndexedAttributeMeetsAllWaits() throws {
        var waits = Waits()
        let id = EventID(number: 0)
        for tag in 0..<100 {
            _ = waits.add(
                event: id, filters: try filters("tag=\(tag)"), owner: UInt64(tag), kind: .repeated, deadline: nil)
        }
        #expect(waits.onEvent(event("E", ["Tag": "42"]), id, now: 0).map(\.owner) == [42])
        #expect(waits.onEvent(event("E", [:]), id, now: 0).map(\.owner) == (0..<100).reversed().map { UInt64($0) })
        // Attributes without a name are none that a filter could ask for.
        #expect(waits.onEvent(Event(name: [], attributes: [.init(value: .integer(42))]), id, now: 0).count == 100)
    }

    @Test func aWaitThatHasRunOutIsNotHit() throws {
        var waits = Waits()
        let id = EventID(number: 0)
        _ = waits.add(event: id, filters: [], owner: 1, kind: .repeated, deadline: 10)
        #expect(waits.nextDeadline == 10)
        #expect(waits.onEvent(event("E", [:]), id, now: 9).count == 1)
        #expect(waits.onEvent(event("E", [:]), id, now: 10).isEmpty)
    }

    @Test func thereIsABound() throws {
        var waits = Waits(limit: 2)
        let tickets = (0..<3).map {
            waits.add(event: .init(number: 0), filters: [], owner: $0, kind: .once, deadline: nil)
        }
        #expect(tickets[2] == nil)
        waits.remove(try #require(tickets[0]))
        #expect(waits.add(event: .init(number: 0), filters: [], owner: 3, kind: .once, deadline: nil) != nil)
    }

    @Test(arguments: ["", "x", "=y"])
    func whatHasNoNameIsNoFilter(text: String) {
        #expect(EventFilter(bytes(text)) == nil)
    }

    /// Against a list that is searched from end to end.
    @Test func theIndexFindsWhatASearchFinds() throws {
        struct Entry {
            var id: EventID
            var filters: [EventFilter]
            var hit: Waits.Hit
            var deadline: Nanoseconds?
        }
        for seed in seeds(300) {
            var random = SeededGenerator(seed: seed)
            var waits = Waits()
            var model: [Entry] = []
            var now: Nanoseconds = 0
            for owner in 0..<UInt64(200) {
                let id = EventID(number: random.below(2))
                switch random.below(10) {
                case 0..<5:
                    let texts = (0..<random.below(3)).map { _ in
                        random.pick(["a", "A", "b", "c"]) + "="
                            + random.pick(["1", "2", "3", "[12]", "*", "?x", "\\1"])
                    }
                    let list = texts.compactMap { EventFilter(bytes($0)) }
                    let deadline: Nanoseconds? = random.chance(50) ? now + Nanoseconds(random.below(40)) : nil
                    let kind: Waits.Kind = random.chance(50) ? .once : .repeated
                    let ticket = waits.add(event: id, filters: list, owner: owner, kind: kind, deadline: deadline)
                    let hit = Waits.Hit(ticket: try #require(ticket), owner: owner, kind: kind)
                    model.append(Entry(id: id, filters: list, hit: hit, deadline: deadline))
                case 5..<8:
                    let raised = Event(
                        name: [],
                        attributes: (0..<random.below(3)).map { _ in
                            .init(
                                name: random.chance(80) ? bytes(random.pick(["a", "B", "b"])) : nil,
                                value: random.chance(50)
                                    ? .integer(1 + random.below(3)) : .bytes(bytes(random.pick(["1", "2x", "zz"]))))
                        })
                    let view = FilterView(raised)
                    let expected = model.reversed().filter { entry in
                        entry.id == id && entry.deadline ?? .max > now
                            && entry.filters.allSatisfy { filter in
                                view.value(named: filter.name).map { filter.pattern.matches($0) } ?? true
                            }
                    }.map(\.hit)
                    #expect(waits.onEvent(raised, id, now: now) == expected, "seed \(seed)")
                    model.removeAll { expected.contains($0.hit) && $0.hit.kind == .once }
                case 8:
                    if !model.isEmpty {
                        let gone = model.remove(at: random.below(model.count))
                        let removed = [waits.remove(gone.hit.ticket), waits.remove(gone.hit.ticket)]
                        #expect(removed == [true, false], "seed \(seed)")
                    }
                default:
                    now += Nanoseconds(random.below(20))
                    let expected = Set(model.filter { $0.deadline ?? .max <= now }.map(\.hit))
                    #expect(Set(waits.onTimer(now: now)) == expected, "seed \(seed)")
                    model.removeAll { expected.contains($0.hit) }
                }
                #expect(waits.count == model.count, "seed \(seed)")
            }
        }
    }
}

@Suite struct SubscriptionsTests {
    private let a = SocketAddress.udp(.init(host: "a", port: 1))
    private let b = SocketAddress.unix(path: bytes("/b"))
    private let one = EventID(number: 1)
    private let two = EventID(number: 2)

    // golden events/several-subscribers
    @Test func theSameSocketCountsOnce() throws {
        var subscriptions = Subscriptions()
        guard case .added(let first, isNew: true) = subscriptions.subscribe(one, to: a, lifetime: .forever, now: 0),
            case .added(let second, isNew: true) = subscriptions.subscribe(one, to: b, lifetime: .forever, now: 0),
            case .added(let third, isNew: false) = subscriptions.subscribe(two, to: a, lifetime: .forever, now: 0)
        else {
            Issue.record("not added")
            return
        }
        #expect(first == third)
        #expect(subscriptions.subscribe(one, to: a, lifetime: .forever, now: 0) == .renewed(first))
        #expect(subscriptions.sockets(of: one, now: 0) == [first, second])
        #expect(subscriptions.address(of: second) == b)
        #expect(subscriptions.subscribe(one, to: a, lifetime: .over, now: 0) == .removed(first, isUnused: false))
        #expect(subscriptions.subscribe(one, to: a, lifetime: .over, now: 0) == .unchanged)
        #expect(subscriptions.subscribe(two, to: a, lifetime: .over, now: 0) == .removed(first, isUnused: true))
        #expect(subscriptions.sockets(of: one, now: 0) == [second])
        #expect(subscriptions.address(of: first) == nil)
    }

    @Test func aSubscriptionRunsOutUnlessItIsRenewed() {
        var subscriptions = Subscriptions()
        _ = subscriptions.subscribe(one, to: a, lifetime: .init(seconds: 60), now: 0)
        _ = subscriptions.subscribe(one, to: b, lifetime: .init(seconds: nil), now: 0)
        _ = subscriptions.subscribe(one, to: a, lifetime: .init(seconds: 60), now: 30 * second)
        #expect(subscriptions.nextDeadline == 90 * second)
        #expect(subscriptions.sockets(of: one, now: 89 * second).count == 2)
        #expect(subscriptions.sockets(of: one, now: 90 * second).count == 1)
        #expect(subscriptions.onTimer(now: 89 * second) == .init())
        #expect(subscriptions.onTimer(now: 90 * second).unusedSockets.count == 1)
        #expect(subscriptions.nextDeadline == nil)
        #expect(subscriptions.sockets(of: one, now: 90 * second).count == 1)
    }

    @Test func aLifetimeOfNoSecondsIsTheEnd() {
        #expect(Subscriptions.Lifetime(seconds: 0) == .over)
        #expect(Subscriptions.Lifetime(seconds: -1) == .over)
        #expect(Subscriptions.Lifetime(seconds: 1) == .lasting(second))
        #expect(Subscriptions.Lifetime(seconds: .max) == .forever)
    }

    @Test func aReplyThatComesBeforeItsWaitIsKept() throws {
        var subscriptions = Subscriptions()
        subscriptions.replies.onIssue(tag: bytes("t1"), now: 0)
        let reply = event("E_RPL", ["msg": "hello", "tag": "t1"])
        #expect(subscriptions.onEvent(reply, one, now: 1).isEmpty)
        #expect(subscriptions.onEvent(event("E_RPL", ["tag": "strange"]), one, now: 1).isEmpty)
        #expect(subscriptions.replies.count == 1)
        let wait = try filters("TAG=t1")
        // For another event, or for every event, nothing is taken out.
        guard
            case .waiting(let other) = subscriptions.wait(
                for: two, filters: wait, owner: 1, kind: .once, deadline: nil, now: 2),
            case .waiting(let always) = subscriptions.wait(
                for: one, filters: wait, owner: 2, kind: .repeated, deadline: nil, now: 2)
        else {
            Issue.record("matched")
            return
        }
        subscriptions.endWait(other)
        subscriptions.endWait(always)
        #expect(
            subscriptions.wait(for: one, filters: wait, owner: 3, kind: .once, deadline: nil, now: 3) == .matched(reply)
        )
        guard case .waiting = subscriptions.wait(for: one, filters: wait, owner: 4, kind: .once, deadline: nil, now: 4)
        else {
            Issue.record("matched twice")
            return
        }
        // Claimed by the wait, so not kept; the next of a broadcast is.
        #expect(subscriptions.onEvent(reply, one, now: 5).map(\.owner) == [4])
        #expect(subscriptions.replies.count == 0)
        #expect(subscriptions.onEvent(reply, one, now: 6).isEmpty)
        #expect(subscriptions.replies.count == 1)
        #expect(subscriptions.nextDeadline == 6 + 5 * second)
        _ = subscriptions.onTimer(now: 6 + 5 * second)
        #expect(subscriptions.replies.count == 0)
        #expect(subscriptions.replies.statistics == .init(kept: 2, claimed: 1, expired: 1, dropped: 0))
    }

    @Test func repliesAreClaimedInTheOrderTheyCameAndOtherFiltersHold() throws {
        var replies = UnclaimedReplies()
        replies.onIssue(tag: bytes("t"), now: 0)
        for node in 1...3 { replies.onUnclaimed(event("E", ["tag": "t", "src": "\(node)"]), one, now: 0) }
        #expect(replies.claim(one, filters: try filters("src=2", "tag=t"), now: 1)?.value(at: 2) == .bytes(bytes("2")))
        #expect(replies.claim(one, filters: try filters("tag=t"), now: 1)?.value(at: 2) == .bytes(bytes("1")))
        #expect(replies.claim(one, filters: try filters("tag=t*"), now: 1) == nil)
        #expect(replies.claim(one, filters: try filters("tag=t"), now: 10 * second) == nil)
    }

    @Test func keptRepliesAndTagsAreBounded() {
        var limits = UnclaimedReplies.Limits()
        limits.replies = 3
        limits.bytes = 1000
        limits.tags = 4
        limits.tagLifetime = 10
        var replies = UnclaimedReplies(limits: limits)
        replies.onIssue(tag: bytes("t"), now: 0)
        for _ in 0..<5 { replies.onUnclaimed(event("E", ["tag": "t"]), one, now: 1) }
        #expect(replies.count == 3)
        #expect(replies.statistics.dropped == 2)
        let large = event("E", ["tag": "t", "body": String(repeating: "x", count: 600)])
        func keeps(_ event: Event, now: Nanoseconds = 1) -> Bool { replies.onUnclaimed(event, one, now: now) }
        #expect(keeps(large) == true)
        #expect(replies.count < 3)
        #expect(keeps(event("E", ["tag": "t", "b": String(repeating: "x", count: 2000)])) == false)
        // Forgotten after two lifetimes, or pushed out by newer ones.
        #expect(keeps(event("E", ["tag": "t"]), now: 25) == false)
        for tag in 0..<5 { replies.onIssue(tag: bytes("n\(tag)"), now: 25) }
        #expect(keeps(event("E", ["tag": "n0"]), now: 25) == false)
        #expect(keeps(event("E", ["tag": "n4"]), now: 25) == true)
    }
}
