/// The Test Anything Protocol, version 13: https://testanything.org
package struct TAPReport: Report {
    private var number = 0

    package init() {}

    package func begin(_ count: Int) -> String { "TAP version 13\n1..\(count)\n" }

    package mutating func add(_ result: TestResult) -> String {
        number += 1
        // `#` begins a directive, wherever it stands.
        let name = "\(number) - \(result.file): \(result.name.replacing("#", with: "\\#").replacing("\n", with: " "))"
        switch result.outcome {
        case .passed: return "ok \(name)\n"
        case .skipped: return "ok \(name) # SKIP\n"
        case .failed(let failure): return "not ok \(name)\n" + failure.lines.map { "# \($0)\n" }.joined()
        }
    }

    package func end(_ summary: Summary) -> String { "" }
}
