import Catalog
import Node
import Script

/// What the catalogue and Siskin's own declarations say about a name.
struct Help {
    let node: Node?

    /// The lines about a name, as a person writes it: `xlog`, `$avp`, `{s.select}`, `clusterer`, `E_PIKE_BLOCKED`.
    func lines(about word: String) -> [String] {
        var name = word.filter { $0 != "{" && $0 != "}" && $0 != "(" && $0 != ")" }
        if name.hasSuffix(".so") { name.removeLast(3) }
        if name.hasPrefix("$") { return variable(String(name.dropFirst())) }
        var lines = statement(name) + functions(name) + transformation(name)
        if lines.isEmpty || word.hasPrefix("$") { lines += variable(name) }
        return lines + global(name) + module(name) + parameters(name) + events(name) + commands(name)
    }

    /// Names near to one that nobody knows.
    func nearNames(to word: String) -> [String] {
        let name = word.filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        return nearest(
            to: name, among: Catalog.names(of: .function) + Catalog.moduleNames + Catalog.names(of: .variable))
    }

    /// Every name that there is help on.
    static let names: [String] = {
        let language = Catalog.language
        let kinds: [ExportKind] = [.function, .asyncFunction, .variable, .event, .command]
        return language.statements.map(\.name) + language.globals.map(\.name) + Catalog.moduleNames
            + kinds.flatMap { Catalog.names(of: $0) } + TransformationSignature.all.map { "\($0.className).\($0.name)" }
    }()

    // MARK: The language

    private func statement(_ name: String) -> [String] {
        Catalog.language.statements.filter { $0.name == name && $0.releases.contains(.current) }.flatMap { facts in
            let forms = facts.forms.isEmpty ? [[]] : facts.forms
            return forms.map { form in
                let arguments = form.isEmpty ? "" : "(\(form.joined(separator: ", ")))"
                return "\(facts.name)\(arguments)\(facts.hasBlock ? " { ... }" : "")  a statement of the language"
            }
        }
    }

    private func global(_ name: String) -> [String] {
        guard let facts = Catalog.language.globals.named(name) else { return [] }
        return ["\(name) = ...  a global parameter" + (facts.replacement.map { "; write \($0)" } ?? "")]
    }

    private func transformation(_ name: String) -> [String] {
        let parts = name.split(separator: ",")[0].split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 1 {
            let all = TransformationSignature.names(inClass: parts[0])
            return all.isEmpty ? [] : ["{\(parts[0]).*}  transformations: " + all.joined(separator: " ")]
        }
        guard let signature = TransformationSignature.find(className: parts[0], name: parts[1]) else { return [] }
        return ["\(Help.written(signature))  a transformation" + (signature.module.map { " of module \($0)" } ?? "")]
    }

    /// `{s.select,number,character}`
    static func written(_ signature: TransformationSignature) -> String {
        let parameters = signature.parameters.enumerated().map { index, parameter in
            let word = parameter.word
            return index < signature.requiredCount ? ",\(word)" : "[,\(word)]"
        }
        return "{\(signature.className).\(signature.name)\(parameters.joined())}"
    }

    // MARK: Modules

    /// The core and the modules, those first that the node has loaded.
    private var modules: [ModuleFacts] {
        let loaded = node?.moduleFacts ?? []
        let names = Set(loaded.map(\.name))
        return [Catalog.core] + loaded
            + Catalog.moduleNames.filter { !names.contains($0) }.compactMap(Catalog.module(named:))
    }

    private func exporters<E>(_ kind: ExportKind, _ name: String, _ list: (ModuleFacts) -> [E]) -> [(ModuleFacts, E)] {
        let names = Set(Catalog.exporters(of: kind, named: name).map(\.module))
        return modules.filter { names.contains($0.name) || node?.hasLoaded($0.name) == true }.flatMap { module in
            list(module).map { (module, $0) }
        }
    }

    private func functions(_ name: String) -> [String] {
        let plain = exporters(.function, name) { $0.functions.filter { $0.name == name } }
        let asynchronous = exporters(.asyncFunction, name) { $0.asyncFunctions.filter { $0.name == name } }
        let asyncModules = Set(asynchronous.map(\.0.name))
        var lines: [String] = []
        for (module, facts) in plain {
            var text = "\(Help.call(facts))  \(origin(module))"
            if facts.signature.routes != .any { text += "; in \(facts.signature.routes)" }
            if asyncModules.contains(module.name) { text += "; also async" }
            lines.append(text)
        }
        let plainModules = Set(plain.map(\.0.name))
        for (module, facts) in asynchronous where !plainModules.contains(module.name) {
            lines.append("async(\(Help.call(facts)), route)  \(origin(module))")
        }
        return lines
    }

    /// `t_relay([string flags])`
    static func call(_ facts: FunctionFacts) -> String {
        guard case .parameters(let parameters) = facts.signature.shape else { return "\(facts.name)(...)" }
        var text = ""
        for (index, parameter) in parameters.enumerated() {
            let word = (index > 0 ? ", " : "") + parameter.word
            text += parameter.isOptional ? "[\(word)]" : word
        }
        return "\(facts.name)(\(text))"
    }

