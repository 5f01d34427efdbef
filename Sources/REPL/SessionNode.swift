import Events
import Node
import Script
import Syntax

/// A node of a session: its script grows by what is typed, and what one line leaves behind the next one finds.
final class SessionNode: NodeObserver, StatementObserver {
    /// What stands for a file in positions of what was typed.
    static let inputName = "input"
    /// The route that holds what was typed, by a name that no script can write without quotes.
    private static let routeName = ">"
    /// Where the value of an expression is put.
    private static let valueName = ">"

    let name: String
    let node: Node
    let host: any Host
    unowned let session: Session
    /// The files that were loaded, the first one first.
    private(set) var files: [String] = []
    private var remains: Remains?

    init(_ name: String, session: Session) {
        self.name = name
        self.session = session
        host = session.world.makeHost(name)
        node = Node(name: name, host: host)
        node.isExtensible = true
        node.observer = self
        node.statementObserver = self
    }

    var machine: Machine? { node.machine }

    // MARK: Script

    /// Begins the node with a script, or with none.
    /// - Returns: what is wrong; it does not run where there are errors.
    func begin(_ source: Source, found: [Diagnostic], file: String?) -> (diagnostics: [Diagnostic], start: StartError?)
    {
        if let file { files = [file] }
        let (tree, more) = Parser.parse(source)
        let diagnostics = node.load(tree, of: source, after: found + more)
        guard !diagnostics.hasErrors else { return (diagnostics, nil) }
        do {
            try node.start()
            return (diagnostics, nil)
        } catch {
            return (diagnostics, error)
        }
    }

    /// Adds a file to the script, or its newest text.
    func load(_ file: String, _ added: Source) -> (source: Source, diagnostics: [Diagnostic]) {
        if !files.contains(file) { files.append(file) }
        let (source, start) = script.appending(added)
        let (tree, found) = Parser.parse(source, from: start)
        return (source, extend(tree.withoutKnown(node), source, found))
    }

    private var script: Source { machine?.program.source ?? Source(name: "", bytes: []) }

    private func extend(_ tree: Syntax.Script, _ source: Source, _ found: [Diagnostic]) -> [Diagnostic] {
        let diagnostics = node.extend(tree, source: source, after: found)
        session.debugger.forgetMarks()
        return diagnostics
    }

    // MARK: What is typed

    enum Answer {
        /// Nothing was added, because of errors.
        case refused(Source, [Diagnostic])
        case defined([Item], Source, [Diagnostic])
        /// The value of an expression, and the warnings about it.
        case value(String, kind: String)
        /// A condition.
        case truth(Bool)
        /// Statements ran; what the last one came to.
        case done(String?)
        /// Statements wait inside; `ended` is called when they are done.
        case waits
        /// Inside of a stopped fiber nothing can wait.
        case gaveUp
    }

    /// - Parameter ended: told of the end of what waits.
    func evaluate(_ text: String, ended: @escaping (Answer) -> Void) -> (answer: Answer, warnings: [Diagnostic], Source)
    {
        let (source, start) = script.appending(Source(name: SessionNode.inputName, bytes: Array(text.utf8)))
        let (reading, found) = Parser.typed(source, from: start)
        guard !found.hasErrors else { return (.refused(source, found), [], source) }
        if case .items(let items) = reading {
            let diagnostics = extend(Syntax.Script(items: items), source, found)
            if diagnostics.hasErrors { return (.refused(source, diagnostics), [], source) }
            return (.defined(items, source, diagnostics), [], source)
        }
        let diagnostics = extend(Syntax.Script(items: [.route(wrapper(reading, source))]), source, found)
        if diagnostics.hasErrors { return (.refused(source, diagnostics), [], source) }
        return (run(reading, source, ended), diagnostics, source)
    }

    /// The route that what was typed becomes.
    private func wrapper(_ reading: TypedText, _ source: Source) -> RouteBlock {
        let end = Int32(source.bytes.count)
        func assign(_ value: Assignment.Value, at span: Span) -> Statement {
            Statement(.assign(Assignment(target: valueVariable(span), operation: .set, value: value)), span: span)
        }
        func number(_ number: Int32, at span: Span) -> Assignment.Value {
            .expression(Expression(.number(Number(number, span: span)), span: span))
        }
        var body = Block([], span: .none)
        switch reading {
        case .items: break
        case .statements(let block): body = block
        case .expression(let expression):
            body = Block([assign(.expression(expression), at: expression.span)], span: expression.span)
        case .condition(let condition):
            let span = condition.span
            let choice = Statement.Kind.ifElse(
                condition, then: Block([assign(number(1, at: span), at: span)], span: span),
                else: Block([assign(number(0, at: span), at: span)], span: span))
            body = Block([Statement(choice, span: span)], span: span)
        }
        let name = Name(SessionNode.routeName, span: body.span, form: .quoted)
        let span = Span(start: body.span.start, end: end)
        return RouteBlock(kind: .request, name: name, interval: nil, body: body, span: span)
    }

    private func valueVariable(_ span: Span = .none) -> Variable {
        Variable(
            name: "var", sub: Variable.Subname(bytes: Array(SessionNode.valueName.utf8), variable: nil), span: span)
    }

