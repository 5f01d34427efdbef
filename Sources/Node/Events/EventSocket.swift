import Events

/// A subscribed socket: the policy that decides, and the backends that bring its events.
///
/// Every event ends in one result, which is counted, told to whoever waits for it, and published as
/// `E_EVI_DELIVERY_FAILED` where the event was given up.
package final class EventSocket {
    package let address: SocketAddress
    package let label: String
    private unowned let node: Node
    private var engine: VirtualSocket
    private var backends: [any EventBackend] = []
    /// What is to be done, in order; a backend that answers at once adds to it.
    private var effects: [DeliveryEffect] = []
    private var isWorking = false
    private var isClosed = false
    private var timer: Timer?
    private var timerDue = Nanoseconds.max
    /// Who waits for the result of an event.
    private var reports: [EventNumber: DeliveryReport] = [:]
    /// Of a plain socket, where it takes events without the policy while there is nothing to decide.
    private var directBackend: (any DirectBackend)?
    /// Nothing is under way or waits, and the backend of a plain socket is well.
    private var isAtRest = true
    private var direct = DeliveryStatistics()
    private var spool: SpoolStore?
    /// Events that are under way or wait in memory, and are on disk too.
    private var spooled: [EventNumber: UInt64] = [:]
    /// Events for which there was no room in memory, and that wait on disk instead of being given up.
    private var laidDown: UInt64 = 0
    private var isRefillQueued = false
    private let limits: DeliveryLimits

    init(_ address: SocketAddress, _ node: Node) throws(SubscribeError) {
        self.address = address
        self.node = node
        label = address.label
        var limits = node.events.limits
        if node.events.spoolDirectory != nil {
            // What came first is delivered first: the newest go to disk.
            limits.overflow = .dropNewest
            limits.queue = max(100, limits.queue)
        }
        self.limits = limits
        engine = VirtualSocket(address, limits: limits)
        for (place, backend) in engine.backends.enumerated() {
            backends.append(try open(backend, BackendPort(self, place)))
        }
        if backends.count == 1 { directBackend = backends[0] as? any DirectBackend }
        if let directory = node.events.spoolDirectory {
            do { spool = try openSpool(in: directory) } catch { throw .unusable("\(error)") }
            refillLater()
        }
    }

    /// The file is found again by the names of the node and the socket.
    private func openSpool(in directory: String) throws(HostError) -> SpoolStore {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in address.text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let path = "\(directory)/\(node.name)-\(String(hash, radix: 16)).spool"
        return try SpoolStore(path, node.host) { [unowned node] in node.warnOnce($0) }
    }

    private func open(_ backend: SocketAddress, _ port: BackendPort) throws(SubscribeError) -> any EventBackend {
        guard let module = node.events.transports[backend.transport] else {
            guard case .virtual = address else { throw SubscribeError.noModule(backend.transport) }
            node.log(.error, "\(backend.label): no loaded module serves \(backend.transport): sockets")
            return AbsentBackend()
        }
        return try module.open(backend, port)
    }

    package var waiting: Int { engine.waiting }
    package var health: [BackendHealth] { engine.backends.indices.map { engine.health(of: $0) } }
    package private(set) lazy var backendLabels = engine.backends.map(\.label)

    package var statistics: DeliveryStatistics {
        var statistics = engine.statistics
        statistics.add(direct)
        // To be raised again.
        statistics.raised &-= laidDown
        statistics.failed &-= laidDown
        statistics.dropped &-= min(statistics.dropped, laidDown)
        return statistics
    }

    /// Events on disk.
    package var spooledCount: Int { spool?.count ?? 0 }

    package func statistics(of backend: Int) -> DeliveryStatistics { engine.statistics(of: backend) }

    // MARK: Inputs

    func raise(_ event: Event, _ now: Nanoseconds, _ report: DeliveryReport? = nil) {
        guard !isClosed else { return }
        if isAtRest, let directBackend {
            if report == nil, directBackend.take(event) { return }
            directBackend.finish()
        }
        // Behind those that wait on disk.
        if let spool, spool.hasResting, let record = spool.keep(event) {
            spool.rest(record)
            report?.open()
            if let report { spool.whenSafe { report.close(.queued) } }
            return refillLater()
        }
        decide(event, now, raisedAt: now, report)
    }

    private func decide(_ event: Event, _ now: Nanoseconds, raisedAt: Nanoseconds, _ report: DeliveryReport?) {
        isAtRest = false
        let number = engine.raise(event, now: now, raisedAt: raisedAt, into: &effects)
        if let report {
            report.open()
            reports[number] = report
        }
        work()
    }

    func settle(_ delivery: DeliveryID, _ answer: DeliveryAnswer) {
        let now = node.host.now
        switch answer {
        case .delivered: engine.onDelivered(delivery, now: now, into: &effects)
        case .failed(.unknown): engine.onUnknown(delivery, now: now, into: &effects)
        case .failed(let reason): engine.onFailed(delivery, reason, now: now, into: &effects)
        case .pending: return
        }
        work()
    }

    /// Events that the backend took directly have arrived.
    func onTaken(_ count: Int, latency: Nanoseconds) {
        direct.raised &+= UInt64(clamping: count)
        direct.delivered &+= UInt64(clamping: count)
        direct.latencyTotal &+= latency &* Int64(count)
        direct.latencyMost = max(direct.latencyMost, latency)
    }

    /// The backend could not bring an event that it took: from here on the policy decides.
    func giveBack(_ event: Event, raisedAt: Nanoseconds) {
        guard !isClosed else { return }
        decide(event, node.host.now, raisedAt: raisedAt, nil)
    }

    func onBackendUp(_ backend: Int) {
        engine.onBackendUp(backend, now: node.host.now, into: &effects)
        work()
    }

    func onBackendDown(_ backend: Int) {
        engine.onBackendDown(backend, now: node.host.now, into: &effects)
        work()
    }

    /// No event goes here any more. What has not arrived is given up, and said to be.
    func close() {
        guard !isClosed else { return }
        for backend in backends { backend.close() }
        isClosed = true
        engine.close(now: node.host.now, into: &effects)
        work()
        if let timer { node.host.cancel(timer) }
        timer = nil
        backends = []
        spool?.close()
    }

    // MARK: Effects

    private func work() {
        guard !isWorking else { return }
        isWorking = true
        var next = 0
        while next < effects.count {
            perform(effects[next])
            next += 1
        }
        effects.removeAll(keepingCapacity: effects.count <= 1024)
        isWorking = false
        isAtRest = engine.pending == 0 && engine.health(of: 0) == .up && spool?.hasResting != true
        if spool?.hasResting == true { refillLater() }
    }

    private func perform(_ effect: DeliveryEffect) {
        switch effect {
        case .send(let delivery):
            guard !isClosed, delivery.backend < backends.count else { return }
            settle(delivery.id, backends[delivery.backend].send(delivery))
        case .queued(let number, let event):
            if let spool, spooled[number] == nil { spooled[number] = spool.keep(event) }
            tellQueued(number)
        case .settled(let number, let event, let outcome):
            if let spool, layDown(number, event, outcome, spool) { return }
            if !reports.isEmpty { reports.removeValue(forKey: number)?.close(.settled(outcome.result)) }
            if outcome.result != .delivered { node.onGivenUp(DeliveryFailure(event, self, outcome)) }
        case .backendDown(let backend, let reason):
            node.log(.warning, "event socket \(backendLabels[backend]): \(reason.rawValue)")
        case .backendUp(let backend, let span):
            node.log(.notice, "event socket \(backendLabels[backend]) is back after \(span / 1_000_000) ms")
        case .wake(let moment): wake(at: moment)
        }
    }

    /// Whoever asked for the result is told that it takes long, when the event is safe.
    private func tellQueued(_ number: EventNumber) {
        guard let report = reports.removeValue(forKey: number) else { return }
        if let spool { spool.whenSafe { report.close(.queued) } } else { report.close(.queued) }
    }

    // MARK: The spool

    /// What becomes of the copy on disk; true where it is all that is left of the event.
    private func layDown(_ number: EventNumber, _ event: Event, _ outcome: Outcome, _ spool: SpoolStore) -> Bool {
        let record = spooled.removeValue(forKey: number)
        let isHomeless =
            outcome.result == .failed
            && outcome.failures.contains { $0.reason == .queueFull || $0.reason == .closed }
        guard isHomeless, let kept = record ?? spool.keep(event) else {
            if let record { spool.forget(record) }
            return false
        }
        spool.rest(kept)
        laidDown &+= 1
        tellQueued(number)
        return true
    }

    private func refillLater() {
        guard !isRefillQueued, !isClosed, spool?.hasResting == true, engine.waiting < limits.queue / 4 else { return }
        isRefillQueued = true
        _ = node.host.schedule(after: 0) { [weak self] in
            self?.isRefillQueued = false
            self?.refill()
        }
    }

    /// Takes up what waits on disk, as far as there is room.
    private func refill() {
        guard !isClosed, let spool, engine.waiting < limits.queue / 4 else { return }
        let (now, wallClock) = (node.host.now, node.host.wallClock &* 1000)
        for record in spool.take(limits.queue / 2) {
            let age = max(0, wallClock &- record.raisedAt)
            let number = engine.raise(record.event, now: now, raisedAt: now &- age, into: &effects)
            spooled[number] = record.number
        }
        work()
    }

    private func wake(at moment: Nanoseconds) {
        guard !isClosed, moment < timerDue else { return }
        if let timer { node.host.cancel(timer) }
        timerDue = moment
        timer = node.host.schedule(after: moment &- node.host.now) { [weak self] in
            guard let self, !isClosed else { return }
            timer = nil
            timerDue = .max
            engine.onTimer(now: node.host.now, into: &effects)
            work()
        }
    }
}