    private func origin(_ module: ModuleFacts) -> String {
        if module.name == "core" { return "a function of the core" }
        if node?.hasLoaded(module.name) == true { return "of module \(module.name), which is loaded" }
        return "of module \(module.name): loadmodule \"\(module.name).so\""
    }

    private func variable(_ name: String) -> [String] {
        let language: [String: String] = [
            "var": "$var(name)  a variable of the node, of any value",
            "avp": "$avp(name)  a stack of values of the message",
            "param": "$param(n)  an argument of the route",
            "return": "$return(n)  a value of the last return, from 0 on",
        ]
        if let line = language[name] { return [line] }
        return exporters(.variable, name) { $0.variables.filter { $0.name == name } }.map { module, facts in
            var text = "$\(facts.name)"
            switch facts.subname {
            case .none: break
            case .optional: text += "[(name)]"
            case .required: text += "(name)"
            }
            if facts.takesIndex { text += ", $(\(facts.name)...[index])" }
            text += "  a variable of \(module.name == "core" ? "the core" : "module \(module.name)")"
            text += facts.isWritable ? "; can be assigned to" : "; read only"
            if !facts.subnames.isEmpty { text += "; names: " + facts.subnames.joined(separator: " ") }
            return text
        }
    }

    private func module(_ name: String) -> [String] {
        guard let facts = node?.moduleFacts.first(where: { $0.name == name }) ?? Catalog.module(named: name) else {
            return []
        }
        let state =
            node?.hasLoaded(name) == true
            ? "loaded" : Node.implements(name) ? "runs in siskin" : "known, not implemented"
        var lines = ["module \(name)  \(state)"]
        func list(_ title: String, _ names: [String]) {
            if !names.isEmpty { lines.append("  \(title): " + names.joined(separator: " ")) }
        }
        list("functions", facts.functions.available(in: .current).map { Help.call($0) })
        list("async", facts.asyncFunctions.available(in: .current).map(\.name))
        list("parameters", facts.parameters.available(in: .current).map(\.name))
        list("variables", facts.variables.available(in: .current).map { "$\($0.name)" })
        list("events", facts.events.available(in: .current).map(\.name))
        list("commands", facts.commands.available(in: .current).map(\.name))
        return lines
    }

    private func parameters(_ name: String) -> [String] {
        exporters(.parameter, name) { $0.parameters.filter { $0.name == name } }.prefix(6).map { module, facts in
            let kind = facts.kinds == .int ? "a number" : facts.kinds == .string ? "a text" : "a value"
            return "modparam(\"\(module.name)\", \"\(name)\", ...)  takes \(kind)"
        }
    }

    private func events(_ name: String) -> [String] {
        exporters(.event, name) { $0.events.filter { $0.name == name } }.map { module, facts in
            let attributes = facts.attributes.map { $0.map(\.name).joined(separator: ", ") } ?? "not recorded"
            return "\(name)  an event of \(module.name); attributes: \(attributes)"
        }
    }

    private func commands(_ name: String) -> [String] {
        exporters(.command, name) { $0.commands.filter { $0.name == name } }.map { module, facts in
            let sets = facts.argumentSets.map { "(\($0.joined(separator: ", ")))" }.joined(separator: " or ")
            return ":mi \(name) \(sets)  a management command of \(module.name)"
        }
    }
}

extension Parameter {
    fileprivate var word: String {
        let base: String
        switch kind {
        case .string: base = marks.contains(.orNumber) ? "string or int" : "string"
        case .int: base = "int"
        case .variable: base = marks.contains(.avp) ? "$avp" : "$variable"
        case .regex: base = "regex"
        }
        if case .route = reference { return "route name" }
        return base
    }
}

extension TransformationSignature.Parameter {
    fileprivate var word: String {
        switch self {
        case .number, .positiveNumber, .literalNumber: "number"
        case .text, .literalText: "text"
        case .character: "character"
        case .substitution: "/pattern/replacement/flags"
        }
    }
}

extension Session {
    func help(_ words: [String]) {
        guard let word = words.first else { return overview() }
        if let command = SessionCommand.find(word.hasPrefix(":") ? String(word.dropFirst()) : word), word.hasPrefix(":")
        {
            return result(":\(command.name) \(command.usage)  \(command.summary)")
        }
        let help = Help(node: node?.node)
        let lines = help.lines(about: word)
        guard lines.isEmpty else { return lines.forEach(result) }
        let near = help.nearNames(to: word)
        complain(
            "nothing is known about \(word)" + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))?"))
    }

    private func overview() {
        result("Type statements, expressions, conditions, or definitions such as route[x] { ... }:")
        for example in ["$var(x) = \"a:b\"", "$(var(x){s.select,1,:})", "route(x, 1)", "loadmodule \"cfgutils.so\""] {
            result("  \(example)")
        }
        for (topic, commands) in SessionCommand.all {
            result("\(topic):")
            for command in commands {
                result("  " + ":\(command.name) \(command.usage)".padded(to: 36) + command.summary)
            }
        }
    }
}
