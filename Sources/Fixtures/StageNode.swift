import Events
import Node
import Script
import Simulation
import Syntax

/// A node under test on its simulated host, which outlives it: a node that is restarted is a new one there.
final class StageNode: NodeObserver {
    let name: String
    let host: SimulatedHost
    private let script: NodeScript
    private let path: String
    private let mocks: Mocks
    /// Nil where it was stopped or crashed.
    private(set) var node: Node?
    /// What was raised on it, the oldest first.
    private(set) var events: [Event] = []
    /// What the script that ended last left: its code, AVPs and message.
    private var last: (code: Int32, rest: Continuation)?

    init(_ name: String, _ path: String, _ script: NodeScript, on host: SimulatedHost, _ mocks: Mocks) {
        self.name = name
        self.path = path
        self.script = script
        self.host = host
        self.mocks = mocks
    }

    // MARK: Life

    func start() throws(TestFailure) {
        let node = Node(name: name, host: host)
        self.node = node
        node.observer = self
        let diagnostics = node.load(script.script, of: script.source)
        try NodeScript.check(diagnostics, script.source, path)
        for diagnostic in diagnostics where diagnostic.severity == .warning {
            node.report(diagnostic, in: script.source)
        }
        do {
            try node.start()
        } catch {
            throw TestFailure("\(name) does not start", [Failure.Detail("because", error.description)])
        }
    }

    /// The process ends, and its system closes its sockets.
    func stop() {
        guard let node else { return }
        node.stop()
        host.exit()
        self.node = nil
    }

    /// The machine loses its power.
    func crash() {
        host.crash()
        node = nil
    }

    /// A new process with the same script, on a machine that is up.
    func restart() throws(TestFailure) {
        stop()
        host.restart()
        try start()
    }

    func running() throws(TestFailure) -> Node {
        guard let node else { throw TestFailure("\(name) does not run") }
        return node
    }

    // MARK: Routes

    func route(_ kind: RouteKind, _ name: String) throws(TestFailure) -> (node: Node, route: Int) {
        let node = try running()
        if let route = node.machine?.program.route(kind, name) { return (node, route) }
        let label = name.isEmpty ? kind.rawValue : "\(kind.rawValue)[\(name)]"
        throw TestFailure("\(self.name) has no \(label)")
    }

    // MARK: What can be asked

    /// The value of a variable, seen from the script that ended last; the closure gets it as long as it is valid.
    func evaluate<Result>(_ variable: Variable, _ use: (Value, Arena) -> Result) -> Result {
        guard let machine = node?.machine else { return use(.null, Arena(capacity: 16)) }
        let fiber = machine.makeFiber()
        defer { machine.recycle(fiber) }
        if let last {
            last.rest.restore(fiber)
            fiber.returnCode = last.code
        }
        return use(machine.evaluate(variable, fiber), fiber.arena)
    }

    /// The value of a statistic; nil where the node has none of that name.
    func statistic(_ name: String) -> Int64? {
        guard let node, let id = node.statistics.find(Array(name.utf8)) else { return nil }
        return node.statistics.value(id)
    }

    var log: [LoggedLine] {
        host.logLines.map { line in
            let text = line.text
            // `Nov 21 02:49:34 [4711] INFO:text`
            let mark = "\(line.level.name):"
            let start = text.firstRange(of: mark)?.upperBound ?? text.startIndex
            return LoggedLine(time: line.time, node: name, level: line.level, text: String(text[start...]))
        }
    }

    // MARK: NodeObserver

    func implementation(of module: String, _ own: ModuleImplementation?) -> ModuleImplementation? {
        mocks.implementation(of: module, own, node: name)
    }

    func raised(_ event: Event) { events.append(event) }

    func scriptEnded(_ fiber: Fiber) { last = (fiber.returnCode, Continuation(fiber)) }
}
