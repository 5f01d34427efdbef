/// Where events go: the sockets of the event modules.
///
/// Two texts that mean the same socket parse to equal addresses: defaults are filled in, hosts are in lower case, and
/// the 2.x spellings become today's. Virtual sockets are equal when their policies are and their sockets are, one by
/// one in order.
package indirect enum SocketAddress: Hashable, Sendable {
    /// event_datagram: one JSON-RPC notification a datagram.
    case udp(Endpoint)
    /// event_datagram: the path of a datagram socket in the file system.
    case unix(path: [UInt8])
    /// event_stream, called event_jsonrpc before 3.0. Without a method, the event's name is the method called.
    case tcp(Endpoint, method: [UInt8]?)
    /// event_flatstore: the path of a file.
    case flatstore(path: [UInt8])
    case rabbitmq(RabbitMQAddress)
    /// event_xmlrpc.
    case xmlrpc(Endpoint, method: [UInt8])
    /// event_virtual: at least one socket, at most `SocketAddress.mostBackends` in all.
    case virtual(Policy, [SocketAddress])

    package struct Endpoint: Hashable, Sendable {
        /// A name, an IPv4 address or an IPv6 address without brackets; in lower case.
        package var host: String
        package var port: UInt16

        package init(host: String, port: UInt16) {
            self.host = host.lowercased()
            self.port = port
        }
    }

    /// How a virtual socket spreads events over its sockets.
    package enum Policy: String, Hashable, Sendable, CaseIterable {
        case parallel = "PARALLEL"
        case failover = "FAILOVER"
        case roundRobin = "ROUND-ROBIN"
    }

    /// The most sockets that a virtual socket may have, those of nested ones included.
    package static let mostBackends = 64
    /// How deep virtual sockets may nest.
    package static let deepestNesting = 8
}

/// The parts of a `rabbitmq:` socket.
package struct RabbitMQAddress: Hashable, Sendable {
    package var endpoint: SocketAddress.Endpoint
    package var user: [UInt8]
    package var password: [UInt8]
    /// `/` unless given; the parameter `vhost` is Siskin's own, OpenSIPS knows no other.
    package var virtualHost: [UInt8]
    /// Empty for the default exchange.
    package var exchange: [UInt8]
    /// Messages survive a restart of the broker (delivery mode 2).
    package var isPersistent: Bool
    /// The TLS domain of `tls_mgm`, nil for a plain connection.
    package var tlsDomain: [UInt8]?
    package var routingKey: [UInt8]

    package static let defaultPort: UInt16 = 5672
    static let guest = Array("guest".utf8)

    package init(
        endpoint: SocketAddress.Endpoint, user: [UInt8]? = nil, password: [UInt8]? = nil,
        virtualHost: [UInt8] = [UInt8(ascii: "/")], exchange: [UInt8] = [], isPersistent: Bool = false,
        tlsDomain: [UInt8]? = nil, routingKey: [UInt8]
    ) {
        self.endpoint = endpoint
        self.user = user ?? RabbitMQAddress.guest
        self.password = password ?? RabbitMQAddress.guest
        self.virtualHost = virtualHost
        self.exchange = exchange
        self.isPersistent = isPersistent
        self.tlsDomain = tlsDomain
        self.routingKey = routingKey
    }
}

extension SocketAddress {
    /// The sockets that events are sent to in the end, in the order of the text.
    package var backends: [SocketAddress] {
        guard case .virtual(_, let sockets) = self else { return [self] }
        return sockets.flatMap(\.backends)
    }
}

// MARK: - Text

extension SocketAddress {
    /// The canonical text; it parses to an equal address.
    package var text: [UInt8] { text(hidesPassword: false) }

    /// The canonical text for logs and statistics, without a password in it.
    package var label: String { String(decoding: text(hidesPassword: true), as: UTF8.self) }

    private func text(hidesPassword: Bool) -> [UInt8] {
        switch self {
        case .udp(let endpoint): return Array("udp:\(endpoint)".utf8)
        case .unix(let path): return Array("unix:".utf8) + path
        case .tcp(let endpoint, nil): return Array("tcp:\(endpoint)".utf8)
        case .tcp(let endpoint, let method?): return Array("tcp:\(endpoint)/".utf8) + method
        case .flatstore(let path): return Array("flatstore:".utf8) + path
        case .xmlrpc(let endpoint, let method): return Array("xmlrpc:\(endpoint):".utf8) + method
        case .rabbitmq(let address): return address.text(hidesPassword: hidesPassword)
        case .virtual(let policy, let sockets):
            var text = Array("virtual:\(policy.rawValue)".utf8)
            for socket in sockets {
                let inner = socket.text(hidesPassword: hidesPassword)
                text.append(UInt8(ascii: " "))
                if case .virtual = socket {
                    text += [UInt8(ascii: "(")] + inner + [UInt8(ascii: ")")]
                } else {
                    text += inner
                }
            }
            return text
        }
    }
}

extension SocketAddress.Endpoint: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension RabbitMQAddress {
    fileprivate func text(hidesPassword: Bool) -> [UInt8] {
        var text = Array("rabbitmq:".utf8)
        if user != RabbitMQAddress.guest || password != RabbitMQAddress.guest {
            text += user
            text.append(UInt8(ascii: ":"))
            text += hidesPassword ? Array("***".utf8) : password
            text.append(UInt8(ascii: "@"))
        }
        let hasDefaultPort = endpoint.port == RabbitMQAddress.defaultPort
        text += Array((hasDefaultPort ? String("\(endpoint)".dropLast(5)) : "\(endpoint)").utf8)
        text.append(UInt8(ascii: "/"))
        var parameters: [[UInt8]] = []
        if !exchange.isEmpty { parameters.append(Array("exchange=".utf8) + exchange) }
        if isPersistent { parameters.append(Array("persistent".utf8)) }
        if let tlsDomain { parameters.append(Array("tls_domain=".utf8) + tlsDomain) }
        if virtualHost != [UInt8(ascii: "/")] { parameters.append(Array("vhost=".utf8) + virtualHost) }
        if !parameters.isEmpty || routingKey.contains(UInt8(ascii: "?")) {
            text += parameters.joined(separator: [UInt8(ascii: ";")])
            text.append(UInt8(ascii: "?"))
        }
        return text + routingKey
    }
}
