/// Coverage as one page of HTML that needs nothing else: a table, then every script with its counts.
package enum CoveragePage {
    /// - Parameter read: the text of a script; nil where it cannot be read any more.
    package static func html(_ files: [FileCoverage], read: (_ path: String) -> [UInt8]?) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Coverage of \(files.count == 1 ? "a script" : "\(files.count) scripts")</title>
        <style>\(style)</style>
        </head>
        <body>
        <h1>Coverage</h1>
        \(table(files))
        \(files.enumerated().map { section($1, number: $0, text: read($1.name)) }.joined())
        </body>
        </html>

        """
    }

    private static func table(_ files: [FileCoverage]) -> String {
        func row(_ name: String, _ lines: Share, _ branches: Share) -> String {
            "<tr><th scope=\"row\">\(name)</th>\(cells(lines))\(cells(branches))</tr>\n"
        }
        var rows = ""
        for (number, file) in files.enumerated() {
            rows += row("<a href=\"#f\(number)\">\(escaped(file.name))</a>", file.lineShare, file.branchShare)
        }
        let total = files.count > 1 ? "<tfoot>\(row("all", files.lineShare, files.branchShare))</tfoot>" : ""
        return """
            <table class="summary">
            <thead><tr><th scope="col">script</th><th scope="col" colspan="3">lines</th>\
            <th scope="col" colspan="3">branches</th></tr></thead>
            <tbody>
            \(rows)</tbody>\(total)
            </table>
            """
    }

    private static func cells(_ share: Share) -> String {
        let maximum = max(share.total, 1)
        let value = share.total == 0 ? 1 : share.covered
        return "<td><meter max=\"\(maximum)\" low=\"\(Double(maximum) * 0.6)\" high=\"\(Double(maximum) * 0.9)\" "
            + "optimum=\"\(maximum)\" value=\"\(value)\"></meter></td><td>\(share.percent)</td>"
            + "<td>\(share.covered)/\(share.total)</td>"
    }

    private static func section(_ file: FileCoverage, number: Int, text: [UInt8]?) -> String {
        let source = text.map { String(decoding: $0, as: UTF8.self) } ?? "(cannot be read any more)"
        let counts = file.lines
        var rows = ""
        var lines = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.last == "" { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            let count = counts[index + 1]
            let missed = count.map { $0 > 0 ? file.missedBranches(on: index + 1) : [] } ?? []
            let state = count.map { $0 == 0 ? "missed" : missed.isEmpty ? "run" : "partly" } ?? "none"
            let note =
                missed.isEmpty
                ? "" : "<span class=\"note\">never: \(escaped(missed.map(\.name).joined(separator: ", ")))</span>"
            rows +=
                "<tr class=\"\(state)\"><td class=\"number\">\(index + 1)</td><td class=\"count\">"
                + "\(count.map { $0 == 0 ? "never" : "\($0)×" } ?? "")</td><td class=\"text\">"
                + "<code>\(escaped(String(line)))</code>\(note)</td></tr>\n"
        }
        return """

            <section id="f\(number)">
            <h2>\(escaped(file.name)) <small>\(file.lineShare.percent) of lines, \
            \(file.branchShare.percent) of branches</small></h2>
            <table class="source">
            \(rows)</table>
            </section>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private static let style = """

        :root { color-scheme: light dark; --run: #e3f5e6; --missed: #fbdcdc; --partly: #fdf1cf; --quiet: #6b7280;
          --edge: #d8dce2; }
        @media (prefers-color-scheme: dark) {
          :root { --run: #17321f; --missed: #4a1f22; --partly: #433713; --quiet: #9aa3af; --edge: #3a3f47; }
        }
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
        h1 { font-size: 1.5rem; }
        h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
        small { color: var(--quiet); font-weight: normal; }
        table { border-collapse: collapse; }
        .summary th, .summary td { border-bottom: 1px solid var(--edge); padding: .3rem .7rem; text-align: right; }
        .summary th:first-child { text-align: left; font-weight: normal; }
        .summary thead th { color: var(--quiet); font-weight: normal; text-align: left; }
        .summary tfoot th, .summary tfoot td { font-weight: 600; }
        .source { width: 100%; border: 1px solid var(--edge); }
        .source td { padding: 0 .6rem; vertical-align: top; }
        .number, .count { color: var(--quiet); text-align: right; user-select: none; white-space: nowrap;
          font-variant-numeric: tabular-nums; width: 1%; }
        .text { border-left: 1px solid var(--edge); }
        code { font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; tab-size: 4; }
        .run { background: var(--run); }
        .missed { background: var(--missed); }
        .partly { background: var(--partly); }
        .missed .count { font-weight: 600; }
        .note { color: var(--quiet); float: right; font-size: 12px; padding-left: 1rem; }

        """
}
