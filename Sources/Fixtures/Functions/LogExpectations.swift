import Node
import Script

/// What nodes log. Patterns are those of `=~`; a line is looked at without its date and level.
extension TestFunction {
    static let logs = [
        /// `expect_log(node, pattern[, count])`: some line, or exactly so many.
        TestFunction("expect_log(srs?#)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let pattern = try call.pattern(1)
            let found = node.log.filter { call.matches(pattern, $0.text) }
            if let count = try call.count(2) {
                guard found.count != count else { return 1 }
                throw TestFailure(
                    "the log of \(node.name) does not have so many such lines",
                    [Failure.Detail("expected", "\(count)"), Failure.Detail("actual", "\(found.count)")])
            }
            if !found.isEmpty { return 1 }
            throw TestFailure("no line in the log of \(node.name) is like this")
        },
        /// `expect_no_log(node, pattern)`
        TestFunction("expect_no_log(sr)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let pattern = try call.pattern(1)
            guard let line = node.log.first(where: { call.matches(pattern, $0.text) }) else { return 1 }
            throw TestFailure(
                "\(node.name) logged what it should not have", [Failure.Detail("actual", "\(line.text.trimmed)")])
        },
    ]
}
