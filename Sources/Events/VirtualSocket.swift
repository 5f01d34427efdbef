/// How a backend is.
package enum BackendHealth: Hashable, Sendable {
    case up
    /// Left alone until `probeAt`; then a single event finds out whether it is back.
    case failed(since: Nanoseconds, probeAt: Nanoseconds)
    case probing(since: Nanoseconds)
}

/// The deliveries of one subscribed socket, plain or virtual, as a pure state machine.
///
/// It is told what is raised, delivered, failed and what time it is, and answers with effects: what to send where, what
/// became of an event, when to call again. Every event raised is settled exactly once, and every way to lose one is
/// counted.
///
/// - PARALLEL: every backend gets the event, whatever happens to the others. A backend that is down gets it when it is
///   back.
/// - FAILOVER: the backends in order until one has taken it. A failed one is skipped for `failoverTimeout` and then
///   probed with a single event. A delivery that fails late goes on to the next backend.
/// - ROUND-ROBIN: the backends in turn, without those that are down.
/// - A plain socket has one backend.
///
/// When nobody can take an event, it waits at the outermost FAILOVER or ROUND-ROBIN above the backend, or at the backend
/// where there is none; bounded, in the order raised, and not beyond its time to live. A virtual socket inside a
/// FAILOVER that fails hands the event on to the next one. A PARALLEL there has failed when none of its backends took
/// the event; when one did, the others get it later, which may be after newer ones that did not have to wait for that.
///
/// Differs from OpenSIPS, where PARALLEL stops at the first failure, ROUND-ROBIN stays with a dead backend and an event
/// in the hands of a failing backend is lost.
package struct VirtualSocket: Sendable {
    package let address: SocketAddress
    let limits: DeliveryLimits
    let tree: PolicyTree

    var backendStates: [BackendState]
    /// By node.
    var queues: [TaskQueue]
    /// By node: where ROUND-ROBIN looks next.
    var cursors: [Int]
    var waitingCount = 0

    var tasks = TaskTable()
    var events: [PendingEvent] = []
    var freeEvents: [Int] = []
    private var nextNumber: EventNumber = 0
    /// Events that have nothing under way any more and may have to be told as queued.
    var idleEvents: [Int] = []
    private var announcedWake = Nanoseconds.max

    /// Of the whole socket.
    package internal(set) var statistics = DeliveryStatistics()

    struct BackendState: Sendable {
        var health = BackendHealth.up
        var probe: DeliveryID?
        /// Grows with every failure; a delivery of an earlier time says nothing about now.
        var epoch: UInt32 = 0
        var inFlight = 0
        var oldestInFlight = -1
        var newestInFlight = -1
        var lastReason = FailureReason.unreachable
        var statistics = DeliveryStatistics()
    }

    struct PendingEvent: Sendable {
        var event: Event
        var number: EventNumber
        var raisedAt: Nanoseconds
        var deadline: Nanoseconds
        /// Tasks that are under way: at a backend, or about to be.
        var live = 0
        var isPending = true
        var isToldQueued = false
        var failures: [Outcome.Failure] = []
    }

    package init(_ address: SocketAddress, limits: DeliveryLimits = DeliveryLimits()) {
        self.address = address
        self.limits = limits.sane
        tree = PolicyTree(address)
        backendStates = Array(repeating: BackendState(), count: tree.backends.count)
        queues = Array(repeating: TaskQueue(), count: tree.nodes.count)
        cursors = Array(repeating: 0, count: tree.nodes.count)
    }

    /// Where deliveries go; effects and inputs name them by place.
    package var backends: [SocketAddress] { tree.backends }
    package func health(of backend: Int) -> BackendHealth {
        backendStates.indices.contains(backend) ? backendStates[backend].health : .up
    }
    package func statistics(of backend: Int) -> DeliveryStatistics {
        backendStates.indices.contains(backend) ? backendStates[backend].statistics : DeliveryStatistics()
    }
    /// Events that are not settled.
    package var pending: Int { events.count - freeEvents.count }
    /// Copies of events that wait for a backend.
    package var waiting: Int { waitingCount }
}

// MARK: - Inputs

extension VirtualSocket {
    /// An event for this socket.
    ///
    /// - Parameter raisedAt: when it was raised, if not now: an event from the spool is as old as it is.
    @discardableResult
    package mutating func raise(
        _ event: Event, now: Nanoseconds, raisedAt: Nanoseconds? = nil, into effects: inout [DeliveryEffect]
    ) -> EventNumber {
        let number = nextNumber
        nextNumber &+= 1
        statistics.raised &+= 1
        let raisedAt = raisedAt ?? now
        let pending = PendingEvent(
            event: event, number: number, raisedAt: raisedAt, deadline: raisedAt.later(by: limits.timeToLive))
        let slot: Int
        if let free = freeEvents.popLast() {
            slot = free
            events[slot] = pending
        } else {
            slot = events.count
            events.append(pending)
        }
        let task = tasks.take(event: slot, node: 0, parent: -1)
        tasks[task].stays = true
        start(task, now, &effects)
        finish(now, &effects)
        return number
    }

