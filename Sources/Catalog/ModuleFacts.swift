/// Something with a name that exists in some releases.
package protocol Exported: Sendable, Equatable {
    var name: String { get }
    var releases: Releases { get }
}

extension Array where Element: Exported {
    /// The first entry of that name. The lists of the catalogue are sorted by name; this relies on it.
    package func named(_ name: String) -> Element? {
        let index = lowerBound(of: name)
        return index < count && self[index].name == name ? self[index] : nil
    }

    /// All entries of that name: some core variables exist once with and once without a sub-name.
    package func allNamed(_ name: String) -> ArraySlice<Element> {
        let start = lowerBound(of: name)
        return self[start...].prefix { $0.name == name }
    }

    /// The entries that a release has.
    package func available(in release: Release) -> [Element] { filter { $0.releases.contains(release) } }

    private func lowerBound(of name: String) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// What one module exports, over all releases; names that only some releases have say so in `releases`.
/// Every list is sorted by name.
package struct ModuleFacts: Exported {
    /// A family of modules that others ask for without caring which member it is.
    package enum Family: String, Sendable {
        case sqldb
        case cachedb
        case aaa
    }

    package var name: String
    package var releases: Releases
    /// Compiled into the server, but still has to be loaded.
    package var isBuiltin = false
    package var family: Family?
    package var functions: [FunctionFacts] = []
    /// What `async` and `launch` accept.
    package var asyncFunctions: [FunctionFacts] = []
    package var parameters: [ModuleParameter] = []
    package var variables: [VariableFacts] = []
    package var transformations: [TransformationFacts] = []
    package var events: [EventFacts] = []
    package var commands: [CommandFacts] = []
    package var statistics: [StatisticFacts] = []
    package var dependencies: [Dependency] = []
    /// Parameters whose value adds a dependency, by name.
    package var parameterDependencies: [ParameterDependency] = []
    /// Names for `$(<name>variable)`.
    package var contexts: [String] = []

    package init(name: String, releases: Releases) {
        self.name = name
        self.releases = releases
    }

    /// The variable that `$name` or `$name(subname)` means: of two entries the one that fits.
    package func variable(named name: String, withSubname: Bool) -> VariableFacts? {
        let entries = variables.allNamed(name)
        return entries.first { withSubname ? $0.subname != .none : $0.subname != .required } ?? entries.first
    }
}

/// A function, or the asynchronous form of one.
package struct FunctionFacts: Exported {
    package var name: String
    package var releases: Releases
    /// As of 3.6, or of the newest release that has the function.
    package var signature: Signature
    /// The signature in releases where it differs.
    package var otherSignatures: [Release: Signature] = [:]
    /// The build option without which the function is missing.
    package var condition: String?
    /// A second entry of a name that the server never reaches.
    package var isShadowed = false
    /// Reachable by accident, not meant for scripts.
    package var isInternal = false

    package init(name: String, releases: Releases, signature: Signature) {
        self.name = name
        self.releases = releases
        self.signature = signature
    }

    /// The signature in a release; nil where the release does not have the function.
    package func signature(in release: Release) -> Signature? {
        releases.contains(release) ? otherSignatures[release] ?? signature : nil
    }
}

/// The kinds of values that a module parameter takes.
package struct ValueKinds: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let string = ValueKinds(rawValue: 1 << 0)
    package static let int = ValueKinds(rawValue: 1 << 1)
}

/// What `modparam` sets.
package struct ModuleParameter: Exported {
    package var name: String
    package var releases: Releases
    /// Empty where the kind was not recorded, as for parameters that 3.6 does not have.
    package var kinds: ValueKinds
    /// Each `modparam` adds to the ones before; otherwise the last value stays.
    package var isRepeatable = false
    package var condition: String?
    package var otherKinds: [Release: ValueKinds] = [:]

    package init(name: String, releases: Releases, kinds: ValueKinds) {
        self.name = name
        self.releases = releases
        self.kinds = kinds
    }

    package func kinds(in release: Release) -> ValueKinds? {
        releases.contains(release) ? otherKinds[release] ?? kinds : nil
    }
}

/// A pseudo-variable, named without its dollar sign.
package struct VariableFacts: Exported {
    package enum Subname: Sendable {
        case none
        case optional
        case required
    }

    package var name: String
    package var releases: Releases
    package var subname = Subname.none
    /// The closed list of sub-names; empty where any text goes.
    package var subnames: [String] = []
    package var takesIndex = false
    package var isWritable = false
    /// The lexer cuts `$name` at an operator word inside it; only `$(name)` works.
    package var needsParentheses = false
    /// False where only the name is known (variables that 3.6 does not have): then every form may be right.
    package var isDescribed = true

    package init(name: String, releases: Releases) {
        self.name = name
        self.releases = releases
    }
}

/// A transformation, `{class.function,arguments}`; its name is "class.function".
package struct TransformationFacts: Exported {
    package enum Argument: UInt8, Sendable {
        /// A number or a variable.
        case number = 0x69  // i
        /// Text or a variable.
        case text = 0x73  // s
        /// Text up to the closing brace.
        case rest = 0x53  // S
        case character = 0x63  // c
        /// Text only, never a variable.
        case literal = 0x4C  // L
    }

    package var name: String
    package var releases: Releases
    package var arguments: [Argument] = []
    /// How many of the arguments, from the end, may be left out.
    package var optionalArguments = 0
    /// Also written `{class.N.function}`.
    package var isIndexed = false

    /// Extra arguments are ignored by the server, missing ones are errors.
    package var minimumArguments: Int { arguments.count - optionalArguments }
}

/// An event that the event interface publishes.
package struct EventFacts: Exported {
    package struct Attribute: Sendable, Equatable {
        package var name: String
        package var isNumber: Bool
    }

    package var name: String
    package var releases: Releases
    /// In order; nil where they were not recorded.
    package var attributes: [Attribute]?
    /// The configuration or the peer can add more attributes.
    package var isOpen = false
}

/// A command of the management interface.
package struct CommandFacts: Exported {
    package var name: String
    package var releases: Releases
    /// The accepted sets of named arguments; empty where they were not recorded.
    package var argumentSets: [[String]] = []
}

/// A statistic with a fixed name.
package struct StatisticFacts: Exported {
    package var name: String
    package var releases: Releases
    /// "core", "shmem", ...; that of a module's statistics is the module's name.
    package var group: String
}

/// What has to be loaded along with a module.
package struct Dependency: Sendable, Equatable {
    package enum Target: Sendable, Equatable {
        case module(String)
        case anyOf(ModuleFacts.Family)
    }

    /// What OpenSIPS does at start when it is missing.
    package enum Absence: String, Sendable {
        case abort
        case warn
        case silent
    }

    package var target: Target
    package var absence: Absence
}

/// A module parameter that, once set, needs another module.
package struct ParameterDependency: Sendable, Equatable {
    package var parameter: String
    /// nil: which one depends on the value.
    package var family: ModuleFacts.Family?
}
