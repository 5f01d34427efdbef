import Events
import Node
import Script

/// Events, waits, statistics, and the calls of mocked functions.
extension TestFunction {
    static let observations = [
        /// `expect_event(node, name[, count])`: the event was raised there, once or more often, or exactly so many times.
        TestFunction("expect_event(sss?#)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let name = try call.word(1)
            let found = node.events.count { $0.name == Array(name.utf8) }
            let count = try call.count(2)
            if count.map({ $0 == found }) ?? (found > 0) { return 1 }
            let others = node.events.suffix(5).map(\.shown).joined(separator: "\n")
            throw TestFailure(
                "\(name) was not raised like this on \(node.name)",
                [
                    Failure.Detail("expected", count.map { "\($0) times" } ?? "once or more often"),
                    Failure.Detail("actual", "\(found) times"),
                    Failure.Detail("events", others.isEmpty ? "none" : others),
                ])
        },
        /// `expect_no_event(node, name)`
        TestFunction("expect_no_event(ss)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let name = Array(try call.word(1).utf8)
            guard let event = node.events.first(where: { $0.name == name }) else { return 1 }
            throw TestFailure(
                "the event was raised on \(node.name), and should not have been",
                [Failure.Detail("actual", event.shown)])
        },
        /// `expect_waits(node, count)`: so many scripts wait there.
        TestFunction("expect_waits(ss#)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let count = try call.count(1) ?? 0
            let actual = try node.running().waits.count
            if actual == count { return 1 }
            throw TestFailure(
                "another number of scripts waits on \(node.name)",
                [Failure.Detail("expected", "\(count)"), Failure.Detail("actual", "\(actual)")])
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
        /// `expect_calls(function, count[, node])`: a mocked function was called so many times, in all nodes or in one.
        TestFunction("expect_calls(ss#s?)") { stage, call throws(TestFailure) in
            let name = try call.word(0)
            let count = try call.count(1) ?? 0
            let node = call.text(2)
            let calls = try stage.calls(of: name).filter { node == nil || $0.node == node }
            if calls.count == count { return 1 }
            throw TestFailure(
                "\(name)() was called another number of times",
                [
                    Failure.Detail("expected", "\(count)"), Failure.Detail("actual", "\(calls.count)"),
                    Failure.Detail("calls", calls.shown(name)),
                ])
        },
        /// `expect_call(function[, arguments...])`: one of its calls began with these arguments.
        TestFunction("expect_call(ss?#s?#s?#s?#s?#s?#)") { stage, call throws(TestFailure) in
            let name = try call.word(0)
            let expected = call.words(from: 1)
            let calls = try stage.calls(of: name)
            if calls.contains(where: { $0.arguments.prefix(expected.count).map { $0?.text } == expected }) { return 1 }
            let record = Mocks.Record(node: "", arguments: expected.map { .text(Array($0.utf8)) })
            throw TestFailure(
                "\(name)() was not called like this",
                [Failure.Detail("expected", record.shown(name)), Failure.Detail("actual", calls.shown(name))])
        },
    ]
}

extension Stage {
    fileprivate func calls(of function: String) throws(TestFailure) -> [Mocks.Record] {
        guard mocks.functions.contains(function) else {
            throw TestFailure(
                "\(function) is not mocked", [Failure.Detail("write", "mock_route[\(function)] { return (1); }")])
        }
        return mocks.records[function] ?? []
    }
}

extension Mocks.Record {
    /// `edge: sql_query("select", 5, NULL)`
    fileprivate func shown(_ function: String) -> String {
        let list = arguments.map { argument in
            switch argument {
            case nil: "NULL"
            case .number(let number)?: String(number)
            case .text(let bytes)?: "\"\(String(decoding: bytes, as: UTF8.self))\""
            }
        }
        return (node.isEmpty ? "" : "\(node): ") + "\(function)(\(list.joined(separator: ", ")))"
    }
}

extension [Mocks.Record] {
    /// The last few, one a line.
    fileprivate func shown(_ function: String) -> String {
        isEmpty ? "none" : suffix(5).map { $0.shown(function) }.joined(separator: "\n")
    }
}

extension Event {
    /// `E_ASK user=bob`
    fileprivate var shown: String {
        let list = attributes.map { attribute in
            let value = String(decoding: attribute.value.text, as: UTF8.self)
            return attribute.name.map { "\(String(decoding: $0, as: UTF8.self))=\(value)" } ?? value
        }
        return ([String(decoding: name, as: UTF8.self)] + list).joined(separator: " ")
    }
}
