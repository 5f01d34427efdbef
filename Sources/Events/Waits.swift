/// The waits of event_routing: who is to be told when which event comes.
///
/// Every wait has a slot. A slot hangs in two lists: with all waits of its group, newest first, and, if one of its
/// filters asks for an exact value, in a hash bucket of that value. A group is all waits for one event with the same
/// indexed attribute, or without any:
///
///     E_RPL ─┬─ group "tag" ──► wait ──► wait ──► ...      buckets: hash(group, value) ──► wait ──► ...
///            └─ group without ─► wait ──► ...
///
/// An event that has the attribute finds its waits through the bucket. One that lacks it matches every wait of the
/// group as far as this filter goes, and goes through the list.
package struct Waits: Sendable {
    /// What a wait is called by. Never given twice.
    package typealias Ticket = UInt64

    package enum Kind: Hashable, Sendable {
        /// `wait_for_event`: over with the first event.
        case once
        /// `notify_on_event`: stays until it runs out.
        case repeated
    }

    /// A wait that an event met, or that ran out.
    package struct Hit: Hashable, Sendable {
        package var ticket: Ticket
        /// What the waiting side gave to know the wait by.
        package var owner: UInt64
        package var kind: Kind
    }

    private struct Group: Sendable {
        var event: EventID
        /// The indexed attribute in lower case; nil for waits without an exact filter.
        var name: [UInt8]?
        var newest = none
        var count = 0
    }

    static let none: Int32 = -1

    private var slots: SlotTable
    private var groups: [Group] = []
    private var freeGroups: [Int32] = []
    private var groupsOfEvent: [EventID: [Int32]] = [:]
    private var buckets: [Int32] = Array(repeating: none, count: 64)
    private var deadlines = DeadlineHeap()
    private var nextOrder: UInt64 = 0
    private let limit: Int

    /// The waits there are.
    package private(set) var count = 0

    /// - Parameter limit: the most waits at a time.
    package init(limit: Int = 4_000_000) {
        self.limit = min(max(0, limit), Int(Int32.max) - 1)
        slots = SlotTable()
    }

    /// Adds a wait.
    ///
    /// - Parameters:
    ///   - owner: comes back with every hit.
    ///   - deadline: nil for a wait without end, or one whose deadline the owner keeps.
    /// - Returns: nil where there are too many waits, or a filter is longer than 65535 bytes.
    package mutating func add(
        event: EventID, filters: [EventFilter], owner: UInt64, kind: Kind, deadline: Nanoseconds?
    ) -> Ticket? {
        guard count < limit, let packed = PackedFilters(filters) else { return nil }
        let index = slots.take()
        let exact = filters.first { $0.pattern.isExact }
        let group = group(of: event, name: exact?.name)
        slots[index].order = nextOrder
        slots[index].owner = owner
        slots[index].deadline = deadline ?? .max
        slots[index].filters = packed
        slots[index].isRepeated = kind == .repeated
        slots[index].group = group
        nextOrder &+= 1
        count += 1
        linkIntoGroup(index, group)
        if case .exact(let value)? = exact?.pattern {
            if count > buckets.count { rehash() }
            slots[index].key = Waits.key(group, value)
            slots[index].isIndexed = true
            linkIntoBucket(index)
        }
        let ticket = slots.ticket(of: index)
        if let deadline { deadlines.insert(.init(deadline: deadline, ticket: ticket)) }
        return ticket
    }

    /// Ends a wait; false where it has ended already.
    @discardableResult
    package mutating func remove(_ ticket: Ticket) -> Bool {
        guard let index = slots.index(of: ticket) else { return false }
        release(index)
        return true
    }

    /// The waits that the event meets, newest first. Those for one event only are over with it.
    package mutating func onEvent(_ event: Event, _ id: EventID, now: Nanoseconds) -> [Hit] {
        guard count > 0, let groups = groupsOfEvent[id] else { return [] }
        let view = FilterView(event)
        var found: [(order: UInt64, index: Int32)] = []
        for group in groups {
            if let name = self.groups[Int(group)].name, let value = view.value(named: name) {
                let key = Waits.key(group, value)
                var index = buckets[bucket(of: key)]
                while index >= 0 {
                    if slots[index].key == key, slots[index].group == group { consider(index, view, now, &found) }
                    index = slots[index].nextInBucket
                }
            } else {
                var index = self.groups[Int(group)].newest
                while index >= 0 {
                    consider(index, view, now, &found)
                    index = slots[index].nextInGroup
                }
            }
        }
        found.sort { $0.order > $1.order }
        let hits = found.map { hit($0.index) }
        for (_, index) in found where !slots[index].isRepeated { release(index) }
        return hits
    }

    private func consider(
        _ index: Int32, _ view: FilterView, _ now: Nanoseconds, _ found: inout [(order: UInt64, index: Int32)]
    ) {
        if slots[index].deadline > now, slots[index].filters.match(view) {
            found.append((slots[index].order, index))
        }
    }

    /// When the next wait may run out; the moment can be early.
    package var nextDeadline: Nanoseconds? { deadlines.first?.deadline }

    /// Ends the waits whose time has come, the earliest first.
    package mutating func onTimer(now: Nanoseconds) -> [Hit] {
        var hits: [Hit] = []
        while let entry = deadlines.first, entry.deadline <= now {
            _ = deadlines.popFirst()
            guard let index = slots.index(of: entry.ticket), slots[index].deadline == entry.deadline else { continue }
            hits.append(hit(index))
            release(index)
        }
        return hits
    }
}

