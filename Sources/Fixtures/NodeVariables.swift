import Node
import Script
import Syntax

/// `$vars(edge:$avp(user))`: a variable of a node, seen from the script that ended last there. Any variable of the
/// language and of the modules that the node loaded, with index and transformations: `$vars(edge:$(avp(x)[1]{s.len}))`.
enum NodeVariables {
    static func access(_ stage: Stage) -> VariableAccess {
        VariableAccess { [unowned stage] name throws(SubnameError) in
            guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else {
                throw SubnameError("write the node and the variable: $vars(edge:$var(x))")
            }
            let node = String(decoding: name[..<colon], as: UTF8.self)
            let text = Array(name[(colon + 1)...].drop { $0 == UInt8(ascii: " ") })
            guard let variable = VariableParser.parse(text).variable else {
                throw SubnameError("'\(String(decoding: text, as: UTF8.self))' is no variable")
            }
            return BoundVariable(VariableAccess(get: { [unowned stage] in read(variable, of: node, stage, &$0) }))
        }
    }

    private static func read(
        _ variable: Variable, of name: String, _ stage: Stage, _ context: inout AccessContext
    ) -> Value {
        guard let node = try? stage.node(name) else {
            context.warn("there is no node \(name)")
            return .null
        }
        let scratch = context.scratch
        return node.evaluate(variable) { value, _ in
            if value.hasOwnText {
                let text = scratch.copy(value.bytes)
                return value.isNumber ? .number(value.number, writtenAs: text) : text
            }
            return value.isNumber ? .number(value.number) : .null
        }
    }
}
