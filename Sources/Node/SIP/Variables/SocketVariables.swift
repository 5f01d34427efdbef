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
            "socket_in": incoming(),
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
        named(
            VariableAccess(
                get: { context in field(nil, context.sip.main.socket ?? context.sip.socket, &context) },
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
        ) { field, message in field == .forced ? message.main.socket : message.main.socket ?? message.socket }
    }

    private static func incoming() -> VariableAccess {
        named(VariableAccess(get: { context in field(nil, context.sip.socket, &context) })) { $1.socket }
    }

    /// `$socket_in(port)`: the fields are known before the script runs.
    private static func named(
        _ whole: VariableAccess, _ socket: @escaping (Field, MessageContext) -> SIPSocket?
    ) -> VariableAccess {
        var access = whole
        access.bind = { (name: [UInt8]) throws(SubnameError) in
            let text = String(decoding: name, as: UTF8.self)
            guard let wanted = Field(rawValue: text.lowercased()) else {
                throw SubnameError("a socket has no field '\(text)'")
            }
            var field = VariableAccess(get: { context in
                self.field(wanted, socket(wanted, context.sip), &context)
            })
            field.set = whole.set
            return BoundVariable(field)
        }
        return access
    }

    private enum Field: String {
        case ip, port, proto, af, tag, anycast, forced
        case advertisedIP = "advertised_ip"
        case advertisedPort = "advertised_port"
    }

    private static func family(_ socket: SIPSocket) -> Value {
        .text(socket.ip.family == .v4 ? ("INET" as StaticString).bytes : ("INET6" as StaticString).bytes)
    }

    private static func field(_ field: Field?, _ socket: SIPSocket?, _ context: inout AccessContext) -> Value {
        guard let socket else { return .null }
        func text(_ bytes: [UInt8]?) -> Value { bytes.map { context.scratch.copy($0) } ?? .null }
        return switch field {
        case nil, .forced: text(socket.label)
        case .ip: text(socket.host)
        case .port: .number(Int32(socket.port))
        case .proto: .text(socket.transport.name.bytes)
        case .af: family(socket)
        case .tag: text(socket.tag)
        case .advertisedIP: text(socket.advertisedHost)
        case .advertisedPort: socket.advertisedPort.map { .number(Int32($0)) } ?? .null
        case .anycast: .number(0)
        }
    }
}
