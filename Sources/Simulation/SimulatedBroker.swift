import Node

/// An AMQP broker of the outside that records what it gets, and misbehaves on demand.
package final class SimulatedBroker {
    package struct Delivery: Hashable, Sendable {
        package var time: Nanoseconds
        package var message: BrokerMessage
        package var text: String { String(decoding: message.body, as: UTF8.self) }
    }

    package private(set) var deliveries: [Delivery] = []
    /// Whether connections can be made; those that there are break when it goes down.
    package var isUp = true {
        didSet {
            guard isUp != oldValue else { return }
            for connection in connections { isUp ? connection.onBrokerUp() : connection.onBrokerDown() }
        }
    }
    /// From the arrival of a message to its confirm.
    package var confirmDelay = Nanoseconds.milliseconds(1)
    /// Takes messages and says nothing.
    package var isSilent = false
    /// Whether a queue takes the message.
    package var accepts: (BrokerMessage) -> Bool = { _ in true }
    fileprivate var connections: [SimulatedBrokerConnection] = []
    package init() {}

    package var texts: [String] { deliveries.map(\.text) }

    fileprivate func take(_ message: BrokerMessage, at time: Nanoseconds) -> BrokerResult {
        guard accepts(message) else { return message.isMandatory ? .refused : .confirmed }
        deliveries.append(Delivery(time: time, message: message))
        return .confirmed
    }
}

extension SimulatedHost {
    package func openBroker(_ settings: BrokerSettings, _ handlers: BrokerHandlers) -> any BrokerConnection {
        let broker = simulation.brokers["\(settings.host):\(settings.port)"]
        let connection = SimulatedBrokerConnection(self, broker, settings, handlers)
        broker?.connections.append(connection)
        return connection
    }
}

/// Messages take the default link's latency each way, and break when the broker goes down.
final class SimulatedBrokerConnection: BrokerConnection {
    private let host: SimulatedHost
    private weak var broker: SimulatedBroker?
    private let settings: BrokerSettings
    private var handlers: BrokerHandlers?
    private var open: [UInt64] = []
    private var isMissed = false

    init(_ host: SimulatedHost, _ broker: SimulatedBroker?, _ settings: BrokerSettings, _ handlers: BrokerHandlers) {
        self.host = host
        self.broker = broker
        self.settings = settings
        self.handlers = handlers
    }

    private var latency: Nanoseconds { host.simulation.defaultLink.latency }

    func publish(_ message: BrokerMessage, _ number: UInt64) -> Bool {
        guard handlers != nil, open.count < Self.maximalQueue else { return false }
        open.append(number)
        guard let broker, broker.isUp else {
            isMissed = true
            _ = host.schedule(after: latency) { [weak self] in self?.finish(number, .unreachable) }
            return true
        }
        _ = host.schedule(after: latency) { [weak self] in self?.arrive(message, number) }
        _ = host.schedule(after: settings.confirmTimeout) { [weak self] in self?.finish(number, .unknown) }
        return true
    }

    private func arrive(_ message: BrokerMessage, _ number: UInt64) {
        guard let broker, broker.isUp, open.contains(number) else { return }
        let result = broker.take(message, at: host.now)
        if broker.isSilent { return }
        _ = host.schedule(after: broker.confirmDelay &+ latency) { [weak self] in self?.finish(number, result) }
    }

    private func finish(_ number: UInt64, _ result: BrokerResult) {
        guard let place = open.firstIndex(of: number) else { return }
        open.remove(at: place)
        handlers?.onResult(number, result)
    }

    func onBrokerDown() {
        isMissed = isMissed || !open.isEmpty
        for number in open {
            _ = host.schedule(after: latency) { [weak self] in self?.finish(number, .unknown) }
        }
    }

    func onBrokerUp() {
        guard isMissed else { return }
        isMissed = false
        _ = host.schedule(after: .milliseconds(250)) { [weak self] in self?.handlers?.onUp() }
    }

    func close() { handlers = nil }
}
