import Events

/// Why a socket cannot be subscribed.
package enum SubscribeError: Error, CustomStringConvertible {
    case unsupported(String)

    package var description: String {
        switch self {
        case .unsupported(let socket): "siskin has no \(socket) event sockets yet"
        }
    }
}

extension Node {
    /// Subscribes a socket to an event.
    package func subscribe(_ event: [UInt8], to address: SocketAddress, seconds: Int?) throws {
        throw SubscribeError.unsupported(address.label)
    }

    func deliver(_ event: Event, to socket: Subscriptions.SocketID) {}
}
