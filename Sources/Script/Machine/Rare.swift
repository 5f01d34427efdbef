/// The instructions that are too rare or too long for the loop.
extension Machine {
    /// Executes one; where to go on is in the fiber's state. An outcome ends the run.
    @inline(never)
    func rare(
        _ instruction: Instruction, _ statics: UnsafeMutablePointer<Value>, _ frame: UnsafeMutablePointer<Value>,
        _ fiber: Fiber
    ) -> Outcome? {
        let state = fiber.state
        func value(_ operand: Int32) -> Value { Machine.slot(operand, statics, frame).pointee }
        func go(to target: Int) { state.pointee.pc = Int32(truncatingIfNeeded: target) }

        switch instruction.operation {
        case .divide, .bitOr, .bitXor, .shiftLeft, .shiftRight, .complement, .compoundAdd, .compoundSubtract,
            .compoundMultiply, .compoundDivide, .compoundModulo, .compoundAnd, .compoundOr, .compoundXor:
            let right = instruction.operation == .complement ? Value.null : value(instruction.c)
            go(to: compute(instruction, value(instruction.b), right, frame, Int(state.pointee.pc), fiber))
        case .readCode: frame[Int(instruction.a)] = .number(state.pointee.rc)
        case .takeCode: frame[Int(instruction.a)] = .bare(state.pointee.rc)
        case .read:
            let index = instruction.c < 0 ? nil : frame[Int(instruction.c)].number
            frame[Int(instruction.a)] = read(Int(instruction.b), index: index, statics, frame, fiber)
        case .write:
            let written = write(Int(instruction.a), value(instruction.b), instruction.c, statics, frame, fiber)
            state.pointee.rc = written ? 1 : -1
        case .jumpIfDynamicMatch, .jumpIfNoDynamicMatch:
            go(to: test(instruction, value(instruction.a), against: value(instruction.b), Int(state.pointee.pc), fiber))
        case .jumpIfInNetwork, .jumpIfNotInNetwork:
            go(to: testNetwork(instruction, value(instruction.a), Int(state.pointee.pc), fiber))
        case .jumpIfCase:
            if fits(value(instruction.a), value(instruction.b), fiber) { go(to: Int(instruction.c)) }
        case .callNamedRoute:
            let pc = Int(state.pointee.pc)
            if let route = route(named: value(instruction.a), pc, fiber) {
                _ = call(route, arguments: Int(instruction.b), returnTo: pc, fiber)
            } else {
                state.pointee.rc = -1
            }
        case .exit: return finish(.exit, fiber)
        case .drop: return finish(.drop, fiber)
        case .callFunction:
            switch invoke(Int(instruction.a), frame + Int(instruction.b), .plain, fiber) {
            case .code(let result):
                state.pointee.rc = result
                if result == 0 { return finish(.exit, fiber) }
            case .pending(let ticket): return .blocked(ticket)
            case .exit: return finish(.exit, fiber)
            case .route(let route, let arguments):
                _ = call(route, passing: arguments, returnTo: Int(state.pointee.pc), fiber)
            }
        case .async: return suspend(program.suspensions[Int(instruction.a)], frame + Int(instruction.b), fiber)
        case .launch:
            let text = instruction.c == .min ? Value.null : value(instruction.c)
            state.pointee.rc = launch(Int(instruction.a), frame + Int(instruction.b), text, fiber)
        case .xlog:
            let level = instruction.b == .min ? Value.bare(2) : value(instruction.b)
            writeLog(value(instruction.a), level: level, limit: xlogLevel, fiber)
            state.pointee.rc = 1
        case .log:
            writeLog(value(instruction.a), level: .bare(instruction.b), limit: logLevel, fiber)
            state.pointee.rc = 1
        case .failAssertion:
            if !failAssertion(value(instruction.a), fiber) { return finish(.exit, fiber) }
        case .observe:
            if let ticket = observer?.reached(Int(instruction.a), fiber, in: self) { return .stopped(ticket) }
        default: break
        }
        return nil
    }

    private func finish(_ ending: Fiber.Ending, _ fiber: Fiber) -> Outcome {
        fiber.ending = ending
        return .finished
    }

    /// `async`: the frames go; an operation that is done at once leads into its resume route.
    private func suspend(
        _ suspension: Suspension, _ arguments: UnsafeMutablePointer<Value>, _ fiber: Fiber
    ) -> Outcome? {
        switch invoke(Int(suspension.call), arguments, .async, fiber) {
        case .code(let result):
            fiber.unwind()
            fiber.hasWaited = true
            enter(Int(suspension.route), on: fiber, arguments: [])
            fiber.state.pointee.rc = result
            return nil
        case .pending(let ticket):
            fiber.unwind()
            return .suspended(ticket, route: Int(suspension.route), timeout: suspension.timeout)
        case .exit: return finish(.exit, fiber)
        case .route(let route, let arguments):
            fiber.unwind()
            fiber.hasWaited = true
            enter(Int(suspension.route), on: fiber, arguments: [])
            // The route runs on top of the resume route, which begins with its code.
            _ = call(route, passing: arguments, returnTo: Int(fiber.state.pointee.pc), fiber)
            return nil
        }
    }
}
