import Node

/// One end of a simulated stream.
///
/// What is sent waits in `outgoing` until the turn's end, and longer while the peer's window is full; then it travels
/// in `flight`. It arrives in order, in pieces that are split and merged by chance.
package final class SimulatedConnection: StreamConnection {
    enum Stage {
        case dialing
        case open
        /// Closed by either side; `outgoing` still goes.
        case draining
        /// Closed, and the peer is told in order.
        case closed
        /// Gone without telling the peer, by a crash or because the peer was silent: what still comes from it is
        /// answered by a reset.
        case vanished
    }

    package private(set) var local: Address
    package let remote: Address
    let host: SimulatedHost
    private(set) var stage: Stage
    var handlers: StreamHandlers
    private var number = 0
    /// Until all that we sent has arrived; so the two do not keep each other for ever.
    private var peer: SimulatedConnection?
    /// While dialing.
    var patience: Timer?

    private var outgoing = ByteQueue()
    private var flight = Flight()
    private var isTurnEndQueued = false
    private var wasSending = false
    private var isDeliveryQueued = false
    private var retries = 0

    /// Whether what arrives is read. Unread, it fills the window, and then the peer's queue.
    package private(set) var isReading = true

    /// Bytes that travel or wait unread at the peer, at most.
    package static let window = 64 << 10
    private static let firstRetry = Nanoseconds.milliseconds(200)
    private static let lastRetry = Nanoseconds.seconds(120)
    /// As Linux's `tcp_retries2`: the connection is given up after about a quarter of an hour of silence.
    private static let maximalRetries = 15

    init(host: SimulatedHost, local: Address, remote: Address, stage: Stage, handlers: StreamHandlers) {
        self.host = host
        self.local = local
        self.remote = remote
        self.stage = stage
        self.handlers = handlers
        number = host.number(self)
    }

    private var world: Simulation { host.simulation }

    // MARK: The node's side

    package var queued: Int { outgoing.count }

    package func send(_ bytes: [UInt8]) -> Bool {
        guard stage == .dialing || stage == .open, !isClosing, queued < Self.maximalQueue else { return false }
        outgoing.append(bytes)
        wasSending = true
        turnEndLater()
        return true
    }

    package func close() {
        guard stage == .dialing || stage == .open else { return }
        isClosing = true
        turnEndLater()
    }

    /// Closed while it was being dialed, or in this turn.
    private var isClosing = false

    private func turnEndLater() {
        guard !isTurnEndQueued else { return }
        isTurnEndQueued = true
        host.soon { [self] in
            isTurnEndQueued = false
            turnEnd()
        }
    }

    private func turnEnd() {
        if stage == .dialing, isClosing, outgoing.count == 0 { return finish(.closed, nil) }
        if stage == .open, isClosing { stage = .draining }
        pump()
    }

    /// Stops reading, as a receiver that is too slow.
    package func stall() { isReading = false }

    package func readOn() {
        isReading = true
        host.soon { [self] in resume() }
    }

    // MARK: Being dialed, accepted, closed

    /// The dial succeeded.
    func open(_ peer: SimulatedConnection) {
        self.peer = peer
        stage = .open
        stopWaiting()
        handlers.onOpen()
        peer.deliverLater()
        if isClosing || outgoing.count > 0 { turnEndLater() }
    }

    private func stopWaiting() {
        if let patience { host.cancel(patience) }
        patience = nil
    }

    /// Came in, and is known to the dialer at `time`.
    func accepted(from peer: SimulatedConnection, heardAt time: Nanoseconds) {
        self.peer = peer
        flight.lastArrival = time
    }

    func fail(_ reason: String) {
        flight = Flight()
        peer = nil
        finish(.vanished, HostError(subject: remote.text, reason: reason))
    }

    /// The other end answered with a reset.
    func reset() {
        guard stage == .open || stage == .draining else { return }
        world.record(.reset, .stream, from: remote, to: local)
        host.whenRunning { [self] in fail("Connection reset by peer") }
    }

    /// Its host crashed.
    func vanish() {
        stage = .vanished
        handlers = StreamHandlers()
        outgoing = ByteQueue()
    }

    /// Its process ended, and the system closes for it.
    func abandon() {
        handlers = StreamHandlers()
        guard stage == .open || stage == .draining else { return finish(.closed, nil) }
        flight.append(outgoing.take(outgoing.count), arriving: arrival())
        end()
    }

    private func end() {
        flight.end(arriving: arrival())
        world.record(.ended, .stream, from: local, to: remote)
        finish(.closed, nil)
        deliverLater()
    }

    private func finish(_ stage: Stage, _ error: HostError?) {
        guard self.stage != .closed, self.stage != .vanished else { return }
        self.stage = stage
        host.connections[number] = nil
        stopWaiting()
        outgoing = ByteQueue()
        let onClose = handlers.onClose
        handlers = StreamHandlers()
        onClose(error)
    }

    /// The peer ended: what is queued is still its due.
    private func peerEnded() {
        guard stage == .open else { return }
        stage = .draining
        pump()
    }

    // MARK: Sending

    /// Puts on the way what the window allows.
    private func pump() {
        guard stage == .open || stage == .draining, host.isRunning else { return }
        let room = Self.window - flight.count
        if room > 0, outgoing.count > 0 { flight.append(outgoing.take(min(room, outgoing.count)), arriving: arrival()) }
        deliverLater()
        guard outgoing.count == 0 else { return }
        if wasSending {
            wasSending = false
            handlers.onDrained()
        }
        if stage == .draining, outgoing.count == 0 { end() }
    }

    private var link: Link { peer.map { world[host, $0.host] } ?? world.defaultLink }

    /// When what is sent now arrives.
    private func arrival() -> Nanoseconds {
        let link = link
        var delay = link.latency.later(world.random.delay(upTo: link.jitter))
        // A lost piece comes when it is sent again.
        var retry = Self.firstRetry
        while retry < Self.lastRetry, world.random.chance(link.loss) {
            delay = delay.later(retry)
            retry *= 2
        }
        return max(world.now.later(delay), flight.lastArrival)
    }

    private func deliverLater(after pause: Nanoseconds = 0) {
        guard !isDeliveryQueued, let next = flight.next else { return }
        isDeliveryQueued = true
        // On behalf of nobody: what is on its way arrives, whatever becomes of its sender.
        world.schedule(after: max(pause, next - world.now)) { [self] in
            isDeliveryQueued = false
            deliver()
        }
    }

    // MARK: Arriving

    private func deliver() {
        guard let peer else { return }
        guard !link.isCut, peer.host.condition != .crashed else { return retry() }
        retries = 0
        switch peer.stage {
        case .vanished:
            flight = Flight()
            self.peer = nil
            let back = world[peer.host, host]
            if !back.isCut { world.schedule(after: back.latency) { [self] in reset() } }
            return
        case .closed:
            // It asked for the end, and reads on only to throw away.
            flight = Flight()
            self.peer = nil
            return
        case .dialing:
            // It does not know yet that it is connected; `open` comes back to this.
            return
        case .open, .draining:
            break
        }
        guard peer.host.isRunning, peer.isReading else { return }
        let piece = flight.take(until: world.now, cut: world.splitsStreams ? cut : { $0 })
        if !piece.bytes.isEmpty {
            world.record(.delivered, .stream, from: local, to: remote, piece.bytes)
            if peer.stage == .open { piece.bytes.withUnsafeBufferPointer { peer.handlers.onReceive($0) } }
        }
        if piece.isEnd {
            self.peer = nil
            return peer.peerEnded()
        }
        host.whenRunning { [self] in if outgoing.count > 0 { pump() } }
        deliverLater(after: world.splitsStreams ? world.random.delay(upTo: link.latency / 4) : 0)
    }

    /// How much of `count` bytes that have come is read at once.
    private func cut(_ count: Int) -> Int {
        count > 1 && world.random.chance(0.5) ? Int.random(in: 1...count, using: &world.random) : count
    }

    private func retry() {
        guard stage != .vanished else { return flight = Flight() }
        retries += 1
        guard retries <= Self.maximalRetries else {
            flight = Flight()
            return host.whenRunning { [self] in fail("Connection timed out") }
        }
        deliverLater(after: min(Self.firstRetry << Nanoseconds(min(retries - 1, 20)), Self.lastRetry))
    }

    /// After a pause of the host or of reading: what waits on either side goes on.
    func resume() {
        peer?.deliverLater()
        pump()
    }
}
