import SIP
import Script

/// What goes into replies, and changes to replies.
enum ReplyFunctions {
    static func all(_ node: Node) -> [String: Function.Body] {
        [
            "append_to_reply": { call in
                guard let line = call.text(0), !line.isEmpty else { return .code(-1) }
                append(line, call.sip)
                return .code(1)
            },
            "append_body_to_reply": { call in
                guard let body = call.bytes(0) else { return .code(-1) }
                call.sip.replyBody = body
                return .code(1)
            },
            "append_time": { [unowned node] call in
                // RFC 3261, 20.17
                let date = LogClock.format(
                    "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", at: node.host.wallClock / 1_000_000, isUTC: true)
                date.withUnsafeBufferPointer { append($0, call.sip) }
                return .code(1)
            },
            "change_reply_status": { [unowned node] call in
                guard let status = call.number(0), let reason = call.text(1), (100...699).contains(status),
                    !call.sip.isRequest, maySay(Int(status), call.sip.status)
                else { return .code(-1) }
                call.sip.changedStatus = Int(status)
                let line = call.sip.message.firstLine
                let place = ByteRange(line.version.upper + 1, line.reason.upper)
                call.sip.changes.replace(place) { text in
                    text.append(decimal: status == 503 && node.sip.options.translates503 ? 500 : Int(status))
                    text.append(" ")
                    text.append(contentsOf: reason)
                }
                return .code(1)
            },
        ]
    }

    /// Provisional replies stay so, as do those of success; failures may become others.
    private static func maySay(_ new: Int, _ old: Int) -> Bool { new / 100 == old / 100 || min(new, old) >= 300 }

    private static func append(_ line: Bytes, _ context: MessageContext) {
        context.replyHeaders.append(contentsOf: line)
        if line.last != 0x0a { context.replyHeaders.append("\r\n") }
    }
}
