/// Where an AMQP 0-9-1 broker is, and how to talk to it.
package struct BrokerSettings: Hashable, Sendable {
    package var host: String
    package var port: UInt16 = 5672
    package var user = "guest"
    package var password = "guest"
    package var virtualHost = "/"
    package var connectTimeout = Nanoseconds.milliseconds(500)
    /// Seconds between signs of life; 0 for none.
    package var heartbeat: Int32 = 0
    /// Bytes.
    package var frameSize: Int32 = 131_072
    /// How long the broker may take to confirm a message.
    package var confirmTimeout = Nanoseconds.seconds(5)

    package init(host: String) { self.host = host }
}

package struct BrokerMessage: Hashable, Sendable {
    package struct Header: Hashable, Sendable {
        package var name: [UInt8]
        package var value: Value
        package enum Value: Hashable, Sendable { case integer(Int), text([UInt8]) }

        package init(name: [UInt8], value: Value) {
            self.name = name
            self.value = value
        }
    }

    package var exchange: [UInt8] = []
    package var routingKey: [UInt8]
    package var body: [UInt8]
    /// Survives a restart of the broker.
    package var isPersistent = false
    /// Refused where no queue takes it.
    package var isMandatory = true
    package var isImmediate = false
    package var contentType: [UInt8]?
    package var headers: [Header] = []

    package init(routingKey: [UInt8], body: [UInt8]) {
        self.routingKey = routingKey
        self.body = body
    }
}

/// What became of a message.
package enum BrokerResult: Hashable, Sendable {
    /// The broker has it.
    case confirmed
    /// The broker does not want it, or no queue takes it.
    case refused
    /// There is no connection; the broker does not have it.
    case unreachable
    /// The connection broke or fell silent before the broker said anything.
    case unknown
}

package struct BrokerHandlers {
    /// Called once for every message that was taken, in any order.
    package var onResult: (_ number: UInt64, BrokerResult) -> Void
    /// The broker can be reached again after it could not.
    package var onUp: () -> Void

    package init(
        onResult: @escaping (_ number: UInt64, BrokerResult) -> Void, onUp: @escaping () -> Void = {}
    ) {
        self.onResult = onResult
        self.onUp = onUp
    }
}

/// A connection to a broker, with publisher confirms. It is made with the first message; when it is lost, it is made
/// again, with growing pauses, until it is closed.
package protocol BrokerConnection: AnyObject {
    /// False, and nothing taken, when `maximalQueue` messages wait already.
    /// - Parameter number: comes back with the result.
    func publish(_ message: BrokerMessage, _ number: UInt64) -> Bool
    /// What was published goes out if it can in a second; nobody is told.
    func close()
}

extension BrokerConnection {
    /// Messages that may wait for the connection.
    package static var maximalQueue: Int { 10_000 }
}
