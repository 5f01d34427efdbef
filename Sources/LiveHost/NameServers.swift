import DNS
import Node

/// Asks the name servers of a machine, each question from a socket of its own, so that who wants to forge an answer has
/// to guess its port too.
final class NameServers {
    private unowned let host: LiveHost
    private let servers: [Address]
    private let patience: Patience
    private var cache = AnswerCache()
    /// Who waits for the answer to a question that is under way.
    private var waiting: [Question: [([Record]) -> Void]] = [:]

    /// Questions under way, each with a socket; what is more finds nothing.
    private static let maximalQuestions = 512

    init(_ host: LiveHost, servers: [Address], _ patience: Patience) {
        self.host = host
        self.servers = servers
        self.patience = patience
    }

    /// Those of `/etc/resolv.conf`.
    convenience init(_ host: LiveHost) {
        let text = (try? LiveFile.read("/etc/resolv.conf")) ?? []
        let configuration = ResolverConfiguration(String(decoding: text, as: UTF8.self))
        let servers = configuration.servers.compactMap { Address.IP($0) }.map { Address.ip($0, port: 53) }
        self.init(host, servers: servers, configuration.patience)
    }

    func ask(_ question: Question, _ patience: Patience?, _ answer: @escaping ([Record]) -> Void) {
        if let known = cache.records(for: question, at: host.now) {
            return host.atTurnEnd { answer(known) }
        }
        if waiting[question] != nil {
            waiting[question]?.append(answer)
            return
        }
        guard waiting.count < Self.maximalQuestions else { return host.atTurnEnd { answer([]) } }
        waiting[question] = [answer]
        let exchange = LookupExchange(host, question, servers, patience ?? self.patience) { [weak self] in
            self?.finish(question, $0, lifetime: $1)
        }
        exchange.start()
    }

    private func finish(_ question: Question, _ records: [Record], lifetime: UInt32) {
        cache.keep(records, for: question, lifetime: lifetime, at: host.now)
        for answer in waiting.removeValue(forKey: question) ?? [] { answer(records) }
    }
}

/// One question under way: a socket, or a connection, and a timer around a `Lookup`.
private final class LookupExchange {
    private let host: LiveHost
    private let servers: [Address]
    private let timeout: Nanoseconds
    private let done: ([Record], UInt32) -> Void
    private var lookup: Lookup
    private var socket: (any DatagramSocket)?
    private var stream: (any StreamConnection)?
    private var received: [UInt8] = []
    private var timer: Timer?
    /// Keeps this alive until it is done.
    private var itself: LookupExchange?

    init(
        _ host: LiveHost, _ question: Question, _ servers: [Address], _ patience: Patience,
        done: @escaping ([Record], UInt32) -> Void
    ) {
        self.host = host
        self.servers = servers
        timeout = .seconds(max(patience.timeout, 1))
        self.done = done
        lookup = Lookup(
            question, id: UInt16(truncatingIfNeeded: host.random()), servers: servers.count, patience)
    }

    func start() {
        itself = self
        follow(lookup.askNext())
    }

    private func follow(_ step: Lookup.Step) {
        switch step {
        case .wait: return
        case .ask(let server, let carrier):
            close()
            timer = host.schedule(after: timeout) { [self] in follow(lookup.askNext()) }
            switch carrier {
            case .datagram: sendDatagram(to: servers[server])
            case .stream: dial(servers[server])
            }
        case .found(let records, let lifetime): end(records, lifetime)
        case .failed: end([], 0)
        }
    }

    private func end(_ records: [Record], _ lifetime: UInt32) {
        close()
        itself = nil
        done(records, lifetime)
    }

    private func close() {
        if let timer { host.cancel(timer) }
        timer = nil
        socket?.close()
        socket = nil
        stream?.close()
        stream = nil
    }

    /// A server that cannot be reached is as good as one that does not answer: the timer goes on to the next.
    private func sendDatagram(to server: Address) {
        let any: Address = .ip(server.ip?.isV4 == false ? .anyV6 : .anyV4, port: 0)
        socket = try? host.bindDatagram(any, vector: 1) { [weak self] bytes, source in
            guard let self, source == server else { return }
            follow(lookup.onMessage(bytes, over: .datagram))
        }
        lookup.query.withUnsafeBufferPointer { _ = socket?.send($0, to: server, onFailure: nil) }
    }

    /// Over a stream a message comes after its length (RFC 1035, 4.2.2).
    private func dial(_ server: Address) {
        received = []
        let query = lookup.query
        stream = host.connect(
            to: server, from: nil, timeout: timeout, StreamHandlers(onReceive: { [weak self] in self?.onStream($0) }))
        _ = stream?.send([UInt8(query.count >> 8), UInt8(query.count & 0xff)] + query)
    }

    private func onStream(_ bytes: UnsafeBufferPointer<UInt8>) {
        received += bytes
        guard stream != nil, received.count >= 2 else { return }
        let length = Int(received[0]) << 8 | Int(received[1])
        guard received.count >= 2 + length else { return }
        let step = received[2..<2 + length].withUnsafeBufferPointer { lookup.onMessage($0, over: .stream) }
        // What is no answer here will not become one.
        follow(step == .wait ? lookup.askNext() : step)
    }
}
