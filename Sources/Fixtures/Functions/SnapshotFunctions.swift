import Events
import Node
import Script

/// Results that are kept in files beside the test.
extension TestFunction {
    static let snapshots = [
        /// `expect_snapshot(name[, text])`: the text, or what the nodes did so far, is what the file of that name says.
        /// `siskin test --update` writes the file.
        TestFunction("expect_snapshot(ss?#)") { stage, call throws(TestFailure) in
            let name = try call.word(0)
            let text = call.context.has(1) ? (call.text(1) ?? "NULL") : stage.story
            return try stage.compare(text, withSnapshot: name)
        }
    ]
}

extension Stage {
    fileprivate func compare(_ text: String, withSnapshot name: String) throws(TestFailure) -> Int32 {
        let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "-_. ".contains($0) }
        guard isPlain, !name.isEmpty, !name.hasPrefix(".") else {
            throw TestFailure("'\(name)' is no name for a file; write letters, digits, '-' and '_'")
        }
        let path = file.snapshotFolder + "/" + name + ".txt"
        let actual = text.trimmed + "\n"
        let kept = file.files.read(path).map { String(decoding: $0, as: UTF8.self) }
        if kept == actual { return 1 }
        if options.updatesSnapshots {
            if file.files.write(path, Array(actual.utf8)) { return 1 }
            throw TestFailure("\(path) cannot be written")
        }
        let advice = Failure.Detail("to accept", "siskin test --update")
        guard let kept else {
            throw TestFailure("there is no snapshot \(path)", [Failure.Detail("actual", actual.trimmed), advice])
        }
        throw TestFailure(
            "this is not what \(path) says",
            TextDifference.details(expected: kept.trimmed, actual: actual.trimmed) + [advice])
    }

    /// What happened so far, in the order of time: lines of the logs, events, and SIP messages, each by its first line.
    fileprivate var story: String {
        var lines: [(time: Nanoseconds, text: String)] = []
        for node in nodes {
            lines += node.log.map { ($0.time, "\(node.name)  \($0.level.name): \($0.text.trimmed)") }
            lines += node.events.map { ($0.time, "\(node.name)  event \($0.event.shown)") }
        }
        for trace in world.trace where trace.transport == .datagram {
            let text = String(decoding: trace.bytes, as: UTF8.self)
            let isLost = trace.event == .delivered ? "" : ", \(trace.event.rawValue)"
            lines.append((trace.time, "\(trace.from.text) > \(trace.to.text)  \(text.firstLine)\(isLost)"))
        }
        // Not `sort`, which does not promise to keep the order of equals.
        return lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map { "\(clock($0.element.time))  \($0.element.text)" }.joined(separator: "\n")
    }
}