    /// The backend has the event.
    package mutating func onDelivered(_ id: DeliveryID, now: Nanoseconds, into effects: inout [DeliveryEffect]) {
        guard let task = takeFromFlight(id) else { return }
        let backend = backend(of: task)
        if backendStates[backend].probe == id { recover(backend, now, &effects) }
        let latency = now.since(events[tasks[task].event].raisedAt)
        backendStates[backend].statistics.onDelivered(latency: latency)
        report(task, .delivered, now, &effects)
        finish(now, &effects)
    }

    /// The backend does not have the event, and will not get it by this delivery. For `.unknown`, see `onUnknown`.
    package mutating func onFailed(
        _ id: DeliveryID, _ reason: FailureReason, now: Nanoseconds, into effects: inout [DeliveryEffect]
    ) {
        guard let task = takeFromFlight(id) else { return }
        fail(task, id, reason, now, &effects)
        finish(now, &effects)
    }

    /// Nobody knows whether the backend has the event. It is brought elsewhere or again, and counted as a possible
    /// duplicate when it is.
    package mutating func onUnknown(_ id: DeliveryID, now: Nanoseconds, into effects: inout [DeliveryEffect]) {
        onFailed(id, .unknown, now: now, into: &effects)
    }

    /// The transport has reached the backend again; an event may try it now.
    package mutating func onBackendUp(_ backend: Int, now: Nanoseconds, into effects: inout [DeliveryEffect]) {
        guard backendStates.indices.contains(backend), case .failed(let since, _) = backendStates[backend].health else {
            return
        }
        backendStates[backend].health = .failed(since: since, probeAt: now)
        finish(now, &effects)
    }

    /// The transport has lost the backend. Deliveries under way get their results one by one.
    package mutating func onBackendDown(_ backend: Int, now: Nanoseconds, into effects: inout [DeliveryEffect]) {
        guard backendStates.indices.contains(backend), backendStates[backend].health == .up else { return }
        markFailed(backend, .broken, now, &effects)
        evacuate(from: backend, now, &effects)
        finish(now, &effects)
    }

    /// Time has passed.
    package mutating func onTimer(now: Nanoseconds, into effects: inout [DeliveryEffect]) {
        announcedWake = .max
        if let patience = limits.patience {
            for backend in backendStates.indices {
                while let task = oldestInFlight(backend), now.since(tasks[task].sentAt) >= patience {
                    let id = tasks.delivery(task)
                    guard let task = takeFromFlight(id) else { break }
                    fail(task, id, .unknown, now, &effects)
                }
            }
        }
        expire(now, &effects)
        finish(now, &effects)
    }

    /// The socket goes away: whatever is not settled is given up.
    package mutating func close(now: Nanoseconds, into effects: inout [DeliveryEffect]) {
        let open = events.indices.filter { events[$0].isPending }.sorted { events[$0].number < events[$1].number }
        tasks.removeAll()
        for node in queues.indices { queues[node].removeAll() }
        waitingCount = 0
        for backend in backendStates.indices {
            backendStates[backend].inFlight = 0
            backendStates[backend].oldestInFlight = -1
            backendStates[backend].newestInFlight = -1
        }
        for slot in open {
            events[slot].failures.append(.init(backend: nil, reason: .closed))
            settle(slot, .final(.closed), &effects)
        }
        idleEvents.removeAll(keepingCapacity: true)
    }

    /// What every input ends with: what waits and can be sent is, events that have come to rest are told, and the next
    /// wake-up is asked for.
    private mutating func finish(_ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        pump(now, &effects)
        for slot in idleEvents where events[slot].isPending && events[slot].live == 0 && !events[slot].isToldQueued {
            events[slot].isToldQueued = true
            effects.append(.queued(events[slot].number, events[slot].event))
        }
        idleEvents.removeAll(keepingCapacity: true)
        guard waitingCount > 0 || limits.patience != nil, let wake = nextWake(after: now), wake < announcedWake else {
            return
        }
        announcedWake = wake
        effects.append(.wake(at: wake))
    }

    /// When `onTimer` has something to do. A probe that is due already waits for an event, not for the time.
    private func nextWake(after now: Nanoseconds) -> Nanoseconds? {
        var wake = Nanoseconds.max
        for node in queues.indices {
            guard let entry = queues[node].first else { continue }
            wake = min(wake, events[tasks[entry.task].event].deadline)
            for backend in tree.nodes[node].backends {
                if case .failed(_, let probeAt) = backendStates[backend].health, probeAt > now {
                    wake = min(wake, probeAt)
                }
            }
        }
        if let patience = limits.patience {
            for backend in backendStates.indices {
                if let task = oldestInFlight(backend) { wake = min(wake, tasks[task].sentAt.later(by: patience)) }
            }
        }
        return wake < .max ? wake : nil
    }
}
