import DNS
import Node

/// A world in memory: a clock that moves only when told to, hosts, and a network between them that fails on demand.
///
///     let world = Simulation(seed: 1)
///     let a = world.host("a", addresses: ["10.0.0.1"])
///     let b = world.host("b", addresses: ["10.0.0.2"])
///     …start a node on each…
///     world.cut(a, b)
///     world.advance(by: .seconds(30))
///
/// Everything that happens follows from the seed and the calls, to the byte; nothing here depends on the order of a
/// dictionary. A simulation belongs to one thread.
package final class Simulation {
    package let seed: UInt64
    /// Starts at 0.
    package private(set) var now: Nanoseconds = 0
    /// For the network, and for tests that want chance of their own.
    package var random: SeededRandom
    /// In the order in which they were made; `outside` is the first.
    package private(set) var hosts: [SimulatedHost] = []
    /// The link between hosts that have none of their own.
    package var defaultLink = Link()
    /// What names resolve to; others resolve to nothing.
    package var zone: [String: [Address.IP]] = [:]
    /// What name servers say about services; to other questions they know nothing.
    package var records: [Question: [Record]] = [:]
    /// AMQP brokers by `host:port`.
    package var brokers: [String: SimulatedBroker] = [:]
    /// How long a name server takes.
    package var resolveDelay = Nanoseconds.milliseconds(1)
    /// What happened on the network, where `isTracing`.
    package var trace: [Trace] = []
    package var isTracing = true
    /// Streams come in pieces that are split and merged by chance. False gives one piece a delivery, as it comes.
    package var splitsStreams = true

    var agenda = Agenda()
    /// Looked up only, but for `healAll`, where order means nothing.
    var links: [Way: Link] = [:]
    /// When the last datagram of each way comes, so that jitter does not reorder.
    var lastArrivals: [Way: Nanoseconds] = [:]
    private var owners: [Address.IP: SimulatedHost] = [:]
    private var wallClockOffset: Int64 = 1_735_689_600_000_000
    /// Something happens just now; time can only be let pass from outside of it.
    package private(set) var isRunning = false

    package init(seed: UInt64) {
        self.seed = seed
        random = SeededRandom(seed: seed)
        _ = host("outside")
    }

    /// The world beyond the hosts under test: it may have any address that no other host has.
    package var outside: SimulatedHost { hosts[0] }

    /// Microseconds since 1970, UTC; goes on with `now`. Starts at 2025-01-01T00:00:00Z.
    package var wallClock: Int64 {
        get { wallClockOffset &+ now / 1000 }
        set { wallClockOffset = newValue &- now / 1000 }
    }

    /// Makes a host.
    /// - Parameter addresses: those that only this host has. Without any it may bind all that nobody has. The loopback
    ///   addresses are everybody's: with them alone the hosts are processes of one machine.
    package func host(_ name: String, addresses: [Address.IP] = []) -> SimulatedHost {
        let host = SimulatedHost(name: name, index: hosts.count, addresses: addresses, simulation: self)
        hosts.append(host)
        for address in addresses {
            precondition(owners[address] == nil, "\(address) belongs to another host")
            owners[address] = host
        }
        return host
    }

    func owner(of ip: Address.IP) -> SimulatedHost? { owners[ip] }

    func record(
        _ event: Trace.Event, _ transport: Trace.Transport, from: Address, to: Address, _ bytes: [UInt8] = []
    ) {
        guard isTracing else { return }
        trace.append(Trace(time: now, event: event, transport: transport, from: from, to: to, bytes: bytes))
    }

    /// Does something later, on behalf of nobody: no crash prevents it.
    package func schedule(after delay: Nanoseconds, _ action: @escaping () -> Void) {
        _ = agenda.add(at: now.later(delay), action)
    }

    // MARK: Letting time pass

    /// When the next thing happens; nil where nothing is left to happen.
    package var nextDue: Nanoseconds? { agenda.next }

    /// Lets all happen that is due in the next `duration`, and moves the clock that far.
    package func advance(by duration: Nanoseconds) {
        let end = now.later(duration)
        while step(until: end) {}
        now = end
    }

    /// Lets things happen until the condition holds, which is looked at after each.
    /// - Parameter limit: the time that may pass.
    /// - Returns: false where the condition does not hold; the clock stands at the limit then.
    @discardableResult
    package func advance(until condition: () -> Bool, limit: Nanoseconds = .seconds(3600)) -> Bool {
        let end = now.later(limit)
        if condition() { return true }
        while step(until: end) {
            if condition() { return true }
        }
        now = end
        return false
    }

    /// Lets things happen until nothing is left to happen; nodes with periodic timers are never idle.
    /// - Parameter limit: the time that may pass.
    /// - Returns: whether all is idle. The clock stands at the last thing that happened.
    @discardableResult
    package func runUntilIdle(limit: Nanoseconds = .seconds(3600)) -> Bool {
        let end = now.later(limit)
        while step(until: end) {}
        return agenda.next == nil
    }

    private func step(until end: Nanoseconds) -> Bool {
        guard let due = agenda.take(due: end) else { return false }
        precondition(!isRunning, "a simulation was advanced from inside itself")
        isRunning = true
        defer { isRunning = false }
        now = max(now, due.time)
        due.action()
        return true
    }
}

extension Nanoseconds {
    /// Never wraps, and never goes back.
    func later(_ delay: Nanoseconds) -> Nanoseconds {
        let (sum, overflow) = addingReportingOverflow(Swift.max(delay, 0))
        return overflow ? .max : sum
    }
}
