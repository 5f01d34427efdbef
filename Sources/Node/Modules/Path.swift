import SIP
import Script
import Syntax

/// Path headers for registrations that pass (RFC 3327).
///
/// Differs from OpenSIPS: one Path header is added, also with `enable_double_path` between two sockets.
final class Path: Module {
    static let name = "path"

    init(_ node: Node) {}

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: [
            "add_path": { Path.add(&$0, .plain) }, "add_path_received": { Path.add(&$0, .received) },
        ])
    }

    private enum Form { case plain, received }

    private static func add(_ call: inout CallContext, _ form: Form) -> Completion {
        let context = call.sip
        guard let socket = context.main.socket ?? context.socket else { return .code(-1) }
        let user = call.bytes(0) ?? []
        let message = context.message
        let place = message.header(.path)?.line.lower ?? message.headersEnd
        context.changes.insert(at: place) { text in
            text.append("Path: <sip:")
            if !user.isEmpty {
                text += user
                text.append("@")
            }
            text += socket.advertisedHost ?? socket.host
            text.append(":")
            text.append(decimal: socket.advertisedPort ?? socket.port)
            text.append(";lr")
            if socket.transport != .udp {
                text.append(";transport=")
                text.append(socket.transport.name)
            }
            if form == .received {
                text.append(";received=")
                context.writeSourceURI(separator: "%3B", equals: "%3D", into: &text)
            }
            text.append(">\r\n")
        }
        return .code(1)
    }
}

extension MessageContext {
    /// `sip:10.0.0.1:5060`, with `;transport=tcp` unless it is UDP.
    func writeSourceURI(separator: StaticString = ";", equals: StaticString = "=", into text: inout [UInt8]) {
        text.append("sip:")
        sourceIP.writeHost(into: &text)
        text.append(":")
        text.append(decimal: sourcePort)
        guard transport != .udp else { return }
        text.append(separator)
        text.append("transport")
        text.append(equals)
        text.append(transport.name)
    }
}
