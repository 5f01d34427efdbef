import Events
import Script
import Syntax

/// The functions and variables of OpenSIPS itself.
final class Core: Module {
    static let name = "core"

    private unowned let node: Node

    init(_ node: Node) {
        self.node = node
        node.registerEventStatistics()
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: [
                "raise_event": { [unowned self] in raiseEvent(&$0, waits: $0.mode != .plain) },
                "raise_event_sync": { [unowned self] in raiseEvent(&$0, waits: true) },
                "subscribe_event": { [unowned self] in subscribeEvent(&$0) },
            ].merging(CoreFunctions.all(node)) { $1 }.merging(SIPExports.functions(node.sip)) { $1 },
            variables: CoreVariables.all(node).merging(MessageVariables.all(node.sip)) { $1 },
            own: "fn raise_event_sync(sa?a?)*\nasync raise_event(sa?a?)*\nasync raise_event_sync(sa?a?)*")
    }

    /// `raise_event(event[, names[, values]])`; Siskin's own `raise_event_sync` and `async(raise_event(...), resume)` wait
    /// for the sockets, and their return code is that of `DeliveryReport`.
    private func raiseEvent(_ call: inout CallContext, waits: Bool) -> Completion {
        guard let name = call.bytes(0) else { return .code(-1) }
        do {
            let names = list(1, &call)
            let event = try Event(name: name, names: names, values: list(2, &call))
            guard waits else {
                node.raise(event, from: call.fiber)
                return .code(1)
            }
            let report = DeliveryReport()
            node.raise(event, from: call.fiber, report)
            if let code = report.close() { return .code(code) }
            let ticket = node.makeTicket { report.onEnd = nil }
            report.onEnd = { [unowned node] in node.complete(ticket, code: $0) }
            return .pending(ticket)
        } catch {
            call.warn("there are more values than names")
            return .code(-1)
        }
    }

    /// All values of an AVP argument, the newest first; nil where the argument was left out.
    private func list(_ index: Int, _ call: inout CallContext) -> [Event.Value]? {
        guard let number = call.target(index).flatMap({ call.machine.avpNumber(of: $0, call.fiber) }) else {
            return nil
        }
        return (0..<call.fiber.avps.count(number)).compactMap {
            Event.Value(call.fiber.avps.value(number, at: $0), call.scratch)
        }
    }

    /// `subscribe_event(event, socket[, seconds])`
    private func subscribeEvent(_ call: inout CallContext) -> Completion {
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
