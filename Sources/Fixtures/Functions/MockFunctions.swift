import Node
import Script
import Syntax

/// Mocked variables, and the calls of mocked functions.
extension TestFunction {
    static let mocks = [
        /// `mock_variable("$name(sub)"[, value][, node])`: the variable reads this from here on, in all nodes or in one;
        /// without a value NULL. Scripts may assign to it if they could before. Without a sub-name it is for all of them.
        TestFunction("mock_variable(s^s?#s?)") { stage, call throws(TestFailure) in
            let text = try call.word(0)
            guard let variable = VariableParser.parse(Array(text.utf8)).variable, variable.transformations.isEmpty,
                variable.index == nil
            else { throw TestFailure("'\(text)' is no variable by itself") }
            if MockVariables.builtIn.contains(variable.name) {
                throw TestFailure("$\(variable.name) is part of the language and cannot be mocked")
            }
            let node = call.context.has(2) ? try stage.node(call.word(2)).name : nil
            stage.mocks.variables.set(
                variable.name, sub: variable.sub?.bytes, call.context.content(1), node: node)
            return 1
        },
        /// `expect_calls(function, count[, node])`: a mocked function was called so many times, in all nodes or in one.
        TestFunction("expect_calls(ss#s?)") { stage, call throws(TestFailure) in
            let count = try call.count(1) ?? 0
            return try stage.expectCalls(of: call.word(0), count, on: call.text(2))
        },
        /// `expect_no_calls(function[, node])`
        TestFunction("expect_no_calls(ss?)") { stage, call throws(TestFailure) in
            try stage.expectCalls(of: call.word(0), 0, on: call.text(1))
        },
        /// `expect_call(function[, arguments...])`: one of its calls began with these arguments.
        TestFunction("expect_call(ss?#s?#s?#s?#s?#s?#)") { stage, call throws(TestFailure) in
            let name = try call.word(0)
            let wanted = Mocks.Record(arguments: call.words(from: 1).map { .text(Array($0.utf8)) })
            let calls = try stage.calls(of: name)
            if calls.contains(where: { $0.begins(like: wanted) }) { return 1 }
            throw TestFailure(
                "\(name)() was not called like this",
                [
                    Failure.Detail("expected", wanted.shown(name)),
                    Failure.Detail("actual", stage.shown(calls, of: name)),
                ])
        },
        /// `expect_no_call(function[, arguments...])`: none of its calls began with these arguments.
        TestFunction("expect_no_call(ss?#s?#s?#s?#s?#s?#)") { stage, call throws(TestFailure) in
            let name = try call.word(0)
            let unwanted = Mocks.Record(arguments: call.words(from: 1).map { .text(Array($0.utf8)) })
            let found = try stage.calls(of: name).filter { $0.begins(like: unwanted) }
            if found.isEmpty { return 1 }
            throw TestFailure(
                "\(name)() was called, and should not have been",
                [Failure.Detail("actual", stage.shown(found, of: name))])
        },
    ]
}

extension Stage {
    fileprivate func expectCalls(of name: String, _ count: Int, on node: String?) throws(TestFailure) -> Int32 {
        let calls = try calls(of: name).filter { node == nil || $0.node == node }
        if calls.count == count { return 1 }
        throw TestFailure(
            "\(name)() was called another number of times",
            [
                Failure.Detail("expected", "\(count)"), Failure.Detail("actual", "\(calls.count)"),
                Failure.Detail("calls", shown(calls, of: name)),
            ])
    }

    fileprivate func calls(of function: String) throws(TestFailure) -> [Mocks.Record] {
        guard mocks.knows(function) else {
            throw TestFailure(
                "\(function) is not mocked", [Failure.Detail("write", "mock_route[\(function)] { return (1); }")])
        }
        return mocks.records[function] ?? []
    }

    /// The last few calls, one a line: `edge: sql_query("select", 5, NULL)  at edge.cfg:12:5`
    fileprivate func shown(_ calls: [Mocks.Record], of function: String) -> String {
        if calls.isEmpty { return "none" }
        return calls.suffix(5).map { call in
            let place = nodes.first { $0.name == call.node }.map { "  at \($0.place(of: call.span))" } ?? ""
            return "\(call.node): \(call.shown(function))\(place)"
        }.joined(separator: "\n")
    }
}

extension Mocks.Record {
    /// What a test looks for.
    fileprivate init(arguments: [EventAttribute.Content?]) {
        self.init(node: "", arguments: arguments, span: .none)
    }

    fileprivate func begins(like other: Mocks.Record) -> Bool {
        arguments.prefix(other.arguments.count).map { $0?.text } == other.arguments.map { $0?.text }
    }

    /// `sql_query("select", 5, NULL)`
    fileprivate func shown(_ function: String) -> String {
        let list = arguments.map { argument in
            switch argument {
            case nil: "NULL"
            case .number(let number)?: String(number)
            case .text(let bytes)?: "\"\(String(decoding: bytes, as: UTF8.self))\""
            }
        }
        return "\(function)(\(list.joined(separator: ", ")))"
    }
}
