/// One pipe of `ratelimit`: what passed, and whether more may.
struct RatePipe {
    enum Algorithm: String {
        case taildrop = "TAILDROP"
        case red = "RED"
        case slots = "SBT"
        case network = "NETWORK"
        case feedback = "FEEDBACK"
    }

    /// How time is cut; the same for all pipes.
    struct Timing {
        /// Length of an interval.
        var interval = Nanoseconds.seconds(10)
        /// Limits count for an interval and not for a second.
        var isLimitPerInterval = false
        /// How far back `SBT` looks, and in which steps.
        var window = Nanoseconds.seconds(10)
        var slot = Nanoseconds.milliseconds(200)
    }

    let algorithm: Algorithm
    var limit: Int32
    private var interval: Int64
    private var counter: Int64 = 0
    /// Every so manieth passes, as the load of the interval before demands; 0 for all (`RED`).
    private var dropRate: Int64 = 0
    /// Counts of `SBT` by slot, the oldest first.
    private var slots: [(number: Int64, count: Int64)] = []
    private(set) var lastUse: Nanoseconds

    init(_ algorithm: Algorithm, limit: Int32, now: Nanoseconds, _ timing: Timing) {
        self.algorithm = algorithm
        self.limit = limit
        interval = now / timing.interval
        lastUse = now
    }

    /// Counts one more; whether it may pass.
    mutating func check(now: Nanoseconds, _ timing: Timing) -> Bool {
        advance(now, timing)
        lastUse = now
        let allowed = allowance(timing)
        switch algorithm {
        case .taildrop:
            counter += 1
            return counter <= allowed
        case .red:
            counter += 1
            return dropRate <= 1 || counter % dropRate == 0
        case .slots:
            let number = now / timing.slot
            if slots.last?.number != number { slots.append((number, 0)) }
            slots[slots.count - 1].count += 1
            return slots.reduce(0) { $0 + $1.count } <= (limit < 0 ? .max : Int64(limit))
        case .network, .feedback:
            counter += 1
            return true
        }
    }

    /// What was counted in this interval, or in the window.
    mutating func count(now: Nanoseconds, _ timing: Timing) -> Int64 {
        advance(now, timing)
        return algorithm == .slots ? slots.reduce(0) { $0 + $1.count } : counter
    }

    mutating func decrement(now: Nanoseconds, _ timing: Timing) {
        advance(now, timing)
        counter = max(0, counter - 1)
        if let last = slots.lastIndex(where: { $0.count > 0 }) { slots[last].count -= 1 }
    }

    mutating func reset() {
        counter = 0
        slots.removeAll()
    }

    /// A negative limit is none.
    private func allowance(_ timing: Timing) -> Int64 {
        if limit < 0 { return .max }
        return timing.isLimitPerInterval ? Int64(limit) : Int64(limit) * max(1, timing.interval / .seconds(1))
    }

    private mutating func advance(_ now: Nanoseconds, _ timing: Timing) {
        let oldest = now / timing.slot - timing.window / timing.slot
        slots.removeAll { $0.number <= oldest }
        let current = now / timing.interval
        guard current != interval else { return }
        let load = current == interval + 1 ? counter : 0
        let allowed = allowance(timing)
        dropRate = allowed > 0 && load > allowed ? load / allowed : 0
        interval = current
        counter = 0
    }
}
