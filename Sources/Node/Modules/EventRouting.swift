import Events
import Script
import Syntax

/// Waiting for events: `async(wait_for_event(...))` and `notify_on_event`.
///
/// Differs from OpenSIPS: a wait that ran out resumes with `$rc` -1 (OpenSIPS: 1), and a cluster reply that comes before
/// the script reaches its wait is not lost.
final class EventRouting: Module {
    static let name = "event_routing"

    private enum Waiter {
        case fiber(Ticket)
        case notification(route: Int)
    }

    private unowned let node: Node
    private var waiters: [UInt64: Waiter] = [:]
    private var nextOwner: UInt64 = 0

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: [
            "wait_for_event": { [unowned self] in waitForEvent(&$0) },
            "notify_on_event": { [unowned self] in notifyOnEvent(&$0) },
        ])
    }

    var isIdle: Bool { waiters.isEmpty }

    /// `wait_for_event(event, filters, seconds)`
    private func waitForEvent(_ call: inout CallContext) -> Completion {
        guard let (event, filters, deadline) = arguments(&call, seconds: 2) else { return .code(-1) }
        let owner = nextOwner
        let result = node.events.subscriptions.wait(
            for: event, filters: filters, owner: owner, kind: .once, deadline: deadline, now: node.host.now)
        switch result {
        case .tooManyWaits:
            call.warn("too many waits")
            return .code(-1)
        case .matched(let event):
            push(event, call.fiber, call.machine)
            return .code(1)
        case .waiting(let wait):
            let ticket = node.makeTicket { [weak self] in self?.cancel(owner, wait) }
            waiters[owner] = .fiber(ticket)
            nextOwner += 1
            node.armEventTimer()
            return .pending(ticket)
        }
    }

    /// `notify_on_event(event, filters, route, seconds)`
    private func notifyOnEvent(_ call: inout CallContext) -> Completion {
        guard let (event, filters, deadline) = arguments(&call, seconds: 3),
            let route = call.string(2).flatMap({ call.machine.program.route(.request, $0) })
        else { return .code(-1) }
        let result = node.events.subscriptions.wait(
            for: event, filters: filters, owner: nextOwner, kind: .repeated, deadline: deadline, now: node.host.now)
        guard case .waiting = result else { return .code(-1) }
        waiters[nextOwner] = .notification(route: route)
        nextOwner += 1
        node.armEventTimer()
        return .code(1)
    }

    /// Event, filters and deadline; nil for events that nothing publishes.
    private func arguments(
        _ call: inout CallContext, seconds index: Int
    ) -> (EventID, [EventFilter], Nanoseconds)? {
        guard let name = call.bytes(0), let event = node.events.names.id(of: name) else {
            call.warn("nothing raises the event \(call.string(0) ?? "<null>")")
            return nil
        }
        guard let number = call.target(1).flatMap({ call.machine.avpNumber(of: $0, call.fiber) }) else { return nil }
        var filters: [EventFilter] = []
        for position in 0..<call.fiber.avps.count(number) {
            let value = call.fiber.avps.value(number, at: position)
            guard let filter = EventFilter(Array(value.text(in: call.scratch))) else {
                call.warn("a filter is written name=pattern")
                return nil
            }
            filters.append(filter)
        }
        let seconds = Int(call.number(index) ?? 0)
        return (event, filters, seconds > 0 ? node.host.now &+ .seconds(seconds) : .max)
    }

    private func cancel(_ owner: UInt64, _ wait: Waits.Ticket) {
        waiters[owner] = nil
        node.events.subscriptions.endWait(wait)
    }

    func onHit(_ hit: Waits.Hit, _ event: Event, from fiber: Fiber?) {
        switch waiters[hit.owner] {
        case nil: break
        case .notification(let route):
            node.afterScript(of: fiber, event: event.name) { [weak self] in
                guard let self, let machine = node.machine else { return }
                node.run(route, prepare: { self.push(event, $0, machine) })
            }
        case .fiber(let ticket):
            waiters[hit.owner] = nil
            node.complete(ticket, code: 1, after: fiber) { [weak self] in
                if let machine = self?.node.machine { self?.push(event, $0, machine) }
            }
        }
    }

    private func push(_ event: Event, _ fiber: Fiber, _ machine: Machine) {
        for attribute in event.attributes.reversed() {
            guard let name = attribute.name, let number = machine.avpNumber(of: name) else { continue }
            switch attribute.value {
            case .integer(let value): fiber.avps.push(number, .number(Int32(truncatingIfNeeded: value)))
            case .bytes(let bytes): bytes.withUnsafeBufferPointer { fiber.avps.push(number, .text($0)) }
            }
        }
    }

    /// A wait ran out.
    func onTimeout(_ hit: Waits.Hit) {
        if case .fiber(let ticket) = waiters.removeValue(forKey: hit.owner) { node.complete(ticket, code: -1) }
    }
}
