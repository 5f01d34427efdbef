import Events
import Node
import Script

/// Events, cluster messages, waits, flags, statistics, and snapshots of it all.
extension TestFunction {
    static let observations = [
        /// `expect_event(node, name[, count])`: the event was raised there, once or more often, or exactly so many times.
        TestFunction("expect_event(sss?#)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let name = try call.word(1)
            let found = node.events.count { $0.event.name == Array(name.utf8) }
            let count = try call.count(2)
            if count.map({ $0 == found }) ?? (found > 0) { return 1 }
            throw TestFailure(
                "\(name) was not raised like this on \(node.name)",
                [
                    Failure.Detail("expected", count.map { "\($0) times" } ?? "once or more often"),
                    Failure.Detail("actual", "\(found) times"), node.shownEvents,
                ])
        },
        /// `expect_event_with(node, name, attribute, value[, attribute, value...])`: such an event was raised there.
        TestFunction("expect_event_with(ssss#" + String(repeating: "s?s?#", count: 7) + ")") {
            stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let name = try call.word(1)
            let words = call.words(from: 2)
            guard words.count % 2 == 0 else { throw TestFailure("the attribute \(words.last ?? "") has no value") }
            let wanted = stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) }
            let isThere = node.events.contains { _, event in
                event.name == Array(name.utf8)
                    && wanted.allSatisfy { event.value(named: Array($0.0.utf8))?.text == Array($0.1.utf8) }
            }
            if isThere { return 1 }
            let shown = ([name] + wanted.map { "\($0.0)=\($0.1)" }).joined(separator: " ")
            throw TestFailure(
                "no such event was raised on \(node.name)", [Failure.Detail("expected", shown), node.shownEvents])
        },
        /// `expect_no_event(node, name)`
        TestFunction("expect_no_event(ss)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let name = Array(try call.word(1).utf8)
            guard let event = node.events.first(where: { $0.event.name == name })?.event else { return 1 }
            throw TestFailure(
                "the event was raised on \(node.name), and should not have been",
                [Failure.Detail("actual", event.shown)])
        },
        /// `expect_cluster_message(node, pattern[, count])`: a request or a reply of another node's script came there.
        TestFunction("expect_cluster_message(srs?#)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let pattern = try call.pattern(1)
            let found = node.clusterMessages.filter { call.matches(pattern, $0) }
            let count = try call.count(2)
            if count.map({ $0 == found.count }) ?? !found.isEmpty { return 1 }
            throw TestFailure(
                "no such cluster message came to \(node.name)",
                [
                    Failure.Detail("expected", count.map { "\($0) times" } ?? "once or more often"),
                    Failure.Detail("actual", "\(found.count) times"),
                    Failure.Detail("messages", lastLines(node.clusterMessages)),
                ])
        },
        /// `expect_no_cluster_message(node, pattern)`
        TestFunction("expect_no_cluster_message(sr)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let pattern = try call.pattern(1)
            guard let found = node.clusterMessages.first(where: { call.matches(pattern, $0) }) else { return 1 }
            throw TestFailure(
                "a cluster message came to \(node.name), and should not have", [Failure.Detail("actual", found)])
        },
        /// `expect_waits(node, count)`: so many scripts wait there.
        TestFunction("expect_waits(ss#)") { stage, call throws(TestFailure) in
            let count = try call.count(1) ?? 0
            return try stage.node(call.word(0)).expectWaits(count)
        },
        /// `expect_no_waits(node)`
        TestFunction("expect_no_waits(s)") { stage, call throws(TestFailure) in
            try stage.node(call.word(0)).expectWaits(0)
        },
        /// `expect_flag(node, flag)`: the message of the script that ended last there has the flag.
        TestFunction("expect_flag(ss)") { stage, call throws(TestFailure) in
            try stage.node(call.word(0)).expectFlag(call.word(1), isSet: true)
        },
        /// `expect_no_flag(node, flag)`
        TestFunction("expect_no_flag(ss)") { stage, call throws(TestFailure) in
            try stage.node(call.word(0)).expectFlag(call.word(1), isSet: false)
        },
        /// `expect_statistic(node, name, value)`
        TestFunction("expect_statistic(sss#)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let name = try call.word(1)
            let expected = try call.word(2)
            let actual = node.statistic(name).map(String.init)
            if actual == expected { return 1 }
            throw TestFailure(
                "the statistic \(name) of \(node.name) has another value",
                [Failure.Detail("expected", expected), Failure.Detail("actual", actual ?? "there is none")])
        },
    ]
}

extension StageNode {
    fileprivate var shownEvents: Failure.Detail { Failure.Detail("events", lastLines(events.map(\.event.shown))) }

    fileprivate func expectWaits(_ count: Int) throws(TestFailure) -> Int32 {
        let actual = try running().waits.count
        if actual == count { return 1 }
        throw TestFailure(
            "another number of scripts waits on \(name)",
            [Failure.Detail("expected", "\(count)"), Failure.Detail("actual", "\(actual)")])
    }

    fileprivate func expectFlag(_ flag: String, isSet: Bool) throws(TestFailure) -> Int32 {
        let flags = self.flags
        if flags.contains(flag) == isSet { return 1 }
        throw TestFailure(
            "the flag \(flag) is \(isSet ? "not " : "")set on \(name)\(isSet ? "" : ", and should not be")",
            [Failure.Detail("flags", flags.isEmpty ? "none" : flags.joined(separator: " "))])
    }
}

/// The last few of a list, one a line.
func lastLines(_ all: [String]) -> String { all.isEmpty ? "none" : all.suffix(5).joined(separator: "\n") }

extension Event {
    /// `E_ASK user=bob`
    var shown: String {
        let list = attributes.map { attribute in
            let value = String(decoding: attribute.value.text, as: UTF8.self)
            return attribute.name.map { "\(String(decoding: $0, as: UTF8.self))=\(value)" } ?? value
        }
        return ([String(decoding: name, as: UTF8.self)] + list).joined(separator: " ")
    }
}
