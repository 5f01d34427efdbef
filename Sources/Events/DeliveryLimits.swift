/// How much a socket may hold, and how long it waits.
package struct DeliveryLimits: Hashable, Sendable {
    package enum Overflow: Hashable, Sendable {
        case dropOldest
        case dropNewest
    }

    /// How long a failed backend is left alone where another one can take over: `failover_timeout` of event_virtual.
    package var failoverTimeout: Nanoseconds = 30_000_000_000
    /// The same where nobody else can, as for a plain socket.
    package var retryInterval: Nanoseconds = 1_000_000_000
    /// The most deliveries to a backend whose result is not known yet.
    package var window = 512
    /// The most events that wait in one place. 0: an event that nobody takes has failed.
    package var queue = 10_000
    /// How long after it was raised an event may still be sent.
    package var timeToLive: Nanoseconds = 300_000_000_000
    package var overflow = Overflow.dropOldest
    /// How often an event is tried in one place before it is held to be what the backends fail of. Backends that were
    /// not even reached do not count.
    package var attempts = 10
    /// How long a delivery may go without a result before the result counts as unknown; nil for ever.
    package var patience: Nanoseconds?

    package init() {}

    /// The limits with values that make no sense put right.
    var sane: DeliveryLimits {
        var limits = self
        // A backend that fails at once must not be tried in a tight loop.
        limits.failoverTimeout = max(10_000_000, failoverTimeout)
        limits.retryInterval = max(10_000_000, retryInterval)
        limits.window = max(1, window)
        limits.queue = min(max(0, queue), Int(Int32.max) / 4)
        limits.timeToLive = max(1, timeToLive)
        limits.attempts = max(1, attempts)
        limits.patience = patience.map { max(1_000_000, $0) }
        return limits
    }
}
