import Node

/// Something that happened on the simulated network.
package struct Trace: Hashable, Sendable {
    package enum Event: String, Sendable {
        /// Bytes reached a socket or a connection.
        case delivered
        /// A datagram that nobody got: lost or cut on the way, or no socket there.
        case lost
        /// A datagram that came to a socket whose host did not read for too long.
        case overflowed
        /// A connection was accepted.
        case accepted
        /// A dial found nobody.
        case refused
        /// A connection ended in order, as its `from` decided.
        case ended
        /// A connection ended by a reset.
        case reset
    }

    package enum Transport: String, Sendable {
        case datagram
        case stream
    }

    package var time: Nanoseconds
    package var event: Event
    package var transport: Transport
    package var from: Address
    package var to: Address
    package var bytes: [UInt8] = []
}

extension Trace: CustomStringConvertible {
    /// `0.000200 datagram delivered 10.0.0.1:5060 > 10.0.0.2:5060 4 "PING"`
    package var description: String {
        let micros = String(time % 1_000_000_000 / 1000)
        let fraction = String(repeating: "0", count: max(0, 6 - micros.count)) + micros
        let words = "\(time / 1_000_000_000).\(fraction) \(transport) \(event) \(from) > \(to)"
        return bytes.isEmpty
            ? words : words + " \(bytes.count) \(String(decoding: bytes, as: UTF8.self).debugDescription)"
    }
}
