import Events

/// Why a socket cannot be subscribed.
package enum SubscribeError: Error, CustomStringConvertible {
    case noModule(String)
    case tooMany(limit: Int)
    case unusable(String)

    package var description: String {
        switch self {
        case .noModule(let transport): "no loaded module serves \(transport): sockets"
        case .tooMany(let limit): "\(limit) sockets are open already"
        case .unusable(let reason): reason
        }
    }
}

extension Node {
    /// Subscribes a socket to an event, renews a subscription, or ends it.
    /// - Parameter seconds: how long it lasts; nil for ever, 0 to end it.
    package func subscribe(
        _ event: [UInt8], to address: SocketAddress, seconds: Int?
    ) throws(SubscribeError) {
        if case .virtual = address, events.transports["virtual"] == nil { throw SubscribeError.noModule("virtual") }
        let id = events.names.intern(event)
        let now = host.now
        defer { events.forgetListeners() }
        let lifetime = Subscriptions.Lifetime(seconds: seconds)
        switch events.subscriptions.subscribe(id, to: address, lifetime: lifetime, now: now) {
        case .added(let socket, isNew: true):
            do {
                let opened = try EventSocket(address, self)
                events.sockets[socket] = opened
                registerStatistics(of: opened)
            } catch {
                _ = events.subscriptions.subscribe(id, to: address, lifetime: .over, now: now)
                throw error
            }
        case .removed(let socket, isUnused: true): close(socket)
        default: break
        }
        armEventTimer()
    }

    private func close(_ socket: Subscriptions.SocketID) {
        guard let socket = events.sockets.removeValue(forKey: socket) else { return }
        socket.close()
        events.gone.add(socket.statistics)
    }

    func closeEventSockets() {
        for socket in events.sockets.keys.sorted(by: { $0.number < $1.number }) { close(socket) }
    }

    /// Keeps one timer for the wait or the subscription that runs out first.
    func armEventTimer() {
        guard let due = events.subscriptions.nextDeadline, due < events.timerDue else { return }
        if let timer = events.timer { host.cancel(timer) }
        events.timerDue = due
        events.timer = host.schedule(after: due &- host.now) { [weak self] in self?.onEventTimer() }
    }

    private func onEventTimer() {
        events.timer = nil
        events.timerDue = .max
        let expired = events.subscriptions.onTimer(now: host.now)
        events.forgetListeners()
        for hit in expired.waits { module(EventRouting.self)?.onTimeout(hit) }
        for socket in expired.unusedSockets { close(socket) }
        armEventTimer()
    }
}
