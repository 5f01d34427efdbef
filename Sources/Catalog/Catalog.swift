/// What OpenSIPS offers to a script, release by release: its modules, its core, its language.
///
/// The facts are compiled in as text and read on demand. Everything here is a pure lookup; nothing is kept except
/// the index, the core, the language, the history and the table of exporters, each made once at first use.
package enum Catalog {
    private static let index = FactIndex([moduleFactsAToC, moduleFactsDToL, moduleFactsMToQ, moduleFactsRToZ])

    /// The names of all modules of all releases, sorted.
    package static let moduleNames: [String] = index.blocks.keys.sorted()

    /// The facts about a module by its name without ".so"; nil for a name that no release has.
    ///
    /// Reads the module's text on every call: keep the result.
    package static func module(named name: String) -> ModuleFacts? {
        index.blocks[name].map { ModuleReader(block: $0.substring).facts }
    }

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
