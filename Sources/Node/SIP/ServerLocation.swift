import DNS
import SIP

/// Where a name and what a URI says of transport and port lead, step by step (RFC 3263, 4): by NAPTR to transports, by
/// SRV to hosts, or to the name itself where there is neither.
///
/// The choice among servers of the same priority follows from a number that a request shares with its retransmissions,
/// its CANCEL and its ACK, so that all take the same way (4.4).
struct ServerLocation {
    enum Step: Hashable {
        case ask(Question)
        case candidate(Candidate)
        /// There are no more.
        case end
    }

    /// A host whose addresses are to be looked up.
    struct Candidate: Hashable {
        var transport: SIP.Transport
        var host: String
        var port: Int
    }

    private let hop: NextHop
    private let name: DomainName?
    private let transports: [SIP.Transport]
    private let hash: UInt64
    private var questions: [(question: Question, transport: SIP.Transport)] = []
    private var candidates: [Candidate] = []
    private var wantsNames: Bool
    private var hasFound = false

    /// - Parameters:
    ///   - transports: that the node has sockets for, the preferred first.
    ///   - usesNAPTR: false asks for SRV records at once.
    init(_ hop: NextHop, transports: [SIP.Transport], usesNAPTR: Bool = true, hash: UInt64) {
        self.hop = hop
        self.transports = transports
        self.hash = hash
        let host = String(decoding: hop.host, as: UTF8.self)
        name = hop.isPortGiven ? nil : DomainName(host)
        wantsNames = usesNAPTR && !hop.isTransportGiven && name != nil
        if !wantsNames { askForServices() }
    }

    /// The services of the transports that may be used, by their usual names.
    private mutating func askForServices() {
        guard let name else { return }
        for transport in hop.isTransportGiven ? [hop.transport] : transports {
            guard transport.isSecure || !hop.isSecure, let service = transport.serviceName,
                let question = name.below(service)
            else { continue }
            questions.append((Question(question, .srv), transport))
        }
    }

    mutating func next() -> Step {
        if wantsNames, let name { return .ask(Question(name, .naptr)) }
        if !candidates.isEmpty {
            hasFound = true
            return .candidate(candidates.removeFirst())
        }
        if let next = questions.first { return .ask(next.question) }
        guard !hasFound else { return .end }
        hasFound = true
        return .candidate(
            Candidate(transport: hop.transport, host: String(decoding: hop.host, as: UTF8.self), port: hop.port))
    }

    /// The answer to what `next` asked.
    mutating func onAnswer(_ records: [Record]) {
        if wantsNames {
            wantsNames = false
            takeNames(records)
            if questions.isEmpty { askForServices() }
        } else if !questions.isEmpty {
            let transport = questions.removeFirst().transport
            let services = records.compactMap { if case .service(let service) = $0 { service } else { nil } }
            candidates = ServerLocation.order(services, hash).map {
                Candidate(transport: transport, host: $0.target.text, port: Int($0.port))
            }
            // A name that has services is not tried itself.
            if !services.isEmpty { hasFound = true }
        }
    }

    private mutating func takeNames(_ records: [Record]) {
        let names = records.compactMap { if case .namingAuthority(let name) = $0 { name } else { nil } }
        for name in names.sorted(by: { ($0.order, $0.preference) < ($1.order, $1.preference) }) {
            guard name.flags.lowercased() == "s", let transport = SIP.Transport(service: name.service),
                transports.contains(transport), !hop.isSecure || transport.isSecure
            else { continue }
            questions.append((Question(name.replacement, .srv), transport))
        }
    }

    /// By priority, and among equals by chance in proportion to their weights (RFC 2782).
    static func order(_ services: [ServiceRecord], _ hash: UInt64) -> [ServiceRecord] {
        var random = hash
        var ordered: [ServiceRecord] = []
        // In an order of its own: name servers turn theirs.
        var rest = services.filter { $0.target != .root }.sorted {
            ($0.priority, $0.weight, $0.target.text, $0.port) < ($1.priority, $1.weight, $1.target.text, $1.port)
        }
        while let first = rest.first {
            let group = rest.prefix { $0.priority == first.priority }
            let sum = group.reduce(UInt64(0)) { $0 + UInt64($1.weight) }
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var wanted = (random >> 32) % (sum + 1)
            let chosen =
                group.firstIndex { service in
                    if wanted <= UInt64(service.weight) { return true }
                    wanted -= UInt64(service.weight)
                    return false
                } ?? 0
            ordered.append(rest.remove(at: chosen))
        }
        return ordered
    }
}

extension SIP.Transport {
    /// In front of a domain's name (RFC 3263, 4.1); nil for what has no such service.
    fileprivate var serviceName: String? {
        switch self {
        case .udp: "_sip._udp"
        case .tcp: "_sip._tcp"
        case .tls: "_sips._tcp"
        case .sctp: "_sip._sctp"
        case .ws, .wss: nil
        }
    }

    /// `SIP+D2U`
    fileprivate init?(service: String) {
        switch service.uppercased() {
        case "SIP+D2U": self = .udp
        case "SIP+D2T": self = .tcp
        case "SIPS+D2T": self = .tls
        case "SIP+D2S": self = .sctp
        default: return nil
        }
    }

    fileprivate var isSecure: Bool { self == .tls || self == .wss }
}
