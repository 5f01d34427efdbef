import NIOCore
import NIOPosix
import Node

/// A TCP or unix stream connection.
///
/// What is sent in a turn goes out in one write at its end; while that write waits for the peer, what follows is gathered
/// for the next one.
final class LiveConnection: StreamConnection, ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private enum Stage {
        case dialing
        case open
        /// Closed by somebody; the queue goes out first.
        case draining
        /// Over for the node. Our end is shut, and we read on so that no reset overtakes our last bytes.
        case lingering
        case closed
    }

    private let host: LiveHost
    private(set) var local: Address
    private(set) var remote: Address
    private var handlers: StreamHandlers
    private var stage = Stage.dialing
    private var channel: (any Channel)?
    private var outgoing = ByteBuffer()
    private var inFlight = 0
    private var isFlushQueued = false
    /// Closed while it was being dialed with bytes that want to go.
    private var isClosing = false
    private var failure: HostError?
    private var deadline: Timer?
    /// For an accepted connection: what it becomes when it is up.
    private var accept: ((LiveConnection) -> StreamHandlers?)?
    /// For an accepted connection: tells the listener that it has gone.
    private var onGone: () -> Void = {}

    /// How long a closed connection's queue may wait for a peer that takes nothing.
    private static let drainingLimit = Nanoseconds.seconds(30)
    private static let lingeringLimit = Nanoseconds.seconds(2)

    /// A connection that is being dialed.
    init(host: LiveHost, local: Address, remote: Address, handlers: StreamHandlers) {
        self.host = host
        self.local = local
        self.remote = remote
        self.handlers = handlers
    }

    /// A connection that came in.
    init(
        host: LiveHost, local: Address, accept: @escaping (LiveConnection) -> StreamHandlers?,
        onGone: @escaping () -> Void
    ) {
        self.host = host
        self.local = local
        self.accept = accept
        self.onGone = onGone
        remote = .unix(path: "")
        handlers = StreamHandlers()
    }

    /// The channel exists, though it need not be up.
    func attach(_ channel: any Channel) throws {
        self.channel = channel
        try channel.pipeline.syncOperations.addHandler(self)
    }

    /// Nobody closed it before it was dialed.
    var isWanted: Bool { stage == .dialing }

    // MARK: The node's side

    var queued: Int { outgoing.readableBytes + inFlight }

    func send(_ bytes: [UInt8]) -> Bool {
        guard stage == .dialing || stage == .open, queued < Self.maximalQueue else { return false }
        if outgoing.readableBytes == 0 { outgoing = host.buffer(capacity: max(bytes.count, 2048)) }
        outgoing.writeBytes(bytes)
        flushLater()
        return true
    }

    func close() {
        guard stage == .dialing || stage == .open else { return }
        if stage == .dialing {
            // What was sent still wants to go; `channelActive` sees that the queue drains.
            guard queued == 0 else {
                isClosing = true
                return
            }
            stage = .draining
            host.atTurnEnd { [self] in
                channel?.close(promise: nil)
                finish(nil)
            }
        } else {
            drain()
        }
    }

    private func drain() {
        stage = .draining
        deadline = host.schedule(after: Self.drainingLimit) { [self] in
            failure = HostError(subject: remote.text, reason: "closed with \(queued) bytes unsent")
            channel?.close(promise: nil)
        }
        flushLater()
    }

    private func flushLater() {
        guard !isFlushQueued else { return }
        isFlushQueued = true
        host.atTurnEnd { [self] in
            isFlushQueued = false
            flush()
        }
    }

    private func flush() {
        guard stage == .open || stage == .draining, inFlight == 0, let channel else { return }
        guard outgoing.readableBytes > 0 else {
            if stage == .draining { linger() }
            return
        }
        let buffer = outgoing
        outgoing = ByteBuffer()
        inFlight = buffer.readableBytes
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] result in
            inFlight = 0
            switch result {
            case .success:
                if outgoing.readableBytes == 0 { handlers.onDrained() }
                if outgoing.readableBytes > 0 || stage == .draining { flush() }
            case .failure(let error):
                if failure == nil, stage == .open { failure = HostError(error, remote.text) }
            }
        }
        channel.pipeline.syncOperations.writeAndFlush(NIOAny(buffer), promise: promise)
    }

    private func linger() {
        stage = .lingering
        channel?.close(mode: .output, promise: nil)
        if let deadline { host.cancel(deadline) }
        deadline = host.schedule(after: Self.lingeringLimit) { [self] in channel?.close(promise: nil) }
        report(nil)
    }

    /// The node's last word about this connection.
    private func report(_ error: HostError?) {
        let onClose = handlers.onClose
        handlers = StreamHandlers()
        outgoing = ByteBuffer()
        if !host.isEnded { onClose(error) }
    }

    private func finish(_ error: HostError?) {
        guard stage != .closed else { return }
        let wasLingering = stage == .lingering
        stage = .closed
        channel = nil
        if let deadline { host.cancel(deadline) }
        deadline = nil
        onGone()
        if !wasLingering { report(error) }
    }

    /// The dial failed.
    func fail(_ error: any Error) {
        finish(stage == .draining ? nil : HostError(error, remote.text))
    }

    // MARK: The channel's side

    func channelActive(context: ChannelHandlerContext) {
        if let address = context.localAddress { local = Address(address) }
        if let address = context.remoteAddress { remote = Address(address) }
        guard stage == .dialing else { return }
        stage = .open
        if let accept {
            self.accept = nil
            guard let handlers = accept(self) else {
                stage = .draining
                context.close(promise: nil)
                return
            }
            self.handlers = handlers
        } else {
            handlers.onOpen()
        }
        guard stage == .open else { return }
        if isClosing { drain() } else if outgoing.readableBytes > 0 { flushLater() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard stage == .open else { return }
        unwrapInboundIn(data).withUnsafeReadableBytes { handlers.onReceive($0.bindMemory(to: UInt8.self)) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed? = event as? ChannelEvent else { return }
        // The peer has said all. What we have queued is still its due.
        switch stage {
        case .open: drain()
        case .lingering: context.close(promise: nil)
        case .dialing, .draining, .closed: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if failure == nil { failure = HostError(error, remote.text) }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { finish(failure) }
}
