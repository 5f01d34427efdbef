// How the policies of a virtual socket choose, and what they make of their children's reports.

extension VirtualSocket {
    /// Sets a task to work: at a backend, or at the children of a policy.
    mutating func start(_ task: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        tasks[task].stage = .directing
        let kind = tree.nodes[tasks[task].node].kind
        if kind != .parallel, isExpired(task, now) { return giveUpAsExpired(task, now, &effects) }
        switch kind {
        case .backend: offer(task, now, &effects)
        case .failover, .roundRobin: advance(task, now, &effects)
        case .parallel:
            let children = tree.nodes[tasks[task].node].children
            if children.isEmpty { return report(task, .final(.unreachable), now, &effects) }
            // All are counted before the first is started, which may report at once. It may be a second start.
            tasks[task].outstanding = children.count
            tasks[task].delivered = 0
            tasks[task].failed = 0
            for child in children { start(spawn(child, below: task), now, &effects) }
        }
    }

    private mutating func spawn(_ node: Int, below parent: Int) -> Int {
        let task = tasks.take(event: tasks[parent].event, node: node, parent: parent)
        let isBelowParallel = tree.nodes[tasks[parent].node].kind == .parallel
        tasks[task].stays = isBelowParallel && tasks[parent].stays
        tasks[task].wasTried = tasks[parent].wasTried
        tasks[task].isSuspect = tasks[parent].isSuspect
        return task
    }

    /// A task at a backend sends, waits or gives up.
    private mutating func offer(_ task: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        let node = tasks[task].node
        let backend = tree.nodes[node].backends.lowerBound
        let hasAlternation = tree.nodes[node].parent >= 0 && tree.nodes[tree.nodes[node].parent].kind.isAlternation
        if isReady(node, now), queues[node].isEmpty {
            send(task, now, &effects)
        } else if tasks[task].stays || (!hasAlternation && isAvailable(node, now)) {
            let isUp = backendStates[backend].health == .up
            enqueue(task, isUp ? .queueFull : backendStates[backend].lastReason, now, &effects)
            pump(node: node, now, &effects)
        } else {
            report(task, .retry(.unreachable), now, &effects)
        }
    }

    private enum Choice {
        case child(Int)
        /// A child is well, but busy.
        case busy
        case none
    }

    /// A task of an alternation goes to the next child, waits for one, or gives up.
    private mutating func advance(_ task: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        // FAILOVER waits for a backend that is slow; it turns to the next only where it would have to drop.
        let mayOvertake = queues[tasks[task].node].count >= limits.queue
        switch choose(task, now, mayOvertake: mayOvertake) {
        case .child(let place):
            let child = tree.nodes[tasks[task].node].children[place]
            tasks[task].stage = .directing
            if tree.nodes[tasks[task].node].kind == .roundRobin { cursors[tasks[task].node] = place + 1 }
            start(spawn(child, below: task), now, &effects)
        case .busy: enqueue(task, .queueFull, now, &effects)
        case .none where tasks[task].stays:
            // A new round: who comes back first gets the event.
            tasks[task].tried = 0
            enqueue(task, tasks[task].reason, now, &effects)
        case .none: report(task, .retry(tasks[task].reason), now, &effects)
        }
    }

    /// The child for a task of an alternation, by place.
    private func choose(_ task: Int, _ now: Nanoseconds, mayOvertake: Bool) -> Choice {
        let index = tasks[task].node
        let node = tree.nodes[index]
        let excluded = tasks[task].tried | tasks[task].refused
        let start = node.kind == .roundRobin ? cursors[index] : 0
        var isBusy = false
        for step in node.children.indices {
            let place = (start + step) % node.children.count
            guard excluded & (1 << UInt64(place)) == 0 else { continue }
            if isReady(node.children[place], now) { return .child(place) }
            guard isAvailable(node.children[place], now) else { continue }
            isBusy = true
            if node.kind == .failover, !mayOvertake { return .busy }
        }
        return isBusy ? .busy : .none
    }

    /// A waiting task of an alternation could be sent at once: to a child that has not refused it.
    func canAdvance(_ task: Int, _ now: Nanoseconds) -> Bool {
        if case .child = choose(task, now, mayOvertake: false) { true } else { false }
    }

    /// A node could send an event at once.
    func isReady(_ node: Int, _ now: Nanoseconds) -> Bool {
        switch tree.nodes[node].kind {
        case .backend:
            let state = backendStates[tree.nodes[node].backends.lowerBound]
            switch state.health {
            case .up: return state.inFlight < limits.window
            case .failed(_, let probeAt): return probeAt <= now
            case .probing: return false
            }
        case .parallel, .roundRobin: return tree.nodes[node].children.contains { isReady($0, now) }
        case .failover:
            let first = tree.nodes[node].children.first { isAvailable($0, now) }
            return first.map { isReady($0, now) } ?? false
        }
    }

    /// A node could send an event at once or when its backends have caught up.
    func isAvailable(_ node: Int, _ now: Nanoseconds) -> Bool {
        guard tree.nodes[node].kind == .backend else {
            return tree.nodes[node].children.contains { isAvailable($0, now) }
        }
        switch backendStates[tree.nodes[node].backends.lowerBound].health {
        case .up: return true
        case .failed(_, let probeAt): return probeAt <= now
        case .probing: return false
        }
    }
}

// MARK: - Reports

