/// Arithmetic beyond two plain numbers: texts, nulls, division by zero, and the strict rules of `+=`.
///
/// The left operand decides what is computed. A number takes a number or null (0) on its right. Text and null take
/// anything that has a text form, or null (""). All else fails (`language-notes`, Expressions).
extension Machine {
    /// Computes into a register of `frame` or a `$var`; where to go on: at `pc`, or, when the operands do not go
    /// together, where faults lead.
    @inline(never)
    func compute(
        _ instruction: Instruction, _ left: Value, _ right: Value, _ frame: UnsafeMutablePointer<Value>, _ pc: Int,
        _ fiber: Fiber
    ) -> Int {
        let mark = fiber.arena.mark
        guard let result = result(of: instruction.operation, left, right, pc, fiber) else {
            fiber.arena.reset(to: mark)
            report(.warning, "\(instruction.operation) cannot take these operands", pc: pc - 1)
            return fault(pc, fiber)
        }
        if instruction.a < 0 {
            // The last operation of its statement: nothing needs the scratch texts any more.
            setSlot(Int(instruction.a), result)
            resetScratch(fiber)
            fiber.state.pointee.rc = 1
        } else {
            frame[Int(instruction.a)] = result
        }
        return pc
    }

    /// Joins texts and what has a text form; null is the empty text, a number without text form a fault.
    @inline(never)
    func concatenate(
        _ instruction: Instruction, _ statics: UnsafeMutablePointer<Value>, _ frame: UnsafeMutablePointer<Value>,
        _ pc: Int,
        _ fiber: Fiber
    ) -> Int {
        let operands = lists + Int(instruction.b)
        var total = 0
        for index in 0..<Int(instruction.c) {
            let value = Machine.slot(operands[index], statics, frame).pointee
            guard value.isText || value.isNull else {
                report(.warning, "a text cannot take a number literal", pc: pc - 1)
                return fault(pc, fiber)
            }
            total += value.hasOwnText ? value.count : 11
        }
        guard total <= Value.maximalCount else { return fault(pc, fiber) }
        let text = fiber.arena.allocate(total)
        var end = text
        for index in 0..<Int(instruction.c) {
            let value = Machine.slot(operands[index], statics, frame).pointee
            if value.hasOwnText {
                if let base = value.base { end.update(from: base, count: value.count) }
                end += value.count
            } else if value.isNumber {
                end += decimalDigits(of: value.number, at: end)
            }
        }
        fiber.arena.shorten(by: total - (end - text))
        if instruction.a < 0 {
            setSlot(Int(instruction.a), .text(text, end - text))
            resetScratch(fiber)
            fiber.state.pointee.rc = 1
        } else {
            frame[Int(instruction.a)] = .text(text, end - text)
        }
        return pc
    }

    private func result(
        of operation: Operation, _ left: Value, _ right: Value, _ pc: Int, _ fiber: Fiber
    ) -> Value? {
        switch operation {
        case .complement: return left.hasNumber ? .bare(~left.number) : nil
        case .compoundAdd, .compoundSubtract, .compoundMultiply, .compoundDivide, .compoundModulo,
            .compoundAnd, .compoundOr, .compoundXor:
            guard left.isNumber == right.isNumber, !left.isNull, !right.isNull else { return nil }
        default: break
        }
        if left.isNumber {
            guard right.hasNumber || right.isNull else { return nil }
            return numbers(operation, left.number, right.number, pc).map(Value.bare)
        }
        // Null is the empty text, but only where texts are joined.
        let mayBeNull = operation == .add || operation == .addNumber
        guard right.isText || right.isNull, mayBeNull || !(left.isNull || right.isNull) else { return nil }
        let leftText = left.isText ? left.text(in: fiber.arena) : Value.empty.bytes
        let rightText = right.isText ? right.text(in: fiber.arena) : Value.empty.bytes
        switch operation {
        case .add, .addNumber, .compoundAdd: return concatenation(leftText, rightText, fiber)
        case .bitAnd: return bytewise(leftText, rightText, fiber) { $0 & $1 }
        case .bitOr: return bytewise(leftText, rightText, fiber) { $0 | $1 }
        case .bitXor: return bytewise(leftText, rightText, fiber) { $0 ^ $1 }
        default: return nil
        }
    }

    private func numbers(_ operation: Operation, _ left: Int32, _ right: Int32, _ pc: Int) -> Int32? {
        switch operation {
        case .add, .addNumber, .compoundAdd: return left &+ right
        case .subtract, .compoundSubtract: return left &- right
        case .multiply, .compoundMultiply: return left &* right
        case .divide, .compoundDivide, .modulo, .compoundModulo:
            guard right != 0 else {
                report(.warning, "division by zero; the result is 0", pc: pc - 1)
                return 0
            }
            let isDivision = operation == .divide || operation == .compoundDivide
            return isDivision
                ? left.dividedReportingOverflow(by: right).partialValue
                : left.remainderReportingOverflow(dividingBy: right).partialValue
        case .bitAnd, .compoundAnd: return left & right
        case .bitOr, .compoundOr: return left | right
        case .bitXor, .compoundXor: return left ^ right
        case .shiftLeft: return left &<< right
        case .shiftRight: return left &>> right
        default: return nil
        }
    }

    private func concatenation(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, _ fiber: Fiber
    ) -> Value? {
        let count = left.count + right.count
        guard count <= Value.maximalCount else { return nil }
        let start = fiber.arena.allocate(count)
        if let base = left.baseAddress { start.update(from: base, count: left.count) }
        if let base = right.baseAddress { (start + left.count).update(from: base, count: right.count) }
        return .text(start, count)
    }

    private func bytewise(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, _ fiber: Fiber,
        _ combine: (UInt8, UInt8) -> UInt8
    ) -> Value? {
        guard left.count == right.count else { return nil }
        let start = fiber.arena.allocate(left.count)
        for index in 0..<left.count { start[index] = combine(left[index], right[index]) }
        return .text(start, left.count)
    }
}
