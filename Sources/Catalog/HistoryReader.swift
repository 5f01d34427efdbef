/// Reads the lines about what changed between the releases.
struct HistoryReader {
    private(set) var history = ReleaseHistory()
    /// Lines that could not be read; a test holds that there are none.
    private(set) var unreadable: [Substring] = []

    init(text: Substring) {
        for line in text.cut(at: "\n") {
            // Examples are code: they are taken as they are, without looking for marks.
            let (keyword, rest) = line.pair(at: " ") ?? (line, "")
            if !read(keyword, rest) { unreadable.append(line) }
        }
    }

    private mutating func read(_ keyword: Substring, _ rest: Substring) -> Bool {
        switch keyword {
        case "rename": return readRename(rest.cut(at: " "))
        case "dropped":
            let words = rest.cut(at: " ")
            guard words.count == 3, let since = Release(words[0]),
                let remains = DroppedModule.Remains(rawValue: words[2].name)
            else { return false }
            history.droppedModules.append(DroppedModule(since: since, name: words[1].name, remains: remains))
        case "reused":
            let words = rest.cut(at: " ")
            guard words.count == 3, let since = Release(words[0]) else { return false }
            history.reusedModules.append(
                ReusedModule(since: since, name: words[1].name, oldModuleIsNow: words[2].name))
        case "syntax":
            history.syntaxChanges.append(SyntaxChange(id: rest.name))
        default:
            return readSyntax(keyword, rest)
        }
        return true
    }

    private mutating func readRename(_ words: [Substring]) -> Bool {
        guard words.count >= 6, let kind = Rename.Kind(rawValue: words[0].name), let since = Release(words[1]) else {
            return false
        }
        history.renames.append(
            Rename(
                kind: kind, since: since, owner: words[2].name, name: words[3].name, newOwner: words[4].name,
                newName: words[5].name, changesValue: words.dropFirst(6).first == "value"))
        return true
    }

    private mutating func readSyntax(_ keyword: Substring, _ rest: Substring) -> Bool {
        guard let last = history.syntaxChanges.indices.last else { return false }
        switch keyword {
        case "is":
            let words = rest.cut(at: " ")
            guard words.count >= 2, let releases = Releases(words[0]),
                let verdict = SyntaxChange.Verdict(rawValue: words[1].name)
            else { return false }
            let note = words.dropFirst(2).joined(separator: " ")
            history.syntaxChanges[last].rulings.append(
                SyntaxChange.Ruling(releases: releases, verdict: verdict, note: note))
        case "example": history.syntaxChanges[last].example = String(rest)
        case "fix": history.syntaxChanges[last].fix = String(rest)
        default: return false
        }
        return true
    }
}
