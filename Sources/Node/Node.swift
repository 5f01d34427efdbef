import Catalog
import Script
import Syntax

/// A running node: one script, its machine, its modules and its waits, on one host.
///
/// Confined to its host's event loop; nothing in it blocks.
package final class Node {
    /// Of Siskin.
    package static let version = "0.1.0"

    /// Shown in front of log lines where there are several nodes.
    package let name: String
    /// Begins every line of the log, where several nodes share it.
    package var label = ""
    package let host: any Host
    package internal(set) var machine: Machine?
    package internal(set) var globals = Globals()
    /// More can be added to the script: see `extend`. Set before it is loaded.
    package var isExtensible = false
    /// Of an extensible script.
    var compiler: Compiler?
    /// Loaded modules by name, and in order of loading.
    var modulesByName: [String: any Module] = [:]
    var moduleOrder: [any Module] = []
    package private(set) var waits = WaitTable()
    package var events = EventTable()
    private(set) lazy var sip = SIPLayer(self)
    package private(set) lazy var management = Management(self)
    package var statistics = StatisticsTable()
    /// What is to be done when the script that runs now is done.
    private var ready = ReadyQueue()
    /// How many events led to what runs now, each raised by the route of the one before.
    private var eventDepth = 0
    /// When `drain` is called again for what had to wait.
    private var drainDue = Nanoseconds.max
    private var isReportingStorm = false
    private var isRunning = false
    private var isDraining = false
    private var isStopped = false
    let clock = LogClock()
    /// Sees what happens here, and may take part in it.
    package weak var observer: (any NodeObserver)?
    /// Told of every statement. Set before a script is loaded, whose program has marks then.
    package weak var statementObserver: (any StatementObserver)?
    /// What `warnOnce` has said.
    var warned: Set<String> = []
    package let startedAt: Nanoseconds
    /// Seconds since 1970.
    let startedAtSeconds: Int64

    package init(name: String, host: any Host) {
        self.name = name
        self.host = host
        startedAt = host.now
        startedAtSeconds = host.wallClock / 1_000_000
    }

    // MARK: Loading

    /// Reads a script; afterwards, unless there are errors among the diagnostics, the node can be started.
    package func load(_ source: Source) -> [Diagnostic] {
        let (tree, found) = Parser.parse(source)
        return load(tree, of: source, after: found)
    }

    /// The same for a script that was parsed, and perhaps changed.
    /// - Parameter found: what the parser said.
    package func load(_ tree: Syntax.Script, of source: Source, after found: [Diagnostic] = []) -> [Diagnostic] {
        var compiler = Compiler(library: self, hasMarks: statementObserver != nil)
        let (compiled, more) = compiler.add(tree, source: source, after: found)
        var diagnostics = found + more
        guard let compiled else { return diagnostics }
        if isExtensible { self.compiler = compiler }
        globals = Globals(compiled.globals)
        diagnostics += configure(compiled.parameters, globals.sockets)
        let machine = Machine(compiled.program, delegate: self)
        machine.observer = statementObserver
        machine.maximalLoops = globals.maximalLoops
        machine.xlogLevel = globals.xlogLevel
        machine.logLevel = globals.logLevel
        self.machine = machine
        events.learn(compiled, machine)
        sip.configure(compiled.globals, compiled.program)
        return diagnostics
    }

    func configure(
        _ parameters: some Sequence<CompiledScript.ModuleSetting>, _ sockets: some Sequence<SocketDefinition>
    ) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for setting in parameters {
            do {
                try module(setting.module)?.set(setting.name, setting.value)
            } catch {
                diagnostics.append(Diagnostic(.parameterValue, at: setting.span, "\(setting.name): \(error.reason)"))
            }
        }
        for socket in sockets {
            if let problem = Listening.problem(with: socket, modules: modulesByName) { diagnostics.append(problem) }
        }
        return diagnostics
    }

    /// Whether the script has loaded a module, implemented or not.
    package func hasLoaded(_ name: String) -> Bool {
        modulesByName[name] != nil || compiler?.result.modules.contains { $0.name == name } == true
    }

    /// The facts about the modules that an extensible script has loaded.
    package var moduleFacts: [ModuleFacts] { compiler?.result.modules ?? [] }

    package func module(_ name: String) -> (any Module)? { modulesByName[name] }

    /// The loaded module of a type.
    package func module<M: Module>(_ type: M.Type) -> M? { modulesByName[type.name] as? M }

    /// Changes how much is logged, until the node stops.
    func setLevels(log: Int32? = nil, xlog: Int32? = nil) {
        globals.logLevel = log ?? globals.logLevel
        globals.xlogLevel = xlog ?? globals.xlogLevel
        machine?.logLevel = globals.logLevel
        machine?.xlogLevel = globals.xlogLevel
    }

    // MARK: Life

    /// Opens the sockets, starts the modules, runs the startup route, and starts the timers.
    package func start() throws(StartError) {
        for socket in globals.sockets { try Listening.open(socket, modules: modulesByName, host: host) }
        for module in moduleOrder { try module.start() }
        guard let machine else { return }
        if let route = machine.program.route(.startup) { run(route) }
        scheduleTimers(from: 0)
        drain()
    }

    package func stop() {
        isStopped = true
        closeEventSockets()
        for module in moduleOrder.reversed() { module.stop() }
    }

    /// Starts the timer routes from an index on.
    func scheduleTimers(from start: Int) {
        guard let routes = machine?.program.routes[start...] else { return }
        for (index, route) in zip(routes.indices, routes) where route.kind == .timer && route.interval > 0 {
            scheduleTimer(index, every: .seconds(Int(route.interval)))
        }
    }

    private func scheduleTimer(_ route: Int, every interval: Nanoseconds) {
        _ = host.schedule(after: interval) { [weak self] in
            guard let self, !isStopped, machine?.program.routes[route].replacement == nil else { return }
            scheduleTimer(route, every: interval)
            run(route)
        }
    }

    /// Nothing to do but periodic housekeeping; a timer route is work.
    package var isIdle: Bool {
        waits.count == 0 && ready.isEmpty && !isRunning && moduleOrder.allSatisfy(\.isIdle)
            && machine?.program.routes.contains { $0.kind == .timer && $0.entry >= 0 } != true
    }

    // MARK: Fibers

    /// Runs a route in a fiber of its own, now or as soon as the script that runs now is done.
    /// - Parameters:
    ///   - prepare: gives the fiber its message and attributes.
    ///   - finish: is told of the end, be it much later.
    package func run(
        _ route: Int, arguments: [Value] = [], prepare: (Fiber) -> Void = { _ in },
        finish: ((Fiber) -> Void)? = nil
    ) {
        guard let machine, !isStopped else { return }
        let fiber = machine.makeFiber()
        prepare(fiber)
        fiber.onEnd = finish
        isRunning = true
        settle(machine.start(machine.current(route), on: fiber, arguments: arguments), fiber)
        isRunning = false
        drain()
    }

    /// Runs a route with arguments that are somebody else's.
    package func run(
        _ route: Int, passing arguments: [EventAttribute.Content?], finish: ((Fiber) -> Void)? = nil
    ) {
        run(route, passing: arguments, prepare: { _ in }, finish: finish)
    }

    func run(
        _ route: Int, passing arguments: [EventAttribute.Content?], prepare: (Fiber) -> Void,
        finish: ((Fiber) -> Void)?
    ) {
        let scratch = Arena()
        let values = arguments.map { argument in
            switch argument {
            case nil: Value.null
            case .number(let number)?: Value.number(number)
            case .text(let bytes)?: scratch.copy(bytes)
            }
        }
        run(route, arguments: values, prepare: prepare, finish: finish)
        withExtendedLifetime(scratch) {}
    }

    private func settle(_ outcome: Machine.Outcome, _ fiber: Fiber) {
        guard let machine else { return }
        switch outcome {
        case .blocked(let ticket): waits.attach(.blocked(fiber), to: ticket)
        case .stopped(let ticket): waits.attach(.stopped(fiber), to: ticket)
        case .suspended(let ticket, let route, let timeout):
            flush(fiber)
            sip.scriptWaits(fiber)
            waits.attach(.suspended(Continuation(fiber), route: route), to: ticket)
            if timeout > 0 { limit(ticket, to: .seconds(Int(timeout))) }
            machine.recycle(fiber)
        case .finished:
            flush(fiber)
            let end = fiber.onEnd
            fiber.onEnd = nil
            observer?.scriptEnded(fiber)
            end?(fiber)
            machine.recycle(fiber)
        }
    }

    private func flush(_ fiber: Fiber) {
        for deferred in fiber.deferred { append(isEvent: deferred.isEvent, deferred.action) }
        fiber.deferred.removeAll(keepingCapacity: true)
    }

    private func append(isEvent: Bool, _ action: @escaping () -> Void) {
        ready.append(.init(action: action, isEvent: isEvent, depth: eventDepth + (isEvent ? 1 : 0)))
    }

    /// Does something when the script of the fiber is done; without a fiber, as soon as no script runs.
    /// - Parameter event: in a storm it is dropped, and counted.
    package func afterScript(of fiber: Fiber?, event: [UInt8]? = nil, _ action: @escaping () -> Void) {
        if let event, !ready.reserveEvent(depth: eventDepth + 1) {
            return reportStorm("too many events wait for their routes; further ones are dropped", event)
        }
        if let event, ready.isSlow, eventDepth >= ReadyQueue.deepest {
            reportStorm("event routes raise events without end; they are slowed down", event)
        }
        if let fiber {
            fiber.deferred.append(Fiber.Deferred(isEvent: event != nil, action: action))
        } else {
            append(isEvent: event != nil, action)
            drain()
        }
    }

    /// Events that no route has seen, because too many waited.
    package var droppedEvents: UInt64 { ready.dropped }
    /// Events of cascades whose routes had to wait.
    package var slowedEvents: UInt64 { ready.slowed }

    /// Says once in a while what happens to events.
    private func reportStorm(_ message: String, _ event: [UInt8]) {
        guard !isReportingStorm else { return }
        isReportingStorm = true
        log(.error, "\(message), such as \(String(decoding: event, as: UTF8.self))")
        let (dropped, slowed) = (ready.dropped, ready.slowed)
        _ = host.schedule(after: .seconds(10)) { [weak self] in
            guard let self else { return }
            isReportingStorm = false
            let (lost, late) = (ready.dropped - dropped, ready.slowed - slowed)
            log(.error, "in ten seconds \(lost) events were dropped and \(late) slowed down")
        }
    }

    /// Works through what is ready; a storm gives way to timers and sockets after a while.
    private func drain() {
        guard !isRunning && !isDraining else { return }
        isDraining = true
        for _ in 0..<1000 {
            guard let entry = ready.popFirst(now: host.now) else { break }
            eventDepth = entry.depth
            entry.action()
        }
        eventDepth = 0
        isDraining = false
        guard !ready.isEmpty else { return }
        // Not at once: in simulation, time must pass in a storm too.
        drainLater(after: ready.mustWait ? 100 * ReadyQueue.pace : 20_000)
    }

    private func drainLater(after pause: Nanoseconds) {
        let due = host.now &+ pause
        guard due < drainDue else { return }
        drainDue = due
        _ = host.schedule(after: pause) { [weak self] in
            self?.drainDue = .max
            self?.drain()
        }
    }

    // MARK: Waits

    /// A ticket for a function that answers `.pending`.
    /// - Parameter cancel: called when somebody else ends the wait, such as the timeout of `async`.
    package func makeTicket(cancel: (() -> Void)? = nil) -> Ticket { waits.make(cancel: cancel) }

    /// Ends a wait: its fiber goes on with the return code. Where a statement observer stopped it, the code is ignored.
    /// - Parameters:
    ///   - fiber: whose script has to be done first.
    ///   - prepare: gives the fiber what came with the end, such as AVPs.
    package func complete(
        _ ticket: Ticket, code: Int32, after fiber: Fiber? = nil, prepare: @escaping (Fiber) -> Void = { _ in }
    ) {
        afterScript(of: fiber) { [weak self] in self?.resume(ticket, code: code, prepare) }
    }

    /// Ends a wait after a time, with the code that tells so.
    private func limit(_ ticket: Ticket, to time: Nanoseconds) {
        _ = host.schedule(after: time) { [weak self] in
            guard let self, let cancel = waits.cancellation(of: ticket) else { return }
            cancel()
            complete(ticket, code: -2)
        }
    }

    private func resume(_ ticket: Ticket, code: Int32, _ prepare: (Fiber) -> Void) {
        guard let machine, !isStopped, let state = waits.remove(ticket) else { return }
        isRunning = true
        defer { isRunning = false }
        switch state {
        case .blocked(let fiber):
            prepare(fiber)
            settle(machine.resume(fiber, code: code), fiber)
        case .stopped(let fiber): settle(machine.proceed(fiber), fiber)
        case .suspended(let continuation, let route):
            let fiber = machine.makeFiber()
            continuation.restore(fiber)
            prepare(fiber)
            fiber.returnCode = code
            settle(machine.start(machine.current(route), on: fiber), fiber)
        case .launched(let report, let text):
            guard let report else { return }
            let fiber = machine.makeFiber()
            prepare(fiber)
            fiber.returnCode = code
            let arguments = text.map { [fiber.arena.copy($0)] } ?? []
            settle(machine.start(machine.current(report), on: fiber, arguments: arguments), fiber)
        }
    }
}

extension Node: ModuleLibrary {
    package func implementation(of name: String) -> ModuleImplementation? {
        let own = Modules.type(named: name).map { type in
            let module = type.init(self)
            modulesByName[name] = module
            moduleOrder.append(module)
            return module.implementation
        }
        return observer?.implementation(of: name, own) ?? own
    }
}

extension Node: MachineDelegate {
    package var isOverdue: Bool { observer?.isOverdue ?? false }

    package func launch(_ completion: Completion, report: Int?, text: [UInt8]?, from fiber: Fiber) {
        switch completion {
        case .pending(let ticket): waits.attach(.launched(report: report, text: text), to: ticket)
        case .code(let code):
            let ticket = makeTicket()
            waits.attach(.launched(report: report, text: text), to: ticket)
            complete(ticket, code: code, after: fiber)
        case .route(let route, let arguments):
            let ticket = makeTicket()
            waits.attach(.launched(report: report, text: text), to: ticket)
            afterScript(of: fiber) { [weak self] in
                self?.run(route, passing: arguments) { self?.complete(ticket, code: $0.returnCode) }
            }
        case .exit: break
        }
    }
}
