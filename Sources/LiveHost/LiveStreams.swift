import Glibc
import NIOCore
import NIOPosix
import Node

extension LiveHost {
    func buffer(capacity: Int) -> ByteBuffer { ByteBufferAllocator().buffer(capacity: capacity) }

    package func listen(
        _ address: Address, accept: @escaping (_ connection: any StreamConnection) -> StreamHandlers
    ) throws(HostError) -> any Listener {
        let (descriptor, local) = try BoundSocket.listening(address)
        return LiveListener(host: self, descriptor: descriptor, local: local, accept: accept)
    }

    package func connect(
        to address: Address, from local: Address?, timeout: Nanoseconds, _ handlers: StreamHandlers
    ) -> any StreamConnection {
        let unbound: Address = address.ip.map { .ip($0.isV4 ? .anyV4 : .anyV6, port: 0) } ?? .unix(path: "")
        let connection = LiveConnection(host: self, local: local ?? unbound, remote: address, handlers: handlers)
        guard let remote = SocketAddress(address) else {
            atTurnEnd { connection.fail(HostError.system(address.text, ENAMETOOLONG)) }
            return connection
        }
        let bound = NIOLoopBound(connection, eventLoop: loop)
        var bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(.nanoseconds(Self.bounded(timeout)))
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try bound.value.attach(channel) }
            }
        if address.ip != nil {
            bootstrap = bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
        }
        if let local, let source = SocketAddress(local) {
            // Lets a dial come from the port that we listen at, as a cluster's links do.
            bootstrap = bootstrap.channelOption(.socketOption(.so_reuseaddr), value: 1).bind(to: source)
        }
        // Not before the caller has its connection: a refusal on the same machine is immediate.
        let dial = bootstrap
        atTurnEnd {
            guard connection.isWanted else { return }
            dial.connect(to: remote).assumeIsolated().whenFailure { connection.fail($0) }
        }
        return connection
    }
}

/// A listening TCP or unix stream socket.
final class LiveListener: Listener {
    let local: Address
    private let host: LiveHost
    private let accept: (any StreamConnection) -> StreamHandlers
    private var channel: (any Channel)?
    private var isClosed = false
    private var accepted = 0

    init(
        host: LiveHost, descriptor: CInt, local: Address,
        accept: @escaping (any StreamConnection) -> StreamHandlers
    ) {
        self.host = host
        self.local = local
        self.accept = accept
        let bound = NIOLoopBound(self, eventLoop: host.loop)
        let started = ServerBootstrap(group: host.loop)
            .serverChannelInitializer { channel in
                // Out of descriptors, the loop would spin on a connection that it cannot accept.
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try bound.value.incoming().attach(channel) }
            }
            .withBoundSocket(descriptor)
        if case .unix = local { host.atStop(of: self) { [self] in close() } }
        started.assumeIsolated().whenSuccess { [self] channel in
            if isClosed { channel.close(promise: nil) } else { self.channel = channel }
        }
    }

    private func incoming() -> LiveConnection {
        accepted += 1
        return LiveConnection(
            host: host, local: local,
            accept: { [self] connection in
                isClosed || accepted > host.maximalAccepted ? nil : accept(connection)
            },
            onGone: { [self] in accepted -= 1 })
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        channel?.close(promise: nil)
        channel = nil
        if case .unix(let path) = local {
            unlink(path)
            host.hasClosed(self)
        }
    }
}
