import Events

/// A stream connection to a host that may be given by name: bytes wait until the name is looked up.
final class Dial {
    private let endpoint: SocketAddress.Endpoint
    private let host: any Host
    private let timeout: Nanoseconds
    private var connection: (any StreamConnection)?
    private var waiting: [UInt8] = []
    private var isResolving = false
    private var isClosed = false

    init(_ endpoint: SocketAddress.Endpoint, _ host: any Host, timeout: Nanoseconds) {
        self.endpoint = endpoint
        self.host = host
        self.timeout = timeout
    }

    /// A failure shows as `onClose`, not before this call returns.
    func start(_ handlers: StreamHandlers) {
        if let ip = Address.IP(endpoint.host) { return connect(.ip(ip, port: endpoint.port), handlers) }
        isResolving = true
        host.resolve(endpoint.host, port: endpoint.port) { [weak self] addresses in
            guard let self, isResolving, !isClosed else { return }
            isResolving = false
            guard let address = addresses.first else {
                isClosed = true
                handlers.onClose(HostError(subject: endpoint.host, reason: "the name is not known"))
                return
            }
            connect(address, handlers)
        }
    }

    private func connect(_ address: Address, _ handlers: StreamHandlers) {
        connection = host.connect(to: address, from: nil, timeout: timeout, handlers)
        if !waiting.isEmpty { _ = connection?.send(waiting) }
        waiting = []
    }

    /// False where too much waits already.
    func send(_ bytes: [UInt8]) -> Bool {
        if let connection { return connection.send(bytes) }
        guard !isClosed, waiting.count < 4 << 20 else { return false }
        waiting += bytes
        return true
    }

    func close() {
        isClosed = true
        connection?.close()
        connection = nil
    }
}
