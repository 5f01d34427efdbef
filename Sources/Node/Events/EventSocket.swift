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

    init(_ address: SocketAddress, _ node: Node) throws(SubscribeError) {
        self.address = address
        self.node = node
        label = address.label
        engine = VirtualSocket(address, limits: node.events.limits)
        for (place, backend) in engine.backends.enumerated() {
            backends.append(try open(backend, BackendPort(self, place)))
        }
        register()
    }

    private func open(_ backend: SocketAddress, _ port: BackendPort) throws(SubscribeError) -> any EventBackend {
        guard let module = node.events.transports[backend.transport] else {
            guard case .virtual = address else { throw SubscribeError.noModule(backend.transport) }
            node.log(.error, "\(backend.label): no loaded module serves \(backend.transport): sockets")
            return AbsentBackend()
        }
        return try module.open(backend, port)
    }

    /// Events that are not settled.
    package var pending: Int { engine.pending }
    package var waiting: Int { engine.waiting }
    package var statistics: DeliveryStatistics { engine.statistics }
    package var health: [BackendHealth] { engine.backends.indices.map { engine.health(of: $0) } }
    package func statistics(of backend: Int) -> DeliveryStatistics { engine.statistics(of: backend) }
    package var backendLabels: [String] { engine.backends.map(\.label) }

    // MARK: Inputs

    func raise(_ event: Event, _ report: DeliveryReport? = nil) {
        guard !isClosed else { return }
        let number = engine.raise(event, now: node.host.now, into: &effects)
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
        unregister()
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
            node.log(.warning, "event socket \(engine.backends[backend].label) is down: \(reason.rawValue)")
        case .backendUp(let backend, let time):
            node.log(.notice, "event socket \(engine.backends[backend].label) is up again after \(time / 1_000_000) ms")
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

    // MARK: Statistics

    /// `delivered@udp:127.0.0.1:9000`, and for the sockets of a virtual one `delivered@virtual:... #2`, from 1 on.
    private func register() {
        for counter in DeliveryStatistics.counters {
            node.statistics.add("\(counter.name)@\(label)", group: "evi") { [weak self] in
                self.map { counter.read($0.statistics) } ?? 0
            }
        }
        node.statistics.add("waiting@\(label)", group: "evi") { [weak self] in self?.waiting ?? 0 }
        guard case .virtual = address else { return }
        for backend in engine.backends.indices {
            for counter in DeliveryStatistics.counters {
                node.statistics.add("\(counter.name)@\(label) #\(backend + 1)", group: "evi") { [weak self] in
                    self.map { counter.read($0.statistics(of: backend)) } ?? 0
                }
            }
        }
    }

    private func unregister() {
        for name in DeliveryStatistics.counters.map(\.name) + ["waiting"] {
            node.statistics.remove("\(name)@\(label)", group: "evi")
            for backend in engine.backends.indices {
                node.statistics.remove("\(name)@\(label) #\(backend + 1)", group: "evi")
            }
        }
    }
}
