import Node
import Simulation
import Testing

@Suite struct ClockTests {
    @Test func `thirty seconds of timeouts pass at once`() {
        let world = World()
        var fired: [Nanoseconds] = []
        for delay in [30, 5, 10] {
            _ = world.a.schedule(after: .seconds(delay)) { fired.append(world.simulation.now) }
        }
        let cancelled = world.a.schedule(after: .seconds(1)) { fired.append(-1) }
        world.a.cancel(cancelled)
        world.simulation.advance(by: .seconds(20))
        #expect(fired == [.seconds(5), .seconds(10)])
        #expect(world.a.now == .seconds(20))
        #expect(world.simulation.runUntilIdle())
        #expect(fired.last == .seconds(30))
    }

    @Test func `a delay of nothing comes after this call, and a huge one never`() {
        let world = World()
        var order: [String] = []
        _ = world.a.schedule(after: -5) { order.append("later") }
        _ = world.a.schedule(after: .max) { order.append("never") }
        order.append("now")
        world.simulation.advance(by: .seconds(1_000_000))
        #expect(order == ["now", "later"])
    }

    @Test func `time runs until a condition holds, and no further`() {
        let world = World()
        var count = 0
        func tick() {
            count += 1
            _ = world.a.schedule(after: .seconds(1), tick)
        }
        tick()
        #expect(world.simulation.advance(until: { count == 5 }))
        #expect(world.simulation.now == .seconds(4))
        #expect(!world.simulation.advance(until: { false }, limit: .seconds(10)))
        #expect(world.simulation.now == .seconds(14))
        #expect(!world.simulation.runUntilIdle(limit: .seconds(3)))
    }

    @Test func `the wall clock can be set and runs with time`() {
        let world = World()
        world.simulation.wallClock = 1_700_000_000_000_000
        world.simulation.advance(by: .milliseconds(1500))
        #expect(world.a.wallClock == 1_700_000_001_500_000)
    }

    @Test func `many timers in any order come in order`() {
        let simulation = Simulation(seed: 3)
        let host = simulation.host("h")
        var last: Nanoseconds = -1
        var count = 0
        func fire() {
            #expect(simulation.now >= last)
            last = simulation.now
            count += 1
            if count <= 90_000 { _ = host.schedule(after: Nanoseconds(host.random() % 1_000_000_000), fire) }
        }
        for _ in 0..<10_000 { _ = host.schedule(after: Nanoseconds(host.random() % 1_000_000_000), fire) }
        #expect(simulation.runUntilIdle())
        #expect(count == 100_000)
    }
}
