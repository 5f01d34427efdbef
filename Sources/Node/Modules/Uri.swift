import SIP
import Script
import Syntax

/// The module of the 2.4 era whose checks moved to sipmsgops later, under other names.
///
/// Differs from OpenSIPS: nothing is looked up in databases.
final class Uri: Module {
    static let name = "uri"

    init(_ node: Node) {}

    var implementation: ModuleImplementation {
        let parameters = RequestURIParameters.all()
        let checks = ChecksOfMessages.all()
        var functions: [String: Function.Body] = [:]
        functions["has_totag"] = checks["has_totag"]
        functions["is_uri_user_e164"] = parameters["is_uri_user_e164"]
        functions["uri_param"] = parameters["ruri_has_param"]
        functions["add_uri_param"] = parameters["ruri_add_param"]
        functions["del_uri_param"] = parameters["ruri_del_param"]
        functions["tel2sip"] = parameters["ruri_tel2sip"]
        functions["is_user"] = { call in
            guard let name = call.text(0), let user = Uri.presentedUser(call.sip.message) else { return .code(-1) }
            return .code(user.elementsEqual(name) ? 1 : -1)
        }
        functions["check_from"] = { .code(Uri.isPresented(try? $0.sip.message.from(), $0.sip.message) ? 1 : -1) }
        functions["check_to"] = { .code(Uri.isPresented(try? $0.sip.message.to(), $0.sip.message) ? 1 : -1) }
        return ModuleImplementation(functions: functions)
    }

    /// The user of the credentials that a request presents, without a domain.
    private static func presentedUser(_ message: Message) -> Bytes? {
        guard let header = message.header(.authorization) ?? message.header(.proxyAuthorization),
            let credentials = try? Credentials(message.bytes, in: header.value)
        else { return nil }
        let range = credentials.parameter("username", in: message.bytes)
        guard range.isPresent else { return nil }
        return Bytes(rebasing: message[range].prefix { $0 != UInt8(ascii: "@") })
    }

    private static func isPresented(_ address: NameAddress??, _ message: Message) -> Bool {
        guard case .some(.some(let address)) = address, let uri = try? URI(message.bytes, in: address.uri),
            let user = presentedUser(message)
        else { return false }
        return message[uri.user].elementsEqual(user)
    }
}
