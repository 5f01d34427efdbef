import Node
import Syntax

/// Shows results of tests as they come, in the order of the plan; the text to print.
package protocol Report {
    mutating func begin(_ count: Int) -> String
    mutating func add(_ result: TestResult) -> String
    mutating func end(_ summary: Summary) -> String
}

/// All results together.
package struct Summary: Sendable {
    package private(set) var passed = 0
    package private(set) var failed = 0
    package private(set) var skipped = 0
    /// Nanoseconds, of all tests.
    package private(set) var virtualTime: Int64 = 0
    /// Of the whole run.
    package var realTime = Duration.zero
    package var seed: UInt64

    package init(seed: UInt64) { self.seed = seed }

    package mutating func add(_ result: TestResult) {
        switch result.outcome {
        case .passed: passed += 1
        case .failed: failed += 1
        case .skipped: skipped += 1
        }
        virtualTime += Int64(result.virtualTime)
    }

    package var count: Int { passed + failed + skipped }
}

extension Failure {
    /// What people read below the name of a test, a line each.
    package var lines: [String] {
        var lines = ["\(place.file):\(place.line):\(place.column): \(message)"]
        lines += excerpt
        let width = details.map(\.name.count).max() ?? 0
        for detail in details {
            let name = detail.name + String(repeating: " ", count: width - detail.name.count)
            for (number, line) in detail.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                lines.append("  " + (number == 0 ? name : String(repeating: " ", count: width)) + "  " + line)
            }
        }
        if let received {
            lines.append("  the last message that came to \(received.node), at \(clock(received.time)):")
            for line in received.text.trimmed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                lines.append("    \(line)")
            }
        }
        if !log.isEmpty { lines.append("  the last lines of the log:") }
        let nodes = log.map(\.node.count).max() ?? 0
        for line in log {
            let node = line.node + String(repeating: " ", count: nodes - line.node.count)
            lines.append("    \(clock(line.time))  \(node)  \(line.shown)")
        }
        return lines
    }
}

/// `12.003400`, seconds of virtual time.
func clock(_ time: Nanoseconds) -> String {
    let micros = String(time % 1_000_000_000 / 1000)
    return "\(time / 1_000_000_000)." + String(repeating: "0", count: max(0, 6 - micros.count)) + micros
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }

    /// `0.012`, seconds.
    var decimal: String {
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
