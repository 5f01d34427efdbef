import Glibc
import NIOCore
import NIOPosix
import Node

extension LiveHost {
    package func bindDatagram(
        _ address: Address, onReceive: @escaping (_ bytes: UnsafeBufferPointer<UInt8>, _ from: Address) -> Void
    ) throws(HostError) -> any DatagramSocket {
        try bindDatagram(address, vector: LiveDatagramSocket.vector, onReceive: onReceive)
    }

    /// - Parameter vector: datagrams that one system call reads, each of up to 64 KiB.
    func bindDatagram(
        _ address: Address, vector: Int,
        onReceive: @escaping (_ bytes: UnsafeBufferPointer<UInt8>, _ from: Address) -> Void
    ) throws(HostError) -> any DatagramSocket {
        let (descriptor, local) = try BoundSocket.datagram(address)
        if case .unix(let path) = address {
            return UnixDatagramSocket(host: self, descriptor: descriptor, path: path, onReceive: onReceive)
        }
        return LiveDatagramSocket(
            host: self, descriptor: descriptor, local: local, vector: vector, onReceive: onReceive)
    }
}

/// A UDP socket. The loop reads it, up to 64 datagrams with one call; we send as many on the same descriptor.
final class LiveDatagramSocket: DatagramSocket, ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    let local: Address
    private let sender: DatagramSender
    private var channel: (any Channel)?
    private var onReceive: ((UnsafeBufferPointer<UInt8>, Address) -> Void)?

    static let vector = 64

    init(
        host: LiveHost, descriptor: CInt, local: Address, vector: Int,
        onReceive: @escaping (UnsafeBufferPointer<UInt8>, Address) -> Void
    ) {
        self.local = local
        self.onReceive = onReceive
        sender = DatagramSender(host: host, descriptor: descriptor)
        let bound = NIOLoopBound(self, eventLoop: host.loop)
        // Pages of the large buffer that no datagram reaches cost nothing.
        let allocator = FixedSizeRecvByteBufferAllocator(capacity: vector << 16)
        let started = DatagramBootstrap(group: host.loop)
            .channelOption(.datagramVectorReadMessageCount, value: vector)
            .channelOption(.recvAllocator, value: allocator)
            .channelOption(.maxMessagesPerRead, value: 4)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    bound.value.channel = channel
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .withBoundSocket(descriptor)
        started.assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success(let channel): if self.onReceive == nil { channel.close(promise: nil) }
            case .failure: ended()
            }
        }
    }

    func send(_ bytes: UnsafeBufferPointer<UInt8>, to: Address, onFailure: ((HostError) -> Void)?) -> Bool {
        sender.send(bytes, to: to, onFailure: onFailure)
    }

    func close() {
        sender.close()
        ended()
        channel?.close(promise: nil)
        channel = nil
    }

    private func ended() {
        sender.discard()
        onReceive = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let onReceive else { return }
        let envelope = unwrapInboundIn(data)
        sender.beginRead()
        envelope.data.withUnsafeReadableBytes { bytes in
            onReceive(bytes.bindMemory(to: UInt8.self), Address(envelope.remoteAddress))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { sender.endRead() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What a read reports is about some earlier datagram that we sent, not about this socket.
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended()
        channel = nil
    }
}
