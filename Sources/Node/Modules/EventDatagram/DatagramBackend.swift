import Events

/// Sends notifications to one datagram socket.
///
/// UDP tells of a receiver that is not there after the datagram, so the last delivery stays open until the next datagram
/// or the end of the turn, whichever comes first. A unix socket whose receiver is slow takes no more for a while: what
/// follows waits here, in order.
final class DatagramBackend: EventBackend {
    private let receiver: Receiver
    private let host: any Host
    private let port: BackendPort
    private var line: (any DatagramLine)?
    private var text: [UInt8] = []
    /// Of UDP: sent, and not known to have met nobody.
    private var unproven: DeliveryID?
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

    private func answer(to outcome: DatagramOutcome, _ id: DeliveryID) -> DeliveryAnswer {
        switch outcome {
        case .sent:
            guard case .address(.unix) = receiver else {
                prove(.delivered)
                unproven = id
                checkLater()
                return .pending
            }
            return .delivered
        case .full:
            waiting.append((id, text))
            retryLater()
            return .pending
        case .tooLong: return .failed(.refused)
        case .unreachable:
            prove(.failed(.unreachable))
            close(line: .failed(.unreachable))
            return .failed(.unreachable)
        }
    }

    /// The last datagram has arrived as far as the system can tell, or has not.
    private func prove(_ answer: DeliveryAnswer) {
        guard let id = unproven else { return }
        unproven = nil
        port.settle(id, answer)
    }

    private func checkLater() {
        guard !isCheckQueued else { return }
        isCheckQueued = true
        _ = host.schedule(after: 0) { [weak self] in
            guard let self else { return }
            isCheckQueued = false
            prove(line?.takeError() == nil ? .delivered : .failed(.unreachable))
        }
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
        prove(line?.takeError() == nil ? .delivered : .failed(.unreachable))
        isResolving = false
        if let retry { host.cancel(retry) }
        close(line: .failed(.closed))
    }
}
