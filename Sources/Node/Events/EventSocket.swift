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

    init(_ address: SocketAddress, _ node: Node) throws(SubscribeError) {
        self.address = address
        self.node = node
        label = address.label
        engine = VirtualSocket(address, limits: node.events.limits)
        for (place, backend) in engine.backends.enumerated() {
            backends.append(try open(backend, BackendPort(self, place)))
        }
        if backends.count == 1 { directBackend = backends[0] as? any DirectBackend }
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
        return statistics
    }

    package func statistics(of backend: Int) -> DeliveryStatistics { engine.statistics(of: backend) }

    // MARK: Inputs

    func raise(_ event: Event, _ now: Nanoseconds, _ report: DeliveryReport? = nil) {
        guard !isClosed else { return }
        if isAtRest, let directBackend {
            if report == nil, directBackend.take(event) { return }
            directBackend.finish()
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
        isAtRest = engine.pending == 0 && engine.health(of: 0) == .up
    }

    private func perform(_ effect: DeliveryEffect) {
        switch effect {
        case .send(let delivery):
            guard !isClosed, delivery.backend < backends.count else { return }
            settle(delivery.id, backends[delivery.backend].send(delivery))
        case .queued(let number, _):
            // Whoever asked for the result is told that it takes long.
            reports.removeValue(forKey: number)?.close(.queued)
        case .settled(let number, let event, let outcome):
            if !reports.isEmpty { reports.removeValue(forKey: number)?.close(.settled(outcome.result)) }
            if outcome.result != .delivered { node.onGivenUp(DeliveryFailure(event, self, outcome)) }
        case .backendDown(let backend, let reason):
            node.log(.warning, "event socket \(backendLabels[backend]): \(reason.rawValue)")
        case .backendUp(let backend, let span):
            node.log(.notice, "event socket \(backendLabels[backend]) is back after \(span / 1_000_000) ms")
        case .wake(let moment): wake(at: moment)
        }
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
