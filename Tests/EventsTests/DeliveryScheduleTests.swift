import Testing

@testable import Events

/// Random deliveries, failures, late failures and recoveries against a socket, with a ledger kept beside it.
private struct World {
    struct Ledger {
        var sentTo: [Int] = []
        /// Backends that have confirmed the event, and how often each has received it, confirmed or not.
        var confirmed: [Int: Int] = [:]
        var received: [Int: Int] = [:]
        var flagged = 0
        var outcome: Outcome?
        var wasQueued = false
    }

    let name: String
    let limits: DeliveryLimits
    var random: SeededGenerator
    var socket: VirtualSocket
    var now: Nanoseconds = 0
    var wakes: [Nanoseconds] = []
    var inFlight: [DeliveryEffect.Delivery] = []
    var stale: [DeliveryID] = []
    var alive: [Bool]
    var down: Set<Int> = []
    var ledgers: [EventNumber: Ledger] = [:]
    var raised: UInt64 = 0
    /// Raised and not settled.
    var open = 0
    var lastFirstSend: [Int: EventNumber] = [:]
    private let found = Faults()
    var faults: [String] { found.list }

    private final class Faults {
        var list: [String] = []
    }

    init(_ text: String, seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        var limits = DeliveryLimits()
        limits.failoverTimeout = random.pick([10_000_000, 50_000_000, 1_000_000_000])
        limits.retryInterval = random.pick([10_000_000, 200_000_000])
        limits.window = random.pick([1, 2, 5, 1000])
        limits.queue = random.pick([0, 1, 3, 10, 10_000, 10_000])
        limits.timeToLive = random.pick([40_000_000, 500_000_000, .max])
        limits.overflow = random.pick([.dropOldest, .dropNewest])
        limits.attempts = random.pick([1, 3, 1_000_000])
        limits.patience = random.pick([nil, nil, 30_000_000, 2_000_000_000])
        self.limits = limits
        name = "seed \(seed) \(text) \(limits)"
        socket = VirtualSocket(try SocketAddress(parsing: text), limits: limits)
        alive = Array(repeating: true, count: socket.backends.count)
    }

    func check(_ holds: Bool, _ fault: @autoclosure () -> String) {
        if !holds { found.list.append(fault()) }
    }

    mutating func input(_ act: (inout VirtualSocket, inout [DeliveryEffect]) -> Void) {
        var effects: [DeliveryEffect] = []
        act(&socket, &effects)
        for effect in effects { take(effect) }
        check(socket.pending == open, "pending is \(socket.pending), \(open) are open")
        let statistics = socket.statistics
        check(
            statistics.raised == statistics.delivered + statistics.partly + statistics.failed + UInt64(socket.pending),
            "the sums do not agree: \(statistics), pending \(socket.pending)")
        checkNobodyStarves()
    }

    /// Where something waits, no healthy backend that could take it is idle.
    private mutating func checkNobodyStarves() {
        for node in socket.queues.indices where !socket.queues[node].isEmpty {
            // At the beginning of time no probe is due, so what is ready is up.
            guard socket.isReady(node, .min) else { continue }
            for offset in 0..<socket.queues[node].count {
                let task = socket.queues[node][offset].task
                let isBackend = socket.tree.nodes[node].kind == .backend
                check(!isBackend && !socket.canAdvance(task, .min), "node \(node) starves at \(now)")
            }
        }
    }

    private mutating func take(_ effect: DeliveryEffect) {
        switch effect {
        case .send(let delivery): send(delivery)
        case .queued(let number, let event):
            check(event.value(at: 1) == .integer(Int(number)), "another event")
            check(ledgers[number]?.outcome == nil, "\(number) queued after its end")
            check(ledgers[number]?.wasQueued == false, "\(number) queued twice")
            check(!inFlight.contains { $0.number == number }, "\(number) queued while under way")
            ledgers[number]?.wasQueued = true
        case .settled(let number, let event, let outcome):
            check(event.value(at: 1) == .integer(Int(number)), "another event")
            check(ledgers[number]?.outcome == nil, "\(number) settled twice")
            ledgers[number]?.outcome = outcome
            open -= 1
            checkOutcome(number, outcome)
        case .backendDown(let backend, _):
            check(down.insert(backend).inserted, "\(backend) down twice")
        case .backendUp(let backend, _):
            check(down.remove(backend) != nil, "\(backend) up twice")
        case .wake(let at):
            check(at > now, "wake in the past: \(at) at \(now)")
            wakes.append(at)
        }
    }

