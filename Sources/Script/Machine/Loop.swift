/// The interpreter's loop: plain memory, trivial values, no reference counting, no allocation. What is rare or long is
/// out of line, in `Rare.swift` and the other files of this folder.
extension Machine {
    func loop(_ fiber: Fiber) -> Outcome {
        let code = UnsafePointer(self.code)
        let state = fiber.state
        let statics = self.statics.top
        let maximalLoops = self.maximalLoops
        var frame = fiber.registers + Int(state.pointee.base)
        var next = code + Int(state.pointee.pc)

        while true {
            let instruction = next.pointee
            next += 1
            switch instruction.operation {
            case .move:
                frame[Int(instruction.a)] = Machine.slot(instruction.b, statics, frame).pointee
            case .hold, .argument:
                let value = Machine.slot(instruction.b, statics, frame).pointee
                if value.hasOwnText {
                    frame[Int(instruction.a)] = hold(value, fiber)
                } else {
                    frame[Int(instruction.a)] =
                        value.isNumber && instruction.operation == .argument ? .number(value.number) : value
                }
            case .assign:
                let value = Machine.slot(instruction.b, statics, frame).pointee
                if value.hasOwnText {
                    store(value, in: Int(instruction.a))
                } else {
                    statics[Int(instruction.a)] = value.isNumber ? .number(value.number) : .null
                }
                state.pointee.rc = 1
            case .assignNumber:
                statics[Int(instruction.a)] = .number(instruction.b)
                state.pointee.rc = 1

            case .add:
                let left = Machine.slot(instruction.b, statics, frame).pointee
                let right = Machine.slot(instruction.c, statics, frame).pointee
                if Value.areNumbers(left, right) {
                    Machine.put(left.number &+ right.number, instruction.a, statics, frame, state)
                } else {
                    next = code + compute(instruction, left, right, frame, next - code, fiber)
                }
            case .addNumber:
                let left = Machine.slot(instruction.b, statics, frame).pointee
                if left.isNumber {
                    Machine.put(left.number &+ instruction.c, instruction.a, statics, frame, state)
                } else {
                    next = code + compute(instruction, left, .bare(instruction.c), frame, next - code, fiber)
                }
            case .subtract:
                let left = Machine.slot(instruction.b, statics, frame).pointee
                let right = Machine.slot(instruction.c, statics, frame).pointee
                if Value.areNumbers(left, right) {
                    Machine.put(left.number &- right.number, instruction.a, statics, frame, state)
                } else {
                    next = code + compute(instruction, left, right, frame, next - code, fiber)
                }
            case .multiply:
                let left = Machine.slot(instruction.b, statics, frame).pointee
                let right = Machine.slot(instruction.c, statics, frame).pointee
                if Value.areNumbers(left, right) {
                    Machine.put(left.number &* right.number, instruction.a, statics, frame, state)
                } else {
                    next = code + compute(instruction, left, right, frame, next - code, fiber)
                }
            case .modulo:
                let left = Machine.slot(instruction.b, statics, frame).pointee
                let right = Machine.slot(instruction.c, statics, frame).pointee
                // Zero is reported, and -1 overflows with the smallest number.
                if Value.areNumbers(left, right) && right.number > 0 {
                    Machine.put(left.number % right.number, instruction.a, statics, frame, state)
                } else {
                    next = code + compute(instruction, left, right, frame, next - code, fiber)
                }
            case .bitAnd:
                let left = Machine.slot(instruction.b, statics, frame).pointee
                let right = Machine.slot(instruction.c, statics, frame).pointee
                if Value.areNumbers(left, right) {
                    Machine.put(left.number & right.number, instruction.a, statics, frame, state)
                } else {
                    next = code + compute(instruction, left, right, frame, next - code, fiber)
                }

            case .format:
                frame[Int(instruction.a)] = join(
                    Int(instruction.b), Int(instruction.c), statics, frame, fiber)
            case .concatenate:
                next = code + concatenate(instruction, statics, frame, next - code, fiber)
            case .transform:
                let value = Machine.slot(instruction.b, statics, frame).pointee
                frame[Int(instruction.a)] = apply(Int(instruction.c), to: value, statics, frame, fiber)
            case .setCode:
                state.pointee.rc = instruction.a
            case .reset:
                resetScratch(fiber)
                if state.pointee.hasRaised, callErrorRoute(returnTo: next - code, fiber) {
                    next = code + Int(state.pointee.pc)
                    frame = fiber.registers + Int(state.pointee.base)
                }
            case .readAVP:
                frame[Int(instruction.a)] = fiber.avps.newest(Int(instruction.b))
            case .pushAVP:
                let value = Machine.slot(instruction.b, statics, frame).pointee
                push(value, onto: Int(instruction.a), fiber)
                state.pointee.rc = 1
            case .clearAVP:
                fiber.avps.removeAll(Int(instruction.a))
                state.pointee.rc = 1
            case .readReturn:
                let index = Machine.slot(instruction.b, statics, frame).pointee
                let isThere = index.isNumber && index.number >= 0 && index.number < state.pointee.returnedCount
                frame[Int(instruction.a)] = isThere ? fiber.returned[Int(index.number)] : .null

            case .jump:
                next = code + Int(instruction.c)
            case .jumpIfEqual:
                let left = Machine.slot(instruction.a, statics, frame).pointee
                let right = Machine.slot(instruction.b, statics, frame).pointee
                if Value.areNumbers(left, right) {
                    if left.number == right.number { next = code + Int(instruction.c) }
                } else {
                    next = code + compare(instruction, left, right, next - code, fiber)
                }
            case .jumpIfNotEqual:
                let left = Machine.slot(instruction.a, statics, frame).pointee
                let right = Machine.slot(instruction.b, statics, frame).pointee
                if Value.areNumbers(left, right) {
                    if left.number != right.number { next = code + Int(instruction.c) }
                } else {
                    next = code + compare(instruction, left, right, next - code, fiber)
                }
            case .jumpIfLess:
                let left = Machine.slot(instruction.a, statics, frame).pointee
                let right = Machine.slot(instruction.b, statics, frame).pointee
                if Value.areNumbers(left, right) {
                    if left.number < right.number { next = code + Int(instruction.c) }
                } else {
                    next = code + compare(instruction, left, right, next - code, fiber)
                }
            case .jumpIfNotGreater:
                let left = Machine.slot(instruction.a, statics, frame).pointee
                let right = Machine.slot(instruction.b, statics, frame).pointee
                if Value.areNumbers(left, right) {
                    if left.number <= right.number { next = code + Int(instruction.c) }
                } else {
                    next = code + compare(instruction, left, right, next - code, fiber)
                }
            case .jumpIfNotLess, .jumpIfGreater, .jumpIfLessOrEqual, .jumpIfNotLessOrEqual, .jumpIfGreaterOrEqual,
                .jumpIfNotGreaterOrEqual:
                let left = Machine.slot(instruction.a, statics, frame).pointee
                let right = Machine.slot(instruction.b, statics, frame).pointee
                next = code + compare(instruction, left, right, next - code, fiber)
            case .jumpIfMatch, .jumpIfNoMatch:
                next = code + test(instruction, Machine.slot(instruction.a, statics, frame).pointee, next - code, fiber)
            case .jumpIfTrue:
                let value = Machine.slot(instruction.a, statics, frame).pointee
                if value.isTrue { next = code + Int(instruction.c) }
            case .jumpIfFalse:
                let value = Machine.slot(instruction.a, statics, frame).pointee
                if !value.isTrue { next = code + Int(instruction.c) }
            case .jumpIfNull:
                if Machine.slot(instruction.a, statics, frame).pointee.isNull { next = code + Int(instruction.c) }
            case .jumpIfNotNull:
                if !Machine.slot(instruction.a, statics, frame).pointee.isNull { next = code + Int(instruction.c) }
            case .jumpIfCodeTrue:
                if state.pointee.rc > 0 { next = code + Int(instruction.c) }
            case .jumpIfCodeFalse:
                if state.pointee.rc <= 0 { next = code + Int(instruction.c) }
            case .switchCase:
                let value = Machine.slot(instruction.a, statics, frame).pointee
                next = code + target(of: value, in: Int(instruction.b), fiber)
            case .countLoop:
                let count = frame[Int(instruction.a)].number &+ 1
                frame[Int(instruction.a)].number = count
                if count > maximalLoops {
                    reportLoop(next - code)
                    next = code + Int(instruction.c)
                } else if count & 0xff == 1 && isOverdue(next - code) {
                    fiber.ending = .exit
                    return .finished
                }

            case .callRoute:
                if call(Int(instruction.a), arguments: Int(instruction.b), returnTo: next - code, fiber) {
                    next = code + Int(state.pointee.pc)
                    frame = fiber.registers + Int(state.pointee.base)
                }
            case .returnCode, .returnLast:
                if instruction.operation == .returnCode {
                    let value = Machine.slot(instruction.a, statics, frame).pointee
                    prepareReturn(instruction, value, statics, frame, fiber)
                } else if state.pointee.rc == 0 {
                    state.pointee.rc = 1
                }
                if state.pointee.rc == 0 {
                    fiber.ending = .exit
                    return .finished
                }
                let caller = leave(fiber)
                if caller < 0 { return .finished }
                next = code + caller
                frame = fiber.registers + Int(state.pointee.base)

            default:
                state.pointee.pc = Int32(truncatingIfNeeded: next - code)
                if let outcome = rare(instruction, statics, frame, fiber) { return outcome }
                next = code + Int(state.pointee.pc)
                frame = fiber.registers + Int(state.pointee.base)
            }
        }
    }

    /// Where a value operand is: a register, or a static slot when negative.
    @inline(__always)
    static func slot(
        _ operand: Int32, _ statics: UnsafeMutablePointer<Value>, _ frame: UnsafeMutablePointer<Value>
    ) -> UnsafeMutablePointer<Value> {
        (operand < 0 ? statics : frame) + Int(operand)
    }

    /// Stores what an operation on numbers came to: variables hold numbers with a text form and set `rc`.
    @inline(__always)
    private static func put(
        _ number: Int32, _ target: Int32, _ statics: UnsafeMutablePointer<Value>, _ frame: UnsafeMutablePointer<Value>,
        _ state: UnsafeMutablePointer<Fiber.State>
    ) {
        if target < 0 {
            statics[Int(target)] = .number(number)
            state.pointee.rc = 1
        } else {
            frame[Int(target)] = .bare(number)
        }
    }
}
