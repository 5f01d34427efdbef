import Events
import Script

/// `raise_event` and `subscribe_event`, and Siskin's own `raise_event_sync`.
enum EventFunctions {
    /// What OpenSIPS does not have. `raise_event_sync` and `async(raise_event(...), resume)` wait for the sockets; their
    /// return code is that of `DeliveryReport`.
    static let own = """
        fn raise_event_sync(sa?a?)*
        async raise_event(sa?a?)*
        async raise_event_sync(sa?a?)*
        """

    static func all(_ node: Node) -> [String: Function.Body] {
        [
            "raise_event": { [unowned node] in raise(&$0, node, waits: $0.mode != .plain) },
            "raise_event_sync": { [unowned node] in raise(&$0, node, waits: true) },
            "subscribe_event": { [unowned node] in subscribe(&$0, node) },
        ]
    }

    /// `raise_event(event[, names[, values]])`
    private static func raise(_ call: inout CallContext, _ node: Node, waits: Bool) -> Completion {
        guard let text = call.text(0) else { return .code(-1) }
        let names = call.target(1).flatMap { call.machine.avpNumber(of: $0, call.fiber) }
        let values = call.target(2).flatMap { call.machine.avpNumber(of: $0, call.fiber) }
        let avps = call.fiber.avps
        if let names, let values, avps.count(values) > avps.count(names) {
            call.warn("there are more values than names")
            return .code(-1)
        }
        guard let id = node.events.id(of: text),
            node.observer != nil || node.events.isHeard(id, now: node.host.now)
        else { return .code(1) }
        var event = Event(name: node.events.names.name(of: id))
        if let values {
            attributes(names, values, &call, node, &event)
        }
        guard waits else {
            node.raise(event, id, from: call.fiber, nil)
            return .code(1)
        }
        let report = DeliveryReport()
        node.raise(event, id, from: call.fiber, report)
        if let code = report.close() { return .code(code) }
        let ticket = node.makeTicket { report.onEnd = nil }
        report.onEnd = { [unowned node] in node.complete(ticket, code: $0) }
        return .pending(ticket)
    }

    /// One attribute a value, in the order of the AVPs.
    private static func attributes(
        _ names: Int?, _ values: Int, _ call: inout CallContext, _ node: Node, _ event: inout Event
    ) {
        let avps = call.fiber.avps
        let count = avps.count(values)
        event.attributes.reserveCapacity(Int(count))
        for index in 0..<count {
            let value = avps.value(values, at: index)
            let name = names.map { node.events.words.array(avps.value($0, at: index).text(in: call.scratch)) }
            event.attributes.append(
                Event.Attribute(
                    name: name,
                    value: value.isNumber
                        ? .integer(Int(value.number)) : .bytes(Array(value.text(in: call.scratch)))))
        }
    }

    /// `subscribe_event(event, socket[, seconds])`
    private static func subscribe(_ call: inout CallContext, _ node: Node) -> Completion {
        guard let name = call.bytes(0), let text = call.bytes(1) else { return .code(-1) }
        do {
            try node.subscribe(name, to: SocketAddress(parsing: text), seconds: call.number(2).map { Int($0) })
            return .code(1)
        } catch let error as SocketAddressError {
            call.warn("\(String(decoding: text, as: UTF8.self)): \(error)")
        } catch {
            call.warn("\(error)")
        }
        return .code(-1)
    }
}
