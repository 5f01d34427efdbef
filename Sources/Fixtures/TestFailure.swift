import Node
import Script
import Syntax

/// Why a test fails, as the function that finds it says it.
struct TestFailure: Error {
    var message: String
    var details: [Failure.Detail] = []

    init(_ message: String, _ details: [Failure.Detail] = []) {
        self.message = message
        self.details = details
    }
}

/// A failed test, with everything that its reports show.
package struct Failure: Sendable {
    /// A named line or text, such as `expected`.
    package struct Detail: Sendable {
        package var name: String
        package var text: String

        init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    package var message: String
    package var place: Source.Location
    /// The line of the test with a mark below the statement, each without a line end.
    package var excerpt: [String]
    package var details: [Detail]
    /// The SIP message that came to a node last.
    package var received: ReceivedMessage?
    /// The last lines that nodes logged, the oldest first.
    package var log: [LoggedLine]
}

/// A SIP message that came to a node.
package struct ReceivedMessage: Sendable {
    package var node: String
    package var time: Nanoseconds
    package var text: String
}

/// A line that a node logged.
package struct LoggedLine: Sendable {
    package var time: Nanoseconds
    package var node: String
    package var level: LogLevel
    /// Without the date and the level in front.
    package var text: String
    /// A statement that was executed, as the tracer tells of it.
    package var isTrace = false

    var shown: String { isTrace ? text : "\(level.name): \(text.trimmed)" }
}

extension Comparison.Operand {
    func shown(_ value: (Variable) -> String) -> String {
        switch self {
        case .variable(let variable): value(variable)
        case .text(let literal): "\"\(literal.text)\""
        case .number(let number): String(number.value)
        case .null: "NULL"
        case .network(let name): name.text
        }
    }
}
