import Testing

@testable import Events

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
        #expect(bench.news == ["a broken", "a back after \(2 * second)"])
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
        expect(bench.raise(), "0>a!")
        expect(bench.fail("0>a"), "1..")
        // Even if nobody looked at the clock.
        bench.now = 12 * second
        expect(bench.up("a"), "0=failed,a:expired 1>a!")
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

    @Test func whatWasGivenUpBecomesAnEvent() throws {
        let socket = VirtualSocket(try SocketAddress(parsing: "virtual:FAILOVER rabbitmq:u:p@h/k udp:a:1"))
        let given = Outcome.Failure(backend: 0, reason: .queueFull).event(givingUp: bytes("E_X"), at: socket)
        #expect(text(given.name) == "E_EVI_DELIVERY_FAILED")
        #expect(given.attributes.map { text($0.value.text) } == ["E_X", "rabbitmq:u:***@h/k", "queue full"])
        let whole = Outcome.Failure(backend: nil, reason: .expired).event(givingUp: bytes("E_X"), at: socket)
        #expect(whole.attributes.map { text($0.value.text) }[1] == "virtual:FAILOVER rabbitmq:u:***@h/k udp:a:1")
    }
}