// MARK: - Slots

extension Waits {
    private func hit(_ index: Int32) -> Hit {
        Hit(
            ticket: slots.ticket(of: index), owner: slots[index].owner,
            kind: slots[index].isRepeated ? .repeated : .once)
    }

    private mutating func release(_ index: Int32) {
        unlinkFromBucket(index)
        unlinkFromGroup(index)
        slots.giveBack(index)
        count -= 1
        // What is stale in the heap is at most as much as what is not.
        if deadlines.count > 2 * count + 1024 {
            let slots = slots
            deadlines.compact { slots.index(of: $0.ticket) != nil }
        }
    }
}

// MARK: - Groups

extension Waits {
    private mutating func group(of event: EventID, name: [UInt8]?) -> Int32 {
        for group in groupsOfEvent[event] ?? [] where groups[Int(group)].name == name { return group }
        let group: Int32
        if let free = freeGroups.popLast() {
            group = free
            groups[Int(group)] = Group(event: event, name: name)
        } else {
            group = Int32(groups.count)
            groups.append(Group(event: event, name: name))
        }
        groupsOfEvent[event, default: []].append(group)
        return group
    }

    private mutating func linkIntoGroup(_ index: Int32, _ group: Int32) {
        let next = groups[Int(group)].newest
        slots[index].nextInGroup = next
        slots[index].previousInGroup = Waits.none
        if next >= 0 { slots[next].previousInGroup = index }
        groups[Int(group)].newest = index
        groups[Int(group)].count += 1
    }

    private mutating func unlinkFromGroup(_ index: Int32) {
        let (group, next, previous) = (slots[index].group, slots[index].nextInGroup, slots[index].previousInGroup)
        if next >= 0 { slots[next].previousInGroup = previous }
        if previous >= 0 { slots[previous].nextInGroup = next } else { groups[Int(group)].newest = next }
        groups[Int(group)].count -= 1
        guard groups[Int(group)].count == 0 else { return }
        let event = groups[Int(group)].event
        groups[Int(group)].name = nil
        groupsOfEvent[event]?.removeAll { $0 == group }
        if groupsOfEvent[event]?.isEmpty == true { groupsOfEvent[event] = nil }
        freeGroups.append(group)
    }
}

// MARK: - Buckets

extension Waits {
    /// Seeded anew in every process, so that nobody can choose values that fall into one bucket. No order depends on it.
    private static func key(_ group: Int32, _ value: [UInt8]) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(group)
        value.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private func bucket(of key: UInt64) -> Int { Int(truncatingIfNeeded: key & UInt64(buckets.count - 1)) }

    private mutating func linkIntoBucket(_ index: Int32) {
        let bucket = bucket(of: slots[index].key)
        let next = buckets[bucket]
        slots[index].nextInBucket = next
        slots[index].previousInBucket = Waits.none
        if next >= 0 { slots[next].previousInBucket = index }
        buckets[bucket] = index
    }

    private mutating func unlinkFromBucket(_ index: Int32) {
        guard slots[index].isIndexed else { return }
        let (next, previous) = (slots[index].nextInBucket, slots[index].previousInBucket)
        if next >= 0 { slots[next].previousInBucket = previous }
        if previous >= 0 {
            slots[previous].nextInBucket = next
        } else {
            buckets[bucket(of: slots[index].key)] = next
        }
    }

    private mutating func rehash() {
        buckets = Array(repeating: Waits.none, count: buckets.count * 2)
        for index in slots.indices where slots[index].isIndexed { linkIntoBucket(index) }
    }
}