    private mutating func send(_ delivery: DeliveryEffect.Delivery) {
        let number = delivery.number
        if ledgers[number] == nil { ledgers[number] = Ledger() }
        check(ledgers[number]?.outcome == nil, "\(number) sent after its end")
        check(ledgers[number]?.confirmed[delivery.backend] == nil, "\(number) sent to \(delivery.backend) that has it")
        check(
            !inFlight.contains { $0.number == number && $0.backend == delivery.backend },
            "\(number) sent to \(delivery.backend) twice at a time")
        if !delivery.isProbe {
            check(inFlight.filter { $0.backend == delivery.backend }.count < limits.window, "window exceeded")
        } else {
            let others = inFlight.filter { $0.backend == delivery.backend && $0.isProbe }
            check(others.isEmpty, "two probes at \(delivery.backend)")
        }
        if delivery.isPossibleDuplicate { ledgers[number]?.flagged += 1 }
        checkOrder(delivery)
        ledgers[number]?.sentTo.append(delivery.backend)
        inFlight.append(delivery)
    }

    /// With room for all, each backend sees the events that come to it at their first attempt in the order raised.
    private mutating func checkOrder(_ delivery: DeliveryEffect.Delivery) {
        var node = socket.tree.leaves[delivery.backend]
        var group = delivery.backend..<delivery.backend + 1
        while node >= 0 {
            if socket.tree.nodes[node].kind.isAlternation { group = socket.tree.nodes[node].backends }
            node = socket.tree.nodes[node].parent
        }
        // What waits for the verdict of a PARALLEL may be overtaken.
        if socket.tree.nodes.contains(where: { $0.kind == .parallel && $0.hasAlternative }) { return }
        guard limits.queue >= 10_000, ledgers[delivery.number]?.sentTo.contains(where: group.contains) == false else {
            return
        }
        if let last = lastFirstSend[delivery.backend] {
            check(last < delivery.number, "\(delivery.number) after \(last) at \(delivery.backend)")
        }
        lastFirstSend[delivery.backend] = delivery.number
    }

    /// How much of a socket has the event: none, some or all.
    private enum Share { case none, some, all }

    private func share(_ node: Int, _ has: (Int) -> Bool) -> Share {
        let children = socket.tree.nodes[node].children.map { share($0, has) }
        switch socket.tree.nodes[node].kind {
        case .backend: return has(socket.tree.nodes[node].backends.lowerBound) ? .all : .none
        case .parallel:
            if children.allSatisfy({ $0 == .all }) { return .all }
            return children.contains { $0 != .none } ? .some : .none
        case .failover, .roundRobin:
            if children.contains(.all) { return .all }
            return children.contains(.some) ? .some : .none
        }
    }

    private mutating func checkOutcome(_ number: EventNumber, _ outcome: Outcome) {
        let ledger = ledgers[number] ?? Ledger()
        let expected: Outcome.Result
        switch share(0, { ledger.confirmed[$0] != nil }) {
        case .all: expected = .delivered
        case .some: expected = .partly
        case .none: expected = .failed
        }
        check(outcome.result == expected, "\(number) is \(outcome), confirmed by \(ledger.confirmed)")
        check(outcome.failures.isEmpty == (outcome.result == .delivered), "\(number) without a reason: \(outcome)")
        for failure in outcome.failures {
            check(failure.backend.map { ledger.confirmed[$0] == nil } ?? true, "\(number) is at \(failure)")
        }
        check(ledger.confirmed.values.allSatisfy { $0 == 1 }, "\(number) confirmed twice")
        var alternatives = 0
        for node in socket.tree.nodes where node.kind.isAlternation {
            let having = node.children.filter { share($0, { ledger.received[$0] != nil }) != .none }
            alternatives += max(0, having.count - 1)
        }
        let repeats = ledger.received.values.reduce(0) { $0 + $1 - 1 }
        check(alternatives + repeats == 0 || ledger.flagged > 0, "\(number) received twice without a count")
        if limits.patience == nil, ledger.flagged == 0 {
            check(alternatives + repeats == 0, "\(number): uncounted duplicate")
        }
    }

