import Node
import Script
import Simulation
import Syntax

/// A conversation with running nodes: what is typed is evaluated in one of them, and what comes of it is said.
///
/// Knows nothing of terminals: lines come in by `submit`, and go out by `say`.
package final class Session {
    package let world: World
    private let say: (Output) -> Void
    private let colours: Diagnostic.Colours
    private(set) var nodes: [SessionNode] = []
    /// The node that statements go to; nil before there is any.
    private(set) var node: SessionNode?
    let debugger = Debugger()
    var tracer: Tracer?
    /// Statements that wait inside, and whose end the person waits for.
    package private(set) var isWaiting = false
    /// The person has had enough.
    package internal(set) var isOver = false
    /// Something was wrong with a line.
    package private(set) var hasFailed = false
    /// Numbers what waits, so that its end is known when it comes after `interrupt`.
    private var waitNumber = 0
    private lazy var client = SessionClient(self)

    package init(_ world: World, isColoured: Bool = false, say: @escaping (Output) -> Void) {
        self.world = world
        self.say = say
        colours = isColoured ? .ansi : .none
        debugger.onStop = { [unowned self] in showStop($0) }
    }

    var isColoured: Bool { colours == .ansi }

    // MARK: Saying

    func result(_ text: String) { say(Output(.result, text)) }
    func notice(_ text: String) { say(Output(.notice, text)) }

    func complain(_ text: String) {
        hasFailed = true
        say(Output(.error, text))
    }

    func show(_ diagnostics: [Diagnostic], in source: Source) {
        if diagnostics.hasErrors { hasFailed = true }
        for diagnostic in diagnostics {
            say(Output(.diagnostic, diagnostic.rendered(in: source, colours: colours).withoutLastLineEnd))
        }
    }

    func trace(_ entry: Tracer.Entry) { say(Output(.trace, entry.line(isColoured: isColoured))) }

    func logged(_ node: SessionNode, _ level: LogLevel, _ text: String) {
        let name = nodes.count > 1 ? "\(node.name) " : ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            say(Output(.log, "\(name)\(seconds(world.now &- node.node.startedAt)) \(level.name): \(line)"))
        }
    }

    /// Seconds with three digits behind the point.
    func seconds(_ time: Nanoseconds) -> String {
        let milliseconds = max(0, time) / 1_000_000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    // MARK: Nodes

    /// Starts a node with a script, or with none.
    /// - Returns: false where it cannot run; what is wrong was said.
    @discardableResult
    package func add(_ name: String, file: String?) -> Bool {
        guard !nodes.contains(where: { $0.name == name }) else {
            complain("there is a node \(name) already; write :node \(name) to go there")
            return false
        }
        var source = Source(name: SessionNode.inputName, bytes: [])
        var found: [Diagnostic] = []
        if let file {
            guard let loaded = read(file) else { return false }
            (source, found) = loaded
            if found.hasErrors {
                show(found, in: source)
                return false
            }
        }
        let new = SessionNode(name, session: self)
        nodes.append(new)
        if node == nil { node = new }
        let (diagnostics, failure) = new.begin(source, found: found, file: file)
        show(diagnostics, in: source)
        if let failure { complain("\(name): \(failure)") }
        guard !diagnostics.hasErrors, failure == nil else {
            remove(new)
            return false
        }
        return true
    }

    func remove(_ old: SessionNode) {
        old.node.stop()
        debugger.forget(old)
        if let host = old.host as? SimulatedHost { host.exit() }
        nodes.removeAll { $0 === old }
        if node === old { node = nodes.first }
    }

    func find(_ name: String) -> SessionNode? {
        if let node = nodes.first(where: { $0.name == name }) { return node }
        complain(
            "there is no node \(name)"
                + (nodes.isEmpty ? "" : "; there is \(nodes.map(\.name).joined(separator: ", "))"))
        return nil
    }

    func use(_ other: SessionNode) { node = other }

    /// A script with its includes; an include is looked for as it is named, then beside the file that names it.
    func read(_ file: String) -> (Source, [Diagnostic])? {
        guard let bytes = world.readFile(file) else {
            complain("\(file): cannot be read")
            return nil
        }
        return Source.load(file, bytes) { [world] name, from in
            if let bytes = world.readFile(name) { return (name, bytes) }
            guard !name.hasPrefix("/"), let slash = from.lastIndex(of: "/") else { return nil }
            let beside = String(from[...slash] + name)
            return world.readFile(beside).map { (beside, $0) }
        }
    }

    /// The last word: all nodes end.
    package func end() {
        for node in nodes { node.node.stop() }
    }

    // MARK: Lines

    /// In front of what is typed.
    package var prompt: String {
        let name = node?.name ?? "siskin"
        return debugger.current == nil ? "\(name)> " : "\(name) (stopped)> "
    }

    /// Does what a whole input says; see `TypedInput`.
    package func submit(_ text: String) {
        let line = text.trimmed
        guard !line.isEmpty else { return }
        if line.hasPrefix(":") { return command(line) }
        guard let node else { return complain("there is no node; write :add NAME [FILE]") }
        // What is typed is not what a step was meant for.
        if debugger.current == nil { debugger.motion = .run }
        waitNumber += 1
        let number = waitNumber
        let (answer, warnings, source) = node.evaluate(text) { [weak self] late in
            guard let self else { return }
            if waitNumber == number { isWaiting = false }
            tell(late, isLate: true)
        }
        show(warnings, in: source)
        if case .waits = answer { isWaiting = true }
        tell(answer, isLate: false)
    }

    private func tell(_ answer: SessionNode.Answer, isLate: Bool) {
        switch answer {
        case .refused(let source, let diagnostics): show(diagnostics, in: source)
        case .defined(let items, let source, let diagnostics):
            show(diagnostics, in: source)
            for item in items { define(item) }
        case .value(let text, let kind): result(kind.isEmpty ? text : "\(text)  " + dim("(\(kind))"))
        case .truth(let truth): result(truth ? "true" : "false")
        case .done(let text): if let text { result(text) } else if isLate { notice("done") }
        case .waits: if debugger.current != nil { isWaiting = false }
        case .gaveUp: complain("inside of a stopped script nothing can wait; this was given up")
        }
    }

    private func dim(_ text: String) -> String { isColoured ? "\u{1b}[2m\(text)\u{1b}[0m" : text }

    private func define(_ item: Item) {
        switch item {
        case .route(let block):
            notice("\(block.kind.rawValue)\(block.name.map { "[\($0.text)]" } ?? "") is defined")
        case .loadModule(let load): notice("\(load.path.text) is loaded")
        case .modParam(let parameter): notice("\(parameter.name.text) is set")
        case .global(let global): notice("\(global.name.text) is set")
        case .include, .test: break
        }
    }

    /// The person does not want to wait any more; what waits goes on by itself.
    package func interrupt() {
        guard isWaiting else { return }
        isWaiting = false
        notice("it goes on in the background; :waits lists what waits")
    }

    // MARK: Time

    /// Lets simulated time pass up to a moment, or as long as a line waits, where the person waits for its end.
    package func advance(by duration: Nanoseconds) { world.simulation?.advance(by: duration) }

    /// For input that nobody types: lets simulated time pass until the line is done.
    package func finishWaiting(limit: Nanoseconds = .seconds(3600)) {
        guard isWaiting, let simulation = world.simulation else { return }
        simulation.advance(until: { [unowned self] in !isWaiting }, limit: limit)
        if isWaiting {
            isWaiting = false
            complain("it still waits after \(limit / 1_000_000_000) seconds")
        }
    }

    // MARK: Debugger

    /// Stops in front of the first statement that runs.
    package func stopAtStart() { debugger.motion = .step }

    private func showStop(_ stop: Debugger.Stop) {
        isWaiting = false
        if debugger.current?.fiber === stop.fiber { showPlace(of: stop) }
    }

    func showPlace(of stop: Debugger.Stop, around count: Int = 1) {
        guard let program = stop.node.machine?.program else { return }
        let mark = program.marks[stop.mark]
        let place = program.source.location(of: mark.span.start)
        let name = nodes.count > 1 ? " on \(stop.node.name)" : ""
        notice("stopped at \(place.file):\(place.line) in \(program.routes[mark.route].label)\(name)")
        for line in program.source.excerpt(around: mark.span.start, count: count) { result(line) }
    }

    /// Sends a SIP message to a node from outside, and says what comes back.
    func send(_ text: String, to node: SessionNode) { client.send(text, to: node) }
}

extension String {
    var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }

    fileprivate var withoutLastLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
