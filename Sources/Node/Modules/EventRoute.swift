import Script
import Syntax

/// `event_route` of the 2.4 era: `fetch_event_params` puts the attributes of an event into variables. Today's scripts
/// read `$param(name)`.
final class EventRoute: Module {
    static let name = "event_route"

    init(_ node: Node) {}

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: ["fetch_event_params": { EventRoute.fetch(&$0) }])
    }

    /// `fetch_event_params("name=$avp(a);$avp(b)")`: by name, and those without a name in the order of the attributes.
    private static func fetch(_ call: inout CallContext) -> Completion {
        var position = 0
        for item in (call.bytes(0) ?? []).split(separator: UInt8(ascii: ";")) {
            let bytes = Array(String(decoding: item, as: UTF8.self).trimmingBlanks.utf8)
            let attribute: EventAttribute?
            var written = bytes
            if let equals = bytes.firstIndex(of: UInt8(ascii: "=")), bytes.first != UInt8(ascii: "$") {
                let name = Array(bytes[..<equals])
                attribute = call.fiber.attributes.first { $0.name == name }
                written = Array(bytes[(equals + 1)...])
            } else {
                attribute = position < call.fiber.attributes.count ? call.fiber.attributes[position] : nil
                position += 1
            }
            guard let variable = VariableParser.parse(written).variable else {
                call.warn("'\(String(decoding: written, as: UTF8.self))' is no variable")
                return .code(-1)
            }
            guard let attribute else { continue }
            let value: Value =
                switch attribute.content {
                case .number(let number): .number(number)
                case .text(let text): call.scratch.copy(text)
                }
            guard call.machine.assign(value, to: variable, call.fiber) else { return .code(-1) }
        }
        return .code(1)
    }
}
