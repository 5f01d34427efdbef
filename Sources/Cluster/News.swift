/// What was accepted of one kind of update from one node, to tell news from copies that took a longer way.
///
/// A node counts its updates from 0, so a low number after a high one is either a late copy or a restart. OpenSIPS
/// takes every zero for a restart; late zeros then make it take all that followed again and again, and a mesh that is
/// just forming drowns in floods. Here the clock of the source decides, which the update holds as well. Only when the
/// last news is older than any copy can be, a zero is believed whatever its clock says.
struct News: Equatable, Sendable {
    /// Longer than a copy of an update can be on its way.
    private static let floodLifetime: Nanoseconds = 10 * Timings.second

    private(set) var stamp = UpdateStamp.none
    /// The latest clock of the source that was seen.
    private var clock: Int32 = .min
    private var acceptedAt: Nanoseconds?

    /// Whether an update that the node itself made is newer.
    func isOlder(than new: UpdateStamp, now: Nanoseconds) -> Bool {
        let isSettled = now.isPast(acceptedAt, by: News.floodLifetime)
        guard isSettled || new.timestamp >= clock else { return false }
        return new.sequence > stamp.sequence || new.timestamp > clock || (new.sequence == 0 && isSettled)
    }

    /// Whether what another node tells about the node is newer. It may not know the clock, and says 0; its number can
    /// then be one from before a restart, and must not replace what the node has just said itself.
    func isOlder(thanReport new: UpdateStamp, now: Nanoseconds) -> Bool {
        guard new.timestamp == 0 else { return new.sequence >= 0 && isOlder(than: new, now: now) }
        return new.sequence > stamp.sequence && now.isPast(acceptedAt, by: News.floodLifetime)
    }

    /// Whether the node made a report with this sequence before the last update that was taken.
    func isNewer(thanSequence sequence: Int32, clock sent: Int32) -> Bool {
        sequence < stamp.sequence && sent <= clock
    }

    /// - Parameter sent: the clock of the source, when the stamp does not hold it
    mutating func accept(_ new: UpdateStamp, clock sent: Int32? = nil, now: Nanoseconds) {
        let isSettled = now.isPast(acceptedAt, by: News.floodLifetime)
        let newClock = sent ?? new.timestamp
        stamp = new
        clock = isSettled ? newClock : max(clock, newClock)
        acceptedAt = now
    }
}
