import Events

/// Sends notifications to one datagram socket.
///
/// UDP tells of a receiver that is not there after the datagram, so the last delivery stays open until the next datagram
/// or the end of the turn, whichever comes first. A unix socket whose receiver is slow takes no more for a while: what
/// follows waits here, in order.
final class DatagramBackend: DirectBackend {
    private let receiver: Receiver
    private let host: any Host
    private let port: BackendPort
    private var line: (any DatagramLine)?
    private var text: [UInt8] = []
    /// Of UDP: sent, and not known to have met nobody.
    private var unproven = Unproven.nothing
    /// Events taken directly that have arrived and were not told yet.
    private var taken = 0
    private var isCheckQueued = false
    /// What the receiver has no room for, or whose receiver's name is being looked up.
    private var waiting: [(id: DeliveryID, bytes: [UInt8])] = []
    private var retry: Timer?
    private var stuckSince: Nanoseconds?
    private var isResolving = false

    /// The most that OpenSIPS sends; with headers, what UDP carries.
    private static let longest = 65_457
    private static let retryPause = Nanoseconds.milliseconds(1)
    /// A receiver that takes nothing for so long does not work.
    private static let patience = Nanoseconds.seconds(1)

    private enum Unproven {
        case nothing
        case delivery(DeliveryID)
        case taken(Event)
    }

    enum Receiver {
        case name(SocketAddress.Endpoint)
        case address(Address)
    }

    init(_ receiver: Receiver, _ host: any Host, _ port: BackendPort) {
        self.host = host
        self.port = port
        if case .name(let endpoint) = receiver, let ip = Address.IP(endpoint.host) {
            self.receiver = .address(.ip(ip, port: endpoint.port))
        } else {
            self.receiver = receiver
        }
    }

    func send(_ delivery: DeliveryEffect.Delivery) -> DeliveryAnswer {
        text.removeAll(keepingCapacity: true)
        JSONRPC.appendNotification(delivery.event, to: &text)
        if text.count > Self.longest { return .failed(.refused) }
        if line == nil, waiting.isEmpty, !open() { return .failed(.unreachable) }
        guard waiting.isEmpty, let line else {
            waiting.append((delivery.id, text))
            return .pending
        }
        return answer(to: text.withUnsafeBufferPointer { line.send($0) }, delivery.id)
    }

    func take(_ event: Event) -> Bool {
        guard waiting.isEmpty, let line else { return false }
        text.removeAll(keepingCapacity: true)
        JSONRPC.appendNotification(event, to: &text)
        guard text.count <= Self.longest else { return false }
        switch text.withUnsafeBufferPointer({ line.send($0) }) {
        case .sent:
            prove(.delivered)
            if isUnix { taken += 1 } else { unproven = .taken(event) }
            checkLater()
            return true
        case .unreachable:
            close(line: .failed(.unreachable))
            prove(.failed(.unreachable))
            return false
        case .full, .tooLong: return false
        }
    }

    private var isUnix: Bool { if case .address(.unix) = receiver { true } else { false } }

    private func answer(to outcome: DatagramOutcome, _ id: DeliveryID) -> DeliveryAnswer {
        switch outcome {
        case .sent:
            if isUnix { return .delivered }
            prove(.delivered)
            unproven = .delivery(id)
            checkLater()
            return .pending
        case .full:
            waiting.append((id, text))
            retryLater()
            return .pending
        case .tooLong: return .failed(.refused)
        case .unreachable:
            close(line: .failed(.unreachable))
            prove(.failed(.unreachable))
            return .failed(.unreachable)
        }
    }

    /// The last datagram has arrived as far as the system can tell, or has not.
    private func prove(_ answer: DeliveryAnswer) {
        let last = unproven
        unproven = .nothing
        switch (last, answer) {
        case (.nothing, _): break
        case (.delivery(let id), _): port.settle(id, answer)
        case (.taken, .delivered): taken += 1
        case (.taken(let event), _): port.giveBack(event, raisedAt: host.now)
        }
    }

    private func checkLater() {
        guard !isCheckQueued else { return }
        isCheckQueued = true
        _ = host.schedule(after: 0) { [weak self] in
            guard let self else { return }
            isCheckQueued = false
            check()
        }
    }

    func finish() { check() }

    private func check() {
        prove(line?.takeError() == nil ? .delivered : .failed(.unreachable))
        // They went out in this turn.
        if taken > 0 { port.onTaken(taken, latency: 0) }
        taken = 0
    }

    // MARK: The line

    /// False where there is nobody; the line may be nil still where a name is being looked up.
    private func open() -> Bool {
        switch receiver {
        case .address(let address):
            line = try? host.openDatagrams(to: address)
            return line != nil
        case .name(let endpoint):
            if !isResolving {
                isResolving = true
                host.resolve(endpoint.host, port: endpoint.port) { [weak self] in self?.onAddresses($0) }
            }
            return true
        }
    }

    private func onAddresses(_ addresses: [Address]) {
        guard isResolving else { return }
        isResolving = false
        line = addresses.first.flatMap { try? host.openDatagrams(to: $0) }
        if line == nil { close(line: .failed(.unreachable)) } else { sendWaiting() }
    }

    private func close(line answer: DeliveryAnswer) {
        line?.close()
        line = nil
        let lost = waiting
        waiting = []
        stuckSince = nil
        for entry in lost { port.settle(entry.id, answer) }
    }

    // MARK: Waiting

    private func retryLater() {
        guard retry == nil else { return }
        retry = host.schedule(after: Self.retryPause) { [weak self] in
            self?.retry = nil
            self?.sendWaiting()
        }
    }

    private func sendWaiting() {
        let entries = waiting
        waiting = []
        for (place, entry) in entries.enumerated() {
            guard let line else {
                for lost in entries[place...] { port.settle(lost.id, .failed(.unreachable)) }
                return
            }
            let outcome = entry.bytes.withUnsafeBufferPointer { line.send($0) }
            if case .full = outcome {
                // What was sent meanwhile comes behind.
                waiting = entries[place...] + waiting
                break
            }
            stuckSince = nil
            text = entry.bytes
            port.settle(entry.id, answer(to: outcome, entry.id))
        }
        guard !waiting.isEmpty else { return }
        if let stuckSince, host.now &- stuckSince > Self.patience {
            close(line: .failed(.broken))
        } else {
            stuckSince = stuckSince ?? host.now
            retryLater()
        }
    }

    func close() {
        if !waiting.isEmpty { sendWaiting() }
        check()
        isResolving = false
        if let retry { host.cancel(retry) }
        close(line: .failed(.closed))
    }
}
