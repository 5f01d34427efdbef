// Where events wait, how they leave, and what happens when a backend fails.

extension VirtualSocket {
    func backend(of task: Int) -> Int { tree.nodes[tasks[task].node].backends.lowerBound }

    func isExpired(_ task: Int, _ now: Nanoseconds) -> Bool { events[tasks[task].event].deadline <= now }

    /// Counts a task among those that bring its event forward, or not any more.
    private mutating func setLive(_ task: Int, _ isLive: Bool) {
        guard tasks[task].isLive != isLive else { return }
        tasks[task].isLive = isLive
        if tasks[task].stage == .waiting { queues[tasks[task].node].live += isLive ? 1 : -1 }
        let slot = tasks[task].event
        events[slot].live += isLive ? 1 : -1
        if events[slot].live == 0 { idleEvents.append(slot) }
    }

    mutating func release(_ task: Int) {
        setLive(task, false)
        tasks.giveBack(task)
    }

    /// Puts a task into the queue of its node, or gives it up where there is no room.
    ///
    /// - Parameter reason: why it has to wait; without queues, why it fails.
    mutating func enqueue(
        _ task: Int, _ reason: FailureReason, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]
    ) {
        let node = tasks[task].node
        if isExpired(task, now) { return giveUpAsExpired(task, now, &effects) }
        guard limits.queue > 0 else {
            if reason == .queueFull { return drop(task, now, &effects) }
            return finalOrRetry(task, reason, now, &effects)
        }
        let number = events[tasks[task].event].number
        if queues[node].count >= limits.queue, let first = queues[node].first, let last = queues[node].last {
            switch limits.overflow {
            case .dropOldest:
                if number < first.number { return drop(task, now, &effects) }
                removeFromQueue(node, at: 0)
                drop(first.task, now, &effects)
            case .dropNewest:
                if number > last.number { return drop(task, now, &effects) }
                removeFromQueue(node, at: queues[node].count - 1)
                drop(last.task, now, &effects)
            }
        }
        tasks[task].stage = .waiting
        queues[node].insert(.init(number: number, task: task))
        if tasks[task].isLive { queues[node].live += 1 }
        waitingCount += 1
        statistics.queued &+= 1
        if tree.nodes[node].kind == .backend { backendStates[backend(of: task)].statistics.queued &+= 1 }
        let isUnderWay = hasPlace(task, now)
        setLive(task, isUnderWay)
        if !isUnderWay, events[tasks[task].event].live == 0 { idleEvents.append(tasks[task].event) }
    }

    /// A waiting task has a backend that is well, or due to be probed, and has not refused its event.
    private func hasPlace(_ task: Int, _ now: Nanoseconds) -> Bool {
        let node = tasks[task].node
        let refused = tasks[task].refused
        if refused == 0 { return isAvailable(node, now) }
        return tree.nodes[node].children.contains { child in
            refused & (1 << UInt64(tree.nodes[child].place)) == 0 && isAvailable(child, now)
        }
    }

    private mutating func removeFromQueue(_ node: Int, at offset: Int) {
        noteLeft(queues[node][offset].task)
        queues[node].remove(at: offset)
    }

    private mutating func noteLeft(_ task: Int) {
        if tasks[task].isLive { queues[tasks[task].node].live -= 1 }
        tasks[task].stage = .directing
        waitingCount -= 1
    }

    private mutating func drop(_ task: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        statistics.dropped &+= 1
        if tree.nodes[tasks[task].node].kind == .backend {
            backendStates[backend(of: task)].statistics.dropped &+= 1
        }
        finalOrRetry(task, .queueFull, now, &effects)
    }

    private mutating func finalOrRetry(
        _ task: Int, _ reason: FailureReason, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]
    ) {
        guard tasks[task].stays else { return report(task, .retry(reason), now, &effects) }
        noteAtPolicy(task, reason)
        report(task, .final(reason), now, &effects)
    }

    mutating func giveUpAsExpired(_ task: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        statistics.expired &+= 1
        if tree.nodes[tasks[task].node].kind == .backend {
            backendStates[backend(of: task)].statistics.expired &+= 1
        }
        noteAtPolicy(task, .expired)
        report(task, .final(.expired), now, &effects)
    }

    /// Remembers that a policy gave the event up, unless its backends have told why already.
    private mutating func noteAtPolicy(_ task: Int, _ reason: FailureReason) {
        let node = tree.nodes[tasks[task].node]
        let slot = tasks[task].event
        if node.kind == .backend { return }
        let isKnown = events[slot].failures.contains { $0.backend.map { node.backends.contains($0) } ?? false }
        if isKnown, reason != .expired, reason != .queueFull { return }
        events[slot].failures.append(.init(backend: nil, reason: reason))
    }

    /// Gives up what has waited too long.
    mutating func expire(_ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        guard waitingCount > 0 else { return }
        for node in queues.indices {
            while let entry = queues[node].first, isExpired(entry.task, now) {
                removeFromQueue(node, at: 0)
                giveUpAsExpired(entry.task, now, &effects)
            }
        }
    }
}

