/// The state of the link to one other node.
package enum LinkState: Equatable, Sendable {
    /// Will be probed at the next heartbeat; so begins every node that becomes known.
    case restart
    /// Was probed.
    case restarted
    /// Missed a pong; so many more pings are tried.
    case retrying(left: Int32)
    /// The last ping could not be sent; so many more are tried.
    case sendFailed(left: Int32)
    case up
    case down

    /// As management commands show it.
    package var name: String {
        switch self {
        case .up: "Up"
        case .down: "Down"
        case .restart, .restarted, .retrying, .sendFailed: "Probe"
        }
    }
}

/// The ping machine of one link: what it does at a heartbeat, and what moves it. It knows nothing of packets.
struct Link: Equatable, Sendable {
    enum Ping: Sendable {
        /// Keeps a link up.
        case regular
        /// Asks for the list of nodes, because the link is to come up.
        case probing
    }

    private(set) var state: LinkState = .restart
    /// How many pings follow a missed pong before the node is taken for dead.
    var retries: Int32
    /// How much longer than `node_timeout` the next probe of a node that is down waits.
    var jitter: Nanoseconds = 0
    private var lastPing: Nanoseconds?
    private var lastPong: Nanoseconds?
    /// When any packet made by the node came.
    private var lastHeard: Nanoseconds?
    /// When traffic was last sent to the node.
    private var lastSent: Nanoseconds?

    init(retries: Int32) {
        self.retries = max(0, retries)
    }

    var isUp: Bool { state == .up }

    /// The ping that is due now. The state is then that of a ping which was sent; see `onPingRefused`.
    mutating func onHeartbeat(now: Nanoseconds, _ timings: Timings) -> Ping? {
        switch state {
        case .restart:
            return probe(.restarted, now)
        case .restarted:
            guard now.isPast(lastPing, by: timings.pingTimeout) else { return nil }
            return retry(now)
        case .retrying(let left):
            guard now.isPast(lastPing, by: timings.pingTimeout) else { return nil }
            guard left > 0 else {
                state = .down
                return nil
            }
            return probe(.retrying(left: left - 1), now)
        case .sendFailed(let left):
            guard now.isPast(lastPing, by: timings.pingTimeout) else { return nil }
            return probe(.retrying(left: max(0, left - 1)), now)
        case .up:
            if missedPong(now, timings) { return retry(now) }
            guard isRegularPingDue(now, timings) else { return nil }
            lastPing = now
            return .regular
        case .down:
            guard now.isPast(lastPing, by: timings.nodeTimeout &+ jitter) else { return nil }
            return probe(.restarted, now)
        }
    }

    /// The ping of this heartbeat could not be sent.
    mutating func onPingRefused() {
        switch state {
        case .restarted, .up: state = retries == 0 ? .down : .sendFailed(left: retries)
        case .retrying(let left): state = left == 0 ? .down : .sendFailed(left: left)
        case .restart, .sendFailed, .down: break
        }
    }

    /// A packet for the node got lost: it could not be queued, or its connection failed afterwards.
    mutating func onSendFailed() {
        if state == .up {
            state = .restart
        } else {
            onPingRefused()
        }
    }

    /// A pong counts when it came in time, or when the node was heard lately by another packet.
    mutating func onPong(now: Nanoseconds, _ timings: Timings) {
        defer { lastPong = now }
        switch state {
        case .restarted, .retrying:
            guard let lastPing else { return }
            let inTime = now &- lastPing <= timings.pingTimeout
            if inTime || !now.isPast(lastHeard, by: timings.pingTimeout) { state = .up }
        case .restart, .sendFailed, .up, .down: break
        }
    }

    /// The node pings us: it lives, so a link that is down is probed at once.
    mutating func onPing(now: Nanoseconds) -> Ping? {
        state == .down ? probe(.restarted, now) : nil
    }

    func wasPinged(after moment: Nanoseconds) -> Bool { lastPing.map { $0 > moment } ?? false }

    mutating func onHeard(now: Nanoseconds) { lastHeard = now }

    mutating func onSent(now: Nanoseconds) { lastSent = now }

    mutating func restart() { state = .restart }

    mutating func shut() { state = .down }

    private mutating func probe(_ next: LinkState, _ now: Nanoseconds) -> Ping {
        state = next
        lastPing = now
        return .probing
    }

    private mutating func retry(_ now: Nanoseconds) -> Ping? {
        guard retries > 0 else {
            state = .down
            return nil
        }
        return probe(.retrying(left: retries - 1), now)
    }

    /// Traffic stands for pings while the node is heard, too: it pings us. OpenSIPS does not ask whether it is; then a
    /// node that died is not noticed while there is something to send to it.
    private func isRegularPingDue(_ now: Nanoseconds, _ timings: Timings) -> Bool {
        guard now.isPast(lastPing, by: timings.pingInterval) else { return false }
        return now.isPast(lastSent, by: timings.pingInterval) || now.isPast(lastHeard, by: 2 * timings.pingInterval)
    }

    /// A pong that has to queue behind traffic gets more time.
    private func missedPong(_ now: Nanoseconds, _ timings: Timings) -> Bool {
        guard let lastPing, lastPong.map({ $0 < lastPing }) ?? true else { return false }
        let isBusy = lastSent.map { $0 > lastPing && now &- $0 < timings.pingTimeout } ?? false
        let patience = isBusy ? max(timings.pingInterval, timings.pingTimeout) : timings.pingTimeout
        return now.isPast(lastPing, by: patience)
    }
}

extension Nanoseconds {
    /// Whether at least `span` went by since `moment`; since never, always.
    func isPast(_ moment: Nanoseconds?, by span: Nanoseconds) -> Bool {
        guard let moment else { return true }
        return self &- moment >= span
    }
}
