import Catalog
import Syntax

extension Compiler {
    mutating func statements(_ block: Block) {
        for statement in block.statements { self.statement(statement) }
    }

    /// Nothing comes of semicolons, nor of a `break` with nothing to break.
    private func hasCode(_ statement: Statement) -> Bool {
        switch statement.kind {
        case .empty: false
        case .breakLoop: !breaks.isEmpty
        default: true
        }
    }

    private func hasCode(_ block: Block) -> Bool { block.statements.contains(where: hasCode) }

    mutating func statement(_ statement: Statement) {
        guard hasCode(statement) else { return }
        mark(statement)
        let outer = hasTexts
        hasTexts = false
        part(statement)
        if hasTexts { emit(.reset) }
        hasTexts = outer
    }

    /// A statement that may stand inside an expression, whose texts must stay.
    mutating func part(_ statement: Statement) {
        if case .empty = statement.kind { return }
        let start = here
        let register = nextRegister
        program.positions.append(Program.Position(start: start, span: statement.span))
        code(of: statement)
        nextRegister = register
        addFault(from: start, to: here)
    }

    private mutating func code(of statement: Statement) {
        switch statement.kind {
        case .empty: break
        case .call(let call): self.call(call)
        case .assign(let assignment): assign(assignment)
        case .ifElse(let condition, let then, let otherwise): ifElse(condition, then, otherwise)
        case .whileLoop(let condition, let body): whileLoop(condition, body)
        case .forEach(let variable, let list, let body): forEach(variable, list, body)
        case .switchCase(let variable, let cases, let otherwise): switchCase(variable, cases, otherwise)
        case .breakLoop:
            guard !breaks.isEmpty else { return }
            emit(.setCode, Compiler.breakCode)
            breaks[breaks.count - 1].append(emit(.jump))
        case .exit: emit(.exit)
        case .drop: emit(.drop)
        case .returnCode(let code, let values): returnCode(code, values)
        case .route(let call): routeCall(call)
        case .async(let call, let resume, let timeout): async(call, resume, timeout)
        case .launch(let call, let report, let text): launch(call, report, text)
        case .assert(let condition, let text): assert(condition, text)
        case .log(let level, let text): emit(.log, constant(text.bytes), level?.value ?? 4)
        case .error(let reason, let text):
            // OpenSIPS never went further than this either.
            let message = "error(\"\(reason.text)\", \"\(text.text)\") does nothing"
            emit(.log, constant(Array(message.utf8)), LogLevelName.error)
        case .xdbg(let texts): emit(.xlog, format(joined(texts), at: statement.span), constant(LogLevelName.debug))
        case .xlog(let level, let texts): xlog(level, texts, statement.span)
        }
    }

    // MARK: Marks

    private var lastMark: Int { program.marks.count - 1 }

    private mutating func mark(_ statement: Statement) {
        guard hasMarks else { return }
        addMark(Mark(kind: .statement(statement), span: statement.span, route: routeIndex))
    }

    /// - Parameter span: nil where the branch is not written.
    private mutating func mark(_ branch: Mark.Branch, _ span: Span? = nil, of owner: Int) {
        guard hasMarks, owner >= 0 else { return }
        let span = span ?? program.marks[owner].span
        addMark(Mark(kind: .branch(branch), span: span, route: routeIndex, owner: owner))
    }

    private mutating func addMark(_ mark: Mark) {
        emit(.observe, Int32(program.marks.count))
        program.marks.append(mark)
    }

    // MARK: Conditions and loops