// MARK: - Sending

extension VirtualSocket {
    mutating func send(_ task: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        let backend = backend(of: task)
        tasks[task].stage = .inFlight
        tasks[task].generation &+= 1
        tasks[task].sentAt = now
        tasks[task].epoch = backendStates[backend].epoch
        let id = tasks.delivery(task)
        var isProbe = false
        if case .failed(let since, _) = backendStates[backend].health {
            backendStates[backend].health = .probing(since: since)
            backendStates[backend].probe = id
            isProbe = true
        }
        linkIntoFlight(task, backend)
        setLive(task, true)
        backendStates[backend].statistics.raised &+= 1
        if tasks[task].wasTried {
            statistics.retried &+= 1
            backendStates[backend].statistics.retried &+= 1
        }
        if tasks[task].isSuspect {
            statistics.possibleDuplicates &+= 1
            backendStates[backend].statistics.possibleDuplicates &+= 1
        }
        let slot = tasks[task].event
        effects.append(
            .send(
                .init(
                    id: id, backend: backend, number: events[slot].number, event: events[slot].event, isProbe: isProbe,
                    isPossibleDuplicate: tasks[task].isSuspect)))
    }

    private mutating func linkIntoFlight(_ task: Int, _ backend: Int) {
        let newest = backendStates[backend].newestInFlight
        tasks[task].olderInFlight = newest
        tasks[task].newerInFlight = -1
        if newest >= 0 { tasks[newest].newerInFlight = task } else { backendStates[backend].oldestInFlight = task }
        backendStates[backend].newestInFlight = task
        backendStates[backend].inFlight += 1
    }

    func oldestInFlight(_ backend: Int) -> Int? {
        let task = backendStates[backend].oldestInFlight
        return task >= 0 ? task : nil
    }

    /// The task whose result has come; nil for a result that nobody waits for, which is counted.
    mutating func takeFromFlight(_ id: DeliveryID) -> Int? {
        guard let task = tasks.index(of: id) else {
            statistics.late &+= 1
            return nil
        }
        let backend = backend(of: task)
        let (older, newer) = (tasks[task].olderInFlight, tasks[task].newerInFlight)
        if older >= 0 { tasks[older].newerInFlight = newer } else { backendStates[backend].oldestInFlight = newer }
        if newer >= 0 { tasks[newer].olderInFlight = older } else { backendStates[backend].newestInFlight = older }
        backendStates[backend].inFlight -= 1
        tasks[task].stage = .directing
        return task
    }

    /// A delivery has failed: what it says about the backend, and where the event goes next.
    mutating func fail(
        _ task: Int, _ id: DeliveryID, _ reason: FailureReason, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]
    ) {
        let backend = backend(of: task)
        backendStates[backend].statistics.failed &+= 1
        if reason == .refused {
            // Who can refuse is well.
            if backendStates[backend].probe == id { recover(backend, now, &effects) }
            report(task, .final(.refused), now, &effects)
            return
        }
        let wasAvailable = backendStates[backend].health == .up
        let isCurrent = tasks[task].epoch == backendStates[backend].epoch
        let isNews = backendStates[backend].probe == id || (wasAvailable && isCurrent)
        if isNews { markFailed(backend, reason, now, &effects) }
        tasks[task].wasTried = true
        if reason == .unknown { tasks[task].isSuspect = true }
        if isExpired(task, now) {
            giveUpAsExpired(task, now, &effects)
        } else if !tasks[task].stays {
            report(task, .retry(reason), now, &effects)
        } else {
            if reason != .unreachable { tasks[task].attempts += 1 }
            if tasks[task].attempts >= limits.attempts {
                report(task, .final(reason), now, &effects)
            } else {
                enqueue(task, reason, now, &effects)
            }
        }
        // The many that fail with a connection tell nothing new, and what waits may be much.
        if isNews { evacuate(from: backend, now, &effects) }
    }
}

