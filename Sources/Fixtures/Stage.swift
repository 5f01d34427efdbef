import Node
import Script
import Simulation
import Syntax

/// The world of one test: its nodes, the network between them, and the client outside.
final class Stage {
    let file: TestFile
    let world: Simulation
    let mocks: Mocks
    let options: TestOptions
    private(set) lazy var client = SIPClient(world)
    private(set) var nodes: [StageNode] = []
    private var backends: [String: Backend] = [:]
    let deadline: Deadline
    private var steps = 0
    /// Of the management command that ran last.
    var answer: CommandAnswer?
    /// Set where the test finds that it cannot be run here.
    var reasonToSkip: String?

    init(_ test: TestFile.Test, of file: TestFile, seed: UInt64, _ options: TestOptions) {
        self.file = file
        self.options = options
        deadline = Deadline(options.realTime)
        world = Simulation(seed: seed)
        mocks = Mocks(test.mocked)
    }

    // MARK: Nodes

    func add(_ name: String, _ script: String, _ overrides: [String]) throws(TestFailure) {
        guard !nodes.contains(where: { $0.name == name }) else { throw TestFailure("there is a node \(name) already") }
        let path = file.files.path(of: script, beside: file.path)
        let text = try file.scripts.script(path, in: file, mocks.blocks, overrides: overrides)
        let counter = options.measuresCoverage ? CoverageCounter() : nil
        let node = StageNode(name, text, on: world.host(name), mocks, deadline, counter)
        if options.traces { node.trace() }
        nodes.append(node)
        try node.start()
    }

    func node(_ name: String) throws(TestFailure) -> StageNode {
        if let node = nodes.first(where: { $0.name == name }) { return node }
        let known = nodes.map(\.name).joined(separator: ", ")
        throw TestFailure("there is no node \(name)", [Failure.Detail("nodes", known.isEmpty ? "none" : known)])
    }

    /// What was executed so far.
    var coverage: Coverage {
        var coverage = Coverage()
        for node in nodes {
            if let counter = node.counter, let map = counter.map { coverage.add(counter.counted, map) }
        }
        return coverage
    }

    // MARK: Backends

    func addBackend(_ name: String, _ socket: String) throws(TestFailure) {
        guard backends[name] == nil else { throw TestFailure("there is a backend \(name) already") }
        backends[name] = try Backend(socket, in: world)
    }

    func backend(_ name: String) throws(TestFailure) -> Backend {
        if let backend = backends[name] { return backend }
        let known = backends.keys.sorted().joined(separator: ", ")
        throw TestFailure("there is no backend \(name)", [Failure.Detail("backends", known.isEmpty ? "none" : known)])
    }

    // MARK: What is shown of a failure

    /// Lines that are shown where statements are traced.
    static let tracedLines = 100

    /// The last lines of all nodes, in the order of time.
    func lastLines() -> [LoggedLine] {
        let count = options.traces ? Stage.tracedLines : 12
        let lines = nodes.flatMap { $0.logAndTrace(count) }
        // Not `sort`, which does not promise to keep the order of equals.
        return lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element).suffix(count)
    }

    /// The SIP message that came to a node last.
    func lastMessage() -> ReceivedMessage? {
        let places = nodes.compactMap { node in (try? SIPClient.address(of: node)).map { ($0, node.name) } }
        for trace in world.trace.reversed() where trace.transport == .datagram && trace.event == .delivered {
            if let (_, name) = places.first(where: { $0.0 == trace.to }) {
                return ReceivedMessage(node: name, time: trace.time, text: String(decoding: trace.bytes, as: UTF8.self))
            }
        }
        return nil
    }

    // MARK: Time

    /// Lets time pass, within the options of the test.
    func advance(by duration: Nanoseconds) throws(TestFailure) {
        guard !world.isRunning else {
            throw TestFailure(
                "time cannot be let pass inside of a wait", [Failure.Detail("write", "advance(1) instead of sleep(1)")])
        }
        guard duration >= 0, duration <= options.virtualTime, world.now <= options.virtualTime - duration else {
            throw TestFailure("the test takes more than \(seconds(options.virtualTime)) of virtual time")
        }
        world.advance(until: { [unowned self] in isLate }, limit: duration)
        try checkDeadline()
    }

    /// Looks at the real clock from time to time.
    private var isLate: Bool {
        steps &+= 1
        return steps & 0xff == 0 && deadline.isOver
    }

    func checkDeadline() throws(TestFailure) {
        if deadline.isMissed { throw TestFailure("the test takes more than \(options.realTime) of real time") }
    }

    func end() {
        for node in nodes { node.stop() }
    }
}

/// The moment at which a test has taken too long.
final class Deadline {
    private let moment: ContinuousClock.Instant
    /// Somebody looked at the clock, and it was too late.
    private(set) var isMissed = false

    init(_ time: Duration) { moment = ContinuousClock().now + time }

    /// Looks at the clock.
    var isOver: Bool {
        if !isMissed { isMissed = ContinuousClock().now > moment }
        return isMissed
    }
}

/// `2.5 s`
func seconds(_ time: Nanoseconds) -> String {
    let tenths = (time + 50_000_000) / 100_000_000
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
}
