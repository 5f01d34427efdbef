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
    /// Event route by event.
    private var routes: [EventID: Int] = [:]
    var timer: Timer?
    var timerDue = Nanoseconds.max

    /// Events with a route, and those that the core and the loaded modules publish or the script raises by name.
    mutating func learn(_ script: CompiledScript, _ machine: Machine) {
        for (index, route) in machine.program.routes.enumerated() where route.kind == .event {
            routes[names.intern(Array(route.name.utf8))] = index
        }
        for event in Catalog.core.events + script.modules.flatMap(\.events) {
            _ = names.intern(Array(event.name.utf8))
        }
        _ = names.intern(DeliveryFailure.eventName)
        for name in machine.program.raisedEvents { _ = names.intern(name) }
    }

    func route(for event: EventID) -> Int? { routes[event] }

    /// Somebody learns of the event when it is raised.
    func isHeard(_ event: EventID, now: Nanoseconds) -> Bool {
        routes[event] != nil || !subscriptions.sockets(of: event, now: now).isEmpty
            || subscriptions.waits.count > 0
    }
}
