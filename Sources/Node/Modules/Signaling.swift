import SIP
import Script
import Syntax

/// Replies by transaction where there is one, else without.
final class Signaling: Module {
    static let name = "signaling"

    private unowned let node: Node

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: [
                "send_reply": { [unowned self] call in
                    guard let status = call.number(0), let reason = call.text(1), (100...699).contains(status) else {
                        call.warn("a reply has a number from 100 to 699 and a reason")
                        return .code(-1)
                    }
                    return .code(node.sendReply(Int(status), reason, to: call.sip) ? 1 : -1)
                }
            ],
            variables: [
                "sig_local_totag": VariableAccess(get: { [unowned self] context in
                    let message = context.sip
                    guard message.isRequest, !message.isDummy else { return .null }
                    let kind: Tag.Kind = message.transaction == nil ? .stateless : .stateful
                    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Tag.count) { tag in
                        Tag.write(kind, of: message.message, key: node.sip.key, into: tag)
                        return context.scratch.copy(UnsafeBufferPointer(tag))
                    }
                })
            ])
    }
}

extension Node {
    /// Answers a request by its transaction, or without one where it has none.
    func sendReply(_ status: Int, _ reason: Bytes, to context: MessageContext) -> Bool {
        if let transaction = context.transaction, let tm = module(Tm.self) {
            return tm.reply(status, reason, to: context, transaction)
        }
        return sip.reply(status, reason, to: context)
    }
}
