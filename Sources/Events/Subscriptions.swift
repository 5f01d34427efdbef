/// Who wants to hear of which event: sockets with a lifetime, and waits.
package struct Subscriptions: Sendable {
    /// A subscribed socket. All events to the same address go through the same one.
    package struct SocketID: Hashable, Sendable {
        package let number: UInt32
    }

    /// The third argument of `subscribe_event`.
    package enum Lifetime: Hashable, Sendable {
        case forever
        case lasting(Nanoseconds)
        /// Zero seconds: the subscription ends.
        case over

        /// - Parameter seconds: nil where the argument was left out.
        package init(seconds: Int?) {
            switch seconds {
            case nil: self = .forever
            case .some(let seconds) where seconds <= 0: self = .over
            case .some(let seconds):
                let (span, overflow) = Nanoseconds(seconds).multipliedReportingOverflow(by: 1_000_000_000)
                self = overflow ? .forever : .lasting(span)
            }
        }
    }

    package enum Change: Hashable, Sendable {
        /// - isNew: nothing was sent to this address before; a connection is to be made.
        case added(SocketID, isNew: Bool)
        /// The same socket again: only its lifetime is another one now.
        case renewed(SocketID)
        /// - isUnused: no event goes to this address any more.
        case removed(SocketID, isUnused: Bool)
        /// There was nothing to end.
        case unchanged
    }

    package enum WaitResult: Hashable, Sendable {
        case waiting(Waits.Ticket)
        /// The reply had come before; nothing waits.
        case matched(Event)
        case tooManyWaits
    }

    /// The subscriptions to one event, in the order subscribed.
    private struct Subscribers: Sendable {
        var sockets: [SocketID] = []
        var deadlines: [Nanoseconds] = []
        /// The earliest deadline; what is sent to in the common case needs no copy.
        var earliest = Nanoseconds.max

        mutating func remove(at place: Int) {
            sockets.remove(at: place)
            deadlines.remove(at: place)
            earliest = deadlines.min() ?? .max
        }

        mutating func set(_ deadline: Nanoseconds, at place: Int) {
            deadlines[place] = deadline
            earliest = deadlines.min() ?? .max
        }

        mutating func append(_ socket: SocketID, _ deadline: Nanoseconds) {
            sockets.append(socket)
            deadlines.append(deadline)
            earliest = min(earliest, deadline)
        }
    }

    private struct Socket: Sendable {
        var address: SocketAddress
        var subscriptions: Int
    }

    package private(set) var waits: Waits
    package var replies: UnclaimedReplies
    private var sockets: [SocketID: Socket] = [:]
    private var socketIDs: [SocketAddress: SocketID] = [:]
    private var nextSocket: UInt32 = 0
    private var subscribers: [EventID: Subscribers] = [:]

    package init(waits: Waits = Waits(), replies: UnclaimedReplies = UnclaimedReplies()) {
        self.waits = waits
        self.replies = replies
    }
}

// MARK: - Sockets

extension Subscriptions {
    package mutating func subscribe(
        _ event: EventID, to address: SocketAddress, lifetime: Lifetime, now: Nanoseconds
    ) -> Change {
        let socket = socketIDs[address]
        let place = socket.flatMap { subscribers[event]?.sockets.firstIndex(of: $0) }
        let deadline: Nanoseconds
        switch lifetime {
        case .over:
            guard let socket, let place else { return .unchanged }
            subscribers[event]?.remove(at: place)
            return .removed(socket, isUnused: release(socket))
        case .forever: deadline = .max
        case .lasting(let span): deadline = now.later(by: span)
        }
        if let socket, let place {
            subscribers[event]?.set(deadline, at: place)
            return .renewed(socket)
        }
        let id = socket ?? newSocket(address)
        sockets[id]?.subscriptions += 1
        subscribers[event, default: Subscribers()].append(id, deadline)
        return .added(id, isNew: socket == nil)
    }

