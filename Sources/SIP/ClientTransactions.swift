/// The client side of an INVITE (RFC 3261, 17.1.1; RFC 6026, 7.2).
package struct InviteClientTransaction: Sendable {
    package enum State: Sendable {
        case calling, proceeding, completed, accepted, terminated
    }

    package private(set) var state = State.calling
    private let times: TransactionTimes
    private let isReliable: Bool
    private var pause: Int

    /// - Parameter reliable: the transport delivers by itself.
    package init(reliable: Bool, times: TransactionTimes = TransactionTimes()) {
        self.times = times
        isReliable = reliable
        pause = times.t1
    }

    /// To be called once, first.
    package func onStart() -> [TransactionEffect] {
        let give = TransactionEffect.start(.b, after: times.sixtyFour)
        return isReliable ? [.sendRequest, give] : [.sendRequest, .start(.a, after: pause), give]
    }

    package mutating func onReply(status: Int) -> [TransactionEffect] {
        switch (state, status) {
        case (.calling, ..<200):
            state = .proceeding
            return [.stop(.a), .stop(.b), .deliver]
        case (.proceeding, ..<200), (.accepted, 200..<300):
            return [.deliver]
        case (.calling, 200..<300), (.proceeding, 200..<300):
            state = .accepted
            return [.stop(.a), .stop(.b), .deliver, .start(.m, after: times.sixtyFour)]
        case (.calling, 300...), (.proceeding, 300...):
            guard !isReliable else {
                state = .terminated
                return [.stop(.b), .sendACK, .deliver, .terminated]
            }
            state = .completed
            return [.stop(.a), .stop(.b), .sendACK, .deliver, .start(.d, after: max(32_000, times.sixtyFour))]
        case (.completed, 300...):
            return [.sendACK]
        default:
            return []
        }
    }

    package mutating func onTimer(_ timer: TransactionTimer) -> [TransactionEffect] {
        switch (state, timer) {
        case (.calling, .a):
            pause = pause &* 2
            return [.sendRequest, .start(.a, after: pause)]
        case (.calling, .b):
            state = .terminated
            return [.timedOut, .terminated]
        case (.completed, .d), (.accepted, .m):
            state = .terminated
            return [.terminated]
        default:
            return []
        }
    }

    package mutating func onTransportFailure() -> [TransactionEffect] {
        guard state == .calling || state == .completed else { return [] }
        state = .terminated
        return [.transportFailed, .terminated]
    }
}

/// The client side of every other request but ACK (RFC 3261, 17.1.2).
package struct ClientTransaction: Sendable {
    package enum State: Sendable {
        case trying, proceeding, completed, terminated
    }

    package private(set) var state = State.trying
    private let times: TransactionTimes
    private let isReliable: Bool
    private var pause: Int

    /// - Parameter reliable: the transport delivers by itself.
    package init(reliable: Bool, times: TransactionTimes = TransactionTimes()) {
        self.times = times
        isReliable = reliable
        pause = times.t1
    }

    /// To be called once, first.
    package func onStart() -> [TransactionEffect] {
        let give = TransactionEffect.start(.f, after: times.sixtyFour)
        return isReliable ? [.sendRequest, give] : [.sendRequest, .start(.e, after: pause), give]
    }

    package mutating func onReply(status: Int) -> [TransactionEffect] {
        switch (state, status) {
        case (.trying, ..<200), (.proceeding, ..<200):
            state = .proceeding
            return [.deliver]
        case (.trying, _), (.proceeding, _):
            guard !isReliable else {
                state = .terminated
                return [.stop(.f), .deliver, .terminated]
            }
            state = .completed
            return [.stop(.e), .stop(.f), .deliver, .start(.k, after: times.t4)]
        default:
            return []
        }
    }

    package mutating func onTimer(_ timer: TransactionTimer) -> [TransactionEffect] {
        switch (state, timer) {
        case (.trying, .e):
            pause = min(pause &* 2, times.t2)
            return [.sendRequest, .start(.e, after: pause)]
        case (.proceeding, .e):
            return [.sendRequest, .start(.e, after: times.t2)]
        case (.trying, .f), (.proceeding, .f):
            state = .terminated
            return [.timedOut, .terminated]
        case (.completed, .k):
            state = .terminated
            return [.terminated]
        default:
            return []
        }
    }

    package mutating func onTransportFailure() -> [TransactionEffect] {
        guard state == .trying || state == .proceeding else { return [] }
        state = .terminated
        return [.transportFailed, .terminated]
    }
}
