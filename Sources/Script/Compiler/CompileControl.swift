import Syntax

/// Branches, loops and switches.
extension Compiler {
    mutating func ifElse(_ condition: Condition, _ then: Block, _ otherwise: Block?) {
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

    /// What `break` leaves in `$rc`, as in OpenSIPS.
    private static let breakCode: Int32 = -5
    /// Rounds that a `for` may take.
    static let maximalElements: Int32 = 65_536
    /// What a `for` that is skipped leaves there.
    private static let skippedCode: Int32 = -10

    /// Outside of loops and switches it does nothing.
    mutating func breakLoop() {
        guard !breaks.isEmpty else { return }
        emit(.setCode, Compiler.breakCode)
        breaks[breaks.count - 1].append(emit(.jump))
    }

    /// The condition stands behind the body, so that a round takes one jump: to the reset in front of the body where it
    /// leaves texts. Leaves 1 when its condition ended it, else what its last statement left.
    mutating func whileLoop(_ condition: Condition, _ body: Block) {
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
    mutating func forEach(_ variable: Variable, _ list: Variable, _ body: Block) {
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

    mutating func switchCase(_ variable: Variable, _ cases: [Case], _ otherwise: Block?) {
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
