/// JUnit's XML, as CI servers read it: a suite for each file.
package struct JUnitReport: Report {
    private var suites: [(file: String, results: [TestResult])] = []

    package init() {}

    package func begin(_ count: Int) -> String { "" }

    package mutating func add(_ result: TestResult) -> String {
        if suites.last?.file != result.file { suites.append((result.file, [])) }
        suites[suites.count - 1].results.append(result)
        return ""
    }

    package func end(_ summary: Summary) -> String {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites tests=\"\(summary.count)\" failures=\"\(summary.failed)\" skipped=\"\(summary.skipped)\""
        xml += " time=\"\(summary.realTime.decimal)\">\n"
        for suite in suites {
            let failed = suite.results.count(where: \.isFailure)
            xml +=
                "  <testsuite name=\"\(escaped(suite.file))\" tests=\"\(suite.results.count)\" failures=\"\(failed)\">\n"
            xml += suite.results.map(testCase).joined()
            xml += "  </testsuite>\n"
        }
        return xml + "</testsuites>\n"
    }

    private func testCase(_ result: TestResult) -> String {
        let head =
            "    <testcase classname=\"\(escaped(result.file))\" name=\"\(escaped(result.name))\""
            + " file=\"\(escaped(result.file))\" line=\"\(result.line)\" time=\"\(result.realTime.decimal)\""
        switch result.outcome {
        case .passed: return head + "/>\n"
        case .skipped(let reason):
            let message = reason.map { " message=\"\(escaped($0))\"" } ?? ""
            return head + "><skipped\(message)/></testcase>\n"
        case .failed(let failure):
            return head + ">\n      <failure message=\"\(escaped(failure.message))\">"
                + escaped(failure.lines.joined(separator: "\n")) + "</failure>\n    </testcase>\n"
        }
    }

    /// XML has no way to write most control characters.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 32 || scalar.value == 0xfffe || scalar.value == 0xffff: result += "?"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
