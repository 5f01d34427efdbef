import SIP
import Script
import Syntax

/// Messages from behind address translation: telling them, and mending their contacts and session descriptions.
///
/// Differs from OpenSIPS: no pings are sent yet. The flags of 2.4 (`"19"`) are understood besides the names.
final class Nathelper: Module {
    static let name = "nathelper"

    private unowned let node: Node
    /// Name of the AVP for `fix_nated_register`.
    private var receivedAVP: [UInt8]?
    private var noProxyLine = Array("a=nortpproxy:yes".utf8)

    init(_ node: Node) { self.node = node }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch (parameter, value.text) {
        case ("received_avp", let text?):
            guard text.hasPrefix("$avp("), text.hasSuffix(")") else { throw ParameterError("write $avp(name)") }
            receivedAVP = Array(text.utf8.dropFirst(5).dropLast())
        case ("nortpproxy_str", let text?): noProxyLine = Array(text.utf8)
        default: break
        }
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: [
            "nat_uac_test": { call in
                guard let flags = call.text(0), let tests = NATTest.set(flags) else {
                    call.warn("there is no such test")
                    return .code(-1)
                }
                return .code(tests.contains { $0.holds(call.sip) } ? 1 : -1)
            },
            "fix_nated_contact": { call in
                let parameters = call.bytes(0) ?? []
                return Nathelper.eachContact(&call) { context, address in
                    Nathelper.fix(address, parameters, context)
                }
            },
            "add_rcv_param": { call in
                let isInURI = call.number(0) ?? 0 != 0
                return Nathelper.eachContact(&call) { context, address in
                    Nathelper.addReceived(address, isInURI, context)
                }
            },
            "fix_nated_register": { [unowned self] call in
                let context = call.sip
                guard !context.isDummy else { return .code(-1) }
                guard let receivedAVP, let number = call.machine.avpNumber(of: receivedAVP) else { return .code(1) }
                var uri: [UInt8] = []
                context.writeSourceURI(into: &uri)
                call.fiber.avps.push(number, call.scratch.copy(uri))
                return .code(1)
            },
            "fix_nated_sdp": { [unowned self] call in
                guard let flags = call.text(0), let fixes = SDPFix.set(flags),
                    let sdp = SDPVariables.current(call.sip)
                else { return .code(-1) }
                var session = SessionAddresses(sdp)
                let ip = call.bytes(1) ?? call.sip.sourceIP.text
                session.apply(fixes, ip: ip, noProxyLine: noProxyLine, moreLines: call.bytes(2) ?? [])
                SDPVariables.set(session.text, call.sip)
                return .code(1)
            },
        ])
    }

    // MARK: Contacts

    private static func eachContact(
        _ call: inout CallContext, _ change: (MessageContext, NameAddress) -> Void
    ) -> Completion {
        let context = call.sip
        var index = 0
        do {
            while let address = try context.message.address(of: .contact, at: index) {
                if !address.isWildcard { change(context, address) }
                index += 1
            }
        } catch {
            call.fiber.raise(badHeader: .contact)
            return .code(-1)
        }
        return .code(index > 0 ? 1 : -1)
    }

    /// Puts the source address in place of the contact's host and port.
    private static func fix(_ address: NameAddress, _ parameters: [UInt8], _ context: MessageContext) {
        let message = context.message
        guard let uri = try? URI(message.bytes, in: address.uri), uri.host.isPresent else { return }
        context.changes.replace(ByteRange(uri.host.lower, uri.port.isPresent ? uri.port.upper : uri.host.upper)) {
            text in
            context.sourceIP.writeHost(into: &text)
            text.append(":")
            text.append(decimal: context.sourcePort)
            text += parameters
        }
    }

    private static func addReceived(_ address: NameAddress, _ isInURI: Bool, _ context: MessageContext) {
        let place =
            isInURI ? address.uri.upper : address.parameters.isPresent ? address.parameters.upper : address.extent.upper
        context.changes.insert(at: place) { text in
            text.append(";received=\"")
            context.writeSourceURI(into: &text)
            text.append("\"")
        }
    }
}