    /// The sockets that hear of the event, in the order subscribed.
    package func sockets(of event: EventID, now: Nanoseconds) -> [SocketID] {
        guard let subscribers = subscribers[event] else { return [] }
        if subscribers.earliest > now { return subscribers.sockets }
        return zip(subscribers.sockets, subscribers.deadlines).filter { $1 > now }.map(\.0)
    }

    /// A subscription as it is shown.
    package struct Listing: Hashable, Sendable {
        package var address: SocketAddress
        /// `.max` for one that lasts for ever.
        package var deadline: Nanoseconds
    }

    /// The subscriptions to an event, in the order subscribed.
    package func listings(of event: EventID) -> [Listing] {
        guard let subscribers = subscribers[event] else { return [] }
        return zip(subscribers.sockets, subscribers.deadlines).compactMap { socket, deadline in
            address(of: socket).map { Listing(address: $0, deadline: deadline) }
        }
    }

    package func address(of socket: SocketID) -> SocketAddress? { sockets[socket]?.address }

    private mutating func newSocket(_ address: SocketAddress) -> SocketID {
        // Numbers of long ago may be in use still.
        while sockets[SocketID(number: nextSocket)] != nil { nextSocket &+= 1 }
        let id = SocketID(number: nextSocket)
        nextSocket &+= 1
        sockets[id] = Socket(address: address, subscriptions: 0)
        socketIDs[address] = id
        return id
    }

    /// One subscription of the socket has ended; true where it was the last.
    private mutating func release(_ socket: SocketID) -> Bool {
        sockets[socket]?.subscriptions -= 1
        guard let entry = sockets[socket], entry.subscriptions <= 0 else { return false }
        sockets[socket] = nil
        socketIDs[entry.address] = nil
        return true
    }
}

// MARK: - Waits

extension Subscriptions {
    /// `wait_for_event` and `notify_on_event`.
    ///
    /// - Parameters:
    ///   - owner: comes back with every hit.
    ///   - deadline: nil where the owner keeps the time itself.
    package mutating func wait(
        for event: EventID, filters: [EventFilter], owner: UInt64, kind: Waits.Kind, deadline: Nanoseconds?,
        now: Nanoseconds
    ) -> WaitResult {
        if kind == .once, let reply = replies.claim(event, filters: filters, now: now) { return .matched(reply) }
        let ticket = waits.add(event: event, filters: filters, owner: owner, kind: kind, deadline: deadline)
        return ticket.map { .waiting($0) } ?? .tooManyWaits
    }

    @discardableResult
    package mutating func endWait(_ ticket: Waits.Ticket) -> Bool { waits.remove(ticket) }

    /// An event is raised: the waits that it meets, newest first. A reply to a tag of ours that met none is kept.
    package mutating func onEvent(_ event: Event, _ id: EventID, now: Nanoseconds) -> [Waits.Hit] {
        let hits = waits.onEvent(event, id, now: now)
        if hits.isEmpty { replies.onUnclaimed(event, id, now: now) }
        return hits
    }

    /// When `onTimer` has something to do; the moment can be early.
    package var nextDeadline: Nanoseconds? {
        let sockets = subscribers.values.map(\.earliest).min().flatMap { $0 < .max ? $0 : nil }
        return [sockets, waits.nextDeadline, replies.nextDeadline].compactMap { $0 }.min()
    }

    package struct Expired: Hashable, Sendable {
        /// Waits that ran out, the earliest first.
        package var waits: [Waits.Hit] = []
        /// Sockets that no event goes to any more.
        package var unusedSockets: [SocketID] = []
    }

    /// Ends what has run out.
    package mutating func onTimer(now: Nanoseconds) -> Expired {
        var expired = Expired()
        expired.waits = waits.onTimer(now: now)
        replies.onTimer(now: now)
        for (event, list) in subscribers where list.earliest <= now {
            for place in list.sockets.indices.reversed() where list.deadlines[place] <= now {
                subscribers[event]?.remove(at: place)
                if release(list.sockets[place]) { expired.unusedSockets.append(list.sockets[place]) }
            }
        }
        expired.unusedSockets.sort { $0.number < $1.number }
        return expired
    }
}
