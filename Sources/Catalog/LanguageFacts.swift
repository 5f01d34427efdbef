/// The words of the language: what the parser of OpenSIPS knows without any module.
package struct LanguageFacts: Sendable, Equatable {
    package var statements: [StatementFacts] = []
    package var globals: [GlobalParameter] = []
    /// Words that cannot be an unquoted route name or a function name.
    package var reservedWords: [ReservedWord] = []
    package var routeBlocks: [RouteBlock] = []
    package var socketOptions: [SocketOption] = []
    package var protocols: [TransportProtocol] = []
    package var limits = Limits()
    /// Names that `xlog` takes as its level.
    package var logLevels: [String] = []
    package var nullWords: [String] = []
    /// Words that are numbers: yes is 1, no is 0.
    package var numberWords: [String: Int] = [:]

    /// Whether an unquoted word is taken by the language.
    package func isReserved(_ word: String, in release: Release = .current) -> Bool {
        reservedWords.named(word)?.releases.contains(release) ?? false
    }

    package struct ReservedWord: Exported {
        package var name: String
        package var releases: Releases
    }

    package struct SocketOption: Sendable, Equatable {
        package var name: String
        /// "int", "id" or "host[:ports]"; nil for a bare flag.
        package var value: String?
    }

    /// A word before the colon of a socket, and the module that serves it.
    package struct TransportProtocol: Sendable, Equatable {
        package var name: String
        package var module: String
    }

    package struct Limits: Sendable, Equatable {
        /// Slots of a function call.
        package var functionArguments = 0
        /// Files open at once, the main file counted.
        package var includeDepth = 0
        package var routeArguments = 0
        package var routesPerType = 0
    }
}

/// A statement that is part of the grammar.
package struct StatementFacts: Exported {
    package enum Parentheses: String, Sendable {
        case required
        case optional
        case none
    }

    package var name: String
    package var releases: Releases
    /// What the parentheses may hold, one list a form: "string", "int", "expr", "route_name", "value*", ...
    package var forms: [[String]] = []
    package var parentheses = Parentheses.required
    package var hasBlock = false
    /// Statements of which one must surround it.
    package var within: [String] = []
    /// Variables that can be the loop variable of a `for`.
    package var iterators: [String] = []
}

/// A global parameter, `name = value`.
package struct GlobalParameter: Exported {
    /// The forms of value it takes.
    package struct Kinds: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let int = Kinds(rawValue: 1 << 0)
        /// A number or a word for 0 or 1, unquoted.
        package static let bool = Kinds(rawValue: 1 << 1)
        package static let string = Kinds(rawValue: 1 << 2)
        package static let identifier = Kinds(rawValue: 1 << 3)
        package static let host = Kinds(rawValue: 1 << 4)
        package static let alias = Kinds(rawValue: 1 << 5)
        package static let socket = Kinds(rawValue: 1 << 6)
        package static let blacklist = Kinds(rawValue: 1 << 7)
        package static let scalingProfile = Kinds(rawValue: 1 << 8)
        package static let memoryGroup = Kinds(rawValue: 1 << 9)

        /// The names that the facts use, in the order of the bits.
        static let names = [
            "int", "bool", "string", "id", "host", "alias", "socket", "dst_blacklist", "auto_scaling_profile",
            "mem-group",
        ]
    }

    package var name: String
    package var releases: Releases
    /// Empty where it was not recorded (parameters that 3.6 does not have).
    package var kinds: Kinds
    package var range: ClosedRange<Int>?
    /// The closed list of words; empty where any will do.
    package var values: [String] = []
    /// The name that 3.6 asks for in its warning.
    package var replacement: String?
    /// `use_auto_scaling_profile name` may follow the number.
    package var takesScalingProfile = false
}

/// A kind of route block.
package struct RouteBlock: Sendable, Equatable {
    package enum Naming: String, Sendable {
        case required
        case optional
        case none
    }

    package var keyword: String
    package var type: RouteTypes
    package var naming: Naming
    /// `timer_route[name, seconds]`
    package var hasInterval: Bool
}
