/// What one node of the tree does for one event. A task of a policy has tasks of its children below it, each of which
/// reports to it.
struct DeliveryTask: Sendable {
    enum Stage: Sendable {
        case free
        /// A policy with children at work.
        case directing
        /// In the queue of its node.
        case waiting
        case inFlight
        /// Failed below a PARALLEL that has not decided yet.
        case held
    }

    var event = -1
    var node = -1
    /// The task that it reports to.
    var parent = -1
    var stage = Stage.free
    /// Counts towards the event's live tasks.
    var isLive = false
    /// What fails here is tried here again; nobody above can send the event elsewhere.
    var stays = false
    /// Some delivery of this event on this way has failed, or has failed with an unknown result.
    var wasTried = false
    var isSuspect = false
    /// Children of an alternation, by place: failed in this round, and not to be tried again.
    var tried: UInt64 = 0
    var refused: UInt64 = 0
    /// Of a PARALLEL.
    var outstanding = 0
    var delivered = 0
    var failed = 0
    var firstHeld = -1
    /// The next held task, the next free slot.
    var next = -1
    var attempts = 0
    var reason = FailureReason.unreachable
    var generation: UInt32 = 0
    /// Of a delivery.
    var epoch: UInt32 = 0
    var sentAt: Nanoseconds = 0
    var olderInFlight = -1
    var newerInFlight = -1
}

/// What a task tells the one above it.
enum TaskReport {
    case delivered
    /// Some backends below have the event, some never will.
    case partly
    /// Failed, but another backend may take the event.
    case retry(FailureReason)
    /// Given up.
    case final(FailureReason)
}

struct TaskTable: Sendable {
    private var slots: [DeliveryTask] = []
    private var firstFree = -1

    subscript(index: Int) -> DeliveryTask {
        _read { yield slots[index] }
        _modify { yield &slots[index] }
    }

    mutating func take(event: Int, node: Int, parent: Int) -> Int {
        var index = firstFree
        if index >= 0 {
            firstFree = slots[index].next
        } else {
            index = slots.count
            slots.append(DeliveryTask())
        }
        let generation = slots[index].generation
        slots[index] = DeliveryTask()
        slots[index].generation = generation
        slots[index].event = event
        slots[index].node = node
        slots[index].parent = parent
        slots[index].stage = .directing
        return index
    }

    mutating func giveBack(_ index: Int) {
        slots[index].stage = .free
        slots[index].generation &+= 1
        slots[index].next = firstFree
        firstFree = index
    }

    /// Makes every delivery id out of date.
    mutating func removeAll() {
        for index in slots.indices where slots[index].stage != .free { giveBack(index) }
    }

    func delivery(_ index: Int) -> DeliveryID {
        DeliveryID(raw: UInt64(slots[index].generation) << 32 | UInt64(UInt32(truncatingIfNeeded: index)))
    }

    /// The task of a delivery that is under way.
    func index(of id: DeliveryID) -> Int? {
        let index = Int(UInt32(truncatingIfNeeded: id.raw))
        guard index < slots.count, slots[index].stage == .inFlight,
            slots[index].generation == UInt32(truncatingIfNeeded: id.raw >> 32)
        else { return nil }
        return index
    }
}
