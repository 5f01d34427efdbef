import SIP
import Script

/// Bodies and their parts.
enum BodyFunctions {
    static func all() -> [String: Function.Body] {
        [
            "has_body": { call in
                let message = call.sip.message
                guard message.body.count > 0 else { return .code(-1) }
                guard let type = call.text(0) else { return .code(1) }
                let whole = message[message.trimmed(.contentType)]
                let semicolon = whole.firstIndex(of: UInt8(ascii: ";")) ?? whole.count
                if whole[ByteRange(0, semicolon)].trimmed.equalsIgnoringCase(type) { return .code(1) }
                return .code(BodyParts(message).part(ofType: type, at: 0) == nil ? -1 : 1)
            },
            "has_body_part": { call in
                let message = call.sip.message
                guard message.body.count > 0 else { return .code(-1) }
                guard let type = call.text(0) else { return .code(1) }
                return .code(BodyParts(message).part(ofType: type, at: 0) == nil ? -1 : 1)
            },
            "add_body_part": { call in
                guard let body = call.bytes(0), let type = call.bytes(1) else { return .code(-1) }
                var headers = call.bytes(2) ?? []
                if !headers.isEmpty, headers.last != 0x0a { headers.append("\r\n") }
                call.sip.bodyEdits.added.append(BodyEdits.Part(type: type, headers: headers, body: body))
                return .code(1)
            },
            "remove_body_part": { remove(&$0) },
            "get_updated_body_part": { call in
                let context = call.sip
                guard let body = context.bodyEdits.body(ofType: call.text(0), of: context) else { return .code(-2) }
                return .code(call.set(1, call.scratch.copy(body)) ? 1 : -1)
            },
        ]
    }

    /// `remove_body_part([type[, "revert"]])`: all parts, those of a type, or all but those.
    private static func remove(_ call: inout CallContext) -> Completion {
        let context = call.sip
        let message = context.message
        let type = call.text(0)
        let isReverted = call.text(1)?.equalsIgnoringCase("revert") == true
        guard message.body.count > 0 else { return .code(-1) }
        var found = false
        var parts = BodyParts(message)
        var index = 0
        while let part = parts.next() {
            let isMeant = type.map { message[part.type].equalsIgnoringCase($0) } ?? true
            if isMeant != isReverted {
                context.bodyEdits.removed.insert(index)
                found = true
            }
            index += 1
        }
        return .code(found ? 1 : -1)
    }
}
