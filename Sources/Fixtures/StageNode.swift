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
    private let mocks: Mocks
    private let deadline: Deadline
    /// Where coverage is measured.
    let counter: CoverageCounter?
    /// Where statements are traced.
    private var tracer: NodeTracer?
    /// What was traced, the oldest first, and how many lines had been logged before.
    private var traced: [(logged: Int, line: LoggedLine)] = []
    /// Nil where it was stopped or crashed.
    private(set) var node: Node?
    /// What was raised on it, the oldest first.
    private(set) var events: [(time: Nanoseconds, event: Event)] = []
    /// What the script that ended last left: its code, AVPs and message.
    private var last: (code: Int32, rest: Continuation)?

    init(
        _ name: String, _ script: NodeScript, on host: SimulatedHost, _ mocks: Mocks, _ deadline: Deadline,
        _ counter: CoverageCounter?
    ) {
        self.name = name
        self.script = script
        self.host = host
        self.mocks = mocks
        self.deadline = deadline
        self.counter = counter
    }

    /// Keeps what the scripts of the node do, before it is started.
    func trace() {
        tracer = NodeTracer(
            Tracer { [unowned self] entry in
                // No more than is shown of a failure.
                if traced.count >= 2 * Stage.tracedLines { traced.removeFirst(Stage.tracedLines) }
                let line = LoggedLine(time: host.now, node: name, level: .debug, text: entry.line(), isTrace: true)
                traced.append((host.logLines.count, line))
            })
    }

    // MARK: Life

    func start() throws(TestFailure) {
        let node = Node(name: name, host: host)
        self.node = node
        node.observer = self
        node.statementObserver = tracer ?? counter
        try script.load(into: node)
        if let counter, let program = node.machine?.program { counter.prepare(script.coverageMap(program)) }
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

    /// A route by its name, or with its kind: `failure_route[missed]`, `route` for the main route.
    func route(_ text: String) throws(TestFailure) -> (node: Node, route: Int) {
        for kind in RouteKind.allCases where text.hasPrefix(kind.rawValue) {
            let rest = text.dropFirst(kind.rawValue.count)
            if rest.isEmpty { return try route(kind, "") }
            if rest.first == "[", rest.last == "]" { return try route(kind, String(rest.dropFirst().dropLast())) }
        }
        return try route(.request, text)
    }

    func route(_ kind: RouteKind, _ name: String) throws(TestFailure) -> (node: Node, route: Int) {
        let node = try running()
        if let route = node.machine?.program.route(kind, name) { return (node, route) }
        let label = name.isEmpty ? kind.rawValue : "\(kind.rawValue)[\(name)]"
        throw TestFailure("\(self.name) has no \(label)")
    }

    /// `edge.cfg:12:5`
    func place(of span: Span) -> String {
        let place = script.source.location(of: span.start)
        return "\(place.file):\(place.line):\(place.column)"
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

    /// What came from scripts of other nodes of its clusters: `from 2: HEREIS:bob`
    var clusterMessages: [String] {
        events.lazy.map(\.event).filter { StageNode.clusterEvents.contains($0.name) }.map { event in
            func value(_ name: String) -> String {
                String(decoding: event.value(named: Array(name.utf8))?.text ?? [], as: UTF8.self)
            }
            return "from \(value("src_id")): \(value("msg"))"
        }
    }

    private static let clusterEvents: Set<[UInt8]> = [
        Array("E_CLUSTERER_REQ_RECEIVED".utf8), Array("E_CLUSTERER_RPL_RECEIVED".utf8),
    ]

    /// The flags of the message of the script that ended last.
    var flags: [String] {
        evaluate(Variable(name: "mf", span: .none)) { value, scratch in
            guard value.isText else { return [] }
            return String(decoding: value.text(in: scratch), as: UTF8.self).split(separator: " ").map(String.init)
        }
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

    /// The last lines of the log, and what was traced between them.
    func logAndTrace(_ count: Int) -> [LoggedLine] {
        let log = log
        guard !traced.isEmpty else { return log.suffix(count) }
        var lines: [LoggedLine] = []
        var next = 0
        for (logged, line) in traced {
            lines += log[next..<logged]
            lines.append(line)
            next = logged
        }
        return (lines + log[next...]).suffix(count)
    }

    // MARK: NodeObserver

    func implementation(of module: String, _ own: ModuleImplementation?) -> ModuleImplementation? {
        mocks.implementation(of: module, own, node: name)
    }

    var isOverdue: Bool { deadline.isOver }

    func raised(_ event: Event) { events.append((host.now, event)) }

    func scriptEnded(_ fiber: Fiber) {
        tracer?.scriptEnded(fiber)
        last = (fiber.returnCode, Continuation(fiber))
    }

    func takes(_ level: LogLevel, _ text: UnsafeBufferPointer<UInt8>) -> Bool { tracer?.takes(level, text) ?? false }
}
