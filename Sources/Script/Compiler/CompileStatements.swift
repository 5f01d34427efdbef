import Catalog
import Syntax

extension Compiler {
    mutating func statements(_ block: Block) {
        for statement in block.statements { self.statement(statement) }
    }

    /// Nothing comes of semicolons, nor of a `break` with nothing to break.
    func hasCode(_ statement: Statement) -> Bool {
        switch statement.kind {
        case .empty: false
        case .breakLoop: !breaks.isEmpty
        default: true
        }
    }

    func hasCode(_ block: Block) -> Bool { block.statements.contains(where: hasCode) }

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
        case .breakLoop: breakLoop()
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

    var lastMark: Int { program.marks.count - 1 }

    private mutating func mark(_ statement: Statement) {
        guard hasMarks else { return }
        addMark(Mark(kind: .statement(statement), span: statement.span, route: routeIndex))
    }

    /// - Parameter span: nil where the branch is not written.
    mutating func mark(_ branch: Mark.Branch, _ span: Span? = nil, of owner: Int) {
        guard hasMarks, owner >= 0 else { return }
        let span = span ?? program.marks[owner].span
        addMark(Mark(kind: .branch(branch), span: span, route: routeIndex, owner: owner))
    }

    private mutating func addMark(_ mark: Mark) {
        emit(.observe, Int32(program.marks.count))
        program.marks.append(mark)
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
