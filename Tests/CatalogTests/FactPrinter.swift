@testable import Catalog

/// Prints facts in the format of the data, one name a line, to show that reading loses nothing.
enum FactPrinter {
    static func lines(of facts: ModuleFacts) -> [String] {
        var lines = [head(facts)]
        lines += facts.dependencies.map { dependency in
            let target =
                switch dependency.target {
                case .module(let name): name
                case .anyOf(let family): "any:\(family.rawValue)"
                }
            return "needs \(dependency.absence.rawValue) \(target)"
        }
        lines += facts.parameterDependencies.map { "asks \($0.parameter)=\($0.family?.rawValue ?? "by_value")" }
        lines += facts.contexts.map { "context \($0)" }
        lines += facts.functions.map { function($0, "fn", facts) }
        lines += facts.asyncFunctions.map { function($0, "async", facts) }
        lines += facts.parameters.map { parameter($0, facts) }
        lines += facts.variables.map { "var\(at($0, facts)) " + variable($0) }
        lines += facts.transformations.map { "tr\(at($0, facts)) \($0.name)(" + arguments($0) + ")" }
        lines += Set(facts.transformations.filter(\.isIndexed).map { $0.name.prefix { $0 != "." } })
            .map { "indexed \($0)" }
        lines += facts.events.map { event($0) + at($0, facts) }
        lines += facts.commands.flatMap { command($0, facts) }
        lines += facts.statistics.map { statistic in
            let group = statistic.group == facts.name && facts.name != "core" ? "" : statistic.group + ":"
            return "stat\(at(statistic, facts)) " + group + escaped(statistic.name)
        }
        return lines
    }

    private static func escaped(_ name: String) -> String { name.split(separator: " ").joined(separator: "%20") }

    private static func at(_ export: some Exported, _ owner: ModuleFacts) -> String {
        export.releases == owner.releases ? "" : " @\(export.releases)"
    }

    private static func head(_ facts: ModuleFacts) -> String {
        var line = "module \(facts.name)"
        if facts.releases != .all { line += " @\(facts.releases)" }
        if facts.isBuiltin { line += " builtin" }
        if let family = facts.family { line += " \(family.rawValue)" }
        return line
    }

    private static func function(_ function: FunctionFacts, _ keyword: String, _ owner: ModuleFacts) -> String {
        var line = "\(keyword) \(function.name)"
        let isAsync = keyword == "async"
        if function.signature.shape != .unknown {
            line += "(" + shape(function.signature) + ")" + (isAsync ? "" : letters(function.signature.routes))
        }
        line += at(function, owner)
        if let condition = function.condition { line += " ?\(condition)" }
        if function.isShadowed { line += " +shadowed" }
        if function.isInternal { line += " +internal" }
        for (release, other) in function.otherSignatures.sorted(by: { $0.key < $1.key }) {
            line += " \(release)=(" + shape(other) + ")"
            if other.routes != function.signature.routes { line += letters(other.routes) }
        }
        return line
    }

    private static func shape(_ signature: Signature) -> String {
        switch signature.shape {
        case .parameters(let list): list.map(parameter).joined()
        case .counts(let counts): counts.map(String.init).joined(separator: "/")
        case .unknown: "unknown"
        }
    }

    static func letters(_ routes: RouteTypes) -> String {
        if routes == .any { return "*" }
        let letters = RouteTypes.table.filter { routes.contains($0.type) }.map(\.letter)
        return String(decoding: letters, as: UTF8.self)
    }

    private static func parameter(_ parameter: Parameter) -> String {
        var text =
            switch parameter.kind {
            case .string: "s"
            case .int: "i"
            case .variable: parameter.marks.contains(.avp) ? "a" : "v"
            case .regex: "r"
            }
        if parameter.marks.contains(.writable) { text += "=" }
        if parameter.marks.contains(.literal) { text += "!" }
        if parameter.marks.contains(.raw) { text += "^" }
        switch parameter.reference {
        case .route(let type): text += "<" + letters(type) + ">"
        case .branchFlag: text += "<branch>"
        case .messageFlag: text += "<message>"
        case nil: break
        }
        return text + (parameter.isOptional ? "?" : "")
    }

    private static func kinds(_ kinds: ValueKinds) -> String {
        if kinds.isEmpty { return "untyped" }
        return [(ValueKinds.string, "string"), (.int, "int")].filter { kinds.contains($0.0) }.map(\.1)
            .joined(separator: "|")
    }

    private static func parameter(_ parameter: ModuleParameter, _ owner: ModuleFacts) -> String {
        var line = "param " + (parameter.isRepeatable ? "func:" : "") + kinds(parameter.kinds)
        line += at(parameter, owner)
        if let condition = parameter.condition { line += " ?\(condition)" }
        for (release, other) in parameter.otherKinds { line += " \(release)=\(kinds(other))" }
        return line + " " + parameter.name
    }

    private static func variable(_ variable: VariableFacts) -> String {
        var text = variable.name
        if variable.subname != .none {
            let mark = variable.subname == .optional ? "?" : ""
            text += "(" + mark + variable.subnames.joined(separator: "|") + ")"
        }
        if variable.takesIndex { text += "[]" }
        if variable.isWritable { text += "=" }
        if variable.needsParentheses { text += "!" }
        if !variable.isDescribed { text += "*" }
        return text
    }

    private static func arguments(_ transformation: TransformationFacts) -> String {
        transformation.arguments.enumerated().map { index, argument in
            let letter = String(UnicodeScalar(argument.rawValue))
            return letter + (index >= transformation.minimumArguments ? "?" : "")
        }.joined()
    }

    private static func event(_ event: EventFacts) -> String {
        guard let attributes = event.attributes else { return "event \(event.name)" }
        let list = attributes.map { ($0.isNumber ? "#" : "") + $0.name } + (event.isOpen ? ["..."] : [])
        return "event \(event.name)(" + list.joined(separator: ",") + ")"
    }

    /// One line a set of arguments.
    private static func command(_ command: CommandFacts, _ owner: ModuleFacts) -> [String] {
        let line = "mi\(at(command, owner)) \(command.name)"
        if command.argumentSets.isEmpty { return [line] }
        return command.argumentSets.map { line + "(" + $0.joined(separator: ",") + ")" }
    }
}
