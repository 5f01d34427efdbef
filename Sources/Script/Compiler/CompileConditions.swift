import SIP
import Syntax

extension Compiler {
    /// Code that jumps when the condition's truth is `jumpIf` and falls through otherwise. The jumps are added to
    /// `jumps`, to be landed by the caller.
    mutating func condition(_ condition: Condition, jumpIf: Bool, _ jumps: inout [Int]) {
        switch condition.kind {
        case .group(let inner): self.condition(inner, jumpIf: jumpIf, &jumps)
        case .not(let inner): self.condition(inner, jumpIf: !jumpIf, &jumps)
        case .and(let left, let right): pair(left, right, decides: false, jumpIf, &jumps)
        case .or(let left, let right): pair(left, right, decides: true, jumpIf, &jumps)
        case .comparison(let comparison): self.comparison(comparison, jumpIf: jumpIf, &jumps)
        case .variable(let variable):
            jumps.append(emit(jumpIf ? .jumpIfTrue : .jumpIfFalse, operand(of: variable)))
        case .number(let number):
            if (number.value != 0) == jumpIf { jumps.append(emit(.jump)) }
        case .arithmetic(let expression): arithmetic(expression, jumpIf: jumpIf, &jumps)
        case .statement(let statement):
            part(statement)
            jumps.append(emit(jumpIf ? .jumpIfCodeTrue : .jumpIfCodeFalse))
        case .block(let block):
            emit(.setCode, 1)
            statements(block)
            jumps.append(emit(jumpIf ? .jumpIfCodeTrue : .jumpIfCodeFalse))
        }
    }

    /// `&&` is decided by a false left side, `||` by a true one.
    private mutating func pair(
        _ left: Condition, _ right: Condition, decides: Bool, _ jumpIf: Bool, _ jumps: inout [Int]
    ) {
        if jumpIf == decides {
            condition(left, jumpIf: jumpIf, &jumps)
            condition(right, jumpIf: jumpIf, &jumps)
        } else {
            var past: [Int] = []
            condition(left, jumpIf: decides, &past)
            condition(right, jumpIf: jumpIf, &jumps)
            land(past)
        }
    }

    /// `[ ... ]`: a lone variable is true when it holds anything, all else by its value.
    private mutating func arithmetic(_ expression: Expression, jumpIf: Bool, _ jumps: inout [Int]) {
        if case .variable(let variable) = expression.kind {
            jumps.append(emit(jumpIf ? .jumpIfNotNull : .jumpIfNull, operand(of: variable)))
            return
        }
        if case .comparison(let comparison) = expression.ungrouped.kind {
            self.comparison(comparison, jumpIf: jumpIf, &jumps)
            return
        }
        // A sum that fails is simply not true.
        let value = temporary()
        emit(.move, value, constant(0))
        let start = here
        emit(.move, value, self.expression(expression))
        addFault(from: start, to: here)
        jumps.append(emit(jumpIf ? .jumpIfTrue : .jumpIfFalse, value))
    }

    mutating func comparison(_ comparison: Comparison, jumpIf: Bool, _ jumps: inout [Int]) {
        let left = operand(of: comparison.variable)
        let isInverse = comparison.operation == .notEqual || comparison.operation == .doesNotMatch
        let jumpIf = jumpIf != isInverse
        switch (comparison.operation, comparison.operand) {
        case (.matches, .text(let literal)), (.doesNotMatch, .text(let literal)):
            guard let pattern = pattern(literal) else { return }
            jumps.append(emit(jumpIf ? .jumpIfMatch : .jumpIfNoMatch, left, pattern))
        case (.matches, .variable(let variable)), (.doesNotMatch, .variable(let variable)):
            let right = operand(of: variable)
            jumps.append(emit(jumpIf ? .jumpIfDynamicMatch : .jumpIfNoDynamicMatch, left, right))
        case (_, .null):
            jumps.append(emit(jumpIf ? .jumpIfNull : .jumpIfNotNull, left))
        case (_, .network(let name)):
            guard let network = Array(name.text.utf8).withUnsafeBufferPointer({ Network(text: $0) }) else {
                error(.badNetwork, name.span, "'\(name.text)' is no address and no network")
                return
            }
            jumps.append(emit(jumpIf ? .jumpIfInNetwork : .jumpIfNotInNetwork, left, Int32(program.networks.count)))
            program.networks.append(network)
        case (let operation, let operand):
            jumps.append(emit(jump(operation, jumpIf), left, self.operand(of: operand)))
        }
    }

    private mutating func operand(of operand: Comparison.Operand) -> Int32 {
        switch operand {
        case .variable(let variable): self.operand(of: variable)
        case .text(let literal): constant(literal.bytes)
        case .number(let number): constant(number.value)
        case .null, .network: nullConstant
        }
    }

    private func jump(_ operation: Comparison.Operation, _ jumpIf: Bool) -> Operation {
        switch operation {
        case .less: jumpIf ? .jumpIfLess : .jumpIfNotLess
        case .greater: jumpIf ? .jumpIfGreater : .jumpIfNotGreater
        case .lessOrEqual: jumpIf ? .jumpIfLessOrEqual : .jumpIfNotLessOrEqual
        case .greaterOrEqual: jumpIf ? .jumpIfGreaterOrEqual : .jumpIfNotGreaterOrEqual
        case .equal, .notEqual, .matches, .doesNotMatch: jumpIf ? .jumpIfEqual : .jumpIfNotEqual
        }
    }

    /// The index of a pattern written in the script, compiled once.
    mutating func pattern(_ literal: Literal, _ options: Pattern.Options = Pattern.operatorOptions) -> Int32? {
        let key = PatternKey(bytes: literal.bytes, options: options)
        if let index = patternIndexes[key] { return index }
        do {
            program.patterns.append(try Pattern(literal.bytes, options))
            patternIndexes[key] = Int32(program.patterns.count - 1)
            return Int32(program.patterns.count - 1)
        } catch {
            self.error(.badPattern, literal.span, "the regular expression is malformed: \(error.message)")
            return nil
        }
    }
}
