/// Calls of routes and functions, and the ways out of them.
extension Machine {
    /// Makes the frame of a route; false, with code -1, when the fiber has too many.
    @inline(never)
    func call(_ route: Int, arguments: Int, returnTo pc: Int, _ fiber: Fiber) -> Bool {
        let state = fiber.state
        let depth = Int(state.pointee.frameCount)
        guard depth < Fiber.maximalFrames else { return refuseCall(pc, fiber) }
        if state.pointee.calls < Fiber.callsBetweenQuestions {
            state.pointee.calls &+= 1
        } else if isOverdue(pc) {
            state.pointee.rc = -1
            return false
        } else {
            state.pointee.calls = 0
        }
        let base = Int(state.pointee.base) &+ Int(routes[Int(fiber.frames[depth &- 1].route)].registers)
        let entry = routes[route]
        if base &+ Int(entry.registers) &+ 16 > fiber.registerCapacity {
            fiber.growRegisters(to: base &+ Int(entry.registers) &+ 16)
        }
        var index = arguments
        while index < Int(entry.parameters) {
            fiber.registers[base &+ index] = .null
            index &+= 1
        }
        fiber.frames[depth] = Fiber.Frame(
            returnPC: Int32(truncatingIfNeeded: pc), base: Int32(truncatingIfNeeded: base),
            route: Int32(truncatingIfNeeded: route), arguments: Int32(truncatingIfNeeded: arguments),
            mark: fiber.arena.mark)
        state.pointee.frameCount = Int32(truncatingIfNeeded: depth &+ 1)
        state.pointee.base = Int32(truncatingIfNeeded: base)
        state.pointee.pc = entry.entry
        state.pointee.returnedCount = 0
        return true
    }

    /// Makes the frame of a route that answers a function call.
    func call(
        _ route: Int, passing arguments: [EventAttribute.Content?], returnTo pc: Int, _ fiber: Fiber
    ) -> Bool {
        let depth = Int(fiber.state.pointee.frameCount)
        guard depth > 0, depth < Fiber.maximalFrames else { return refuseCall(pc, fiber) }
        let base = Int(fiber.state.pointee.base) &+ Int(routes[Int(fiber.frames[depth &- 1].route)].registers)
        let count = min(arguments.count, Int(routes[route].parameters))
        if base &+ count &+ 16 > fiber.registerCapacity { fiber.growRegisters(to: base &+ count &+ 16) }
        for index in 0..<count {
            fiber.registers[base &+ index] =
                switch arguments[index] {
                case nil: .null
                case .number(let number)?: .number(number)
                case .text(let bytes)?: fiber.arena.copy(bytes)
                }
        }
        return call(route, arguments: arguments.count, returnTo: pc, fiber)
    }

    @inline(never)
    private func refuseCall(_ pc: Int, _ fiber: Fiber) -> Bool {
        report(.warning, "routes are nested too deeply (\(Fiber.maximalFrames)); the call fails", pc: pc - 1)
        fiber.state.pointee.rc = -1
        return false
    }

    /// Leaves the current frame; where the caller goes on, or -1 at the end of the script.
    @inline(never)
    func leave(_ fiber: Fiber) -> Int {
        let state = fiber.state
        let depth = Int(state.pointee.frameCount) &- 1
        let frame = fiber.frames[depth]
        fiber.arena.reset(to: frame.mark)
        state.pointee.frameCount = Int32(truncatingIfNeeded: depth)
        if depth == 0 { return -1 }
        state.pointee.base = fiber.frames[depth &- 1].base
        return Int(frame.returnPC)
    }

    /// Sets the code and the values of a `return`.
    @inline(never)
    func prepareReturn(
        _ instruction: Instruction, _ code: Value, _ statics: UnsafeMutablePointer<Value>,
        _ frame: UnsafeMutablePointer<Value>, _ fiber: Fiber
    ) {
        let state = fiber.state
        state.pointee.returnedCount = 0
        state.pointee.rc = code.isNumber ? code.number : code.isNull ? -1 : 1
        if instruction.c == 0 { return }
        for index in 0..<Int(instruction.c) {
            let operand = lists[Int(instruction.b) + index]
            fiber.addReturned((operand < 0 ? statics : frame)[Int(operand)])
        }
    }

    /// The route with a name made at run time.
    @inline(never)
    func route(named name: Value, _ pc: Int, _ fiber: Fiber) -> Int? {
        let text = name.isText || name.isNumber ? String(decoding: name.text(in: fiber.arena), as: UTF8.self) : "<null>"
        if let route = program.route(.request, text) { return route }
        report(.warning, "there is no route[\(text)]", pc: pc - 1)
        return nil
    }

    @inline(never)
    func invoke(
        _ site: Int, _ arguments: UnsafeMutablePointer<Value>, _ mode: CallContext.Mode, _ fiber: Fiber
    ) -> Completion {
        var context = CallContext(
            machine: self, fiber: fiber, site: program.calls[site], mode: mode, values: arguments)
        return context.site.function.body(&context)
    }

    /// Starts what is to run beside the fiber; the code of the statement.
    @inline(never)
    func launch(_ index: Int, _ arguments: UnsafeMutablePointer<Value>, _ text: Value, _ fiber: Fiber) -> Int32 {
        let suspension = program.suspensions[index]
        let completion = invoke(Int(suspension.call), arguments, .launch, fiber)
        let copy = text.isText ? Array(text.text(in: fiber.arena)) : nil
        let report = suspension.route < 0 ? nil : Int(suspension.route)
        delegate.launch(completion, report: report, text: copy, from: fiber)
        return 1
    }

    /// Runs the error route as the last thing of the fiber; false where there is none, or where it runs already.
    @inline(never)
    func failAssertion(_ text: Value, _ fiber: Fiber) -> Bool {
        let reason = text.isText ? String(decoding: text.text(in: fiber.arena), as: UTF8.self) : ""
        report(
            .warning, reason.isEmpty ? "assertion failed" : "assertion failed: \(reason)",
            pc: Int(fiber.state.pointee.pc) - 1)
        return raise(ScriptError(information: "assertion failed", code: 500, reason: "server error"), fiber)
    }

    /// Calls the error route for what the last statement raised; false where there is none, or where it runs already.
    @inline(never)
    func callErrorRoute(returnTo pc: Int, _ fiber: Fiber) -> Bool {
        fiber.state.pointee.hasRaised = false
        guard let error = fiber.raised else { return false }
        fiber.raised = nil
        guard let route = program.route(.error), !fiber.routes.contains(route) else { return false }
        fiber.error = error
        return call(route, arguments: 0, returnTo: pc, fiber)
    }

    /// Makes the error route the next thing that the fiber does, and the last; false where the script has none, or where
    /// it runs already.
    package func raise(_ error: ScriptError, _ fiber: Fiber) -> Bool {
        guard let route = program.route(.error), !fiber.routes.contains(route) else { return false }
        fiber.error = error
        fiber.unwind()
        let registers = fiber.state.pointee.returnedCount
        enter(route, on: fiber, arguments: [])
        fiber.state.pointee.returnedCount = registers
        return true
    }
}

/// What an error route sees in the `$err` variables.
package struct ScriptError: Sendable {
    package var errorClass: Int32 = 4
    package var level: Int32 = 1
    package var information: String
    package var code: Int32
    package var reason: String

    package init(information: String, code: Int32, reason: String) {
        self.information = information
        self.code = code
        self.reason = reason
    }
}
