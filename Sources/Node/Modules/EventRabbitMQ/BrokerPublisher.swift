/// Publishes the messages of scripts to one `server_id`.
final class BrokerPublisher {
    private let server: BrokerServer
    private unowned let node: Node
    private var broker: (any BrokerConnection)?
    private var open: [UInt64: Open] = [:]
    private var nextNumber: UInt64 = 0

    private struct Open {
        var message: BrokerMessage
        var retries: Int
        var onEnd: ((Bool) -> Void)?
    }

    /// Between two tries of a message.
    private static let pause = Nanoseconds.seconds(1)
    private static let maximalOpen = 10_000

    init(_ server: BrokerServer, _ settings: BrokerSettings, _ node: Node) {
        self.server = server
        self.node = node
        broker = node.host.openBroker(
            settings, BrokerHandlers(onResult: { [weak self] in self?.onResult($0, $1) }))
    }

    var isIdle: Bool { open.isEmpty }

    /// False where too much waits already.
    /// - Parameter onEnd: told whether the broker has the message.
    func publish(_ message: BrokerMessage, _ onEnd: ((Bool) -> Void)?) -> Bool {
        guard open.count < Self.maximalOpen else { return false }
        var message = message
        message.exchange = server.exchange
        message.isMandatory = server.isMandatory
        message.isImmediate = server.isImmediate
        message.isPersistent = server.isPersistent
        return send(Open(message: message, retries: server.retries, onEnd: onEnd))
    }

    private func send(_ entry: Open) -> Bool {
        nextNumber += 1
        guard broker?.publish(entry.message, nextNumber) == true else { return false }
        open[nextNumber] = entry
        return true
    }

    private func onResult(_ number: UInt64, _ result: BrokerResult) {
        guard var entry = open[number] else { return }
        if result == .unreachable, entry.retries > 0 {
            entry.retries -= 1
            // It keeps its place among the open ones meanwhile.
            _ = node.host.schedule(after: Self.pause) { [weak self] in
                guard let self, open.removeValue(forKey: number) != nil else { return }
                if !send(entry) { entry.onEnd?(false) }
            }
            return
        }
        open[number] = nil
        if result != .confirmed { node.warnOnce("rabbitmq_publish: messages for \(server.id) are lost: \(result)") }
        entry.onEnd?(result == .confirmed)
    }

    func close() {
        broker?.close()
        broker = nil
        let lost = open.sorted { $0.key < $1.key }
        open = [:]
        for entry in lost { entry.value.onEnd?(false) }
    }
}