extension VirtualSocket {
    /// A task is done; the one above it, or the event, learns of it.
    mutating func report(
        _ task: Int, _ report: TaskReport, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]
    ) {
        let parent = tasks[task].parent
        if tree.nodes[tasks[task].node].kind == .backend { note(task, report) }
        if parent < 0 {
            let slot = tasks[task].event
            release(task)
            settle(slot, report, &effects)
        } else if tree.nodes[tasks[parent].node].kind == .parallel {
            onChildOfParallel(task, parent, report, now, &effects)
        } else {
            onChildOfAlternation(task, parent, report, now, &effects)
        }
    }

    private mutating func onChildOfAlternation(
        _ child: Int, _ task: Int, _ report: TaskReport, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]
    ) {
        let node = tree.nodes[tasks[task].node]
        let bit: UInt64 = 1 << UInt64(tree.nodes[tasks[child].node].place)
        tasks[task].wasTried = tasks[task].wasTried || tasks[child].wasTried
        tasks[task].isSuspect = tasks[task].isSuspect || tasks[child].isSuspect
        let childBackends = tree.nodes[tasks[child].node].backends
        release(child)
        switch report {
        case .delivered, .partly:
            // What failed before does not matter any more.
            events[tasks[task].event].failures.removeAll { failure in
                failure.backend.map { node.backends.contains($0) && !childBackends.contains($0) } ?? false
            }
            self.report(task, report, now, &effects)
            return
        case .final(.expired):
            self.report(task, report, now, &effects)
            return
        case .retry(let reason):
            tasks[task].tried |= bit
            tasks[task].reason = reason
            if reason != .unreachable { tasks[task].attempts += 1 }
        case .final(let reason):
            tasks[task].refused |= bit
            tasks[task].reason = reason
        }
        if tasks[task].refused.nonzeroBitCount == node.children.count {
            self.report(task, .final(tasks[task].reason), now, &effects)
        } else if isExpired(task, now) {
            giveUpAsExpired(task, now, &effects)
        } else if tasks[task].stays, tasks[task].attempts >= limits.attempts {
            self.report(task, .final(tasks[task].reason), now, &effects)
        } else {
            advance(task, now, &effects)
        }
    }

    private mutating func onChildOfParallel(
        _ child: Int, _ task: Int, _ report: TaskReport, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]
    ) {
        tasks[task].outstanding -= 1
        tasks[task].wasTried = tasks[task].wasTried || tasks[child].wasTried
        tasks[task].isSuspect = tasks[task].isSuspect || tasks[child].isSuspect
        switch report {
        case .delivered: tasks[task].delivered += 1
        case .partly:
            tasks[task].delivered += 1
            tasks[task].failed += 1
        case .final(let reason):
            tasks[task].failed += 1
            tasks[task].reason = reason
        case .retry(let reason):
            tasks[task].reason = reason
            tasks[child].stage = .held
            tasks[child].next = tasks[task].firstHeld
            tasks[task].firstHeld = child
        }
        if tasks[child].stage != .held { release(child) }
        if tasks[task].outstanding == 0 { decide(task, now, &effects) }
    }

    /// All children of a PARALLEL have reported. Those that could not bring the event wait on their own if one could;
    /// otherwise the next backend of the FAILOVER above may.
    private mutating func decide(_ task: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        var held: [Int] = []
        var next = tasks[task].firstHeld
        while next >= 0 {
            held.append(next)
            next = tasks[next].next
        }
        tasks[task].firstHeld = -1
        if held.isEmpty {
            let (delivered, failed) = (tasks[task].delivered, tasks[task].failed)
            let report: TaskReport = failed == 0 ? .delivered : delivered == 0 ? .final(tasks[task].reason) : .partly
            self.report(task, report, now, &effects)
        } else if isExpired(task, now) {
            tasks[task].outstanding = held.count
            for child in held.reversed() {
                tasks[child].stage = .directing
                giveUpAsExpired(child, now, &effects)
            }
        } else if tasks[task].delivered == 0 {
            for child in held { release(child) }
            report(task, .retry(tasks[task].reason), now, &effects)
        } else {
            tasks[task].outstanding = held.count
            for child in held.reversed() {
                tasks[child].stays = true
                tasks[child].tried = 0
                start(child, now, &effects)
            }
        }
    }

    /// The end of an event.
    mutating func settle(_ slot: Int, _ report: TaskReport, _ effects: inout [DeliveryEffect]) {
        let result: Outcome.Result
        switch report {
        case .delivered:
            result = .delivered
            statistics.delivered &+= 1
        case .partly:
            result = .partly
            statistics.partly &+= 1
        case .retry, .final:
            result = .failed
            statistics.failed &+= 1
        }
        let outcome = Outcome(result: result, failures: result == .delivered ? [] : events[slot].failures)
        effects.append(.settled(events[slot].number, events[slot].event, outcome))
        events[slot].isPending = false
        events[slot].event = Event(name: [])
        events[slot].failures = []
        freeEvents.append(slot)
    }

    /// Remembers why there is no copy at a backend, or that there is one after all.
    private mutating func note(_ task: Int, _ report: TaskReport) {
        let (slot, backend) = (tasks[task].event, backend(of: task))
        if !events[slot].failures.isEmpty { events[slot].failures.removeAll { $0.backend == backend } }
        switch report {
        case .delivered, .partly: break
        case .retry(let reason), .final(let reason):
            events[slot].failures.append(.init(backend: backend, reason: reason))
        }
    }
}
