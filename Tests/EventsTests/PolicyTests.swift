import Testing

@testable import Events

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
