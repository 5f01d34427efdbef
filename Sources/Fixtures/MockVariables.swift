import Catalog
import Node
import Script

/// Values that stand in for variables: those that a test sets, and those that scripts assign to variables which Siskin
/// only knows by name, so that they read back what they wrote.
final class MockVariables {
    private struct Key: Hashable {
        /// Empty for all nodes.
        var node: String
        var name: String
        var sub: [UInt8]?
    }

    /// Variables of the language itself, which no module looks up.
    static let builtIn: Set<String> = ["var", "avp", "param", "return", "rc", "retcode", "cfg_line", "cfg_file"]

    /// An inner nil is a null.
    private var values: [Key: EventAttribute.Content?] = [:]
    /// Variables that some test value is for; for all others one look-up is saved.
    private var names: Set<String> = []

    /// - Parameters:
    ///   - sub: what stands in the parentheses; without it the value is for all of them.
    ///   - node: nil for all nodes.
    func set(_ name: String, sub: [UInt8]?, _ value: EventAttribute.Content?, node: String?) {
        names.insert(name)
        values[Key(node: node ?? "", name: name, sub: sub)] = value
    }

    /// How a script reads and writes the variable.
    func access(_ facts: VariableFacts, _ own: VariableAccess?, node: String) -> VariableAccess {
        guard let own else { return unimplemented(facts, node) }
        guard let bind = own.bind else { return access(facts.name, own, sub: nil, node) }
        var access = own
        access.bind = { [unowned self] sub throws(SubnameError) in
            var bound = try bind(sub)
            bound.access = self.access(facts.name, bound.access, sub: sub, node)
            return bound
        }
        return access
    }

    private func access(_ name: String, _ own: VariableAccess, sub: [UInt8]?, _ node: String) -> VariableAccess {
        var access = own
        access.get = { [unowned self] context in
            guard names.contains(name), let value = value(name, sub, context, node) else { return own.get(&context) }
            return value?.value(context.scratch) ?? .null
        }
        if let set = own.set {
            access.set = { [unowned self] context, value, mode in
                guard names.contains(name), self.value(name, sub, context, node) != nil else {
                    return set(&context, value, mode)
                }
                keep(name, context, value, node)
                return true
            }
        }
        return access
    }

    private func unimplemented(_ facts: VariableFacts, _ node: String) -> VariableAccess {
        let name = facts.name
        return VariableAccess(
            get: { [unowned self] context in
                if let value = value(name, nil, context, node) { return value?.value(context.scratch) ?? .null }
                context.warn("$\(name) is known to siskin, but not implemented; it reads null: see mock_variable()")
                return .null
            },
            set: facts.isWritable
                ? { [unowned self] context, value, _ in
                    keep(name, context, value, node)
                    return true
                } : nil)
    }

    private func keep(_ name: String, _ context: AccessContext, _ value: Value, _ node: String) {
        let key = Key(node: node, name: name, sub: context.name.isNull ? nil : Array(context.nameBytes))
        values.updateValue(value.content(context.scratch), forKey: key)
    }

    /// Nil where nothing stands in for the variable; an inner nil where a null does.
    private func value(
        _ name: String, _ sub: [UInt8]?, _ context: AccessContext, _ node: String
    ) -> EventAttribute.Content?? {
        let sub = sub ?? (context.name.isNull ? nil : Array(context.nameBytes))
        for node in [node, ""] {
            if let value = values[Key(node: node, name: name, sub: sub)] { return value }
        }
        guard sub != nil else { return nil }
        for node in [node, ""] {
            if let value = values[Key(node: node, name: name, sub: nil)] { return value }
        }
        return nil
    }
}