    // MARK: What may happen

    mutating func raise() {
        let number = raised
        raised += 1
        ledgers[number] = Ledger()
        open += 1
        let event = Event(name: bytes("E"), attributes: [.init(value: .integer(Int(number)))])
        let now = now
        input { socket, effects in
            let given = socket.raise(event, now: now, into: &effects)
            precondition(given == number)
        }
    }

    /// The results that the world gives; what it received may differ from what it says.
    mutating func answer(_ index: Int, _ result: FailureReason?) {
        let delivery = inFlight.remove(at: index)
        stale.append(delivery.id)
        let now = now
        let received = result == nil || (result == .unknown && random.chance(50))
        if received { ledgers[delivery.number]?.received[delivery.backend, default: 0] += 1 }
        if result == nil { ledgers[delivery.number]?.confirmed[delivery.backend, default: 0] += 1 }
        input { socket, effects in
            switch result {
            case nil: socket.onDelivered(delivery.id, now: now, into: &effects)
            case .unknown?: socket.onUnknown(delivery.id, now: now, into: &effects)
            case let reason?: socket.onFailed(delivery.id, reason, now: now, into: &effects)
            }
        }
    }

    /// The engine has lost patience with these; what they brought, nobody knows.
    private mutating func dropImpatient() {
        for delivery in inFlight where socket.tasks.index(of: delivery.id) == nil {
            stale.append(delivery.id)
            if random.chance(50) { ledgers[delivery.number]?.received[delivery.backend, default: 0] += 1 }
        }
        inFlight.removeAll { socket.tasks.index(of: $0.id) == nil }
    }

    mutating func pass(_ span: Nanoseconds) {
        now += span
        let now = now
        guard wakes.contains(where: { $0 <= now }) else { return }
        wakes.removeAll { $0 <= now }
        impatientTimer()
    }

    private mutating func impatientTimer() {
        let now = now
        var effects: [DeliveryEffect] = []
        socket.onTimer(now: now, into: &effects)
        dropImpatient()
        input { _, all in all = effects }
    }

    mutating func step() {
        switch random.below(100) {
        case 0..<35: raise()
        case 35..<75:
            guard !inFlight.isEmpty else { return raise() }
            let index = random.chance(70) ? 0 : random.below(inFlight.count)
            let isAlive = alive[inFlight[index].backend]
            if random.chance(isAlive ? 92 : 3) { return answer(index, nil) }
            answer(index, random.pick([.unreachable, .broken, .broken, .unknown, isAlive ? .refused : .unreachable]))
        case 75..<85: pass(Nanoseconds(random.below(40_000_000)))
        case 85..<88: pass(Nanoseconds(random.below(2_000_000_000)))
        case 88..<93: alive[random.below(alive.count)].toggle()
        case 93..<95:
            let (backend, now) = (random.below(alive.count), now)
            input { $0.onBackendUp(backend, now: now, into: &$1) }
        case 95..<97:
            let (backend, now) = (random.below(alive.count), now)
            input { $0.onBackendDown(backend, now: now, into: &$1) }
        default:
            guard !stale.isEmpty else { return }
            let (id, now) = (random.pick(stale), now)
            let settled = socket.statistics
            input { $0.onDelivered(id, now: now, into: &$1) }
            check(socket.statistics.delivered == settled.delivered, "a late result settled something")
        }
    }

    /// All backends are well from now on: everything comes to its end, by the wakes asked for and nothing else.
    mutating func drain() {
        alive = alive.map { _ in true }
        var rounds = 0
        while socket.pending > 0, faults.isEmpty {
            rounds += 1
            while !inFlight.isEmpty, faults.isEmpty { answer(0, nil) }
            guard socket.pending > 0 else { break }
            guard let wake = wakes.min() else {
                return found.list.append("nothing under way, and no wake: \(socket.pending)")
            }
            guard rounds < 1000 else { return found.list.append("no end") }
            pass(max(0, wake - now))
        }
        check(ledgers.values.allSatisfy { $0.outcome != nil }, "not all settled")
        check(socket.waiting == 0, "\(socket.waiting) wait for nothing")
    }
}

