import Testing

@testable import Events

private let second: Nanoseconds = 1_000_000_000

/// A socket with what was asked of it, in short words: `1>a` send event 1 to a, `1>a!` as a probe, `1>a?` as a possible
/// duplicate, `1..` queued, `1=delivered`.
private struct Bench {
    var socket: VirtualSocket
    var now: Nanoseconds = 0
    private var deliveries: [String: DeliveryID] = [:]
    private(set) var wakes: [Nanoseconds] = []

    init(_ text: String, _ change: (inout DeliveryLimits) -> Void = { _ in }) throws {
        var limits = DeliveryLimits()
        limits.failoverTimeout = 30 * second
        limits.retryInterval = second
        change(&limits)
        let sockets = text.replacing(/\b[a-d]\b/) { "udp:\($0.output):1" }
        socket = VirtualSocket(try SocketAddress(parsing: sockets), limits: limits)
    }

    private func name(_ backend: Int) -> String {
        guard case .udp(let endpoint) = socket.backends[backend] else { return "?" }
        return endpoint.host
    }

    private func backend(_ name: Character) -> Int {
        socket.backends.firstIndex(of: .udp(.init(host: String(name), port: 1))) ?? -1
    }

    private mutating func tell(_ effects: [DeliveryEffect]) -> String {
        var words: [String] = []
        for effect in effects {
            switch effect {
            case .send(let delivery):
                let word = "\(delivery.number)>\(name(delivery.backend))"
                deliveries[word] = delivery.id
                words.append(word + (delivery.isProbe ? "!" : "") + (delivery.isPossibleDuplicate ? "?" : ""))
            case .queued(let number, _): words.append("\(number)..")
            case .settled(let number, _, let outcome):
                let failures = outcome.failures.map { "\($0.backend.map { name($0) } ?? "-"):\($0.reason)" }
                words.append("\(number)=\(([outcome.result] as [Any] + failures).map { "\($0)" }.joined(separator: ","))")
            case .wake(let at): wakes.append(at)
            }
        }
        return words.joined(separator: " ")
    }

    private mutating func input(_ change: (inout VirtualSocket, inout [DeliveryEffect], Bench) -> Void) -> String {
        var effects: [DeliveryEffect] = []
        change(&socket, &effects, self)
        return tell(effects)
    }

    mutating func raise(raisedAt: Nanoseconds? = nil) -> String {
        input { $0.raise(Event(name: bytes("E")), now: $2.now, raisedAt: raisedAt, into: &$1) }
    }

    mutating func ok(_ word: String) -> String {
        input { $0.onDelivered($2.deliveries[word]!, now: $2.now, into: &$1) }
    }

    mutating func fail(_ word: String, _ reason: FailureReason = .broken) -> String {
        input { $0.onFailed($2.deliveries[word]!, reason, now: $2.now, into: &$1) }
    }

    mutating func unknown(_ word: String) -> String {
        input { $0.onUnknown($2.deliveries[word]!, now: $2.now, into: &$1) }
    }

    mutating func up(_ name: Character) -> String { input { $0.onBackendUp($2.backend(name), now: $2.now, into: &$1) } }

    mutating func down(_ name: Character) -> String {
        input { $0.onBackendDown($2.backend(name), now: $2.now, into: &$1) }
    }

    mutating func timer(_ now: Nanoseconds) -> String {
        self.now = now
        return input { $0.onTimer(now: $2.now, into: &$1) }
    }

    mutating func close() -> String { input { $0.close(now: $2.now, into: &$1) } }

    func health(_ name: Character) -> BackendHealth { socket.health(of: backend(name)) }
}

/// Checks a line of inputs and what they lead to.
private func expect(_ found: String, _ expected: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(found == expected, sourceLocation: location)
}