    private mutating func ifElse(_ condition: Condition, _ then: Block, _ otherwise: Block?) {
        let owner = lastMark
        let start = here
        var toElse: [Int] = []
        self.condition(condition, jumpIf: false, &toElse)
        let conditionEnd = here
        mark(.then, then.span, of: owner)
        statements(then)
        if !hasCode(then) { emit(.setCode, 1) }
        let toEnd = emit(.jump)
        land(toElse)
        if let otherwise, hasCode(otherwise) {
            insertFault(from: start, to: conditionEnd, target: here)
            mark(.otherwise, otherwise.span, of: owner)
            statements(otherwise)
        } else {
            emit(.setCode, 0)
            // A condition that fails leaves its -1 where there is nothing else to run.
            insertFault(from: start, to: conditionEnd, target: here)
            mark(.otherwise, otherwise?.span, of: owner)
        }
        land([toEnd])
    }

    /// A stretch that ended before the statements behind it were compiled.
    mutating func insertFault(from start: Int32, to end: Int32, target: Int32) {
        guard start < end else { return }
        let position = program.faults.lastIndex { $0.end <= end }.map { $0 + 1 } ?? 0
        program.faults.insert(Program.Fault(start: start, end: end, target: target), at: position)
    }

    /// What `break` leaves in `$rc`, as in OpenSIPS.
    private static let breakCode: Int32 = -5
    /// Rounds that a `for` may take.
    static let maximalElements: Int32 = 65_536
    /// What a `for` that is skipped leaves there.
    private static let skippedCode: Int32 = -10

    /// The condition stands behind the body, so that a round takes one jump; to the reset in front of the body where the
    /// condition leaves texts. Leaves 1 when its condition ended it, else
    /// what its last statement left.
    private mutating func whileLoop(_ condition: Condition, _ body: Block) {
        guard !body.isHollow else { return ask(condition) }
        let owner = lastMark
        let counter = temporary()
        emit(.move, counter, constant(0))
        let toCondition = emit(.jump)
        let reset = emit(.reset)
        breaks.append([emit(.countLoop, counter)])
        mark(.round, body.span, of: owner)
        statements(body)
        land([toCondition])
        var toTop: [Int] = []
        let start = here
        hasTexts = false
        self.condition(condition, jumpIf: true, &toTop)
        for jump in toTop { program.code[jump].c = Int32(hasTexts ? reset : reset + 1) }
        addFault(from: start, to: here)
        mark(.done, of: owner)
        emit(.setCode, 1)
        land(breaks.removeLast())
    }

    /// A loop with nothing inside asks its condition once, as in OpenSIPS.
    private mutating func ask(_ condition: Condition) {
        var jumps: [Int] = []
        let start = here
        self.condition(condition, jumpIf: true, &jumps)
        land(jumps)
        addFault(from: start, to: here)
        emit(.setCode, 1)
    }

    /// Walks by index, so what changes on the way shifts what comes; ends at the first null. Leaves what its last
    /// statement left, 1 where none ran. With nothing inside it leaves even its variable alone, as in OpenSIPS.
    private mutating func forEach(_ variable: Variable, _ list: Variable, _ body: Block) {
        guard case .all = list.index else {
            warning(
                .variableIndex, list.span, "without [*] the loop is skipped",
                notes: [Diagnostic.Note("write $(\(list.name)...[*])")])
            emit(.setCode, Compiler.skippedCode)
            return
        }
        let owner = lastMark
        let index = temporary()
        let value = temporary()
        emit(.move, index, constant(0))
        emit(.setCode, 1)
        let top = here
        // Inside of the loop, so that what names and indexes read is fresh in every round.
        guard let target = target(of: variable), let site = site(of: list), !body.isHollow else { return }
        emit(.read, value, site, index)
        // A body that adds to what it walks over would go on for ever.
        let toEnd = [emit(.jumpIfNull, value), emit(.jumpIfGreater, index, constant(Compiler.maximalElements))]
        breaks.append([])
        emit(.addNumber, index, index, 1)
        if variable.name == "json" {
            // Elements come as text, which is parsed; where that fails, the loop ends.
            store(value, in: target, .replace)
            breaks[breaks.count - 1].append(emit(.jumpIfCodeFalse))
        } else {
            store(value, in: target, .set)
        }
        emit(.reset)
        mark(.round, body.span, of: owner)
        statements(body)
        emit(.jump, 0, 0, top)
        land(toEnd)
        mark(.done, of: owner)
        land(breaks.removeLast())
    }

