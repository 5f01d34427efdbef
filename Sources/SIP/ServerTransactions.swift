/// The server side of an INVITE (RFC 3261, 17.2.1; RFC 6026, 7.1). The 100 (Trying) within 200 ms is left to the user.
package struct InviteServerTransaction: Sendable {
    package enum State: Sendable {
        case proceeding, completed, confirmed, accepted, terminated
    }

    package private(set) var state = State.proceeding
    private let times: TransactionTimes
    private let isReliable: Bool
    private var pause: Int
    private var hasReplied = false

    /// Begins when the INVITE comes; that INVITE is not an input.
    /// - Parameter reliable: the transport delivers by itself.
    package init(reliable: Bool, times: TransactionTimes = TransactionTimes()) {
        self.times = times
        isReliable = reliable
        pause = times.t1
    }

    /// The user wants to reply. Nothing happens when it is too late.
    package mutating func onSend(status: Int) -> [TransactionEffect] {
        switch (state, status) {
        case (.proceeding, ..<200):
            hasReplied = true
            return [.sendReply]
        case (.proceeding, 200..<300):
            state = .accepted
            return [.sendReply, .start(.l, after: times.sixtyFour)]
        case (.accepted, 200..<300):
            return [.sendReply]
        case (.proceeding, _):
            state = .completed
            let give = TransactionEffect.start(.h, after: times.sixtyFour)
            return isReliable ? [.sendReply, give] : [.sendReply, .start(.g, after: pause), give]
        default:
            return []
        }
    }

    /// The INVITE came again.
    package func onRetransmission() -> [TransactionEffect] {
        switch state {
        case .proceeding: hasReplied ? [.sendReply] : []
        case .completed: [.sendReply]
        case .confirmed, .accepted, .terminated: []
        }
    }

    package mutating func onACK() -> [TransactionEffect] {
        switch state {
        case .completed:
            guard !isReliable else {
                state = .terminated
                return [.stop(.h), .terminated]
            }
            state = .confirmed
            return [.stop(.g), .stop(.h), .start(.i, after: times.t4)]
        case .accepted:
            return [.deliver]
        case .proceeding, .confirmed, .terminated:
            return []
        }
    }

    package mutating func onTimer(_ timer: TransactionTimer) -> [TransactionEffect] {
        switch (state, timer) {
        case (.completed, .g):
            pause = min(pause &* 2, times.t2)
            return [.sendReply, .start(.g, after: pause)]
        case (.completed, .h):
            state = .terminated
            return [.timedOut, .terminated]
        case (.confirmed, .i), (.accepted, .l):
            state = .terminated
            return [.terminated]
        default:
            return []
        }
    }

    /// A reply could not be sent. An accepted INVITE stays: its 2xx is the user's business.
    package mutating func onTransportFailure() -> [TransactionEffect] {
        switch state {
        case .accepted: return [.transportFailed]
        case .proceeding, .completed:
            state = .terminated
            return [.transportFailed, .terminated]
        case .confirmed, .terminated: return []
        }
    }
}

/// The server side of every other request but ACK (RFC 3261, 17.2.2).
package struct ServerTransaction: Sendable {
    package enum State: Sendable {
        case trying, proceeding, completed, terminated
    }

    package private(set) var state = State.trying
    private let times: TransactionTimes
    private let isReliable: Bool

    /// Begins when the request comes; that request is not an input.
    /// - Parameter reliable: the transport delivers by itself.
    package init(reliable: Bool, times: TransactionTimes = TransactionTimes()) {
        self.times = times
        isReliable = reliable
    }

    /// The user wants to reply. Nothing happens after a final reply.
    package mutating func onSend(status: Int) -> [TransactionEffect] {
        guard state == .trying || state == .proceeding else { return [] }
        if status < 200 {
            state = .proceeding
            return [.sendReply]
        }
        guard !isReliable else {
            state = .terminated
            return [.sendReply, .terminated]
        }
        state = .completed
        return [.sendReply, .start(.j, after: times.sixtyFour)]
    }

    /// The request came again.
    package func onRetransmission() -> [TransactionEffect] {
        state == .proceeding || state == .completed ? [.sendReply] : []
    }

    package mutating func onTimer(_ timer: TransactionTimer) -> [TransactionEffect] {
        guard state == .completed, timer == .j else { return [] }
        state = .terminated
        return [.terminated]
    }

    package mutating func onTransportFailure() -> [TransactionEffect] {
        guard state == .proceeding || state == .completed else { return [] }
        state = .terminated
        return [.transportFailed, .terminated]
    }
}
