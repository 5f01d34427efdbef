/// What people are shown where a text is not the one that was expected.
enum TextDifference {
    /// Two details where the texts are a line each, with a mark below the first character that differs; else one, with
    /// the lines that are missing (`-`) and those that are too much (`+`) between those that are right.
    static func details(expected: String, actual: String) -> [Failure.Detail] {
        guard expected.contains(where: \.isNewline) || actual.contains(where: \.isNewline) else {
            return [Failure.Detail("expected", expected), Failure.Detail("actual", actual + mark(expected, actual))]
        }
        return [Failure.Detail("difference", lines(lines(of: expected), lines(of: actual)).joined(separator: "\n"))]
    }

    /// Only where the texts begin alike, for all else is seen at a glance.
    private static func mark(_ expected: String, _ actual: String) -> String {
        let count = zip(expected, actual).prefix { $0 == $1 }.count
        return count < 8 || expected == actual ? "" : "\n" + String(repeating: " ", count: count) + "^"
    }

    /// Unchanged lines around each change.
    private static let context = 3

    static func lines(_ expected: [Substring], _ actual: [Substring]) -> [String] {
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in actual.difference(from: expected) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var all: [(mark: String, text: Substring)] = []
        var old = 0
        var new = 0
        while old < expected.count || new < actual.count {
            if old < expected.count, removed.contains(old) {
                all.append(("-", expected[old]))
                old += 1
            } else if new < actual.count, inserted.contains(new) {
                all.append(("+", actual[new]))
                new += 1
            } else {
                all.append((" ", actual[new]))
                old += 1
                new += 1
            }
        }
        return shortened(all)
    }

    /// Leaves out what is far from any change.
    private static func shortened(_ all: [(mark: String, text: Substring)]) -> [String] {
        var shown: [String] = []
        var isGap = false
        for (index, line) in all.enumerated() {
            let near = all[max(0, index - context)...min(all.count - 1, index + context)]
            if near.contains(where: { $0.mark != " " }) {
                isGap = false
                shown.append("\(line.mark) \(line.text)")
            } else if !isGap {
                isGap = true
                shown.append("  ...")
            }
        }
        return shown
    }

    /// SIP's line ends count as line ends.
    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }
}
