/// Coverage as a table for a terminal, and as an lcov tracefile.
package enum CoverageText {
    /// A line for each script, with the lines that were not executed.
    package static func table(_ files: [FileCoverage], isColoured: Bool) -> String {
        var rows: [[String]] = [["coverage", "lines", "", "branches", "", "not executed"]]
        for file in files {
            let (lines, branches) = (file.lineShare, file.branchShare)
            rows.append([
                file.name, lines.percent, "\(lines.covered)/\(lines.total)", branches.percent,
                "\(branches.covered)/\(branches.total)", clipped(file.missedLines),
            ])
        }
        if files.count > 1 {
            let (lines, branches) = (files.lineShare, files.branchShare)
            rows.append([
                "all", lines.percent, "\(lines.covered)/\(lines.total)", branches.percent,
                "\(branches.covered)/\(branches.total)", "",
            ])
        }
        let widths = (0..<6).map { column in rows.map(\.[column].count).max() ?? 0 }
        var text = ""
        for (number, row) in rows.enumerated() {
            var line = row[0] + String(repeating: " ", count: widths[0] - row[0].count)
            for column in 1...4 {
                line += "  " + String(repeating: " ", count: widths[column] - row[column].count) + row[column]
            }
            line += row[5].isEmpty ? "" : "  " + row[5]
            if isColoured, number > 0, number <= files.count {
                let isWhole = files[number - 1].missedLines.isEmpty
                line = "\u{1b}[\(isWhole ? "32" : "33")m\(line)\u{1b}[0m"
            }
            text += line + "\n"
        }
        return text
    }

    private static func clipped(_ lines: String) -> String {
        lines.count <= 60 ? lines : lines.prefix(56) + " ..."
    }

    /// The format of geninfo(1).
    package static func lcov(_ files: [FileCoverage]) -> String {
        var text = ""
        for file in files {
            text += "TN:\nSF:\(file.name)\n"
            for route in file.routes { text += "FN:\(route.line),\(route.name)\n" }
            for route in file.routes { text += "FNDA:\(route.count),\(route.name)\n" }
            text += "FNF:\(file.routes.count)\nFNH:\(file.routes.count { $0.count > 0 })\n"
            let lines = file.lines
            for (block, place) in file.branches.keys.sorted().enumerated() {
                // Branches of a statement that never ran have no count.
                let isReached = (lines[place.line] ?? 0) > 0
                for (number, branch) in (file.branches[place] ?? []).enumerated() {
                    text += "BRDA:\(place.line),\(block),\(number),\(isReached ? "\(branch.count)" : "-")\n"
                }
            }
            let (lineShare, branchShare) = (file.lineShare, file.branchShare)
            text += "BRF:\(branchShare.total)\nBRH:\(branchShare.covered)\n"
            for (line, count) in lines.sorted(by: { $0.key < $1.key }) { text += "DA:\(line),\(count)\n" }
            text += "LF:\(lineShare.total)\nLH:\(lineShare.covered)\nend_of_record\n"
        }
        return text
    }
}
