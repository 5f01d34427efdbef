import Catalog
import Syntax

/// A script that is ready to run, with what it says besides its routes.
package struct CompiledScript {
    package var program: Program
    package var globals: [Global] = []
    /// In order of loading.
    package var modules: [ModuleFacts] = []
    package var parameters: [ModuleSetting] = []

    /// A `modparam` for one module that it concerns.
    package struct ModuleSetting: Sendable {
        package var module: String
        package var name: String
        package var value: ModParam.Value
        package var span: Span
    }
}

/// Tree to program: binds every name, checks every use, and emits the code of each route.
///
/// Items are read in the order of the text, as OpenSIPS does: a function or a parameter needs its `loadmodule`
/// before it. Routes are known everywhere.
///
/// More can be added to a script that was compiled. All indexes into the program stay what they are and code only grows,
/// so that fibers which stopped in it can go on.
package struct Compiler {
    var source: Source
    let library: any ModuleLibrary
    /// The program is to tell where it is.
    let hasMarks: Bool
    var scope = Scope()
    var program: Program
    var diagnostics: [Diagnostic] = []
    let matcher = Matcher()
    /// The last `loadmodule`, behind which more can stand.
    var lastLoad: Span?
    /// All that was compiled yet.
    package internal(set) var result: CompiledScript
    /// Routes from here on belong to the text at hand.
    private var firstRoute = 0
    /// Routes by kind and name.
    var routeIndexes: [RouteKey: Int32] = [:]
    var avpNumbers: [[UInt8]: Int32] = [:]
    var patternIndexes: [PatternKey: Int32] = [:]

    // State of the route that is being compiled.
    var routeKind = RouteKind.request
    var routeIndex = 0
    var nextRegister: Int32 = 0
    var highestRegister: Int32 = 0
    /// Arguments that the route reads; registers are kept for all that it could be given.
    var parameterCount: Int32 = 0
    /// Instructions whose register `a` counts from the end of the frame.
    var argumentInstructions: [Int] = []
    /// The statement that is being compiled leaves texts in the scratch memory.
    var hasTexts = false
    /// Jumps out of the surrounding loops and switches.
    var breaks: [[Int]] = []

    struct PatternKey: Hashable {
        var bytes: [UInt8]
        var options: Pattern.Options
    }

    struct RouteKey: Hashable {
        var kind: RouteKind
        var name: String

        /// Names tell routes apart, nearly always; the kind's hash would be that of another text.
        func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    package init(library: any ModuleLibrary, hasMarks: Bool = false) {
        source = Source(name: "", bytes: [])
        self.library = library
        self.hasMarks = hasMarks
        program = Program(source: source)
        result = CompiledScript(program: program)
    }

    /// Compiles a script; nil where there are errors among the diagnostics.
    package static func compile(
        _ script: Script, source: Source, library: any ModuleLibrary, after found: [Diagnostic] = []
    ) -> (script: CompiledScript?, diagnostics: [Diagnostic]) {
        var compiler = Compiler(library: library)
        return compiler.add(script, source: source, after: found)
    }

    /// Compiles a script, or adds to the one that was compiled: routes that it has already are replaced. Returns the
    /// whole script, or nil where there are errors among the diagnostics; then nothing was added.
    /// - Parameters:
    ///   - source: begins with the text of what was compiled before.
    ///   - found: what the parser found; routes with an error in them are left out, as they would only bring follow-up
    ///     errors.
    package mutating func add(
        _ script: Script, source: Source, after found: [Diagnostic] = []
    ) -> (script: CompiledScript?, diagnostics: [Diagnostic]) {
        let before = self
        self.source = source
        program.source = source
        firstRoute = program.routes.count
        diagnostics = []
        let errors = found.filter { $0.severity == .error }
        compile(script, skipping: errors.map(\.span.start))
        if errors.isEmpty, !diagnostics.contains(where: { $0.severity == .error }) { return (result, diagnostics) }
        let diagnostics = diagnostics
        self = before
        return (nil, diagnostics)
    }

    /// Numbers for names of AVPs that came up at run time.
    package mutating func learn(avpNames: [[UInt8]]) {
        for name in avpNames { _ = avpNumber(name) }
    }

    private mutating func compile(_ script: Script, skipping errors: [Int32]) {
        if scope.modules["core"] == nil { scope.load(Catalog.core, library.implementation(of: "core")) }
        var declared: [Int?] = []
        for case .route(let block) in script.items { declared.append(declare(block)) }
        var routes = declared.makeIterator()
        for item in script.items {
            switch item {
            case .global(let global): self.global(global)
            case .loadModule(let load): loadModule(load)
            case .modParam(let parameter): moduleParameter(parameter)
            case .route(let block):
                guard let index = routes.next() ?? nil,
                    !errors.contains(where: { block.span.start <= $0 && $0 <= block.span.end })
                else { continue }
                route(block, index)
            case .include: break
            case .test(let block):
                error(
                    .testBlock, block.keyword.span, "a script has no \(block.kind.rawValue) blocks",
                    notes: [Diagnostic.Note("they stand in files for siskin test, such as routes.test.cfg")])
            }
        }
        if firstRoute > 0 { redirectCalls() }
        program.accesses = scope.accesses
        result.program = program
    }

    // MARK: Routes

    /// The index of the route, unless it is wrong. One in which nothing stands counts as undefined, as in OpenSIPS.
    private mutating func declare(_ block: Syntax.RouteBlock) -> Int? {
        if block.body.isHollow {
            warning(
                .emptyRoute, block.name?.span ?? block.span, "nothing stands in this route, so it counts as undefined")
            return nil
        }
        let name = routeName(of: block)
        let index = Int32(program.routes.count)
        let key = RouteKey(kind: block.kind, name: name)
        let earlier = routeIndexes.updateValue(index, forKey: key)
        if let earlier, earlier < firstRoute {
            program.routes[Int(earlier)].replacement = program.routes.count
        } else if earlier != nil && block.kind != .timer {
            let shown = block.kind == .request && name.isEmpty ? "the main route" : "\(block.kind.rawValue)[\(name)]"
            error(.duplicateRoute, block.name?.span ?? block.span, "\(shown) is defined twice")
            routeIndexes[key] = earlier
            return nil
        }
        program.routes.append(
            Program.Route(
                kind: block.kind, name: name, entry: -1, registers: 0, parameters: 0,
                interval: block.interval?.value ?? 0, span: block.span))
        return Int(index)
    }

    /// What calls a route that was replaced calls the new one from here on.
    private mutating func redirectCalls() {
        for index in program.code.indices where program.code[index].operation == .callRoute {
            program.code[index].a = Int32(program.current(Int(program.code[index].a)))
        }
        for index in program.suspensions.indices where program.suspensions[index].route >= 0 {
            program.suspensions[index].route = Int32(program.current(Int(program.suspensions[index].route)))
        }
    }

    /// `route[0]` and `route[""]` are the main route.
    private func routeName(of block: Syntax.RouteBlock) -> String {
        guard let name = block.name else { return "" }
        return block.kind == .request && name.text == "0" ? "" : name.text
    }

    private mutating func route(_ block: Syntax.RouteBlock, _ index: Int) {
        routeKind = block.kind
        routeIndex = index
        parameterCount = 0
        nextRegister = Int32(Catalog.language.limits.routeArguments)
        highestRegister = nextRegister
        argumentInstructions = []
        breaks = []
        let entry = Int32(program.code.count)
        statements(block.body)
        emit(.returnLast)
        for instruction in argumentInstructions { program.code[instruction].a += highestRegister }
        program.routes[index].entry = entry
        program.routes[index].registers = highestRegister
        program.routes[index].parameters = parameterCount
    }

    /// The index of a route that the text names; reports a missing one.
    mutating func findRoute(_ name: Name, kind: RouteKind = .request) -> Int32 {
        let text = kind == .request && name.text == "0" ? "" : name.text
        if let index = routeIndexes[RouteKey(kind: kind, name: text)] { return index }
        let known = routeIndexes.keys.filter { $0.kind == kind }.map(\.name).sorted()
        error(
            .undefinedRoute, name.span, "there is no \(kind.rawValue)[\(name.text)]",
            notes: didYouMean(name.text, known))
        return 0
    }

    // MARK: Registers and code

    mutating func temporary() -> Int32 {
        nextRegister += 1
        highestRegister = max(highestRegister, nextRegister)
        return nextRegister - 1
    }

    @discardableResult
    mutating func emit(_ operation: Operation, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0) -> Int {
        if a >= 0, operation.leavesTexts { hasTexts = true }
        program.code.append(Instruction(operation, a, b, c))
        return program.code.count - 1
    }

    var here: Int32 { Int32(program.code.count) }

    /// Lets jumps go to the next instruction.
    mutating func land(_ jumps: [Int]) {
        for jump in jumps { program.code[jump].c = here }
    }

    /// A stretch of code from `start` to here whose faults lead to `target`.
    mutating func addFault(from start: Int32, to target: Int32) {
        if start < here { program.faults.append(Program.Fault(start: start, end: here, target: target)) }
    }

    /// A stretch that ended before the statements behind it were compiled.
    mutating func insertFault(from start: Int32, to end: Int32, target: Int32) {
        guard start < end else { return }
        let position = program.faults.lastIndex { $0.end <= end }.map { $0 + 1 } ?? 0
        program.faults.insert(Program.Fault(start: start, end: end, target: target), at: position)
    }

    mutating func constant(_ number: Int32) -> Int32 { program.statics.operand(of: .number(number)) }
    mutating func constant(_ bytes: [UInt8]) -> Int32 { program.statics.operand(of: .text(bytes)) }
    /// A text that stays where it is.
    func isConstantText(_ operand: Int32) -> Bool {
        guard operand < 0, case .text = program.statics.slots[Int(~operand)] else { return false }
        return true
    }

    var nullConstant: Int32 { mutating get { program.statics.operand(of: .null) } }

    mutating func list(_ operands: [Int32]) -> Int32 {
        let start = Int32(program.lists.count)
        program.lists += operands
        return start
    }

    // MARK: Diagnostics

    mutating func error(
        _ code: Diagnostic.Code, _ span: Span, _ message: String, notes: [Diagnostic.Note] = [],
        fix: Diagnostic.Fix? = nil
    ) {
        diagnostics.append(Diagnostic(code, .error, at: span, message, notes: notes, fix: fix))
    }

    mutating func warning(
        _ code: Diagnostic.Code, _ span: Span, _ message: String, notes: [Diagnostic.Note] = [],
        fix: Diagnostic.Fix? = nil
    ) {
        diagnostics.append(Diagnostic(code, .warning, at: span, message, notes: notes, fix: fix))
    }

    func didYouMean(_ name: String, _ candidates: [String]) -> [Diagnostic.Note] {
        let names = nearest(to: name, among: candidates)
        return names.isEmpty ? [] : [Diagnostic.Note("did you mean \(names.joined(separator: ", "))?")]
    }
}
