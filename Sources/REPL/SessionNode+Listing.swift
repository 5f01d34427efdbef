import Events
import Node
import Script
import Syntax

/// What a node waits for and knows, as lines.
extension SessionNode {
    /// `$shv` and its value, where module cfgutils is loaded.
    var sharedVariables: [(name: String, value: String)] {
        guard let machine else { return [] }
        return withFiber { fiber in
            node.sharedVariableNames.map { name in
                let variable = Variable(name: "shv", sub: .init(bytes: name, variable: nil), span: .none)
                return ("$shv(\(String(decoding: name, as: UTF8.self)))", machine.shown(variable, fiber))
            }
        }
    }

    func waits() -> [String] {
        guard let program = machine?.program else { return [] }
        func label(_ route: Int?) -> String { route.map { program.routes[program.current($0)].label } ?? "nothing" }
        func place(_ fiber: Fiber) -> String {
            guard let last = machine?.backtrace(of: fiber).last else { return "" }
            let place = program.source.location(of: last.span.start)
            return "\(place.file):\(place.line) in \(program.routes[last.route].label)"
        }
        return node.waits.all.map { _, state in
            switch state {
            case .blocked(let fiber): "inside of a statement at \(place(fiber))"
            case .stopped(let fiber): "stopped by the debugger at \(place(fiber))"
            case .suspended(_, let route): "to go on in \(label(route))"
            case .launched(let report, _): "launched; \(label(report)) is told"
            }
        }
    }

    /// Event by event, who hears of it.
    func subscriptions() -> [String] {
        node.events.names.all.flatMap { name -> [String] in
            guard let id = node.events.names.id(of: name) else { return [] }
            let event = String(decoding: name, as: UTF8.self)
            let route = node.events.route(for: id).map { _ in ["\(event)  event_route[\(event)]"] } ?? []
            return route
                + node.events.subscriptions.listings(of: id).map { listing in
                    let left = (listing.deadline &- node.host.now) / 1_000_000_000
                    return "\(event)  \(listing.address.label)"
                        + (listing.deadline < .max ? "  for \(max(0, left)) s" : "")
                }
        }
    }
}
