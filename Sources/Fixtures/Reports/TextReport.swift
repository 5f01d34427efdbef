import Node

/// For people.
package struct TextReport: Report {
    private let isColoured: Bool
    private var file = ""

    package init(isColoured: Bool) { self.isColoured = isColoured }

    package func begin(_ count: Int) -> String { "" }

    package mutating func add(_ result: TestResult) -> String {
        var text = ""
        if result.file != file {
            file = result.file
            text += paint("1", file) + "\n"
        }
        switch result.outcome {
        case .passed: text += "  \(paint("32", "ok  "))  \(result.name)  \(paint("2", times(result)))\n"
        case .skipped(let reason):
            text += "  \(paint("33", "skip"))  \(result.name)\(reason.map { ": \($0)" } ?? "")\n"
        case .failed(let failure):
            text += "  \(paint("1;31", "FAIL"))  \(result.name)  \(paint("2", times(result)))\n"
            if result.seeds.count > 1 { text += "        \(seeds(result))\n" }
            for line in failure.lines { text += "        \(line)\n" }
        }
        return text
    }

    package func end(_ summary: Summary) -> String {
        var parts = ["\(summary.passed) passed"]
        if summary.failed > 0 { parts.append(paint("1;31", "\(summary.failed) failed")) }
        if summary.skipped > 0 { parts.append("\(summary.skipped) skipped") }
        let tests = summary.count == 1 ? "1 test" : "\(summary.count) tests"
        return
            "\(tests): \(parts.joined(separator: ", ")); \(seconds(Nanoseconds(summary.virtualTime))) of virtual time in "
            + "\(summary.realTime.milliseconds) ms, seed \(summary.seed)\n"
    }

    private func times(_ result: TestResult) -> String {
        let runs = result.seeds.count > 1 ? "\(result.seeds.count) runs, " : ""
        return "(\(runs)\(seconds(result.virtualTime)) in \(result.realTime.milliseconds) ms)"
    }

    /// Of several runs, those that failed.
    private func seeds(_ result: TestResult) -> String {
        let shown = result.failedSeeds.prefix(20).map(String.init).joined(separator: ", ")
        return "\(result.failedSeeds.count) of \(result.seeds.count) runs failed, with seed \(shown)"
            + (result.failedSeeds.count > 20 ? ", ..." : "") + "; this is the first of them"
    }

    private func paint(_ code: String, _ text: String) -> String {
        isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
