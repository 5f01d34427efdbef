import SIP
import Script

/// Functions of the core that change where a request goes.
enum URIFunctions {
    static func all(_ sip: SIPLayer) -> [String: Function.Body] {
        var all: [String: Function.Body] = [
            "setdsturi": { call in
                guard let uri = call.bytes(0) else { return .code(-1) }
                call.sip.main.destination = uri
                return .code(1)
            },
            "resetdsturi": { call in
                call.sip.main.destination = []
                return .code(1)
            },
            "isdsturiset": { .code($0.sip.main.destination.isEmpty ? -1 : 1) },
            "revert_uri": { call in
                call.sip.main.uri.removeAll(keepingCapacity: true)
                return .code(1)
            },
            "strip": { edit(&$0, strip) }, "strip_tail": { edit(&$0, stripTail) },
            "prefix": { call in
                guard let prefix = call.text(0) else { return .code(-1) }
                return .code(
                    call.sip.editUser { user, output in
                        output.append(contentsOf: prefix)
                        output.append(contentsOf: user)
                    } ? 1 : -1)
            },
            "seturi": { text(&$0) { $0.setRequestURI($1) } },
            "setuser": { text(&$0) { $0.replace(.user, with: $1) } },
            "setuserpass": { text(&$0) { $0.replaceUserInfo($1) } },
            // The port stays, unless the new host brings its own.
            "sethost": { text(&$0) { $0.replace(HostPort($1)?.port == 0 ? .host : .hostAndPort, with: $1) } },
            "sethostport": { text(&$0) { $0.replace(.hostAndPort, with: $1) } },
            "setport": { text(&$0) { $0.replace(.port, with: $1) } },
            "construct_uri": { construct(&$0) },
        ]
        // Names of the 2.4 era.
        for (old, new) in [
            ("setduri", "setdsturi"), ("resetduri", "resetdsturi"), ("isduriset", "isdsturiset"), ("seth", "sethost"),
            ("rewritehost", "sethost"), ("sethp", "sethostport"), ("rewritehostport", "sethostport"),
            ("setp", "setport"), ("rewriteport", "setport"), ("setu", "setuser"), ("rewriteuser", "setuser"),
            ("setup", "setuserpass"), ("rewriteuserpass", "setuserpass"), ("rewriteuri", "seturi"),
        ] {
            all[old] = all[new]
        }
        return all
    }

    private static func text(
        _ call: inout CallContext, _ change: (MessageContext, Bytes) -> Bool
    ) -> Completion {
        guard let text = call.text(0) else { return .code(-1) }
        return .code(change(call.sip, text) ? 1 : -1)
    }

    private static func text(
        _ call: inout CallContext, _ change: (MessageContext, Bytes) -> Void
    ) -> Completion {
        guard let text = call.text(0) else { return .code(-1) }
        change(call.sip, text)
        return .code(1)
    }

    private static func edit(
        _ call: inout CallContext, _ change: (Bytes, Int) -> Bytes
    ) -> Completion {
        guard let count = call.number(0), count >= 0 else { return .code(-1) }
        return .code(call.sip.editUser { $1.append(contentsOf: change($0, Int(count))) } ? 1 : -1)
    }

    private static func strip(_ user: Bytes, _ count: Int) -> Bytes {
        count >= user.count ? Bytes(start: nil, count: 0) : user[ByteRange(count, user.count)]
    }

    private static func stripTail(_ user: Bytes, _ count: Int) -> Bytes {
        count >= user.count ? Bytes(start: nil, count: 0) : user[ByteRange(0, user.count - count)]
    }

    /// `construct_uri(scheme, [user], domain, [port], [parameters], avp)`
    private static func construct(_ call: inout CallContext) -> Completion {
        guard let scheme = call.text(0), let domain = call.text(2), !scheme.isEmpty, !domain.isEmpty else {
            return .code(-1)
        }
        var uri = Array(scheme)
        uri.append(UInt8(ascii: ":"))
        if let user = call.text(1), !user.isEmpty {
            uri.append(contentsOf: user)
            uri.append(UInt8(ascii: "@"))
        }
        uri.append(contentsOf: domain)
        if let port = call.text(3), !port.isEmpty {
            uri.append(UInt8(ascii: ":"))
            uri.append(contentsOf: port)
        }
        if let parameters = call.text(4), !parameters.isEmpty {
            uri.append(UInt8(ascii: ";"))
            uri.append(contentsOf: parameters)
        }
        guard uri.withUnsafeBufferPointer({ (try? URI($0)) != nil }) else { return .code(-1) }
        return .code(call.set(5, call.scratch.copy(uri)) ? 1 : -1)
    }
}