    private mutating func switchCase(_ variable: Variable, _ cases: [Case], _ otherwise: Block?) {
        let owner = lastMark
        let value = operand(of: variable)
        emit(.setCode, 1)
        var jumps: [Int] = []
        let table = cases.count > 3 && cases.allSatisfy(\.label.isNumber) != cases.allSatisfy(\.label.isText)
        if table {
            emit(.switchCase, value, Int32(program.switches.count))
            program.switches.append(SwitchTable(numbers: [], otherwise: 0))
        } else {
            for label in cases.map(\.label) { jumps.append(emit(.jumpIfCase, value, operand(of: label))) }
            jumps.append(emit(.jump))
        }
        let tableIndex = program.switches.count - 1
        breaks.append([])
        var targets: [Int32] = []
        for (index, item) in cases.enumerated() {
            if !table { land([jumps[index]]) }
            targets.append(here)
            mark(.label(index), item.span, of: owner)
            statements(item.body)
        }
        if !table { land([jumps[cases.count]]) }
        let otherwiseTarget = here
        mark(.unlabelled, otherwise?.span, of: owner)
        if let otherwise { statements(otherwise) }
        land(breaks.removeLast())
        if table {
            program.switches[tableIndex] = SwitchTable(cases.map(\.label), targets, otherwise: otherwiseTarget)
        }
    }

    private mutating func operand(of label: Case.Label) -> Int32 {
        switch label {
        case .number(let number): constant(number.value)
        case .text(let literal): constant(literal.bytes)
        }
    }

    // MARK: Leaving and calling

    private mutating func returnCode(_ code: Argument?, _ values: [Argument]) {
        let codeOperand = code.map { argumentOperand($0) } ?? constant(1)
        let operands = values.map { argumentOperand($0) }
        emit(.returnCode, codeOperand, list(operands), Int32(operands.count))
    }

    /// The value of an argument of `return` or `route`: literals stand for themselves.
    private mutating func argumentOperand(_ argument: Argument) -> Int32 {
        switch argument {
        case .empty: constant(1)
        case .null: nullConstant
        case .number(let number): constant(number.value)
        case .text(let literal): constant(literal.bytes)
        case .word(let name): constant(Array(name.text.utf8))
        case .variable(let variable): operand(of: variable)
        }
    }

    mutating func routeCall(_ call: RouteCall) {
        let limit = Catalog.language.limits.routeArguments
        if call.arguments.count > limit {
            error(.tooManyRouteArguments, call.span, "a route takes \(limit) arguments at most")
        }
        let operands = call.arguments.map { argumentOperand($0) }
        let target = routeTarget(call)
        for (index, operand) in operands.enumerated() {
            argumentInstructions.append(emit(isConstantText(operand) ? .move : .argument, Int32(index), operand))
        }
        switch target {
        case .index(let index): emit(.callRoute, index, Int32(operands.count))
        case .operand(let operand): emit(.callNamedRoute, operand, Int32(operands.count))
        }
    }

    private enum RouteTarget { case index(Int32), operand(Int32) }

    private mutating func routeTarget(_ call: RouteCall) -> RouteTarget {
        switch call.target {
        case .variable(let variable): return .operand(operand(of: variable))
        case .name(let name):
            if name.form == .quoted && name.text.utf8.contains(UInt8(ascii: "$")) {
                return .operand(format(Literal(Array(name.text.utf8), span: name.span), at: name.span))
            }
            return .index(findRoute(name))
        }
    }

    private mutating func async(_ call: Call, _ resume: Name, _ timeout: Number?) {
        guard let (site, registers) = callSite(call, asynchronous: true) else { return }
        let suspension = Suspension(call: site, route: findRoute(resume), timeout: timeout?.value ?? 0)
        emit(.async, Int32(program.suspensions.count), registers)
        program.suspensions.append(suspension)
    }

