import SIP
import Script
import Syntax

/// Stateless replies. The ACK of such a reply to an INVITE ends here: its tag is one that we gave.
final class Sl: Module {
    static let name = "sl"

    private unowned let node: Node

    init(_ node: Node) {
        self.node = node
        let sip = node.sip
        sip.addFilter { [unowned sip] context in
            let message = context.message
            guard message.isRequest, message.method == .ack, Tag.isOurs(.stateless, in: message, key: sip.key) else {
                return false
            }
            sip.counters.absorbedACKs &+= 1
            return true
        }
    }

    var implementation: ModuleImplementation {
        let sip = node.sip
        return ModuleImplementation(functions: [
            "sl_send_reply": { [unowned sip] call in
                guard let status = call.number(0), let reason = call.text(1), (100...699).contains(status) else {
                    call.warn("a reply has a number from 100 to 699 and a reason")
                    return .code(-1)
                }
                return .code(sip.reply(Int(status), reason, to: call.sip) ? 1 : -1)
            },
            "sl_reply_error": { [unowned sip] call in
                let error = call.fiber.error
                let status = error.map { Int($0.code) } ?? 500
                let reason = Array((error?.reason ?? "Server error occurred (2/SL)").utf8)
                return reason.withUnsafeBufferPointer { .code(sip.reply(status, $0, to: call.sip) ? 1 : -1) }
            },
        ])
    }
}
