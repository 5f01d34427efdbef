/// Why a text is no socket, and where in it.
package struct SocketAddressError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// Nothing before a colon that could name a transport.
        case noTransport
        case unknownTransport([UInt8])
        /// A transport of OpenSIPS that Siskin does not have.
        case unsupportedTransport([UInt8])
        case noHost
        case badHost
        case noPort
        case badPort
        case noPath
        case pathTooLong(limit: Int)
        case noMethod
        case noRoutingKey
        case unknownParameter([UInt8])
        case parameterWithoutValue([UInt8])
        case unknownPolicy([UInt8])
        case noSockets
        case tooManySockets(limit: Int)
        case tooDeep(limit: Int)
        case unbalancedParenthesis
        case controlCharacter
    }

    package var reason: Reason
    /// Bytes from the start of the text.
    package var offset: Int
}

extension SocketAddressError: CustomStringConvertible {
    package var description: String { "\(reason), at byte \(offset)" }
}

extension SocketAddressError.Reason: CustomStringConvertible {
    package var description: String {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        return switch self {
        case .noTransport: "a socket begins with its transport and a colon"
        case .unknownTransport(let name): "there is no transport \(text(name))"
        case .unsupportedTransport(let name): "siskin has no \(text(name)): sockets"
        case .noHost: "the host is missing"
        case .badHost: "the host is not well-formed"
        case .noPort: "the port is missing"
        case .badPort: "a port is a number from 1 to 65535"
        case .noPath: "the path is missing"
        case .pathTooLong(let limit): "the path is longer than \(limit) bytes"
        case .noMethod: "the method is missing"
        case .noRoutingKey: "the routing key is missing"
        case .unknownParameter(let name): "there is no parameter \(text(name))"
        case .parameterWithoutValue(let name): "the parameter \(text(name)) has no value"
        case .unknownPolicy([]): "the policy is missing: PARALLEL, FAILOVER or ROUND-ROBIN"
        case .unknownPolicy(let name): "the policy is PARALLEL, FAILOVER or ROUND-ROBIN, not \(text(name))"
        case .noSockets: "a virtual socket is made of sockets"
        case .tooManySockets(let limit): "there are more than \(limit) sockets in it"
        case .tooDeep(let limit): "virtual sockets are nested more than \(limit) deep"
        case .unbalancedParenthesis: "a parenthesis has no partner"
        case .controlCharacter: "a control character"
        }
    }
}