    private mutating func launch(_ call: Call, _ report: Name?, _ text: Literal?) {
        guard let (site, registers) = callSite(call, asynchronous: true) else { return }
        let textOperand = text.map { format($0, at: $0.span) } ?? .min
        let suspension = Suspension(call: site, route: report.map { findRoute($0) } ?? -1, timeout: 0)
        emit(.launch, Int32(program.suspensions.count), registers, textOperand)
        program.suspensions.append(suspension)
    }

    private mutating func assert(_ condition: Condition, _ text: Literal?) {
        guard assertsAreEnabled else {
            emit(.setCode, 1)
            return
        }
        let start = here
        var toFailure: [Int] = []
        self.condition(condition, jumpIf: false, &toFailure)
        let conditionEnd = here
        let toEnd = emit(.jump)
        land(toFailure)
        insertFault(from: start, to: conditionEnd, target: here)
        emit(.failAssertion, constant(text?.bytes ?? []))
        land([toEnd])
        emit(.setCode, 1)
    }

    private var assertsAreEnabled: Bool {
        result.globals.contains { global in
            guard global.name.text == "enable_asserts", case .number(let number) = global.value else { return false }
            return number.value != 0
        }
    }

    // MARK: Log

    private mutating func xlog(_ level: Literal?, _ texts: [Literal], _ span: Span) {
        let text = joined(texts)
        if text.bytes.isEmpty { error(.emptyLog, span, "xlog has nothing to print") }
        var levelOperand = Int32.min
        if let level {
            if level.bytes.first == UInt8(ascii: "$") {
                levelOperand = quotedVariable(level).map { operand(of: $0) } ?? .min
            } else if let number = LogLevelName.number(of: level.bytes) {
                levelOperand = constant(number)
            } else {
                error(
                    .badLogLevel, level.span, "'\(level.text)' is no log level",
                    notes: [Diagnostic.Note("write one of \(Catalog.language.logLevels.joined(separator: ", "))")])
            }
        }
        emit(.xlog, format(text, at: span), levelOperand)
    }

    private func joined(_ texts: [Literal]) -> Literal {
        guard texts.count > 1, let first = texts.first, let last = texts.last else {
            return texts.first ?? Literal([], span: .none)
        }
        return Literal(texts.flatMap(\.bytes), span: first.span.joined(last.span))
    }
}

extension Block {
    /// Nothing stands in it but semicolons.
    var isHollow: Bool { statements.allSatisfy { if case .empty = $0.kind { true } else { false } } }
}

/// Names of log levels: only the third letter matters, as in OpenSIPS.
enum LogLevelName {
    static let error: Int32 = -1
    static let debug: Int32 = 4

    static func number(of name: [UInt8]) -> Int32? {
        guard name.count > 2 else { return nil }
        switch name[2] {
        case UInt8(ascii: "A"): return -3
        case UInt8(ascii: "C"): return -2
        case UInt8(ascii: "E"): return -1
        case UInt8(ascii: "W"): return 1
        case UInt8(ascii: "N"): return 2
        case UInt8(ascii: "I"): return 3
        case UInt8(ascii: "D"): return 4
        default: return nil
        }
    }
}

extension Case.Label {
    var isNumber: Bool { if case .number = self { true } else { false } }
    var isText: Bool { !isNumber }
}

extension SwitchTable {
    /// For labels of one kind.
    init(_ labels: [Case.Label], _ targets: [Int32], otherwise: Int32) {
        var numbers: [(Int32, target: Int32)] = []
        var texts: [([UInt8], target: Int32)] = []
        for (label, target) in zip(labels, targets) {
            switch label {
            case .number(let number): numbers.append((number.value, target))
            case .text(let literal): texts.append((literal.bytes, target))
            }
        }
        if texts.isEmpty {
            self.init(numbers: numbers, otherwise: otherwise)
        } else {
            self.init(texts: texts, otherwise: otherwise)
        }
    }
}
