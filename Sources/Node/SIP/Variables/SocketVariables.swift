import SIP
import Script

/// `$si`, `$sp`, `$socket_in`, `$socket_out`, and their names of the 2.4 era.
enum SocketVariables {
    static func all(_ sip: SIPLayer) -> [String: VariableAccess] {
        let source = VariableAccess(get: { context in
            if context.sip.isDummy { return .text(("0.0.0.0" as StaticString).bytes) }
            return context.scratch.copy(context.sip.sourceIP.text)
        })
        return [
            "si": source, "src_ip": source,
            "sp": VariableAccess(get: { context in .number(Int32(context.sip.sourcePort)) }),
            "socket_in": VariableAccess(get: { context in field(context.sip.socket, &context) }),
            "socket_out": out(sip),
            "Ri": VariableAccess(get: { context in
                context.sip.socket.map { context.scratch.copy($0.ip.text) } ?? .null
            }),
            "Rp": VariableAccess(get: { context in context.sip.socket.map { .number(Int32($0.port)) } ?? .null }),
            "proto": transport(), "pr": transport(),
            "af": VariableAccess(get: { context in
                context.sip.socket.map { family($0) } ?? .null
            }),
        ]
    }

    private static func transport() -> VariableAccess {
        VariableAccess(get: { context in context.sip.socket.map { .text($0.transport.name.bytes) } ?? .null })
    }

    private static func out(_ sip: SIPLayer) -> VariableAccess {
        VariableAccess(
            get: { context in
                let message = context.sip
                if context.nameBytes.equalsIgnoringCase("forced") {
                    return message.main.socket.map { context.scratch.copy($0.label) } ?? .null
                }
                return field(message.main.socket ?? message.socket, &context)
            },
            set: { [unowned sip] context, value, _ in
                if value.isNull {
                    context.sip.main.socket = nil
                    return true
                }
                guard value.isText else { return false }
                guard let socket = sip.socket(named: value.text(in: context.scratch)) else {
                    context.warn("there is no such socket")
                    return true
                }
                context.sip.main.socket = socket
                return true
            })
    }

    private static func family(_ socket: SIPSocket) -> Value {
        .text(socket.ip.family == .v4 ? ("INET" as StaticString).bytes : ("INET6" as StaticString).bytes)
    }

    private static func field(_ socket: SIPSocket?, _ context: inout AccessContext) -> Value {
        guard let socket else { return .null }
        let name = context.nameBytes
        if name.isEmpty { return context.scratch.copy(socket.label) }
        if name.equalsIgnoringCase("ip") { return context.scratch.copy(socket.ip.text) }
        if name.equalsIgnoringCase("port") { return .number(Int32(socket.port)) }
        if name.equalsIgnoringCase("proto") { return .text(socket.transport.name.bytes) }
        if name.equalsIgnoringCase("af") { return family(socket) }
        if name.equalsIgnoringCase("tag") { return socket.tag.map { context.scratch.copy($0) } ?? .null }
        if name.equalsIgnoringCase("advertised_ip") {
            return socket.advertisedHost.map { context.scratch.copy($0) } ?? .null
        }
        if name.equalsIgnoringCase("advertised_port") {
            return socket.advertisedPort.map { .number(Int32($0)) } ?? .null
        }
        if name.equalsIgnoringCase("anycast") { return .number(0) }
        return .null
    }
}
