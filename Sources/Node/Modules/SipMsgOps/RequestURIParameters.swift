import SIP
import Script

/// Parameters of the request URI, and telephone numbers in it.
enum RequestURIParameters {
    static func all() -> [String: Function.Body] {
        [
            "ruri_has_param": { has(&$0) }, "ruri_add_param": { add(&$0) }, "ruri_del_param": { delete(&$0) },
            "ruri_tel2sip": { telephoneToSIP(&$0) },
            "is_uri_user_e164": { call in
                guard let text = call.text(0), let uri = try? URI(text) else { return .code(-1) }
                return .code(isE164(text[uri.user]) ? 1 : -1)
            },
        ]
    }

    /// Without a value the parameter must have none.
    private static func has(_ call: inout CallContext) -> Completion {
        guard let name = call.text(0) else { return .code(-1) }
        let wanted = call.text(1)
        let isThere = call.sip.withRequestURI { bytes in
            guard let uri = try? URI(bytes),
                let parameter = ParameterList(bytes, in: uri.parameters).first(named: name)
            else { return false }
            if let wanted { return bytes[parameter.value].equalsIgnoringCase(wanted) }
            return !parameter.value.isPresent
        }
        return .code(isThere ? 1 : -1)
    }

    private static func add(_ call: inout CallContext) -> Completion {
        guard let parameter = call.text(0), !parameter.isEmpty else { return .code(-1) }
        return rewrite(&call) { bytes, uri, output in
            let end = uri.headers.isPresent ? uri.headers.lower - 1 : uri.extent.upper
            output.append(contentsOf: bytes[ByteRange(0, end)])
            output.append(";")
            output.append(contentsOf: parameter)
            output.append(contentsOf: bytes[ByteRange(end, uri.extent.upper)])
            return true
        }
    }

    private static func delete(_ call: inout CallContext) -> Completion {
        guard let name = call.text(0) else { return .code(-1) }
        return rewrite(&call) { bytes, uri, output in
            guard let parameter = ParameterList(bytes, in: uri.parameters).first(named: name) else { return false }
            output.append(contentsOf: bytes[ByteRange(0, parameter.extent.lower - 1)])
            output.append(contentsOf: bytes[ByteRange(parameter.extent.upper, uri.extent.upper)])
            return true
        }
    }

    /// RFC 3261, 19.1.6; the host is the one of the From header.
    private static func telephoneToSIP(_ call: inout CallContext) -> Completion {
        let message = call.sip.message
        let isTelephone = call.sip.withRequestURI { (try? URI($0))?.scheme == .tel }
        guard isTelephone else { return .code(1) }
        guard let from = (try? message.from()) ?? nil, let uri = try? URI(message.bytes, in: from.uri),
            uri.host.isPresent
        else { return .code(-1) }
        return rewrite(&call) { bytes, tel, output in
            output.append("sip:")
            output.append(contentsOf: bytes[ByteRange(tel.user.lower, tel.extent.upper)])
            output.append("@")
            output.append(contentsOf: message[uri.host])
            output.append(";user=phone")
            return true
        }
    }

    private static func rewrite(
        _ call: inout CallContext, _ write: (Bytes, URI, inout [UInt8]) -> Bool
    ) -> Completion {
        var output: [UInt8] = []
        let isDone = call.sip.withRequestURI { bytes in
            guard let uri = try? URI(bytes) else { return false }
            return write(bytes, uri, &output)
        }
        guard isDone else { return .code(-1) }
        call.sip.main.uri = output
        return .code(1)
    }

    /// A plus and 3 to 15 digits.
    static func isE164(_ user: Bytes) -> Bool {
        (4...16).contains(user.count) && user[0] == UInt8(ascii: "+") && user.dropFirst().allSatisfy { $0 &- 48 < 10 }
    }
}
