import Events
import SIP
import Script

/// Adding, finding and removing headers. What is added or removed shows in the message that goes out, not in `$hdr`.
enum HeaderFunctions {
    static func all() -> [String: Function.Body] {
        [
            "append_hf": { add(&$0, at: { $0.line.upper }, else: { $0.headersEnd }) },
            "insert_hf": { add(&$0, at: { $0.line.lower }, else: { $0.firstLine.line.upper }) },
            "append_urihf": { call in
                guard let prefix = call.text(0), let suffix = call.text(1) else { return .code(-1) }
                let context = call.sip
                var line = Array(prefix)
                context.withRequestURI { line.append(contentsOf: $0) }
                line.append(contentsOf: suffix)
                insert(line, at: context.message.headersEnd, context)
                return .code(1)
            },
            "remove_hf": { call in
                guard let name = call.text(0) else { return .code(-1) }
                let kind = HeaderVariables.kind(of: name)
                let message = call.sip.message
                return remove(&call) { header in
                    kind == .other ? message[header.name].equalsIgnoringCase(name) : header.kind == kind
                }
            },
            "remove_hf_re": { call in
                guard let pattern = call.pattern(0) else { return .code(-1) }
                let matcher = call.machine.matcher
                let message = call.sip.message
                return remove(&call) { matcher.match(pattern, message[$0.name]) == .matched }
            },
            "remove_hf_glob": { call in
                guard let glob = call.bytes(0) else { return .code(-1) }
                let pattern = ShellPattern(glob)
                let message = call.sip.message
                return remove(&call) { pattern.matches(Array(message[$0.name])) }
            },
            "is_present_hf": { call in
                guard let name = call.text(0) else { return .code(-1) }
                let kind = HeaderVariables.kind(of: name)
                return .code(call.sip.message.index(of: kind, orNamed: name) == nil ? -1 : 1)
            },
            "get_glob_headers_values": { globValues(&$0) },
        ]
    }

    /// `append_hf(line[, header])`: next to that header where the message has it.
    private static func add(
        _ call: inout CallContext, at place: (Header) -> Int, else standard: (Message) -> Int
    ) -> Completion {
        guard let line = call.bytes(0), !line.isEmpty else { return .code(-1) }
        let context = call.sip
        let message = context.message
        var offset = standard(message)
        if let name = call.text(1),
            let index = message.index(of: HeaderVariables.kind(of: name), orNamed: name),
            let header = message.header(at: index)
        {
            offset = place(header)
        }
        insert(line, at: offset, context)
        return .code(1)
    }

    private static func insert(_ line: [UInt8], at offset: Int, _ context: MessageContext) {
        context.changes.insert(at: offset) { text in
            text += line
            if line.last != 0x0a { text.append("\r\n") }
        }
    }

    private static func remove(_ call: inout CallContext, where isMeant: (Header) -> Bool) -> Completion {
        let context = call.sip
        var found = false
        for index in 0..<context.message.headerCount {
            guard let header = context.message.header(at: index), isMeant(header) else { continue }
            found = true
            if !context.changes.covers(header.line) { context.changes.remove(header) }
        }
        return .code(found ? 1 : -1)
    }

    /// `get_glob_headers_values(glob, names, values)`: pushes the names and values of the headers to two AVPs.
    private static func globValues(_ call: inout CallContext) -> Completion {
        guard let glob = call.bytes(0) else { return .code(-1) }
        let pattern = ShellPattern(glob)
        let message = call.sip.message
        var found = false
        for index in 0..<message.headerCount {
            guard let header = message.header(at: index), pattern.matches(Array(message[header.name])) else { continue }
            found = true
            call.set(1, .text(message[header.name]))
            call.set(2, .text(message[header.value]))
        }
        return .code(found ? 1 : -1)
    }
}
