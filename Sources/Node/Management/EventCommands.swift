import Events
import Script

/// Events and who hears of them.
///
/// Differs from OpenSIPS: `raise_event` also takes named parameters, and `expire` of a subscription is what is left of it.
struct EventCommands {
    private unowned let node: Node

    init(_ node: Node) { self.node = node }

    var commands: KeyValuePairs<String, Command> {
        [
            "event_subscribe": Command([["event", "socket"], ["event", "socket", "expire"]]) {
                [unowned node] (call) throws(CommandError) in try EventCommands(node).subscribe(call)
            },
            "events_list": Command { [unowned node] _ in
                let events = node.events.names.all.enumerated().map { number, name in
                    JSON.members(["name": .string(name), "id": .number(number)])
                }
                return .members(["Events": .list(events)])
            },
            "subscribers_list": Command([[], ["event"], ["event", "socket"]]) {
                [unowned node] (call) throws(CommandError) in try EventCommands(node).subscribers(call)
            },
            "raise_event": Command([["event"], ["event", "params"]]) {
                [unowned node] (call) throws(CommandError) in try EventCommands(node).raise(call)
            },
        ]
    }

    /// Seconds that a subscription lasts without `expire` [recorded].
    private static let lifetime = 3600

    private func subscribe(_ call: CommandArguments) throws(CommandError) -> JSON {
        let event = try call.bytes("event")
        let seconds = call.has("expire") ? Int(try call.number("expire")) : EventCommands.lifetime
        guard node.events.names.id(of: event) != nil else { throw CommandError(400, "Bad parameter value") }
        do {
            try node.subscribe(event, to: SocketAddress(parsing: call.bytes("socket")), seconds: seconds)
        } catch {
            throw CommandError(400, "Bad parameter value", detail: (error as? SubscribeError)?.description)
        }
        return .done
    }

    private func subscribers(_ call: CommandArguments) throws(CommandError) -> JSON {
        guard call.has("event") else {
            let all = node.events.names.all.compactMap { name in
                node.events.names.id(of: name).flatMap { listing(of: $0, name) }
            }
            return .members(["Events": .list(all)])
        }
        let name = try call.bytes("event")
        guard let id = node.events.names.id(of: name) else { throw CommandError(404, "Event not published") }
        guard call.has("socket") else { return .members(["Event": listing(of: id, name) ?? .members([:])]) }
        let socket = try? SocketAddress(parsing: call.bytes("socket"))
        guard let found = node.events.subscriptions.listings(of: id).first(where: { $0.address == socket }) else {
            throw CommandError(404, "Subscriber does not exist")
        }
        let event = JSON.members(["name": .string(name), "id": .number(id.number), "Subscriber": subscriber(found)])
        return .members(["Event": event])
    }

    /// Nil where nobody hears of the event.
    private func listing(of id: EventID, _ name: [UInt8]) -> JSON? {
        var subscribers: [JSON] = []
        if node.events.route(for: id) != nil {
            subscribers.append(.members(["socket": .string(Array("route:".utf8) + name), "expire": .text("never")]))
        }
        subscribers += node.events.subscriptions.listings(of: id).map(subscriber)
        guard !subscribers.isEmpty else { return nil }
        return .members(["name": .string(name), "id": .number(id.number), "Subscribers": .list(subscribers)])
    }

    private func subscriber(_ listing: Subscriptions.Listing) -> JSON {
        let socket = JSON.text(listing.address.label)
        guard listing.deadline < .max else { return .members(["socket": socket, "expire": .text("never")]) }
        let left = JSON.integer(max(0, (listing.deadline &- node.host.now &+ 999_999_999) / 1_000_000_000))
        return .members(["socket": socket, "expire": left, "ttl": left])
    }

    /// The parameters are a list of values, or an object of names and values.
    private func raise(_ call: CommandArguments) throws(CommandError) -> JSON {
        let name = try call.bytes("event")
        guard node.events.names.id(of: name) != nil else { throw CommandError(404, "Event not registered") }
        var event = Event(name: name)
        switch call["params"] {
        case nil: break
        case .array(let array)?:
            for element in array.elements {
                guard let value = Event.Value(element) else { throw .badType("params") }
                event.attributes.append(Event.Attribute(value: value))
            }
        case .object(let object)?:
            for member in object.members {
                guard let value = Event.Value(member.value) else { throw .badType("params") }
                event.attributes.append(Event.Attribute(name: member.name, value: value))
            }
        default: throw CommandError(400, "Bad Params")
        }
        node.raise(event)
        return .done
    }
}

extension Event.Value {
    fileprivate init?(_ value: JSON) {
        switch value {
        case .integer(let number): self = .integer(Int(number))
        case .string(let text): self = .bytes(text)
        default: return nil
        }
    }
}