@Suite struct PlainSocketTests {
    @Test func anEventIsSentAndDelivered() throws {
        var bench = try Bench("a")
        expect(bench.raise(), "0>a")
        bench.now = 5
        expect(bench.ok("0>a"), "0=delivered")
        #expect(bench.socket.statistics.delivered == 1)
        #expect(bench.socket.statistics(of: 0).latencyTotal == 5)
        #expect(bench.socket.pending == 0)
        #expect(bench.wakes.isEmpty)
    }

    // OpenSIPS issue 535: the broker restarts, and the event is lost.
    @Test func anEventSurvivesTheRestartOfItsOnlyBackend() throws {
        var bench = try Bench("a")
        expect(bench.raise(), "0>a")
        expect(bench.raise(), "1>a")
        expect(bench.fail("0>a"), "0..")
        expect(bench.raise(), "2..")
        expect(bench.fail("1>a"), "1..")
        #expect(bench.wakes.min() == second)
        expect(bench.timer(second - 1), "")
        // One event finds out whether the backend is back, then all come, in order.
        expect(bench.timer(second), "0>a!")
        #expect(bench.health("a") == .probing(since: 0))
        expect(bench.fail("0>a", .unreachable), "")
        #expect(bench.health("a") == .failed(since: 0, probeAt: 2 * second))
        expect(bench.timer(2 * second), "0>a!")
        expect(bench.ok("0>a"), "0=delivered 1>a 2>a")
        expect(bench.ok("2>a"), "2=delivered")
        expect(bench.ok("1>a"), "1=delivered")
        #expect(bench.socket.statistics.retried == 3)
        #expect(bench.socket.statistics.possibleDuplicates == 0)
    }

    @Test func aTransportThatIsBackIsProbedAtOnce() throws {
        var bench = try Bench("a")
        expect(bench.down("a"), "")
        expect(bench.raise(), "0..")
        expect(bench.raise(), "1..")
        expect(bench.up("a"), "0>a!")
        expect(bench.up("a"), "")
        expect(bench.ok("0>a"), "0=delivered 1>a")
    }

    @Test func aLostConfirmationLeadsToACountedDuplicate() throws {
        var bench = try Bench("a")
        expect(bench.raise(), "0>a")
        expect(bench.unknown("0>a"), "0..")
        expect(bench.timer(second), "0>a!?")
        expect(bench.ok("0>a"), "0=delivered")
        #expect(bench.socket.statistics.possibleDuplicates == 1)
        #expect(bench.socket.statistics(of: 0).possibleDuplicates == 1)
    }

    @Test func aRefusedEventIsNotTriedAgainAndTheBackendIsWell() throws {
        var bench = try Bench("a")
        expect(bench.raise(), "0>a")
        expect(bench.fail("0>a", .refused), "0=failed,a:refused")
        #expect(bench.health("a") == .up)
    }

    // OpenSIPS issue 1155: a backlog is delivered hours late.
    @Test func whatHasWaitedTooLongIsNotSent() throws {
        var bench = try Bench("a") { $0.timeToLive = 10 * second }
        expect(bench.down("a"), "")
        expect(bench.raise(), "0..")
        bench.now = 5 * second
        expect(bench.raise(), "1>a!")
        expect(bench.fail("1>a"), "1..")
        // Even if nobody looked at the clock.
        bench.now = 12 * second
        expect(bench.up("a"), "1>a! 0=failed,a:expired".split(separator: " ").reversed().joined(separator: " "))
        #expect(bench.socket.statistics.expired == 1)
        expect(bench.ok("1>a"), "1=delivered")
        expect(bench.raise(raisedAt: 1 * second), "2=failed,a:expired")
    }

    @Test(arguments: [DeliveryLimits.Overflow.dropOldest, .dropNewest])
    func aFullQueueDropsAndCounts(overflow: DeliveryLimits.Overflow) throws {
        var bench = try Bench("a") {
            $0.queue = 2
            $0.overflow = overflow
        }
        expect(bench.down("a"), "")
        expect(bench.raise() + " " + bench.raise(), "0.. 1..")
        expect(bench.raise(), overflow == .dropOldest ? "0=failed,a:queueFull 2.." : "2=failed,a:queueFull")
        #expect(bench.socket.statistics.dropped == 1)
        #expect(bench.socket.waiting == 2)
        expect(bench.timer(second), overflow == .dropOldest ? "1>a!" : "0>a!")
    }