    private func run(_ reading: TypedText, _ source: Source, _ ended: @escaping (Answer) -> Void) -> Answer {
        guard let machine, let route = machine.program.route(.request, SessionNode.routeName) else { return .done(nil) }
        // A lone variable is looked at as it is: an assignment would change $rc.
        if case .expression(let expression) = reading, case .variable(let variable) = expression.kind {
            return withFiber { show(machine, variable, $0) }
        }
        if let stop = session.debugger.current, stop.node === self {
            session.debugger.isMuted = true
            defer { session.debugger.isMuted = false }
            guard let code = machine.run(route, inside: stop.fiber) else { return .gaveUp }
            return answer(reading, source, stop.fiber, code)
        }
        var answer: Answer?
        var isLate = false
        node.run(
            route, prepare: { remains?.restore($0) },
            finish: { [weak self] fiber in
                guard let self else { return }
                let result = self.answer(reading, source, fiber, fiber.returnCode)
                remains = Remains(fiber)
                if isLate { ended(result) } else { answer = result }
            })
        isLate = true
        return answer ?? .waits
    }

    /// The fiber that is looked at: the stopped one, or one with what the last line left.
    func withFiber<Result>(_ body: (Fiber) -> Result) -> Result {
        if let stop = session.debugger.current, stop.node === self { return body(stop.fiber) }
        let machine = machine
        let fiber = machine?.makeFiber() ?? Fiber()
        remains?.restore(fiber)
        defer { machine?.recycle(fiber) }
        return body(fiber)
    }

    private func answer(_ reading: TypedText, _ source: Source, _ fiber: Fiber, _ code: Int32) -> Answer {
        guard let machine else { return .done(nil) }
        switch reading {
        case .items: return .done(nil)
        case .expression: return show(machine, valueVariable(), fiber)
        case .condition: return .truth(machine.shown(valueVariable(), fiber) == "1")
        case .statements(let block):
            switch block.statements.last(where: { if case .empty = $0.kind { false } else { true } })?.kind {
            case .assign(let assignment):
                return .done("\(source.text(assignment.target.span)) = \(machine.shown(assignment.target, fiber))")
            case .call, .async, .launch: return .done("-> \(code)")
            case .route:
                let values = fiber.returnedValues.map(\.shown)
                return .done("-> \(code)" + (values.isEmpty ? "" : " (\(values.joined(separator: ", ")))"))
            default: return .done(nil)
            }
        }
    }

    private func show(_ machine: Machine, _ variable: Variable, _ fiber: Fiber) -> Answer {
        let shown = machine.shown(variable, fiber)
        let kind = shown == "NULL" ? "" : shown.hasPrefix("\"") ? "string" : "int"
        return .value(shown, kind: kind)
    }

    // MARK: What can be listed

    /// Names and values of the `$var`s.
    func variables() -> [(name: String, value: String)] {
        guard let machine else { return [] }
        return withFiber { fiber in
            machine.program.statics.slots.compactMap { slot in
                guard case .variable(let bytes) = slot, bytes != Array(SessionNode.valueName.utf8) else { return nil }
                let variable = Variable(name: "var", sub: .init(bytes: bytes, variable: nil), span: .none)
                return ("$var(\(String(decoding: bytes, as: UTF8.self)))", machine.shown(variable, fiber))
            }
        }
    }

    /// Names of AVPs and their values, the newest first.
    func avps() -> [(name: String, values: [String])] {
        guard let machine else { return [] }
        return withFiber { fiber in
            machine.avpNames.enumerated().compactMap { number, name in
                let count = fiber.avps.count(number)
                guard count > 0 else { return nil }
                let values = (0..<count).map { fiber.avps.value(number, at: $0).shown }
                return ("$avp(\(String(decoding: name, as: UTF8.self)))", values)
            }
        }
    }

    /// The routes that can run, without what was typed.
    var routes: [Program.Route] {
        machine?.program.routes.filter { $0.entry >= 0 && $0.replacement == nil && $0.name != SessionNode.routeName }
            ?? []
    }

    // MARK: Observing

    func reached(_ mark: Int, _ fiber: Fiber, in machine: Machine) -> Ticket? {
        if !session.debugger.isMuted { session.tracer?.reached(mark, fiber, in: machine) }
        return session.debugger.reached(mark, fiber, in: machine, of: self)
    }

    func scriptEnded(_ fiber: Fiber) {
        session.tracer?.ended(fiber)
        session.debugger.ended(fiber)
    }

    func takes(_ level: LogLevel, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        session.tracer?.interrupt()
        session.logged(self, level, String(decoding: text, as: UTF8.self))
        return true
    }
}

extension EventAttribute.Content? {
    fileprivate var shown: String {
        switch self {
        case nil: "NULL"
        case .number(let number)?: String(number)
        case .text(let bytes)?: "\"\(String(decoding: bytes, as: UTF8.self))\""
        }
    }
}

extension [Diagnostic] {
    var hasErrors: Bool { contains { $0.severity == .error } }
}

extension Syntax.Script {
    /// Without the modules that the node has loaded; their parameters stay as they are set.
    fileprivate func withoutKnown(_ node: Node) -> Syntax.Script {
        var known: Set<String> = []
        var items: [Item] = []
        for item in self.items {
            switch item {
            case .loadModule(let load):
                var name = load.path.text.split(separator: "/").last.map(String.init) ?? load.path.text
                if name.hasSuffix(".so") { name.removeLast(3) }
                if node.hasLoaded(name) { known.insert(name) } else { items.append(item) }
            case .modParam(let parameter) where known.contains(parameter.modules.text): break
            case .global(let global):
                if case .socket(let socket) = global.value, node.globals.sockets.contains(where: { $0.isSame(socket) })
                {
                    break
                }
                items.append(item)
            default: items.append(item)
            }
        }
        return Syntax.Script(items: items)
    }
}

extension SocketDefinition {
    fileprivate func isSame(_ other: SocketDefinition) -> Bool {
        proto.text == other.proto.text && host.text == other.host.text && ports == other.ports
    }
}
