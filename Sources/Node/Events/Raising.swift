import Events
import Script

extension Node {
    /// Publishes an event: waiting fibers and the event route follow when the script that raised it is done, sockets
    /// are told at once.
    package func raise(_ event: Event, from fiber: Fiber? = nil) {
        guard let id = events.names.id(of: event.name) else {
            observer?.raised(event)
            return
        }
        raise(event, id, from: fiber, nil)
    }

    /// - Parameter report: learns what becomes of the event at the sockets.
    func raise(_ event: Event, _ id: EventID, from fiber: Fiber?, _ report: DeliveryReport?) {
        observer?.raised(event)
        let now = host.now
        let listeners = events.listeners(of: id, now: now)
        if let route = listeners.route {
            afterScript(of: fiber, event: event.name) { [weak self] in
                self?.run(route, prepare: { $0.attributes = event.attributes.map(EventAttribute.init) })
            }
        }
        if events.hasWaits {
            for hit in events.subscriptions.onEvent(event, id, now: now) { wake(hit, event, from: fiber) }
        }
        for socket in listeners.sockets { socket.raise(event, now, report) }
    }

    /// A wait that an event met: the attributes become AVPs on top of what is there.
    private func wake(_ hit: Waits.Hit, _ event: Event, from fiber: Fiber?) {
        module(EventRouting.self)?.onHit(hit, event, from: fiber)
    }
}

extension EventAttribute {
    init(_ attribute: Event.Attribute) {
        let content: Content
        switch attribute.value {
        case .integer(let number): content = .number(Int32(truncatingIfNeeded: number))
        case .bytes(let bytes): content = .text(bytes)
        }
        self.init(name: attribute.name ?? [], content: content)
    }
}