    @Test func withoutAQueueAFailureIsTheEnd() throws {
        var bench = try Bench("a") { $0.queue = 0 }
        expect(bench.raise(), "0>a")
        expect(bench.fail("0>a", .unreachable), "0=failed,a:unreachable")
        expect(bench.raise(), "1=failed,a:unreachable")
        bench.now = second
        expect(bench.raise(), "2>a!")
        expect(bench.ok("2>a"), "2=delivered")
    }

    @Test func aSlowBackendGetsAWindow() throws {
        var bench = try Bench("a") { $0.window = 2 }
        expect([bench.raise(), bench.raise(), bench.raise(), bench.raise()].joined(separator: " "), "0>a 1>a  ")
        expect(bench.ok("1>a"), "1=delivered 2>a")
        expect(bench.ok("0>a"), "0=delivered 3>a")
    }

    @Test func anEventThatItsBackendAlwaysFailsOfIsGivenUp() throws {
        var bench = try Bench("a") { $0.attempts = 2 }
        expect(bench.raise(), "0>a")
        expect(bench.fail("0>a", .unreachable), "0..")
        expect(bench.timer(second), "0>a!")
        expect(bench.fail("0>a", .broken), "")
        expect(bench.timer(2 * second), "0>a!")
        expect(bench.fail("0>a", .broken), "0=failed,a:broken")
    }

    @Test func aResultThatNeverComesCountsAsUnknown() throws {
        var bench = try Bench("a") { $0.patience = 5 * second }
        expect(bench.raise(), "0>a")
        #expect(bench.wakes == [5 * second])
        expect(bench.timer(5 * second), "0..")
        expect(bench.ok("0>a"), "")
        #expect(bench.socket.statistics.late == 1)
        expect(bench.timer(6 * second), "0>a!?")
    }

    @Test func closingGivesUpWhatIsLeft() throws {
        var bench = try Bench("a") { $0.window = 1 }
        _ = bench.raise() + bench.raise()
        expect(bench.close(), "0=failed,-:closed 1=failed,-:closed")
        expect(bench.ok("0>a"), "")
        #expect(bench.socket.pending == 0)
        expect(bench.raise(), "2>a")
    }
}

@Suite struct PolicyTests {
    // OpenSIPS stops at the first backend that fails.
    @Test func parallelReachesEveryBackendWhateverHappensToTheOthers() throws {
        var bench = try Bench("virtual:PARALLEL a b c")
        expect(bench.raise(), "0>a 0>b 0>c")
        expect(bench.fail("0>a"), "")
        expect(bench.ok("0>c"), "")
        expect(bench.raise(), "1>b 1>c")
        expect(bench.ok("0>b"), "0..")
        expect(bench.timer(second), "0>a!")
        expect(bench.ok("0>a"), "0=delivered 1>a")
        expect(bench.fail("1>b", .refused), "")
        expect(bench.ok("1>a"), "")
        expect(bench.ok("1>c"), "1=partly,b:refused")
        #expect(bench.socket.statistics.partly == 1)
    }

