import Testing

@testable import Events

let second: Nanoseconds = 1_000_000_000

/// A socket with what was asked of it, in short words: `1>a` send event 1 to a, `1>a!` as a probe, `1>a?` as a possible
/// duplicate, `1..` queued, `1=delivered`.
struct Bench {
    var socket: VirtualSocket
    var now: Nanoseconds = 0
    private var deliveries: [String: DeliveryID] = [:]
    private(set) var wakes: [Nanoseconds] = []
    private(set) var news: [String] = []

    init(_ text: String, _ change: (inout DeliveryLimits) -> Void = { _ in }) throws {
        var limits = DeliveryLimits()
        limits.failoverTimeout = 30 * second
        limits.retryInterval = second
        change(&limits)
        let sockets = text.replacing(/\b[a-d]\b/) { "udp:\($0.output):1" }
        socket = VirtualSocket(try SocketAddress(parsing: sockets), limits: limits)
    }

    private func name(_ backend: Int) -> String {
        guard case .udp(let endpoint) = socket.backends[backend] else { return "?" }
        return endpoint.host
    }

    private func backend(_ name: Character) -> Int {
        socket.backends.firstIndex(of: .udp(.init(host: String(name), port: 1))) ?? -1
    }

    private mutating func tell(_ effects: [DeliveryEffect]) -> String {
        var words: [String] = []
        for effect in effects {
            switch effect {
            case .send(let delivery):
                let word = "\(delivery.number)>\(name(delivery.backend))"
                deliveries[word] = delivery.id
                words.append(word + (delivery.isProbe ? "!" : "") + (delivery.isPossibleDuplicate ? "?" : ""))
            case .queued(let number, _): words.append("\(number)..")
            case .settled(let number, _, let outcome):
                let failures = outcome.failures.map { "\($0.backend.map { name($0) } ?? "-"):\($0.reason)" }
                words.append(
                    "\(number)=\(([outcome.result] as [Any] + failures).map { "\($0)" }.joined(separator: ","))")
            case .wake(let at): wakes.append(at)
            case .backendDown(let backend, let reason): news.append("\(name(backend)) \(reason)")
            case .backendUp(let backend, let time): news.append("\(name(backend)) back after \(time)")
            }
        }
        return words.joined(separator: " ")
    }

    private mutating func input(_ change: (inout VirtualSocket, inout [DeliveryEffect], Bench) -> Void) -> String {
        var effects: [DeliveryEffect] = []
        change(&socket, &effects, self)
        return tell(effects)
    }

    mutating func raise(raisedAt: Nanoseconds? = nil) -> String {
        input { $0.raise(Event(name: bytes("E")), now: $2.now, raisedAt: raisedAt, into: &$1) }
    }

    mutating func ok(_ word: String) -> String {
        input { $0.onDelivered($2.deliveries[word]!, now: $2.now, into: &$1) }
    }

    mutating func fail(_ word: String, _ reason: FailureReason = .broken) -> String {
        input { $0.onFailed($2.deliveries[word]!, reason, now: $2.now, into: &$1) }
    }

    mutating func unknown(_ word: String) -> String {
        input { $0.onUnknown($2.deliveries[word]!, now: $2.now, into: &$1) }
    }

    mutating func up(_ name: Character) -> String { input { $0.onBackendUp($2.backend(name), now: $2.now, into: &$1) } }

    mutating func down(_ name: Character) -> String {
        input { $0.onBackendDown($2.backend(name), now: $2.now, into: &$1) }
    }

    mutating func timer(_ now: Nanoseconds) -> String {
        self.now = now
        return input { $0.onTimer(now: $2.now, into: &$1) }
    }

    mutating func close() -> String { input { $0.close(now: $2.now, into: &$1) } }

    func health(_ name: Character) -> BackendHealth { socket.health(of: backend(name)) }
}

/// Checks a line of inputs and what they lead to.
func expect(_ found: String, _ expected: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(found == expected, sourceLocation: location)
}
