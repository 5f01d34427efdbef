/// Replies that came before anybody waited for them.
///
/// A script sends a request with a tag, and only then comes to `wait_for_event` with the filter `tag=<that tag>`. In
/// OpenSIPS a reply that is faster than that is lost. Here the node keeps, for a few seconds, those events that answer
/// a tag which it issued itself and that no wait took; a wait that matches one is over at once.
package struct UnclaimedReplies: Sendable {
    package struct Limits: Sendable {
        /// How long a reply is kept.
        package var keep: Nanoseconds = 5_000_000_000
        /// How long a tag is known, at least; at most twice as long.
        package var tagLifetime: Nanoseconds = 60_000_000_000
        /// The most tags known at a time, roughly.
        package var tags = 1_000_000
        package var replies = 10_000
        /// The most bytes of all replies kept.
        package var bytes = 16_777_216

        package init() {}
    }

    package struct Statistics: Hashable, Sendable {
        package var kept: UInt64 = 0
        package var claimed: UInt64 = 0
        package var expired: UInt64 = 0
        /// Given up for want of room.
        package var dropped: UInt64 = 0
    }

    private struct Kept: Sendable {
        var id: EventID
        var event: Event
        var tag: [UInt8]
        var deadline: Nanoseconds
    }

    /// The attribute that holds the tag, in lower case.
    private let attribute: [UInt8]
    private let limits: Limits
    /// Hashes of tags: those issued of late, and those issued before them. A collision keeps one reply too many.
    private var youngTags: Set<Int> = []
    private var oldTags: Set<Int> = []
    private var youngSince: Nanoseconds = .min
    private var kept: [UInt64: Kept] = [:]
    private var keptByTag: [[UInt8]: [UInt64]] = [:]
    /// The number of the oldest reply kept, or of the next one.
    private var first: UInt64 = 0
    private var next: UInt64 = 0
    private var bytes = 0

    package private(set) var statistics = Statistics()

    package init(attribute: [UInt8] = Array("tag".utf8), limits: Limits = Limits()) {
        self.attribute = attribute.map(\.lowercased)
        self.limits = limits
    }

    /// The replies that are kept now.
    package var count: Int { kept.count }

    /// A request leaves with this tag; from now on, replies to it are kept.
    package mutating func onIssue(tag: [UInt8], now: Nanoseconds) {
        turnGenerations(now)
        if youngTags.count >= max(1, limits.tags / 2) {
            oldTags = youngTags
            youngTags = []
            youngSince = now
        }
        youngTags.insert(tag.hashValue)
    }

    private mutating func turnGenerations(_ now: Nanoseconds) {
        guard now.since(youngSince) >= limits.tagLifetime else { return }
        // After two lifetimes without a tag, the young ones are too old as well.
        oldTags = now.since(youngSince) >= limits.tagLifetime.later(by: limits.tagLifetime) ? [] : youngTags
        youngTags = []
        youngSince = now
    }

    /// Keeps an event that no wait took, if it answers a tag of ours.
    @discardableResult
    package mutating func onUnclaimed(_ event: Event, _ id: EventID, now: Nanoseconds) -> Bool {
        guard !youngTags.isEmpty || !oldTags.isEmpty else { return false }
        guard let tag = tag(of: event) else { return false }
        turnGenerations(now)
        let hash = tag.hashValue
        guard youngTags.contains(hash) || oldTags.contains(hash) else { return false }
        onTimer(now: now)
        let size = UnclaimedReplies.size(of: event)
        if size > limits.bytes || limits.replies < 1 {
            statistics.dropped += 1
            return false
        }
        while !kept.isEmpty, kept.count >= limits.replies || bytes > limits.bytes - size {
            remove(first)
            statistics.dropped += 1
        }
        kept[next] = Kept(id: id, event: event, tag: tag, deadline: now.later(by: limits.keep))
        keptByTag[tag, default: []].append(next)
        next &+= 1
        bytes += size
        statistics.kept += 1
        return true
    }

    private func tag(of event: Event) -> [UInt8]? {
        for candidate in event.attributes {
            guard let name = candidate.name, name.count == attribute.count else { continue }
            if name.lazy.map(\.lowercased).elementsEqual(attribute) { return candidate.value.text }
        }
        return nil
    }

    /// Takes the oldest kept reply that a new wait matches. The wait is over then.
    package mutating func claim(_ id: EventID, filters: [EventFilter], now: Nanoseconds) -> Event? {
        guard !kept.isEmpty, let packed = PackedFilters(filters) else { return nil }
        for filter in filters where filter.name == attribute {
            guard case .exact(let tag) = filter.pattern else { continue }
            for number in keptByTag[tag] ?? [] {
                guard let reply = kept[number], reply.id == id, reply.deadline > now else { continue }
                guard packed.match(FilterView(reply.event)) else { continue }
                remove(number)
                statistics.claimed += 1
                return reply.event
            }
            return nil
        }
        return nil
    }

    /// Gives up replies whose time is over.
    package mutating func onTimer(now: Nanoseconds) {
        while let oldest = kept[first], oldest.deadline <= now {
            remove(first)
            statistics.expired += 1
        }
    }

    /// When the next reply is given up.
    package var nextDeadline: Nanoseconds? { kept[first]?.deadline }

    private mutating func remove(_ number: UInt64) {
        guard let reply = kept.removeValue(forKey: number) else { return }
        bytes -= UnclaimedReplies.size(of: reply.event)
        keptByTag[reply.tag]?.removeAll { $0 == number }
        if keptByTag[reply.tag]?.isEmpty == true { keptByTag[reply.tag] = nil }
        while first < next, kept[first] == nil { first &+= 1 }
    }

    private static func size(of event: Event) -> Int {
        event.attributes.reduce(64 + event.name.count) { sum, attribute in
            guard case .bytes(let bytes) = attribute.value else { return sum + 32 + (attribute.name?.count ?? 0) }
            return sum + 64 + bytes.count + (attribute.name?.count ?? 0)
        }
    }
}
