import SIP
import Script
import Syntax

/// Answers OPTIONS requests that are for the server itself.
final class Options: Module {
    static let name = "options"

    private unowned let node: Node
    private var accept = Array("*/*".utf8)
    private var acceptEncoding: [UInt8] = []
    private var acceptLanguage = Array("en".utf8)
    private var support: [UInt8] = []

    init(_ node: Node) { self.node = node }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        guard let text = value.text.map({ Array($0.utf8) }) else { return }
        switch parameter {
        case "accept": accept = text
        case "accept_encoding": acceptEncoding = text
        case "accept_language": acceptLanguage = text
        case "support": support = text
        default: break
        }
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: ["options_reply": { [unowned self] in reply(&$0) }])
    }

    private func reply(_ call: inout CallContext) -> Completion {
        let context = call.sip
        guard context.message.method == .options else {
            call.warn("the request is no OPTIONS")
            return .code(-1)
        }
        let hasUser = context.withRequestURI { (try? URI($0))?.user.isPresent ?? true }
        guard !hasUser else {
            call.warn("the request URI has a user, so the request is not for the server")
            return .code(-1)
        }
        for (name, value) in [
            ("Accept: ", accept), ("Accept-Encoding: ", acceptEncoding), ("Accept-Language: ", acceptLanguage),
            ("Supported: ", support),
        ] where !value.isEmpty {
            context.replyHeaders += Array(name.utf8) + value + [0x0d, 0x0a]
        }
        return .code(node.sendReply(200, ("OK" as StaticString).bytes, to: context) ? 1 : -1)
    }
}