    @Test func failoverTriesInOrderAndSkipsTheFailed() throws {
        var bench = try Bench("virtual:FAILOVER a b c")
        expect(bench.raise(), "0>a")
        expect(bench.fail("0>a", .unreachable), "0>b")
        expect(bench.raise(), "1>b")
        expect(bench.fail("1>b"), "1>c")
        expect(bench.ok("0>b"), "0=delivered")
        expect(bench.ok("1>c"), "1=delivered")
        // After the time, one event probes; the others do not wait for it.
        bench.now = 30 * second
        expect(bench.raise(), "2>a!")
        expect(bench.raise(), "3>b!")
        expect(bench.raise(), "4>c")
        expect(bench.fail("2>a", .unreachable), "2>c")
        expect(bench.ok("3>b"), "3=delivered")
        expect(bench.raise(), "5>b")
        expect(bench.up("a"), "")
        expect(bench.raise(), "6>a!")
        expect(bench.ok("6>a"), "6=delivered")
        expect(bench.raise(), "7>a")
    }

    @Test func aLateFailureGoesOnToTheNextBackend() throws {
        var bench = try Bench("virtual:FAILOVER a b")
        expect([bench.raise(), bench.raise(), bench.raise()].joined(separator: " "), "0>a 1>a 2>a")
        expect(bench.fail("0>a"), "0>b")
        expect(bench.unknown("1>a"), "1>b?")
        expect(bench.ok("2>a"), "2=delivered")
        expect(bench.ok("0>b"), "0=delivered")
        expect(bench.ok("1>b"), "1=delivered")
        #expect(bench.socket.statistics.possibleDuplicates == 1)
        #expect(bench.socket.statistics.retried == 2)
    }

    @Test func whenAllHaveFailedEventsWaitForTheFirstThatIsBack() throws {
        var bench = try Bench("virtual:FAILOVER a b")
        expect(bench.raise(), "0>a")
        expect(bench.fail("0>a"), "0>b")
        bench.now = second
        expect(bench.fail("0>b"), "0..")
        expect(bench.raise(), "1..")
        expect(bench.up("b"), "0>b!")
        expect(bench.raise(), "2..")
        expect(bench.ok("0>b"), "0=delivered 1>b 2>b")
        #expect(bench.wakes == [30 * second])
    }

    @Test func aSlowBackendIsNoFailedOneUntilItsQueueIsFull() throws {
        var bench = try Bench("virtual:FAILOVER a b") {
            $0.window = 1
            $0.queue = 2
        }
        expect([bench.raise(), bench.raise(), bench.raise()].joined(separator: " "), "0>a  ")
        expect(bench.raise(), "3>b")
        expect(bench.ok("0>a"), "0=delivered 1>a")
        expect(bench.down("a"), "")
        expect(bench.ok("3>b"), "3=delivered 2>b")
        expect(bench.fail("1>a"), "")
        expect(bench.ok("2>b"), "2=delivered 1>b")
    }

    @Test func whatAllBackendsRefuseHasFailed() throws {
        var bench = try Bench("virtual:FAILOVER a b")
        expect(bench.raise(), "0>a")
        expect(bench.fail("0>a", .refused), "0>b")
        expect(bench.fail("0>b", .refused), "0=failed,a:refused,b:refused")
        // Refused by the one, it waits for the other only.
        expect(bench.raise(), "1>a")
        expect(bench.fail("1>a", .refused), "1>b")
        expect(bench.fail("1>b", .broken), "1..")
        expect(bench.raise(), "2>a")
        expect(bench.timer(30 * second), "1>b!")
        expect(bench.ok("1>b"), "1=delivered")
    }

    // OpenSIPS stays with a dead backend and loses every other event.
    @Test func roundRobinAlternatesOverTheHealthy() throws {
        var bench = try Bench("virtual:ROUND-ROBIN a b c")
        expect((0..<4).map { _ in bench.raise() }.joined(separator: " "), "0>a 1>b 2>c 3>a")
        expect(bench.fail("1>b", .unreachable), "1>c")
        expect((0..<4).map { _ in bench.raise() }.joined(separator: " "), "4>a 5>c 6>a 7>c")
        bench.now = 30 * second
        expect((0..<4).map { _ in bench.raise() }.joined(separator: " "), "8>a 9>b! 10>c 11>a")
        expect(bench.ok("9>b"), "9=delivered")
        expect((0..<3).map { _ in bench.raise() }.joined(separator: " "), "12>b 13>c 14>a")
    }

