import Catalog
import Events
import Script
import Syntax

/// The events that a node knows, their routes and their subscribers.
package struct EventTable {
    package var names = EventNames()
    package var subscriptions = Subscriptions()
    /// Event route by event.
    private var routes: [EventID: Int] = [:]

    /// Events with a route, and those that the core and the loaded modules publish or the script raises by name.
    mutating func learn(_ script: CompiledScript, _ machine: Machine) {
        for (index, route) in machine.program.routes.enumerated() where route.kind == .event {
            routes[names.intern(Array(route.name.utf8))] = index
        }
        for event in Catalog.core.events + script.modules.flatMap(\.events) {
            _ = names.intern(Array(event.name.utf8))
        }
        for name in machine.program.raisedEvents { _ = names.intern(name) }
    }

    func route(for event: EventID) -> Int? { routes[event] }
}
