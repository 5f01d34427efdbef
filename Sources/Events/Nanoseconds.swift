/// A point in monotonic time, or a span of it, in nanoseconds. The owner of the clock passes it in.
package typealias Nanoseconds = Int64

extension Nanoseconds {
    /// The later moment, or the end of time where the sum would overflow.
    func later(by span: Nanoseconds) -> Nanoseconds {
        let (sum, overflow) = addingReportingOverflow(span)
        return overflow ? (span < 0 ? .min : .max) : sum
    }

    /// The time from `earlier` to `self`, never negative: a clock that steps back counts as no time.
    func since(_ earlier: Nanoseconds) -> Nanoseconds {
        let (difference, overflow) = subtractingReportingOverflow(earlier)
        return overflow ? (self < earlier ? 0 : .max) : Swift.max(0, difference)
    }
}
