import Testing

@testable import Catalog

/// Every record of the data can be read, and printed again it is the same record.
@Suite struct LosslessTests {
    /// Packed lines taken apart: one name a line, for commands one set of arguments a line.
    static func unpacked(_ block: Substring) -> [String] {
        block.split(separator: "\n").flatMap { line -> [String] in
            var words = line.split(separator: " ").map(String.init)[...]
            guard let keyword = words.popFirst() else { return [] }
            guard !["module", "fn", "async", "event"].contains(keyword) else { return [String(line)] }
            var head = keyword
            if keyword == "param" || keyword == "needs", let kind = words.popFirst() { head += " " + kind }
            while let word = words.first, word.hasPrefix("@") || word.hasPrefix("?") || word.hasPrefix("2.4=") {
                head += " " + word
                words.removeFirst()
            }
            return words.flatMap { word -> [String] in
                guard keyword == "mi", let open = word.firstIndex(of: "(") else { return [head + " " + word] }
                let sets = word[open...].dropFirst().dropLast()
                    .split(separator: ";", omittingEmptySubsequences: false)
                return sets.map { head + " " + word[..<open] + "(" + $0 + ")" }
            }
        }
    }

    @Test func everyModuleReprints() throws {
        for name in Catalog.moduleNames {
            let block = try #require(Catalog.block(named: name))
            let reader = ModuleReader(block: block)
            #expect(reader.unreadable.isEmpty)
            #expect(reader.facts.name == name)
            #expect(FactPrinter.lines(of: reader.facts).sorted() == Self.unpacked(block).sorted(), "\(name)")
        }
    }

    @Test func theCoreReprints() {
        let text = Catalog.wholeText(coreFacts)
        let reader = ModuleReader(block: text)
        #expect(reader.unreadable.isEmpty)
        #expect(FactPrinter.lines(of: reader.facts).sorted() == Self.unpacked(text).sorted())
    }

    @Test func theLanguageReadsWithoutRest() {
        #expect(LanguageReader(text: Catalog.wholeText(languageFacts)).unreadable.isEmpty)
        for global in Catalog.language.globals where global.releases.contains(.v36) {
            #expect(!global.kinds.isEmpty, "\(global.name)")
        }
        for statement in Catalog.language.statements {
            #expect(!statement.forms.isEmpty, "\(statement.name)")
        }
    }

    @Test func theHistoryReprints() {
        let text = Catalog.wholeText(historyFacts)
        let reader = HistoryReader(text: text)
        #expect(reader.unreadable.isEmpty)
        let history = reader.history
        var lines = history.renames.map { rename in
            "rename \(rename.kind) \(rename.since) \(rename.owner) \(rename.name) \(rename.newOwner) \(rename.newName)"
                + (rename.changesValue ? " value" : "")
        }
        lines += history.droppedModules.map { "dropped \($0.since) \($0.name) \($0.remains)" }
        lines += history.reusedModules.map { "reused \($0.since) \($0.name) \($0.oldModuleIsNow)" }
        for change in history.syntaxChanges {
            lines.append("syntax \(change.id)")
            lines += change.rulings.map { ruling in
                let note = ruling.note.isEmpty ? "" : " " + ruling.note
                return "is \(ruling.releases) \(ruling.verdict)" + note
            }
            lines.append("example \(change.example)")
            if let fix = change.fix { lines.append("fix \(fix)") }
        }
        #expect(lines == text.split(separator: "\n").map(String.init))
    }

    @Test func linesAreShortEnoughToEdit() {
        for name in Catalog.moduleNames {
            for line in (Catalog.block(named: name) ?? "").split(separator: "\n") {
                #expect(line.utf8.count <= 200, "\(line)")
            }
        }
    }
}
