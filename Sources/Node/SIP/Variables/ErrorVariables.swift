import Script

/// `$err.*`: what the error route is told.
enum ErrorVariables {
    static func all() -> [String: VariableAccess] {
        func number(_ path: KeyPath<ScriptError, Int32>) -> VariableAccess {
            VariableAccess(get: { context in .number(context.fiber.error?[keyPath: path] ?? 0) })
        }
        func text(_ path: KeyPath<ScriptError, String>) -> VariableAccess {
            VariableAccess(get: { context in context.scratch.copy(context.fiber.error?[keyPath: path] ?? "") })
        }
        return [
            "err.class": number(\.errorClass), "err.level": number(\.level), "err.rcode": number(\.code),
            "err.info": text(\.information), "err.rreason": text(\.reason),
        ]
    }
}
