import Catalog
import Syntax

/// What this build of Siskin implements of a module: bodies for names of the catalogue.
package struct ModuleImplementation {
    package var functions: [String: Function.Body]
    /// Functions that only `async` and `launch` accept; the others are found in `functions` as well.
    package var variables: [String: VariableAccess]
    /// How the functions compile their patterns, where not as `=~` does.
    package var patternOptions: [String: Pattern.Options]
    /// What OpenSIPS does not have, as lines of the catalogue: `fn raise_event_sync(sa?a?)*`.
    package var own: String

    package init(
        functions: [String: Function.Body] = [:], variables: [String: VariableAccess] = [:],
        patternOptions: [String: Pattern.Options] = [:], own: String = ""
    ) {
        self.functions = functions
        self.variables = variables
        self.patternOptions = patternOptions
        self.own = own
    }
}

/// Where the compiler finds what modules do.
package protocol ModuleLibrary: AnyObject {
    /// Nil for modules that are known by the catalogue only. Called once for each module that the script loads, and
    /// first for `core`.
    func implementation(of module: String) -> ModuleImplementation?
}

/// The names that are bound at a place of the script: what the core has and the modules loaded so far.
struct Scope {
    private(set) var modules: [String: ModuleFacts] = [:]
    private(set) var functions: [String: Function] = [:]
    private(set) var asyncFunctions: [String: Function] = [:]
    private var variables: [String: [Variable]] = [:]
    /// Classes and functions of transformations that modules add.
    private(set) var contexts: Set<String> = []

    struct Variable {
        var facts: VariableFacts
        var module: String
        /// Nil where Siskin only knows the name.
        var access: VariableAccess?
    }

    /// - Returns: the facts with what is Siskin's own.
    @discardableResult
    mutating func load(_ facts: ModuleFacts, _ implementation: ModuleImplementation?) -> ModuleFacts {
        let facts = facts.adding(implementation?.own ?? "")
        modules[facts.name] = facts
        for function in facts.functions {
            functions[function.name] = bind(function, facts, implementation)
        }
        for function in facts.asyncFunctions {
            asyncFunctions[function.name] = bind(function, facts, implementation)
        }
        for variable in facts.variables {
            let access = implementation?.variables[variable.name]
            variables[variable.name, default: []].append(
                Variable(facts: variable, module: facts.name, access: access))
        }
        contexts.formUnion(facts.contexts)
        return facts
    }

    /// The variable that `$name` or `$name(sub)` means; of two entries the one that fits.
    func variable(_ name: String, withSubname: Bool) -> Variable? {
        let entries = variables[name] ?? []
        return entries.first { withSubname ? $0.facts.subname != .none : $0.facts.subname != .required }
            ?? entries.first
    }

    var accesses: [String: VariableAccess] {
        variables.compactMapValues { $0.compactMap(\.access).first }
    }

    var variableNames: [String] { Array(variables.keys) }

    private func bind(
        _ facts: FunctionFacts, _ module: ModuleFacts, _ implementation: ModuleImplementation?
    ) -> Function {
        let name = facts.name
        let body = implementation?.functions[name]
        return Function(
            name: name, module: module.name, signature: facts.signature, releases: facts.releases,
            isImplemented: body != nil,
            patternOptions: implementation?.patternOptions[name] ?? Pattern.operatorOptions,
            body: body ?? { context in
                context.warn("module \(module.name) is known to siskin, but this function is not implemented; it fails")
                return .code(-1)
            })
    }
}
