import SIP
import Script

/// Why bytes cannot be run as a message.
package struct UnreadableMessage: Error {
    package var reason: String
}

extension Node {
    /// Runs a route of any kind on a message, as if it had come to the first SIP socket; what a script test does with a
    /// failure or branch route.
    /// - Parameters:
    ///   - arguments: what `$param(1)`... read.
    ///   - finish: is told of the end, be it much later.
    package func run(
        _ route: Int, on bytes: [UInt8], from source: Address, passing arguments: [EventAttribute.Content?] = [],
        finish: ((Fiber) -> Void)? = nil
    ) throws(UnreadableMessage) {
        let context = MessageContext()
        context.source = source
        context.socket = sip.sockets.first
        let outcome: Result<Void, ParseError> = bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(ParseError) in
                try context.message.load(bytes, limits: context.socket?.limits ?? Limits())
            }
        }
        if case .failure(let error) = outcome {
            throw UnreadableMessage(reason: "\(error.reason)")
        }
        run(route, passing: arguments, prepare: { $0.message = context }, finish: finish)
    }
}
