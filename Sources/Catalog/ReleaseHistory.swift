/// What changed between the releases: what a checker needs to bring an old script up to date.
package struct ReleaseHistory: Sendable, Equatable {
    package var renames: [Rename] = []
    package var droppedModules: [DroppedModule] = []
    package var reusedModules: [ReusedModule] = []
    package var syntaxChanges: [SyntaxChange] = []

    /// What became of a name of the module or, for `owner` "core", of the core.
    package func rename(of kind: Rename.Kind, named name: String, in owner: String = "core") -> Rename? {
        renames.first { $0.kind == kind && $0.name == name && $0.owner == owner }
    }

    package func syntaxChange(_ id: String) -> SyntaxChange? { syntaxChanges.first { $0.id == id } }
}

/// A rename, or a move to another module. Only renames that are certain are recorded.
package struct Rename: Sendable, Equatable {
    package enum Kind: String, CaseIterable, Sendable {
        case function
        case parameter
        case variable
        case global
        case option
        case module
    }

    package var kind: Kind
    /// The first release with the new name.
    package var since: Release
    /// The module it was in, or "core"; for a module, its own name.
    package var owner: String
    package var name: String
    package var newOwner: String
    /// A variable's may carry a sub-name: "socket_in(ip)".
    package var newName: String
    /// The value has to be rewritten, too.
    package var changesValue: Bool
}

/// A module that a release no longer has and nothing replaces one for one.
package struct DroppedModule: Sendable, Equatable {
    package enum Remains: String, Sendable {
        /// The core does its work now: just drop the `loadmodule`.
        case core
        /// Its functions went to several modules; see the renames of its functions.
        case split
        case none
    }

    package var since: Release
    package var name: String
    package var remains: Remains
}

/// A name that now belongs to another module than before.
package struct ReusedModule: Sendable, Equatable {
    package var since: Release
    package var name: String
    /// What the module that had the name before is called now.
    package var oldModuleIsNow: String
}

/// A form of the language that not all releases take alike.
package struct SyntaxChange: Sendable, Equatable {
    package enum Verdict: String, Sendable {
        case ok
        case warning
        case error
    }

    package struct Ruling: Sendable, Equatable {
        package var releases: Releases
        package var verdict: Verdict
        /// Narrows the verdict: "for module functions", "only form"; may be empty.
        package var note: String
    }

    package var id: String
    package var rulings: [Ruling] = []
    package var example = ""
    /// The example as it is written today.
    package var fix: String?

    package func ruling(in release: Release) -> Ruling? { rulings.first { $0.releases.contains(release) } }
}
