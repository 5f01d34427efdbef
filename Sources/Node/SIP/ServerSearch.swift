import DNS
import SIP

/// Where a message can be sent to.
struct Place {
    var transport: SIP.Transport
    var address: Address
}

extension SIPLayer {
    /// Sends a message towards a hop, to the first of its places that takes it.
    /// - Parameters:
    ///   - message: whose retransmissions have to take the same way.
    ///   - attempt: sends to a place; a code above 0 says that it was sent.
    ///   - later: the last code, when name servers had to be asked.
    /// - Returns: the code where none had to be; nil when `later` is going to be called.
    func reach(
        _ hop: NextHop, with message: Message, _ attempt: @escaping (Place) -> Int32,
        later: @escaping (Int32) -> Void
    ) -> Int32? {
        if let address = hop.address { return attempt(Place(transport: hop.transport, address: address)) }
        let hash = (try? message.transactionHash(key: key)) ?? (0, 0)
        let location = ServerLocation(
            hop, transports: transports, usesNAPTR: options.usesNAPTR, hash: hash.0)
        ServerSearch(self, location, hash: hash.1, attempt, later).goOn()
        return nil
    }
}

/// Walks through a server location: asks, looks up, tries.
private final class ServerSearch {
    private unowned let sip: SIPLayer
    private var location: ServerLocation
    private let hash: UInt64
    private let attempt: (Place) -> Int32
    private let done: (Int32) -> Void
    private var code = ForwardFailure.badAddress.rawValue
    /// Nobody answered there a moment ago: tried when there is nothing else.
    private var avoided: [Place] = []

    init(
        _ sip: SIPLayer, _ location: ServerLocation, hash: UInt64, _ attempt: @escaping (Place) -> Int32,
        _ done: @escaping (Int32) -> Void
    ) {
        self.sip = sip
        self.location = location
        self.hash = hash
        self.attempt = attempt
        self.done = done
    }

    func goOn() {
        let host = sip.node.host
        switch location.next() {
        case .ask(let question):
            host.ask(question, patience: sip.options.patience) { [self] records in
                location.onAnswer(records)
                goOn()
            }
        case .candidate(let candidate):
            host.resolve(candidate.host, port: UInt16(truncatingIfNeeded: candidate.port)) { [self] addresses in
                attempt(candidate.transport, addresses)
            }
        case .end:
            if let place = avoided.first { code = attempt(place) }
            done(code)
        }
    }

    private func attempt(_ transport: SIP.Transport, _ addresses: [Address]) {
        let options = sip.options
        for address in ServerSearch.turned(addresses, hash) where options.usesIPv6 || address.ip?.isV4 == true {
            let place = Place(transport: transport, address: address)
            if options.failsOver, sip.node.module(ProtoTCP.self)?.isUnreachable(place) == true {
                avoided.append(place)
                continue
            }
            code = attempt(place)
            if code > 0 || !options.failsOver { return done(code) }
        }
        goOn()
    }

    /// The addresses of the family that comes first, then the others; name servers turn theirs, so each family is put in
    /// order and turned by the message's own number.
    private static func turned(_ addresses: [Address], _ hash: UInt64) -> [Address] {
        func turned(_ family: [Address]) -> [Address] {
            guard !family.isEmpty else { return [] }
            let start = Int(hash % UInt64(family.count))
            let sorted = family.sorted { $0.text < $1.text }
            return Array(sorted[start...] + sorted[..<start])
        }
        let isFirstV4 = addresses.first?.ip?.isV4
        return turned(addresses.filter { $0.ip?.isV4 == isFirstV4 })
            + turned(addresses.filter { $0.ip?.isV4 != isFirstV4 })
    }
}
