/// The interpreter's loop: plain memory, trivial values, no reference counting, no allocation. What is rare or long
/// is out of line in the other files of this folder.
extension Machine {
    func loop(_ fiber: Fiber) -> Outcome {
        let code = self.code
        let lists = self.lists
        let state = fiber.state
        var statics = self.statics.top
        var frame = fiber.registers + Int(state.pointee.base)
        var pc = Int(state.pointee.pc)

        /// A value operand: a register, or a static slot when negative.
        @inline(__always) func slot(_ operand: Int32) -> UnsafeMutablePointer<Value> {
            (operand < 0 ? statics : frame) + Int(operand)
        }
        /// The target of an operation on numbers: variables hold numbers with a text form and set `rc`.
        @inline(__always) func put(_ target: Int32, _ number: Int32) {
            if target < 0 {
                statics[Int(target)] = .number(number)
                state.pointee.rc = 1
            } else {
                frame[Int(target)] = .bare(number)
            }
        }

        while true {
            let instruction = code[pc]
            pc &+= 1
            switch instruction.operation {
            case .move:
                frame[Int(instruction.a)] = slot(instruction.b).pointee
            case .hold:
                let value = slot(instruction.b).pointee
                frame[Int(instruction.a)] = value.hasOwnText ? fiber.arena.copy(value.bytes) : value
            case .assign:
                let value = slot(instruction.b).pointee
                if value.hasOwnText {
                    self.statics.set(Int(instruction.a), value)
                } else {
                    statics[Int(instruction.a)] = value.isNumber ? .number(value.number) : .null
                }
                state.pointee.rc = 1
            case .assignNumber:
                statics[Int(instruction.a)] = .number(instruction.b)
                state.pointee.rc = 1

            case .add:
                let left = slot(instruction.b).pointee
                let right = slot(instruction.c).pointee
                if left.isNumber && right.isNumber {
                    put(instruction.a, left.number &+ right.number)
                } else if !compute(instruction, left, right, slot(instruction.a), fiber) {
                    pc = fault(pc, fiber)
                }
            case .addNumber:
                let left = slot(instruction.b).pointee
                if left.isNumber {
                    put(instruction.a, left.number &+ instruction.c)
                } else if !compute(instruction, left, .bare(instruction.c), slot(instruction.a), fiber) {
                    pc = fault(pc, fiber)
                }
            case .subtract:
                let left = slot(instruction.b).pointee
                let right = slot(instruction.c).pointee
                if left.isNumber && right.isNumber {
                    put(instruction.a, left.number &- right.number)
                } else if !compute(instruction, left, right, slot(instruction.a), fiber) {
                    pc = fault(pc, fiber)
                }
            case .multiply:
                let left = slot(instruction.b).pointee
                let right = slot(instruction.c).pointee
                if left.isNumber && right.isNumber {
                    put(instruction.a, left.number &* right.number)
                } else if !compute(instruction, left, right, slot(instruction.a), fiber) {
                    pc = fault(pc, fiber)
                }
            case .divide, .modulo:
                let left = slot(instruction.b).pointee
                let right = slot(instruction.c).pointee
                // Zero is reported, and -1 overflows with the smallest number.
                if left.isNumber && right.isNumber && right.number > 0 {
                    let isDivision = instruction.operation == .divide
                    put(instruction.a, isDivision ? left.number / right.number : left.number % right.number)
                } else if !compute(instruction, left, right, slot(instruction.a), fiber) {
                    pc = fault(pc, fiber)
                }
            case .bitAnd:
                let left = slot(instruction.b).pointee
                let right = slot(instruction.c).pointee
                if left.isNumber && right.isNumber {
                    put(instruction.a, left.number & right.number)
                } else if !compute(instruction, left, right, slot(instruction.a), fiber) {
                    pc = fault(pc, fiber)
                }
            case .bitOr, .bitXor, .shiftLeft, .shiftRight, .complement,
                .compoundAdd, .compoundSubtract, .compoundMultiply, .compoundDivide, .compoundModulo,
                .compoundAnd, .compoundOr, .compoundXor:
                let left = slot(instruction.b).pointee
                let right = instruction.operation == .complement ? left : slot(instruction.c).pointee
                if !compute(instruction, left, right, slot(instruction.a), fiber) { pc = fault(pc, fiber) }

            case .format:
                frame[Int(instruction.a)] = join(
                    lists + Int(instruction.b), Int(instruction.c), statics, frame, fiber)
            case .transform:
                frame[Int(instruction.a)] = apply(
                    transformations + Int(instruction.c), to: slot(instruction.b).pointee, statics, frame, fiber)
            case .readCode:
                frame[Int(instruction.a)] = .number(state.pointee.rc)
            case .setCode:
                state.pointee.rc = instruction.a
            case .reset:
                fiber.arena.reset(to: fiber.frames[Int(state.pointee.frameCount) &- 1].mark)

            case .readAVP:
                frame[Int(instruction.a)] = fiber.avps.newest(Int(instruction.b))
            case .pushAVP:
                let value = slot(instruction.b).pointee
                if value.isNull {
                    fiber.avps.remove(Int(instruction.a), at: 0)
                } else {
                    fiber.avps.push(Int(instruction.a), value)
                }
                state.pointee.rc = 1
            case .clearAVP:
                fiber.avps.removeAll(Int(instruction.a))
                state.pointee.rc = 1
            case .read:
                let index = instruction.c < 0 ? nil : frame[Int(instruction.c)].number
                state.pointee.pc = Int32(truncatingIfNeeded: pc)
                frame[Int(instruction.a)] = read(Int(instruction.b), index: index, statics, frame, fiber)
            case .write:
                state.pointee.pc = Int32(truncatingIfNeeded: pc)
                let written = write(
                    Int(instruction.a), slot(instruction.b).pointee, instruction.c, statics, frame, fiber)
                state.pointee.rc = written ? 1 : -1
            case .readReturn:
                let index = slot(instruction.b).pointee
                let isThere = index.isNumber && index.number >= 0 && index.number < state.pointee.returnedCount
                frame[Int(instruction.a)] = isThere ? fiber.returned[Int(index.number)] : .null

            case .jump:
                pc = Int(instruction.c)
            case .jumpIfEqual, .jumpIfNotEqual:
                let left = slot(instruction.a).pointee
                let right = slot(instruction.b).pointee
                var isEqual = left.number == right.number
                if !(left.isNumber && right.isNumber) {
                    switch compareTexts(left, right, fiber) {
                    case .order(let order): isEqual = order == 0
                    case .none: isEqual = left.isNull && right.isNull
                    case .fault:
                        pc = fault(pc, fiber)
                        continue
                    }
                }
                if isEqual == (instruction.operation == .jumpIfEqual) { pc = Int(instruction.c) }
            case .jumpIfLess, .jumpIfNotLess, .jumpIfGreater, .jumpIfNotGreater,
                .jumpIfLessOrEqual, .jumpIfNotLessOrEqual, .jumpIfGreaterOrEqual, .jumpIfNotGreaterOrEqual:
                let left = slot(instruction.a).pointee
                let right = slot(instruction.b).pointee
                var order = Int(left.number) &- Int(right.number)
                var isOrdered = true
                if !(left.isNumber && right.isNumber) {
                    switch compareTexts(left, right, fiber) {
                    case .order(let texts): order = texts
                    case .none: isOrdered = false
                    case .fault:
                        pc = fault(pc, fiber)
                        continue
                    }
                }
                if Machine.holds(instruction.operation, order, isOrdered) { pc = Int(instruction.c) }
            case .jumpIfMatch, .jumpIfNoMatch, .jumpIfDynamicMatch, .jumpIfNoDynamicMatch,
                .jumpIfInNetwork, .jumpIfNotInNetwork:
                guard let jumps = test(instruction, slot(instruction.a).pointee, statics, frame, fiber) else {
                    pc = fault(pc, fiber)
                    continue
                }
                if jumps { pc = Int(instruction.c) }
            case .jumpIfTrue:
                let value = slot(instruction.a).pointee
                if value.isNumber ? value.number != 0 : value.count != 0 { pc = Int(instruction.c) }
            case .jumpIfFalse:
                let value = slot(instruction.a).pointee
                if value.isNumber ? value.number == 0 : value.count == 0 { pc = Int(instruction.c) }
            case .jumpIfNull:
                if slot(instruction.a).pointee.isNull { pc = Int(instruction.c) }
            case .jumpIfNotNull:
                if !slot(instruction.a).pointee.isNull { pc = Int(instruction.c) }
            case .jumpIfCodeTrue, .jumpIfCodeFalse:
                let isTrue = state.pointee.rc > 0
                if isTrue == (instruction.operation == .jumpIfCodeTrue) { pc = Int(instruction.c) }
            case .jumpIfCase:
                if fits(slot(instruction.a).pointee, slot(instruction.b).pointee, fiber) { pc = Int(instruction.c) }
            case .switchCase:
                pc = target(of: slot(instruction.a).pointee, in: Int(instruction.b), fiber)
            case .countLoop:
                let count = frame[Int(instruction.a)].number &+ 1
                frame[Int(instruction.a)].number = count
                if count > maximalLoops {
                    reportLoop(pc)
                    pc = Int(instruction.c)
                }

            case .argument:
                let value = slot(instruction.b).pointee
                frame[Int(instruction.a)] =
                    value.hasOwnText ? fiber.arena.copy(value.bytes) : value.isNumber ? .number(value.number) : .null
            case .callRoute:
                if !call(Int(instruction.a), arguments: Int(instruction.b), returnTo: pc, fiber) { continue }
                pc = Int(state.pointee.pc)
                frame = fiber.registers + Int(state.pointee.base)
            case .callNamedRoute:
                guard let route = route(named: slot(instruction.a).pointee, pc, fiber) else {
                    state.pointee.rc = -1
                    continue
                }
                if !call(route, arguments: Int(instruction.b), returnTo: pc, fiber) { continue }
                pc = Int(state.pointee.pc)
                frame = fiber.registers + Int(state.pointee.base)
            case .returnCode, .returnLast:
                if instruction.operation == .returnCode {
                    prepareReturn(instruction, slot(instruction.a).pointee, statics, frame, fiber)
                } else if state.pointee.rc == 0 {
                    state.pointee.rc = 1
                }
                if state.pointee.rc == 0 {
                    fiber.ending = .exit
                    return .finished
                }
                pc = leave(fiber)
                if pc < 0 { return .finished }
                frame = fiber.registers + Int(state.pointee.base)
            case .exit:
                fiber.ending = .exit
                return .finished
            case .drop:
                fiber.ending = .drop
                return .finished
            case .callFunction:
                state.pointee.pc = Int32(truncatingIfNeeded: pc)
                switch invoke(Int(instruction.a), frame + Int(instruction.b), .plain, fiber) {
                case .code(let result):
                    state.pointee.rc = result
                    if result == 0 {
                        fiber.ending = .exit
                        return .finished
                    }
                case .pending(let ticket): return .blocked(ticket)
                case .exit:
                    fiber.ending = .exit
                    return .finished
                }
                // A function may have added a route's error handling, or slots.
                pc = Int(state.pointee.pc)
                statics = self.statics.top
                frame = fiber.registers + Int(state.pointee.base)
            case .async:
                state.pointee.pc = Int32(truncatingIfNeeded: pc)
                let suspension = program.suspensions[Int(instruction.a)]
                switch invoke(Int(suspension.call), frame + Int(instruction.b), .async, fiber) {
                case .code(let result):
                    // Done at once: the resume route follows as if it had been resumed.
                    fiber.unwind()
                    enter(Int(suspension.route), on: fiber, arguments: [])
                    state.pointee.rc = result
                    pc = Int(state.pointee.pc)
                    frame = fiber.registers
                case .pending(let ticket):
                    fiber.unwind()
                    return .suspended(ticket, route: Int(suspension.route), timeout: suspension.timeout)
                case .exit:
                    fiber.ending = .exit
                    return .finished
                }
            case .launch:
                state.pointee.pc = Int32(truncatingIfNeeded: pc)
                let text = instruction.c == .min ? Value.null : slot(instruction.c).pointee
                state.pointee.rc = launch(Int(instruction.a), frame + Int(instruction.b), text, fiber)
            case .xlog:
                let level = instruction.b == .min ? Value.bare(2) : slot(instruction.b).pointee
                writeLog(slot(instruction.a).pointee, level: level, limit: xlogLevel, fiber)
                state.pointee.rc = 1
            case .log:
                writeLog(slot(instruction.a).pointee, level: .bare(instruction.b), limit: logLevel, fiber)
                state.pointee.rc = 1
            case .failAssertion, .raiseError:
                state.pointee.pc = Int32(truncatingIfNeeded: pc)
                guard raise(instruction, slot(instruction.a).pointee, fiber) else {
                    fiber.ending = .exit
                    return .finished
                }
                pc = Int(state.pointee.pc)
                frame = fiber.registers + Int(state.pointee.base)
            case .trace:
                break
            }
        }
    }
}
