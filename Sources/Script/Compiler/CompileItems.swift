import Catalog
import Syntax

/// Global parameters, `loadmodule` and `modparam`.
extension Compiler {
    mutating func global(_ global: Global) {
        let name = global.name.text
        guard let facts = Catalog.language.globals.named(name) else {
            error(
                .unknownGlobal, global.name.span, "there is no global parameter '\(name)'",
                notes: didYouMean(name, Catalog.language.globals.map(\.name)))
            return
        }
        if !facts.kinds.isEmpty && !facts.kinds.accepts(global.value) {
            error(.globalKind, global.span, "\(name) takes \(facts.kinds.wanted)")
        }
        result.globals.append(global)
    }

    mutating func loadModule(_ load: LoadModule) {
        defer { lastLoad = load.span }
        let path = load.path.text
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if name.hasSuffix(".so") { name.removeLast(3) }
        guard let facts = Catalog.module(named: name) else {
            if isMerged(name) {
                warning(
                    .legacyModule, load.path.span, "module \(name) has become a part of the core",
                    notes: [Diagnostic.Note("remove this line")], fix: .init(load.span, ""))
                return
            }
            error(
                .unknownModule, load.path.span, "OpenSIPS has no module '\(name)'",
                notes: didYouMean(name, Catalog.moduleNames))
            return
        }
        guard scope.modules[name] == nil else {
            error(.moduleTwice, load.path.span, "module \(name) is loaded already")
            return
        }
        noteRelease(of: load, facts)
        result.modules.append(scope.load(facts, library.implementation(of: name)))
    }

    /// A module of old, the work of which the core does now.
    private func isMerged(_ module: String) -> Bool {
        Catalog.history.droppedModules.contains { $0.name == module && $0.remains == .core }
    }

    mutating func moduleParameter(_ parameter: ModParam) {
        let whole = Array("^(".utf8) + parameter.modules.bytes + Array(")$".utf8)
        guard let pattern = try? Pattern(whole, .ignoreCase) else {
            error(.badModulePattern, parameter.modules.span, "this is no regular expression over module names")
            return
        }
        let modules = result.modules.filter { facts in
            var name = facts.name
            return name.withUTF8 { matcher.match(pattern, $0) } == .matched
        }
        if modules.isEmpty {
            let name = parameter.modules.text
            if isMerged(name) {
                warning(
                    .legacyModule, parameter.span, "module \(name) has become a part of the core; this is ignored",
                    fix: .init(parameter.span, ""))
                return
            }
            if noteMove(of: parameter) { return }
            let isKnown = Catalog.module(named: name) != nil
            error(
                .moduleNotLoaded, parameter.modules.span, "no module '\(name)' is loaded before this line",
                notes: isKnown
                    ? [Diagnostic.Note("write loadmodule \"\(name).so\" above")]
                    : didYouMean(name, result.modules.map(\.name)))
        }
        for facts in modules { set(parameter, of: facts) }
    }

    private mutating func set(_ parameter: ModParam, of module: ModuleFacts) {
        let name = parameter.name.text
        guard let facts = module.parameters.named(name) else {
            error(
                .unknownParameter, parameter.name.span, "module \(module.name) has no parameter '\(name)'",
                notes: didYouMean(name, module.parameters.map(\.name)))
            return
        }
        noteRelease(of: parameter, facts, module)
        let kind: ValueKinds
        switch parameter.value {
        case .text: kind = .string
        case .number: kind = .int
        }
        guard facts.kinds.isEmpty || facts.kinds.contains(kind) else {
            let wanted = facts.kinds == .int ? "a number without quotes" : "a quoted text"
            error(.parameterKind, parameter.span, "\(name) takes \(wanted)")
            return
        }
        result.parameters.append(
            CompiledScript.ModuleSetting(
                module: module.name, name: name, value: parameter.value, span: parameter.span))
    }
}

extension GlobalParameter.Kinds {
    /// Whether a value as it is written can be meant.
    func accepts(_ value: GlobalValue) -> Bool {
        switch value {
        case .number: !isDisjoint(with: [.int, .bool, .host, .alias, .identifier])
        case .text: !isDisjoint(with: [.string, .host, .alias, .memoryGroup])
        case .word: !isDisjoint(with: [.identifier, .host, .alias, .blacklist, .scalingProfile])
        case .socket: contains(.socket)
        case .words: !isDisjoint(with: [.int, .host, .alias, .blacklist, .scalingProfile, .memoryGroup])
        }
    }

    /// "a number", "a quoted text"
    var wanted: String {
        if contains(.int) { return "a number without quotes" }
        if contains(.bool) { return "yes or no, or a number, without quotes" }
        if contains(.string) { return "a quoted text" }
        if contains(.socket) { return "a socket such as udp:127.0.0.1:5060" }
        return "a word without quotes"
    }
}
