import Syntax

/// JSON, an object a line: one for each test, and one for all.
package struct JSONReport: Report {
    package init() {}

    package func begin(_ count: Int) -> String { "" }

    package func add(_ result: TestResult) -> String {
        var fields = [
            ("file", text(result.file)), ("line", String(result.line)), ("name", text(result.name)),
            ("tags", "[" + result.tags.map(text).joined(separator: ",") + "]"),
            ("milliseconds", String(result.realTime.milliseconds)),
            ("virtualMilliseconds", String(result.virtualTime / 1_000_000)),
        ]
        if result.seeds.count > 1 {
            fields.append(("seeds", "[" + result.seeds.map(String.init).joined(separator: ",") + "]"))
            fields.append(("failedSeeds", "[" + result.failedSeeds.map(String.init).joined(separator: ",") + "]"))
        }
        switch result.outcome {
        case .passed: fields.append(("outcome", text("passed")))
        case .skipped(let reason):
            fields.append(("outcome", text("skipped")))
            if let reason { fields.append(("reason", text(reason))) }
        case .failed(let failure):
            fields += [("outcome", text("failed")), ("failure", object(of: failure))]
        }
        return object(fields) + "\n"
    }

    package func end(_ summary: Summary) -> String {
        object([
            ("tests", String(summary.count)), ("passed", String(summary.passed)), ("failed", String(summary.failed)),
            ("skipped", String(summary.skipped)), ("milliseconds", String(summary.realTime.milliseconds)),
            ("seed", String(summary.seed)),
        ]) + "\n"
    }

    private func object(of failure: Failure) -> String {
        let received = failure.received.map { message in
            object([
                ("microseconds", String(message.time / 1000)), ("node", text(message.node)),
                ("text", text(message.text)),
            ])
        }
        return object([
            ("message", text(failure.message)), ("file", text(failure.place.file)),
            ("line", String(failure.place.line)), ("column", String(failure.place.column)),
            ("details", object(failure.details.map { ($0.name, text($0.text)) })),
            ("received", received ?? "null"),
            (
                "log",
                "["
                    + failure.log.map { line in
                        object([
                            ("microseconds", String(line.time / 1000)), ("node", text(line.node)),
                            ("level", text(line.level.name)), ("text", text(line.text.trimmed)),
                        ])
                    }.joined(separator: ",") + "]"
            ),
        ])
    }

    private func object(_ fields: [(name: String, value: String)]) -> String {
        "{" + fields.map { "\(text($0.name)):\($0.value)" }.joined(separator: ",") + "}"
    }

    private func text(_ text: String) -> String { Diagnostic.jsonString(text) }
}
