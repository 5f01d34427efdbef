import Synchronization

/// What OpenSIPS offers to a script, release by release: its modules, its core, its language.
///
/// The facts are compiled in as text and read on demand. Everything here is a pure lookup; what was read once is kept.
package enum Catalog {
    private static let index = FactIndex([moduleFactsAToC, moduleFactsDToL, moduleFactsMToQ, moduleFactsRToZ])

    /// The names of all modules of all releases, sorted.
    package static let moduleNames: [String] = index.blocks.keys.sorted()

    /// The facts about a module by its name without ".so"; nil for a name that no release has.
    ///
    package static func module(named name: String) -> ModuleFacts? {
        if let facts = modules.withLock({ $0[name] }) { return facts }
        guard let facts = index.blocks[name].map({ ModuleReader(block: $0.substring).facts }) else { return nil }
        modules.withLock { $0[name] = facts }
        return facts
    }

    /// Those that somebody asked for: a test run loads the same modules into hundreds of nodes.
    private static let modules = Mutex<[String: ModuleFacts]>([:])

    /// What is there without any module, as a module of the name "core".
    package static let core = ModuleReader(block: wholeText(coreFacts)).facts

    /// Statements, globals, reserved words and the like.
    package static let language = LanguageReader(text: wholeText(languageFacts)).facts

    /// What changed from release to release.
    package static let history = HistoryReader(text: wholeText(historyFacts)).history

    static func wholeText(_ text: StaticString) -> Substring {
        FactIndex.Block(text: text, bytes: 0..<text.utf8CodeUnitCount).substring
    }

    /// The text of a module's block; for tests.
    static func block(named name: String) -> Substring? { index.blocks[name]?.substring }
}