// MARK: - Health

extension VirtualSocket {
    mutating func recover(_ backend: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        switch backendStates[backend].health {
        case .up: return
        case .failed(let since, _), .probing(let since):
            effects.append(.backendUp(backend, failedFor: now.since(since)))
        }
        backendStates[backend].health = .up
        backendStates[backend].probe = nil
    }

    mutating func markFailed(
        _ backend: Int, _ reason: FailureReason, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]
    ) {
        let hasAlternative = tree.nodes[tree.leaves[backend]].hasAlternative
        let probeAt = now.later(by: hasAlternative ? limits.failoverTimeout : limits.retryInterval)
        switch backendStates[backend].health {
        case .up:
            backendStates[backend].health = .failed(since: now, probeAt: probeAt)
            effects.append(.backendDown(backend, reason))
        case .failed(let since, _), .probing(let since):
            backendStates[backend].health = .failed(since: since, probeAt: probeAt)
        }
        backendStates[backend].lastReason = reason
        backendStates[backend].probe = nil
        backendStates[backend].epoch &+= 1
    }

    /// A backend that went down may leave events, at it or above it, without a backend. Those that can be sent elsewhere
    /// are, in order; the rest is told as queued.
    mutating func evacuate(from backend: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        guard waitingCount > 0 else { return }
        var node = tree.leaves[backend]
        while node >= 0 {
            var leaving: Set<Int> = []
            let isOpen = isAvailable(node, now)
            // Those that wait without hope of a backend stay where they are.
            for offset in 0..<(queues[node].live > 0 ? queues[node].count : 0) {
                let task = queues[node][offset].task
                if isOpen, hasPlace(task, now) { continue }
                if tasks[task].stays { setLive(task, false) } else { leaving.insert(task) }
            }
            if !leaving.isEmpty {
                let entries = queues[node].extract { leaving.contains($0.task) }
                for entry in entries { noteLeft(entry.task) }
                for entry in entries { report(entry.task, .retry(.unreachable), now, &effects) }
            }
            node = tree.nodes[node].parent
        }
    }

    /// Sends what waits and can be sent.
    mutating func pump(_ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        guard waitingCount > 0 else { return }
        // What is dropped on the way may be sent elsewhere, so as long as something happens, more may.
        var before: Int
        repeat {
            before = effects.count
            // From the backends up: what waits at a backend goes before what waits above it.
            for node in queues.indices.reversed() where !queues[node].isEmpty { pump(node: node, now, &effects) }
        } while effects.count > before && waitingCount > 0
    }

    /// Sends what waits at a node, in order, as far as it can be sent at once.
    mutating func pump(node: Int, _ now: Nanoseconds, _ effects: inout [DeliveryEffect]) {
        var offset = 0
        while offset < queues[node].count, isReady(node, now) {
            let task = queues[node][offset].task
            if isExpired(task, now) {
                removeFromQueue(node, at: offset)
                giveUpAsExpired(task, now, &effects)
            } else if tree.nodes[node].kind == .backend {
                removeFromQueue(node, at: offset)
                send(task, now, &effects)
            } else if canAdvance(task, now) || startsNewRound(task, now) {
                removeFromQueue(node, at: offset)
                start(task, now, &effects)
            } else {
                offset += 1
            }
        }
    }

    /// A waiting task that has no backend left in this round may try all again.
    private mutating func startsNewRound(_ task: Int, _ now: Nanoseconds) -> Bool {
        let tried = tasks[task].tried
        guard tried != 0 else { return false }
        tasks[task].tried = 0
        if canAdvance(task, now) { return true }
        tasks[task].tried = tried
        return false
    }
}
