import Syntax

extension Compiler {
    // MARK: Assignment

    mutating func assign(_ assignment: Assignment) {
        guard let target = target(of: assignment.target) else { return }
        switch assignment.value {
        case .null: store(nullConstant, in: target, assignment.operation == .replace ? .replace : .set)
        case .expression(let expression):
            switch assignment.operation {
            case .set: assign(expression, to: target, .set)
            case .replace: assign(expression, to: target, .replace)
            default:
                let value = self.expression(expression)
                let result = temporary()
                emit(assignment.operation.compound, result, operand(of: assignment.target), value)
                store(result, in: target, .set)
            }
        }
    }

    /// Numbers and sums are computed into a `$var` at once.
    private mutating func assign(_ expression: Expression, to target: VariableTarget, _ mode: WriteMode) {
        if case .slot(let slot) = target {
            switch expression.ungrouped.kind {
            case .number(let number):
                emit(.assignNumber, slot, number.value)
                return
            case .binary(let operation, let left, let right):
                binary(operation, left, right, into: slot)
                return
            default: break
            }
        }
        store(self.expression(expression), in: target, mode)
    }

    mutating func store(_ value: Int32, in target: VariableTarget, _ mode: WriteMode) {
        switch target {
        case .slot(let slot): emit(.assign, slot, value)
        case .site(let site):
            if case .avp(let number) = program.variables[Int(site)].kind,
                case .none = program.variables[Int(site)].index
            {
                if mode == .set {
                    emit(.pushAVP, number, value)
                    return
                }
                if value == nullConstant {
                    emit(.clearAVP, number)
                    return
                }
            }
            emit(.write, site, value, mode.rawValue)
        }
    }

    // MARK: Values

    /// The operand where the value is found.
    mutating func expression(_ expression: Expression) -> Int32 {
        switch expression.kind {
        case .number(let number): return constant(number.value)
        case .text(let literal): return constant(literal.bytes)
        case .variable(let variable): return operand(of: variable)
        case .group(let inner): return self.expression(inner)
        case .complement(let inner):
            let value = term(inner)
            let result = temporary()
            emit(.complement, result, value)
            return result
        case .binary(let operation, let left, let right):
            let result = temporary()
            binary(operation, left, right, into: result)
            return result
        case .comparison(let comparison):
            let result = temporary()
            var jumps: [Int] = []
            emit(.move, result, constant(0))
            self.comparison(comparison, jumpIf: false, &jumps)
            emit(.move, result, constant(1))
            land(jumps)
            return result
        case .statement(let statement):
            part(statement)
            let result = temporary()
            emit(.takeCode, result)
            return result
        }
    }

    /// A part of a sum. There a comparison that cannot be made is worth -1; alone it would fail.
    private mutating func term(_ expression: Expression) -> Int32 {
        guard case .comparison(let comparison) = expression.ungrouped.kind else { return self.expression(expression) }
        let result = temporary()
        emit(.move, result, constant(-1))
        let start = here
        var toFalse: [Int] = []
        self.comparison(comparison, jumpIf: false, &toFalse)
        let end = here
        emit(.move, result, constant(1))
        let toEnd = emit(.jump)
        land(toFalse)
        emit(.move, result, constant(0))
        land([toEnd])
        insertFault(from: start, to: end, target: here)
        return result
    }

    private mutating func binary(
        _ operation: Expression.Operator, _ left: Expression, _ right: Expression, into result: Int32
    ) {
        if operation == .add, let parts = textParts(left, right) {
            emit(.concatenate, result, list(parts.map { term($0) }), Int32(parts.count))
            return
        }
        var leftOperand = term(left)
        if right.containsCall && !left.isLiteral {
            // What is called may change the variable that the left side points into.
            let held = temporary()
            emit(.hold, held, leftOperand)
            leftOperand = held
        }
        if case .number(let number) = right.ungrouped.kind {
            if operation == .add {
                emit(.addNumber, result, leftOperand, number.value)
                return
            }
            if operation == .subtract && number.value != .min && isNumeric(left) {
                emit(.addNumber, result, leftOperand, -number.value)
                return
            }
        }
        emit(operation.instruction, result, leftOperand, term(right))
    }

    /// The operands of a sum that begins with a text literal, which makes each of its steps a joining of texts; nil for
    /// other sums, and where a call might change a variable in between.
    private func textParts(_ left: Expression, _ right: Expression) -> [Expression]? {
        guard !right.containsCall else { return nil }
        switch left.kind {
        case .text: return [left, right]
        case .binary(.add, let first, let second): return textParts(first, second).map { $0 + [right] }
        default: return nil
        }
    }

    /// Whether the value can only be a number, so that `- n` may become `+ -n`.
    private func isNumeric(_ expression: Expression) -> Bool {
        switch expression.ungrouped.kind {
        case .number, .complement, .comparison: true
        default: false
        }
    }
}

extension Expression {
    var ungrouped: Expression {
        if case .group(let inner) = kind { inner.ungrouped } else { self }
    }

    var isLiteral: Bool {
        switch kind {
        case .number, .text: true
        default: false
        }
    }

    /// Whether evaluating it calls a route or a function.
    var containsCall: Bool {
        switch kind {
        case .statement: true
        case .binary(_, let left, let right): left.containsCall || right.containsCall
        case .complement(let inner), .group(let inner): inner.containsCall
        default: false
        }
    }
}

extension Expression.Operator {
    var instruction: Operation {
        switch self {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        case .modulo: .modulo
        case .or: .bitOr
        case .and: .bitAnd
        case .xor: .bitXor
        case .shiftLeft: .shiftLeft
        case .shiftRight: .shiftRight
        }
    }
}

extension Assignment.Operation {
    var compound: Operation {
        switch self {
        case .set, .replace, .add: .compoundAdd
        case .subtract: .compoundSubtract
        case .multiply: .compoundMultiply
        case .divide: .compoundDivide
        case .modulo: .compoundModulo
        case .and: .compoundAnd
        case .or: .compoundOr
        case .xor: .compoundXor
        }
    }
}
