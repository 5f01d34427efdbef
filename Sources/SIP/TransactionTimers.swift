/// The timers of transactions by the letters of RFC 3261, table 4, and RFC 6026.
package enum TransactionTimer: UInt8, Sendable, CaseIterable {
    case a, b, d, e, f, g, h, i, j, k, l, m
}

/// Lengths in milliseconds (RFC 3261, 17.1.1.1).
package struct TransactionTimes: Hashable, Sendable {
    /// An estimate of a round trip.
    package var t1 = 500
    /// The longest pause between retransmissions.
    package var t2 = 4_000
    /// How long a message stays in the network.
    package var t4 = 5_000

    package init() {}

    var sixtyFour: Int { t1 &* 64 }
}

/// What is to be done after an input to a transaction, in this order.
package enum TransactionEffect: Hashable, Sendable {
    /// Send the request, once more or for the first time.
    case sendRequest
    /// Build and send the ACK for the final error reply (RFC 3261, 17.1.1.3).
    case sendACK
    /// Send the newest reply, once more or for the first time.
    case sendReply
    /// Give the message that came to the transaction's user.
    case deliver
    /// Call `onTimer` after so many milliseconds; the same timer set earlier is void.
    case start(TransactionTimer, after: Int)
    case stop(TransactionTimer)
    /// Tell the user that nobody answered; for a server INVITE, that no ACK came.
    case timedOut
    /// Tell the user that the message could not be sent.
    case transportFailed
    /// The transaction is over: forget it and its timers.
    case terminated
}
