import SIP
import Script

/// Headers that are lists of words, such as `Supported: path, timer`, and `Privacy`.
enum HeaderLists {
    static func all() -> [String: Function.Body] {
        [
            "list_hdr_has_option": { call in
                guard let option = call.text(1) else { return .code(-1) }
                return .code(find(option, in: headers(&call), call.sip.message) == nil ? -1 : 1)
            },
            "list_hdr_add_option": { call in
                guard let option = call.bytes(1), !option.isEmpty else { return .code(-1) }
                let context = call.sip
                let headers = headers(&call)
                guard let last = headers.last else { return .code(-1) }
                let isThere = option.withUnsafeBufferPointer { find($0, in: headers, context.message) != nil }
                if !isThere {
                    let value = context.message.bytes.trimmed(last.value)
                    context.changes.insert(at: value.upper) { text in
                        if !value.isEmpty { text.append(",") }
                        text += option
                    }
                }
                return .code(1)
            },
            "list_hdr_remove_option": { removeOption(&$0) },
            "is_privacy": { call in
                guard let type = call.text(0), let header = call.sip.message.header(.privacy) else { return .code(-1) }
                let value = call.sip.message[header.value]
                let isThere = value.split(separator: UInt8(ascii: ";")).contains {
                    Bytes(rebasing: $0).trimmed.equalsIgnoringCase(type)
                }
                return .code(isThere ? 1 : -1)
            },
        ]
    }

    private static func headers(_ call: inout CallContext) -> [Header] {
        guard let name = call.text(0) else { return [] }
        let message = call.sip.message
        let kind = HeaderVariables.kind(of: name)
        var headers: [Header] = []
        var next = message.index(of: kind, orNamed: name)
        while let index = next {
            if let header = message.header(at: index) { headers.append(header) }
            next = message.index(of: kind, orNamed: name, from: index + 1)
        }
        return headers
    }

    /// The header that holds an option, and where.
    private static func find(_ option: Bytes, in headers: [Header], _ message: Message) -> (Header, ByteRange)? {
        for header in headers {
            for item in items(of: header, message) where message[item].equalsIgnoringCase(option) {
                return (header, item)
            }
        }
        return nil
    }

    private static func items(of header: Header, _ message: Message) -> [ByteRange] {
        var items: [ByteRange] = []
        var start = header.value.lower
        while start <= header.value.upper {
            let rest = message[ByteRange(start, header.value.upper)]
            let end = rest.firstIndex(of: UInt8(ascii: ",")).map { start + $0 } ?? header.value.upper
            items.append(message.bytes.trimmed(ByteRange(start, end)))
            start = end + 1
        }
        return items
    }

    private static func removeOption(_ call: inout CallContext) -> Completion {
        guard let option = call.text(1) else { return .code(-1) }
        let context = call.sip
        let message = context.message
        guard let (header, item) = find(option, in: headers(&call), message) else { return .code(-1) }
        let all = items(of: header, message)
        guard all.count > 1, let index = all.firstIndex(of: item) else {
            context.changes.remove(header)
            return .code(1)
        }
        if index > 0 {
            context.changes.remove(ByteRange(all[index - 1].upper, item.upper))
        } else {
            context.changes.remove(ByteRange(item.lower, all[1].lower))
        }
        return .code(1)
    }
}