    @Test func aNestedFailoverHandsOnWhatItCannotDeliver() throws {
        var bench = try Bench("virtual:FAILOVER (virtual:ROUND-ROBIN a b) c")
        expect(bench.raise() + " " + bench.raise(), "0>a 1>b")
        expect(bench.fail("0>a"), "0>b")
        expect(bench.fail("1>b"), "1>c")
        expect(bench.fail("0>b"), "0>c")
        expect(bench.raise(), "2>c")
        bench.now = 30 * second
        expect(bench.raise() + " " + bench.raise() + " " + bench.raise(), "3>a! 4>b! 5>c")
        expect(bench.ok("3>a"), "3=delivered")
    }

    @Test func aNestedParallelHasFailedWhenNoneOfItsBackendsTookTheEvent() throws {
        var bench = try Bench("virtual:FAILOVER (virtual:PARALLEL a b) c")
        expect(bench.raise(), "0>a 0>b")
        expect(bench.fail("0>a"), "")
        expect(bench.fail("0>b"), "0>c")
        expect(bench.ok("0>c"), "0=delivered")
        bench.now = 30 * second
        expect(bench.raise(), "1>a! 1>b!")
        expect(bench.ok("1>a"), "")
        // One has it: the other gets it later, and c does not.
        expect(bench.fail("1>b"), "1..")
        expect(bench.raise(), "2>a")
        expect(bench.ok("2>a"), "2..")
        expect(bench.timer(60 * second), "1>b!")
        expect(bench.ok("1>b"), "1=delivered 2>b")
        expect(bench.ok("2>b"), "2=delivered")
    }

    @Test func aParallelOfFailoversKeepsEachHalfOnItsOwn() throws {
        var bench = try Bench("virtual:PARALLEL (virtual:FAILOVER a b) (virtual:FAILOVER c d)")
        expect(bench.raise(), "0>a 0>c")
        expect(bench.fail("0>a"), "0>b")
        expect(bench.fail("0>b"), "")
        expect(bench.ok("0>c"), "0..")
        expect(bench.raise(), "1>c")
        expect(bench.timer(30 * second), "0>a! 1>b!")
        expect(bench.ok("0>a"), "0=delivered")
    }

    @Test func whatAPartWasToldOfIsKeptInTheOutcome() throws {
        var bench = try Bench("virtual:PARALLEL (virtual:FAILOVER a b) c") { $0.queue = 0 }
        expect(bench.raise(), "0>a 0>c")
        expect(bench.fail("0>a"), "0>b")
        expect(bench.fail("0>c"), "")
        expect(bench.ok("0>b"), "0=partly,c:broken")
    }

    @Test func inputsThatMeanNothingDoNothing() throws {
        var bench = try Bench("virtual:FAILOVER a b")
        var effects: [DeliveryEffect] = []
        for backend in [-1, 2, .max, .min] {
            bench.socket.onBackendUp(backend, now: 0, into: &effects)
            bench.socket.onBackendDown(backend, now: 0, into: &effects)
            _ = bench.socket.health(of: backend)
            _ = bench.socket.statistics(of: backend)
        }
        for raw: UInt64 in [0, 1, .max, 1 << 32, 0xFFFF_FFFF] {
            bench.socket.onDelivered(DeliveryID(raw: raw), now: 0, into: &effects)
            bench.socket.onFailed(DeliveryID(raw: raw), .broken, now: 0, into: &effects)
        }
        #expect(effects.isEmpty)
        for address in [SocketAddress.virtual(.parallel, []), .virtual(.failover, []), .virtual(.roundRobin, [])] {
            var empty = VirtualSocket(address)
            empty.raise(Event(name: []), now: 0, into: &effects)
            empty.onTimer(now: .max, into: &effects)
            #expect(empty.pending == 0)
        }
    }
}
