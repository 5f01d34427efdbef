import SIP
import Script
import Syntax

/// Diversion headers (RFC 5806).
final class Diversion: Module {
    static let name = "diversion"

    private var suffix: [UInt8] = []

    init(_ node: Node) {}

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        if parameter == "suffix", let text = value.text { suffix = Array(text.utf8) }
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: ["add_diversion": { [unowned self] in add(&$0) }])
    }

    /// `add_diversion(reason[, uri[, counter]])`: above the others; who diverted is the request URI by default.
    private func add(_ call: inout CallContext) -> Completion {
        guard let reason = call.bytes(0) else { return .code(-1) }
        let context = call.sip
        let message = context.message
        let uri = call.bytes(1) ?? Array(message[message.requestURI])
        let counter = call.number(2)
        let place = message.header(.diversion)?.line.lower ?? message.headersEnd
        context.changes.insert(at: place) { text in
            text.append("Diversion: <")
            text += uri
            text.append(">;reason=")
            text += reason
            if let counter {
                text.append(";counter=")
                text.append(decimal: Int(counter))
            }
            text += suffix
            text.append("\r\n")
        }
        return .code(1)
    }
}
