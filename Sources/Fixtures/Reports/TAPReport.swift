/// The Test Anything Protocol, version 13: https://testanything.org
package struct TAPReport: Report {
    private var number = 0

    package init() {}

    package func begin(_ count: Int) -> String { "TAP version 13\n1..\(count)\n" }

    package mutating func add(_ result: TestResult) -> String {
        number += 1
        let name = "\(number) - \(line("\(result.file): \(result.name)"))"
        switch result.outcome {
        case .passed: return "ok \(name)\n"
        case .skipped(let reason): return "ok \(name) # SKIP\(reason.map { " " + line($0) } ?? "")\n"
        case .failed(let failure): return "not ok \(name)\n" + failure.lines.map { "# \($0)\n" }.joined()
        }
    }

    /// `#` begins a directive, wherever it stands.
    private func line(_ text: String) -> String { text.replacing("#", with: "\\#").replacing("\n", with: " ") }

    package func end(_ summary: Summary) -> String { "" }
}
