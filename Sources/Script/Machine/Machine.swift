import Syntax

/// What a machine tells and asks the node that it runs in.
package protocol MachineDelegate: AnyObject {
    /// A line of `xlog` or `log`, which passed the level.
    func log(_ level: Int32, _ text: UnsafeBufferPointer<UInt8>)
    /// Something went wrong in the script; `location` is where.
    func report(_ severity: Diagnostic.Severity, _ message: String, at location: Source.Location)
    /// `launch` started something: when it is done, the report route (an index, or none) gets the text.
    func launch(_ completion: Completion, report: Int?, text: [UInt8]?, from fiber: Fiber)
    /// Scripts that run now are to end, as nobody waits for them any longer. Asked from time to time by what may go on
    /// for ever.
    var isOverdue: Bool { get }
}

extension MachineDelegate {
    package var isOverdue: Bool { false }
}

/// Executes a program. One machine belongs to one node; its fibers run one at a time.
package final class Machine {
    package let program: Program
    package unowned(unsafe) let delegate: any MachineDelegate
    package let matcher: Matcher

    /// Told where programs with marks are.
    package weak var observer: (any StatementObserver)?

    /// Times that a `while` may go round.
    package var maximalLoops: Int32 = 10_000
    /// Levels above it are not logged: `xlog_level` for `xlog`, `log_level` for `log`.
    package var xlogLevel: Int32 = 2
    package var logLevel: Int32 = 3

    let code: UnsafeMutablePointer<Instruction>
    let routes: UnsafeMutablePointer<RouteEntry>
    let lists: UnsafeMutablePointer<Int32>
    let transformations: UnsafeMutablePointer<TransformationSite>
    let patternTable: UnsafeMutablePointer<Pattern>
    let switches: UnsafeMutablePointer<SwitchTable>
    /// The `$var`s of the node; what OpenSIPS keeps for each worker process.
    private(set) var statics: Statics
    /// `statics`, for the loop and its slow paths: no reference counting, no check.
    private let currentStatics: UnsafeMutablePointer<Unmanaged<Statics>>
    /// Numbers of AVP names that were made at run time, behind those of the program.
    var avpNumbers: [[UInt8]: Int32] = [:]
    /// Counts entries into the loop, to tell whether anything ran while a fiber was blocked.
    var runs: UInt64 = 0
    private var pool: [Fiber] = []
    private var questions = 0
    /// Every loop ends now, and every call fails.
    private var isHalted = false
    /// Another machine has taken the tables of the switches over.
    private var isExtended = false

    /// The part of a route that calls need, trivially copyable.
    struct RouteEntry {
        var entry: Int32
        var registers: Int32
        var parameters: Int32
    }

    package convenience init(_ program: Program, delegate: any MachineDelegate) {
        self.init(program, Statics(program.statics.slots), Matcher(), delegate: delegate)
    }

    /// Goes on for a machine whose program was added to: with its variables, its fibers and what they are about to do.
    /// The other one must not be used any more.
    package convenience init(extending other: Machine, with program: Program) {
        let statics = Statics(extending: other.statics, to: program.statics.slots)
        self.init(program, statics, other.matcher, delegate: other.delegate)
        other.isExtended = true
        observer = other.observer
        maximalLoops = other.maximalLoops
        xlogLevel = other.xlogLevel
        logLevel = other.logLevel
        runs = other.runs
        pool = other.pool
    }

    /// Takes over a fiber that stopped in the machine that this one extends.
    package func adopt(_ fiber: Fiber) {
        guard let own = fiber.privateStatics else { return }
        fiber.privateStatics = Statics(extending: own, to: program.statics.slots)
    }

    private init(_ program: Program, _ statics: Statics, _ matcher: Matcher, delegate: any MachineDelegate) {
        self.program = program
        self.delegate = delegate
        self.statics = statics
        self.matcher = matcher
        code = Machine.copy(program.code)
        routes = Machine.copy(
            program.routes.map { RouteEntry(entry: $0.entry, registers: $0.registers, parameters: $0.parameters) })
        lists = Machine.copy(program.lists)
        transformations = Machine.copy(program.transformations)
        patternTable = Machine.copy(program.patterns)
        switches = Machine.copy(program.switches)
        currentStatics = .allocate(capacity: 1)
        currentStatics.initialize(to: .passUnretained(statics))
        for (number, name) in program.avpNames.enumerated() { avpNumbers[name] = Int32(number) }
    }

    /// The names of all AVPs in the order of their numbers, those that were made up at run time among them.
    package var avpNames: [[UInt8]] { avpNumbers.sorted { $0.value < $1.value }.map(\.key) }

    deinit {
        code.deallocate()
        routes.deallocate()
        lists.deallocate()
        transformations.deinitialize(count: program.transformations.count)
        transformations.deallocate()
        patternTable.deinitialize(count: program.patterns.count)
        patternTable.deallocate()
        if !isExtended { for index in program.switches.indices { switches[index].deallocate() } }
        switches.deallocate()
        currentStatics.deallocate()
    }

    private func use(_ other: Statics) {
        statics = other
        currentStatics.pointee = .passUnretained(other)
    }

    /// Does something with the `$var`s that a fiber sees which stands still.
    func seeing<Result>(_ fiber: Fiber, _ body: () -> Result) -> Result {
        guard let own = fiber.privateStatics else { return body() }
        let shared = statics
        use(own)
        defer { use(shared) }
        return body()
    }

    /// Assigns to a `$var`.
    @inline(__always)
    func setSlot(_ operand: Int, _ value: Value) {
        currentStatics.pointee._withUnsafeGuaranteedRef { $0.set(operand, value) }
    }

    private static func copy<Element>(_ array: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
        memory.initialize(from: array, count: array.count)
        return memory
    }

    /// A fiber with nothing in it.
    package func makeFiber() -> Fiber { pool.popLast() ?? Fiber() }

    /// Takes a fiber back that is done.
    package func recycle(_ fiber: Fiber) {
        fiber.clear()
        if pool.count < 64 { pool.append(fiber) }
    }

    /// How a run ended.
    package enum Outcome {
        /// The script is done; `fiber.returnCode` and `fiber.ending` tell how.
        case finished
        /// Inside a statement; `resume(_:code:)` goes on behind the call.
        case blocked(Ticket)
        /// By `async`: the frames are gone, the rest of the fiber waits for `start(route:)`.
        case suspended(Ticket, route: Int, timeout: Int32)
        /// In front of a statement, by the observer; `proceed(_:)` goes on with it.
        case stopped(Ticket)

        var isInPlace: Bool {
            switch self {
            case .blocked, .stopped: true
            case .finished, .suspended: false
            }
        }
    }

    /// Runs a route from its start.
    /// - Parameter arguments: what `$param(1)`... read.
    package func start(_ route: Int, on fiber: Fiber, arguments: [Value] = []) -> Outcome {
        fiber.unwind()
        enter(route, on: fiber, arguments: arguments)
        return run(fiber)
    }

    /// Goes on behind the call that blocked.
    package func resume(_ fiber: Fiber, code result: Int32) -> Outcome {
        fiber.state.pointee.rc = result
        if result == 0 {
            fiber.ending = .exit
            return .finished
        }
        return run(fiber)
    }

    /// Goes on where the observer stopped the fiber.
    package func proceed(_ fiber: Fiber) -> Outcome { run(fiber) }

    /// Makes the first frame of a fiber.
    func enter(_ route: Int, on fiber: Fiber, arguments: [Value]) {
        let entry = routes[route]
        if Int(entry.registers) + 16 > fiber.registerCapacity { fiber.growRegisters(to: Int(entry.registers) + 16) }
        for index in 0..<Int(entry.parameters) {
            fiber.registers[index] = index < arguments.count ? copied(arguments[index], fiber) : .null
        }
        fiber.state.pointee.pc = entry.entry
        fiber.state.pointee.base = 0
        fiber.frames[0] = Fiber.Frame(
            returnPC: -1, base: 0, route: Int32(route), arguments: Int32(arguments.count), mark: fiber.arena.mark)
        fiber.state.pointee.frameCount = 1
    }

    private func copied(_ value: Value, _ fiber: Fiber) -> Value {
        if value.hasOwnText { return fiber.arena.copy(value.bytes) }
        return value.isNumber ? .number(value.number) : .null
    }

    /// Runs until the fiber is done or stops; keeps the private `$var`s of a fiber that was blocked in place meanwhile.
    private func run(_ fiber: Fiber) -> Outcome {
        runs &+= 1
        guard let own = fiber.privateStatics else { return finish(loop(fiber), fiber) }
        if runs == fiber.copiedAtRun &+ 1 {
            // Nothing else ran meanwhile: as if the worker had just been blocked.
            use(own)
            fiber.privateStatics = nil
            return finish(loop(fiber), fiber)
        }
        let shared = statics
        use(own)
        let outcome = loop(fiber)
        use(shared)
        if outcome.isInPlace { return outcome }
        fiber.privateStatics = nil
        return outcome
    }

    private func finish(_ outcome: Outcome, _ fiber: Fiber) -> Outcome {
        if outcome.isInPlace {
            fiber.privateStatics = Statics(copying: statics)
            fiber.copiedAtRun = runs
        }
        return outcome
    }

    /// Whether scripts are to end. Most of the time nobody is asked.
    @inline(never)
    func isOverdue(_ pc: Int) -> Bool {
        if isHalted { return true }
        questions &+= 1
        guard questions & 0x3f == 0, delegate.isOverdue else { return false }
        isHalted = true
        report(.warning, "this takes too long and is ended", pc: pc - 1)
        return true
    }

    /// Tells the node what went wrong in the statement around the instruction.
    func report(_ severity: Diagnostic.Severity, _ message: String, pc: Int) {
        report(severity, message, at: program.span(at: pc))
    }

    package func report(_ severity: Diagnostic.Severity, _ message: String, at span: Span) {
        delegate.report(severity, message, at: program.source.location(of: span.start))
    }
}
