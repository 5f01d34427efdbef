import Catalog
import Events
import Script
import Syntax

/// The events that a node knows, their routes and their subscribers.
package struct EventTable {
    package var names = EventNames()
    package var subscriptions = Subscriptions()
    /// The modules that bring events to sockets, by the transport in front of a socket's colon.
    package var transports: [String: any EventTransport] = [:]
    /// Bounds and patience of every socket; event_virtual sets them.
    package var limits = DeliveryLimits()
    /// Where events wait on disk for sockets that cannot take them; nil for in memory only.
    var spoolDirectory: String?
    var sockets: [Subscriptions.SocketID: EventSocket] = [:]
    /// What became of the deliveries of sockets that are gone.
    var gone = DeliveryStatistics()
    /// By the number of the event.
    private var known: [Listeners?] = []
    /// Names of events and attributes.
    var words = WordCache()
    /// Replies to tags of the node's own may come.
    package var keepsReplies = false
    /// Event route by event.
    private var routes: [EventID: Int] = [:]
    var timer: Timer?
    var timerDue = Nanoseconds.max

    /// Events with a route, and those that the core and the loaded modules publish or the script raises by name.
    mutating func learn(_ script: CompiledScript, _ machine: Machine) {
        for (index, route) in machine.program.routes.enumerated() where route.kind == .event && route.entry >= 0 {
            routes[names.intern(Array(route.name.utf8))] = index
        }
        for event in Catalog.core.events + script.modules.flatMap(\.events) {
            _ = names.intern(Array(event.name.utf8))
        }
        _ = names.intern(DeliveryFailure.eventName)
        for name in machine.program.raisedEvents { _ = names.intern(name) }
    }

    package func route(for event: EventID) -> Int? { routes[event] }

    /// The id of a name; nil for an event that nobody has mentioned.
    mutating func id(of text: UnsafeBufferPointer<UInt8>) -> EventID? { names.id(of: words.array(text)) }

    /// Somebody learns of the event when it is raised.
    mutating func isHeard(_ event: EventID, now: Nanoseconds) -> Bool {
        let listeners = listeners(of: event, now: now)
        return hasWaits || listeners.route != nil || !listeners.sockets.isEmpty
    }

    /// Fibers wait for events, or the node has asked others for something and keeps what they answer.
    var hasWaits: Bool { subscriptions.waits.count > 0 || keepsReplies }

    /// Who hears of an event besides the waits. Good until the next subscription or its end.
    struct Listeners {
        var route: Int?
        var sockets: [EventSocket]
    }

    mutating func listeners(of event: EventID, now: Nanoseconds) -> Listeners {
        if event.number < known.count, let listeners = known[event.number] { return listeners }
        let sockets = subscriptions.sockets(of: event, now: now).compactMap { self.sockets[$0] }
        let listeners = Listeners(route: routes[event], sockets: sockets)
        while known.count <= event.number { known.append(nil) }
        known[event.number] = listeners
        return listeners
    }

    /// Subscriptions have changed.
    mutating func forgetListeners() { known.removeAll(keepingCapacity: true) }
}
