import Events

extension DeliveryStatistics {
    struct Counter {
        var name: String
        var read: (DeliveryStatistics) -> Int
    }

    /// What `$stat` shows of a socket. Latencies are in microseconds.
    static var counters: [Counter] {
        func count(_ name: String, _ path: KeyPath<DeliveryStatistics, UInt64> & Sendable) -> Counter {
            Counter(name: name) { Int(clamping: $0[keyPath: path]) }
        }
        return [
            count("raised", \.raised), count("delivered", \.delivered), count("partly", \.partly),
            count("failed", \.failed), count("queued", \.queued), count("dropped", \.dropped),
            count("expired", \.expired), count("retried", \.retried),
            count("possible_duplicates", \.possibleDuplicates), count("late", \.late),
            Counter(name: "latency") { Int($0.latencyTotal / 1000 / Int64(clamping: max(1, $0.delivered))) },
            Counter(name: "latency_max") { Int($0.latencyMost / 1000) },
        ]
    }

    mutating func add(_ other: DeliveryStatistics) {
        raised &+= other.raised
        delivered &+= other.delivered
        partly &+= other.partly
        failed &+= other.failed
        queued &+= other.queued
        dropped &+= other.dropped
        expired &+= other.expired
        retried &+= other.retried
        possibleDuplicates &+= other.possibleDuplicates
        late &+= other.late
        latencyTotal &+= other.latencyTotal
        latencyMost = max(latencyMost, other.latencyMost)
    }
}

extension Node {
    /// Of all event sockets that there are and were.
    package var deliveryStatistics: DeliveryStatistics {
        events.sockets.values.reduce(into: events.gone) { $0.add($1.statistics) }
    }

    /// Makes the sums over all sockets known: `evi_raised`, `evi_delivered`, ...
    func registerEventStatistics() {
        statistics.add("evi_routes_dropped", group: "evi") { [unowned self] in Int(clamping: droppedEvents) }
        statistics.add("evi_routes_slowed", group: "evi") { [unowned self] in Int(clamping: slowedEvents) }
        for counter in DeliveryStatistics.counters {
            statistics.add("evi_\(counter.name)", group: "evi") { [unowned self] in counter.read(deliveryStatistics) }
        }
    }

    /// Makes the numbers of a socket known: `delivered@udp:127.0.0.1:9000`, and for the sockets of a virtual one
    /// `delivered@virtual:... #2`, from 1 on. They read 0 while nothing is subscribed to the socket.
    func registerStatistics(of socket: EventSocket) {
        let label = socket.label
        func add(_ name: String, _ read: @escaping (EventSocket) -> Int) {
            statistics.add(name, group: "evi") { [unowned self] in
                events.sockets.values.first { $0.label == label }.map(read) ?? 0
            }
        }
        add("waiting@\(label)") { $0.waiting }
        add("spooled@\(label)") { $0.spooledCount }
        for counter in DeliveryStatistics.counters {
            add("\(counter.name)@\(label)") { counter.read($0.statistics) }
            guard case .virtual = socket.address else { continue }
            for backend in socket.backendLabels.indices {
                add("\(counter.name)@\(label) #\(backend + 1)") { counter.read($0.statistics(of: backend)) }
            }
        }
    }

    /// Writes the state of every event socket to the log.
    package func logEventSockets() {
        for socket in events.sockets.values.sorted(by: { $0.label < $1.label }) {
            log(
                .notice,
                "event socket \(socket.label): \(socket.statistics.summary), \(socket.waiting) waiting, \(socket.spooledCount) on disk"
            )
            let labels = socket.backendLabels
            for (backend, health) in socket.health.enumerated() where labels.count > 1 || health != .up {
                log(
                    .notice,
                    "  \(labels[backend]): \(health.summary(now: host.now)), \(socket.statistics(of: backend).summary)")
            }
        }
    }
}

extension DeliveryStatistics {
    /// Counters that are not zero.
    fileprivate var summary: String {
        Self.counters.compactMap { counter in
            let value = counter.read(self)
            let unit = counter.name.hasPrefix("latency") ? "µs " : ""
            return value == 0 && counter.name != "raised" ? nil : "\(value) \(unit)\(counter.name)"
        }.joined(separator: ", ")
    }
}

extension BackendHealth {
    fileprivate func summary(now: Nanoseconds) -> String {
        switch self {
        case .up: "up"
        case .failed(let since, _): "failed for \(max(0, now &- since) / 1_000_000) ms"
        case .probing(let since): "failed for \(max(0, now &- since) / 1_000_000) ms, being tried"
        }
    }
}
