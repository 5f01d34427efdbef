import DNS
import SIP

/// Where a message can be sent to.
struct Place {
    var transport: SIP.Transport
    var address: Address
}

extension SIPLayer {
    /// Sends to a place; a code above 0 says that it was sent.
    /// - Returns: nil when a connection has to be made first; `later` tells the code then.
    typealias Attempt = (_ place: Place, _ later: @escaping (Int32) -> Void) -> Int32?

    /// Sends a message towards a hop, to the first of its places that takes it (RFC 3263, 4.3).
    /// - Parameters:
    ///   - message: whose retransmissions have to take the same way.
    ///   - later: the last code, when name servers had to be asked or a connection made.
    /// - Returns: the code where nothing was waited for; nil when `later` is going to be called.
    func reach(
        _ hop: NextHop, with message: Message, _ attempt: @escaping Attempt, later: @escaping (Int32) -> Void
    ) -> Int32? {
        if let address = hop.address { return attempt(Place(transport: hop.transport, address: address), later) }
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
    private let attempt: SIPLayer.Attempt
    private let done: (Int32) -> Void
    private var code = ForwardFailure.badAddress.rawValue
    /// Addresses of the candidate that are still to be tried.
    private var places: ArraySlice<Place> = []
    /// Nobody answered there a moment ago: tried when there is nothing else.
    private var avoided: [Place] = []

    init(
        _ sip: SIPLayer, _ location: ServerLocation, hash: UInt64, _ attempt: @escaping SIPLayer.Attempt,
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
                let usable = addresses.filter { sip.options.usesIPv6 || $0.ip?.isV4 == true }
                places =
                    ServerSearch.turned(usable, hash).map {
                        Place(transport: candidate.transport, address: $0)
                    }[...]
                tryNext()
            }
        case .end:
            if avoided.isEmpty { done(code) } else { attempt(avoided.removeFirst()) }
        }
    }

    private func tryNext() {
        while let place = places.popFirst() {
            guard sip.options.failsOver, sip.node.module(ProtoTCP.self)?.isUnreachable(place) == true else {
                return attempt(place)
            }
            avoided.append(place)
        }
        goOn()
    }

    private func attempt(_ place: Place) {
        if let code = attempt(place, onEnd) { onEnd(code) }
    }

    /// The end of an attempt.
    private func onEnd(_ code: Int32) {
        self.code = code
        if code > 0 || !sip.options.failsOver { done(code) } else { tryNext() }
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
