import Syntax
import Testing

@testable import Script

/// A machine with a script, and a small world around it: what is logged and reported is kept, and a few functions of
/// the catalogue have bodies.
///
/// | function | does |
/// |---|---|
/// | `cache_store(_, key, value)`, `cache_fetch(_, key, $out)` | a table; fetching what is not there fails |
/// | `rand_event(code)` | comes to the code |
/// | `abort()` | ends the script |
/// | `sleep(_)` | waits until `wake` |
/// | `shm_status()` | notes how much scratch memory the fiber holds |
///
/// and `$shv(name)` is a table of numbers.
final class Stage: ModuleLibrary, MachineDelegate {
    enum Waiting {
        case blocked(Fiber)
        case stopped(Fiber)
        case suspended(Continuation, route: Int, timeout: Int32)
        case launched(report: Int?, text: [UInt8]?)
    }

    private(set) var log: [String] = []
    /// `line: message`
    private(set) var reports: [String] = []
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var waiting: [UInt64: Waiting] = [:]
    private(set) var lastTicket: UInt64 = 0
    private(set) var scratch: [Int] = []
    /// How the last script that ended did.
    private(set) var code: Int32 = 0
    private(set) var ending = Fiber.Ending.end
    private var cache: [[UInt8]: [UInt8]] = [:]
    private var shared: [[UInt8]: Int32] = [:]
    private var compiled: Machine?

    /// There is no machine where the script does not compile; `adapt` may change the program in front of that.
    init(_ script: [UInt8], observer: (any StatementObserver)? = nil, adapt: (inout Program) -> Void = { _ in }) {
        let source = Source(name: "test.cfg", bytes: script)
        let (tree, found) = Parser.parse(source)
        var compiler = Compiler(library: self, hasMarks: observer != nil)
        let (script, more) = compiler.add(tree, source: source, after: found)
        diagnostics = found + more
        guard var program = script?.program else { return }
        adapt(&program)
        compiled = Machine(program, delegate: self)
        compiled?.xlogLevel = 4
        compiled?.observer = observer
    }

    convenience init(_ script: String, observer: (any StatementObserver)? = nil) {
        self.init(Array(script.utf8), observer: observer)
    }

    /// A script of statements that `play` runs.
    convenience init(statements: String, routes: String = "") {
        self.init(
            "enable_asserts=1 loadmodule \"cfgutils.so\"\nroute { exit; }\nstartup_route {\n\(statements)\n}\n\(routes)"
        )
    }

    /// For scripts that are known to compile.
    var machine: Machine { compiled! }
    var isCompiled: Bool { compiled != nil }
    var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

    // MARK: Playing

    func play(_ kind: RouteKind = .startup, _ name: String = "", prepare: (Fiber) -> Void = { _ in }) {
        guard let machine = compiled, let route = machine.program.route(kind, name) else { return }
        play(route, prepare: prepare)
    }

    func play(_ route: Int, prepare: (Fiber) -> Void = { _ in }) {
        let fiber = machine.makeFiber()
        prepare(fiber)
        settle(machine.start(route, on: fiber), fiber)
    }

    /// Ends a wait; false where there is none.
    @discardableResult
    func wake(_ ticket: UInt64, code: Int32 = 1) -> Bool {
        switch waiting.removeValue(forKey: ticket) {
        case nil: return false
        case .blocked(let fiber): settle(machine.resume(fiber, code: code), fiber)
        case .stopped(let fiber): settle(machine.proceed(fiber), fiber)
        case .suspended(let continuation, let route, _):
            play(route) { fiber in
                continuation.restore(fiber)
                fiber.returnCode = code
            }
        case .launched(let report, _):
            if let report { play(report) { $0.returnCode = code } }
        }
        return true
    }

    private func settle(_ outcome: Machine.Outcome, _ fiber: Fiber) {
        switch outcome {
        case .blocked(let ticket): waiting[ticket.number] = .blocked(fiber)
        case .stopped(let ticket): waiting[ticket.number] = .stopped(fiber)
        case .suspended(let ticket, let route, let timeout):
            waiting[ticket.number] = .suspended(Continuation(fiber), route: route, timeout: timeout)
            machine.recycle(fiber)
        case .finished:
            code = fiber.returnCode
            ending = fiber.ending
            machine.recycle(fiber)
        }
    }

    // MARK: ModuleLibrary

    func implementation(of module: String) -> ModuleImplementation? {
        switch module {
        case "core":
            ModuleImplementation(functions: [
                "cache_store": { [unowned self] call in
                    guard let key = call.bytes(1), let value = call.bytes(2) else { return .code(-1) }
                    cache[key] = value
                    return .code(1)
                },
                "cache_fetch": { [unowned self] call in
                    guard let key = call.bytes(1), let value = cache[key] else { return .code(-2) }
                    return .code(call.set(2, call.scratch.copy(value)) ? 1 : -1)
                },
            ])
        case "cfgutils":
            ModuleImplementation(
                functions: [
                    "rand_event": { .code($0.number(0) ?? -1) },
                    "abort": { _ in .exit },
                    "sleep": { [unowned self] _ in
                        lastTicket += 1
                        return .pending(Ticket(number: lastTicket))
                    },
                    "shm_status": { [unowned self] call in
                        scratch.append(call.fiber.arena.capacity)
                        return .code(1)
                    },
                ],
                variables: [
                    "shv": VariableAccess(
                        get: { [unowned self] in .number(shared[Array($0.nameBytes)] ?? 0) },
                        set: { [unowned self] context, value, _ in
                            guard value.isNumber else { return false }
                            shared[Array(context.nameBytes)] = value.number
                            return true
                        })
                ])
        default: nil
        }
    }

    // MARK: MachineDelegate

    func log(_ level: Int32, _ text: UnsafeBufferPointer<UInt8>) {
        if log.count < 10_000 { log.append(String(decoding: text, as: UTF8.self)) }
    }

    func report(_ severity: Diagnostic.Severity, _ message: String, at location: Source.Location) {
        if reports.count < 10_000 { reports.append("\(location.line): \(message)") }
    }

    func launch(_ completion: Completion, report: Int?, text: [UInt8]?, from fiber: Fiber) {
        if case .pending(let ticket) = completion { waiting[ticket.number] = .launched(report: report, text: text) }
    }
}

/// What the statements log, all in one text, a blank between two lines.
func logged(_ statements: String, routes: String = "", sourceLocation: SourceLocation = #_sourceLocation) -> String {
    let stage = Stage(statements: statements, routes: routes)
    for error in stage.errors { Issue.record("\(error.message)", sourceLocation: sourceLocation) }
    stage.play()
    return stage.log.joined(separator: " ")
}