@Suite struct DeliveryScheduleTests {
    @Test(arguments: [
        "udp:a:1", "virtual:PARALLEL udp:a:1 udp:b:1 udp:c:1", "virtual:FAILOVER udp:a:1 udp:b:1",
        "virtual:FAILOVER udp:a:1 udp:b:1 udp:c:1", "virtual:ROUND-ROBIN udp:a:1 udp:b:1 udp:c:1",
        "virtual:FAILOVER (virtual:PARALLEL udp:a:1 udp:b:1) udp:c:1",
        "virtual:FAILOVER (virtual:ROUND-ROBIN udp:a:1 udp:b:1) (virtual:ROUND-ROBIN udp:c:1 udp:d:1)",
        "virtual:PARALLEL (virtual:FAILOVER udp:a:1 udp:b:1) (virtual:ROUND-ROBIN udp:c:1 udp:d:1) udp:e:1",
        "virtual:ROUND-ROBIN (virtual:PARALLEL udp:a:1 (virtual:FAILOVER udp:b:1 udp:c:1)) udp:d:1",
        "virtual:FAILOVER (virtual:PARALLEL (virtual:PARALLEL udp:a:1 udp:b:1) udp:c:1) (virtual:FAILOVER udp:d:1)",
    ])
    func everyEventIsAccountedFor(socket: String) throws {
        for seed in seeds(150) {
            var world = try World(socket, seed: seed)
            for _ in 0..<250 where world.faults.isEmpty { world.step() }
            world.drain()
            #expect(world.faults.isEmpty, "\(world.name): \(world.faults.prefix(3))")
            if !world.faults.isEmpty { return }
        }
    }

    /// With room, time and patience for all, and nobody who refuses, everything arrives.
    @Test(arguments: [
        "udp:a:1", "virtual:PARALLEL udp:a:1 udp:b:1", "virtual:FAILOVER udp:a:1 udp:b:1",
        "virtual:ROUND-ROBIN udp:a:1 udp:b:1", "virtual:FAILOVER (virtual:PARALLEL udp:a:1 udp:b:1) udp:c:1",
    ])
    func nothingIsLostThatHasRoomAndTime(socket: String) throws {
        for seed in seeds(100) {
            var world = try World(socket, seed: seed)
            var limits = world.limits
            limits.queue = 100_000
            limits.timeToLive = .max
            limits.attempts = .max
            world.socket = VirtualSocket(try SocketAddress(parsing: socket), limits: limits)
            for _ in 0..<300 {
                if world.random.chance(50) { world.raise() }
                if !world.inFlight.isEmpty, world.random.chance(80) {
                    let reason: FailureReason? = world.random.pick([nil, nil, .broken, .unreachable, .unknown])
                    world.answer(world.random.below(world.inFlight.count), reason)
                }
                if world.random.chance(20) { world.pass(Nanoseconds(world.random.below(100_000_000))) }
            }
            world.drain()
            #expect(world.faults.isEmpty, "\(world.name): \(world.faults.prefix(3))")
            #expect(world.ledgers.values.allSatisfy { $0.outcome?.result == .delivered }, "\(world.name)")
        }
    }

    @Test func closingAtAnyMomentSettlesEverythingOnce() throws {
        for seed in seeds(200) {
            var world = try World("virtual:FAILOVER (virtual:PARALLEL udp:a:1 udp:b:1) udp:c:1", seed: seed)
            for _ in 0..<60 where world.faults.isEmpty { world.step() }
            var effects: [DeliveryEffect] = []
            let open = world.socket.pending
            world.socket.close(now: world.now, into: &effects)
            #expect(effects.count == open, "seed \(seed)")
            #expect(world.socket.pending == 0)
            for delivery in world.inFlight { world.socket.onDelivered(delivery.id, now: world.now, into: &effects) }
            #expect(effects.count == open, "seed \(seed)")
        }
    }
}
