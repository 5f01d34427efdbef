import Events
import Node
import Script
import Simulation
import Syntax

/// Runs a test: a node of its own executes the blocks of the test file, with functions that only tests have.
final class Director: NodeObserver {
    let stage: Stage
    private let test: TestFile.Test
    private let node: Node
    private let host: SimulatedHost
    private var expectations: [Expectation] = []
    /// When the `advance_until` at hand began.
    private var waitBegan: Nanoseconds = 0
    private(set) var failure: Failure?

    init(_ test: TestFile.Test, of file: TestFile, seed: UInt64, _ options: TestOptions) {
        self.test = test
        stage = Stage(test, of: file, seed: seed, options)
        host = stage.world.host("test")
        node = Node(name: "test", host: host)
        node.observer = self
    }

    /// What the test itself logged.
    var log: [String] { host.logLines.map(\.text) }

    func run() {
        defer { stage.end() }
        let (script, expectations, steps) = stage.file.director(of: test)
        self.expectations = expectations
        let diagnostics = node.load(script, of: stage.file.source)
        if let error = diagnostics.first(where: { $0.severity == .error }) {
            let notes = error.notes.map { Failure.Detail("note", $0.message) }
            return fail(TestFailure(error.message, notes), at: error.span)
        }
        do {
            try node.start()
        } catch {
            return fail(TestFailure(error.description), at: .none)
        }
        for step in steps where step.part == .teardown || (failure == nil && stage.reasonToSkip == nil) {
            perform(step)
        }
    }

    private func perform(_ step: TestFile.Step) {
        guard let route = node.machine?.program.route(.request, step.route) else { return }
        var isDone = false
        node.run(route, finish: { _ in isDone = true })
        do throws(TestFailure) { try stage.checkDeadline() } catch { fail(error, at: step.span) }
        if isDone { return }
        // A function that waits, such as sleep(), lets time pass as well.
        stage.world.advance(until: { isDone }, limit: stage.options.virtualTime)
        if !isDone { fail(TestFailure("\(step.part.rawValue) does not come to an end"), at: step.span) }
    }

    // MARK: Functions

    /// Everything that tests can call: one table.
    static let functions: [TestFunction] =
        [
            TestFunction.nodes, TestFunction.time, TestFunction.input, TestFunction.network, TestFunction.backends,
            TestFunction.mocks, TestFunction.logs, TestFunction.messages, TestFunction.observations,
            TestFunction.snapshots,
        ].flatMap(\.self)

    func implementation(of module: String, _ own: ModuleImplementation?) -> ModuleImplementation? {
        guard module == "core" else { return own }
        var core = own ?? ModuleImplementation()
        var lines = core.own.isEmpty ? [] : [core.own]
        for function in Director.functions {
            lines.append("fn \(function.declaration)*")
            core.functions[function.name] = { [unowned self] call in
                perform(&call) { call throws(TestFailure) in try function.body(stage, call) }
            }
        }
        lines += [
            "fn expectation_failed(i)*", "fn wait_begins(i)*", "fn wait_goes_on(i)*", "var vars(?) case(?) answer(?)",
        ]
        core.functions["expectation_failed"] = { [unowned self] call in
            perform(&call) { call throws(TestFailure) in throw refusal(of: call) }
        }
        core.functions["wait_begins"] = { [unowned self] _ in
            waitBegan = stage.world.now
            return .code(1)
        }
        core.functions["wait_goes_on"] = { [unowned self] call in
            perform(&call) { call throws(TestFailure) in try wait(call) }
        }
        core.variables["vars"] = NodeVariables.access(stage)
        core.variables["answer"] = VariableAccess { [unowned stage] context in
            let path = String(decoding: context.nameBytes, as: UTF8.self)
            return stage.answer?.value(at: path, context.scratch) ?? .null
        }
        core.variables["case"] = VariableAccess { [unowned self] context in
            let name = String(decoding: context.nameBytes, as: UTF8.self)
            return test.values[name]?.value(context.scratch) ?? .null
        }
        core.own = lines.joined(separator: "\n")
        return core
    }

    private func perform(
        _ call: inout CallContext, _ body: (TestCall) throws(TestFailure) -> Int32
    ) -> Completion {
        do throws(TestFailure) {
            let code = try body(TestCall(call))
            try stage.checkDeadline()
            return stage.reasonToSkip == nil ? .code(code) : .exit
        } catch {
            fail(error, at: call.site.span)
            return .exit
        }
    }

    /// What went wrong first is what matters.
    private func fail(_ error: TestFailure, at span: Span) {
        guard failure == nil else { return }
        let source = stage.file.source
        let diagnostic = Diagnostic(.testFailed, at: span, error.message)
        let excerpt = diagnostic.rendered(in: source).trimmed.split(separator: "\n").dropFirst().map(String.init)
        failure = Failure(
            message: error.message, place: source.location(of: span.start), excerpt: excerpt, details: error.details,
            received: stage.lastMessage(), log: stage.lastLines())
    }

    // MARK: Expectations

    /// Waits a little longer for a condition, in steps that are short enough for what people write.
    private func wait(_ call: TestCall) throws(TestFailure) -> Int32 {
        guard let expectation = expectation(call) else { return 1 }
        let limit = expectation.text.flatMap { Nanoseconds(seconds: $0) } ?? .seconds(60)
        guard stage.world.now - waitBegan < limit else {
            var failure = refusal(of: call)
            failure.message = "this did not come true within \(seconds(limit))"
            throw failure
        }
        try stage.advance(by: .milliseconds(10))
        return 1
    }

    private func expectation(_ call: TestCall) -> Expectation? {
        guard let number = call.number(0), number >= 0, number < expectations.count else { return nil }
        return expectations[Int(number)]
    }

    /// What the parts of a condition that does not hold came to.
    private func refusal(of call: TestCall) -> TestFailure {
        guard let expectation = expectation(call) else { return TestFailure("this does not hold") }
        func value(_ variable: Variable) -> String {
            call.context.machine.evaluate(variable, call.context.fiber).shown
        }
        let operands = expectation.condition.operands
        var details: [Failure.Detail] = []
        for operand in operands {
            let name = stage.file.source.text(operand.variable.span)
            guard let expected = operand.expected else {
                details.append(Failure.Detail(name, value(operand.variable)))
                continue
            }
            let operation = expected.operation == .equal ? "" : expected.operation.rawValue + " "
            let wanted = operation + expected.operand.shown(value)
            if operands.count == 1 {
                details += TextDifference.details(expected: wanted, actual: value(operand.variable))
            } else {
                details.append(Failure.Detail(name, "\(value(operand.variable)), compared with \(wanted)"))
            }
        }
        return TestFailure(expectation.text ?? "this does not hold", details)
    }

    // MARK: NodeObserver

    var isOverdue: Bool { stage.deadline.isOver }

    func raised(_ event: Event) {}
    func scriptEnded(_ fiber: Fiber) {}
}
