import Syntax

/// Looking into fibers that stand still, and doing something in their place.
extension Machine {
    /// Where each route of a fiber is, the outermost first.
    package func backtrace(of fiber: Fiber) -> [(route: Int, span: Span)] {
        let count = Int(fiber.state.pointee.frameCount)
        return (0..<count).map { index in
            // What a frame goes back to is the instruction behind the call.
            let next = index == count - 1 ? fiber.state.pointee.pc : fiber.frames[index + 1].returnPC
            let last = program.code[Int(next) - 1]
            // A mark stands in front of its statement.
            let span =
                last.operation == .observe ? program.marks[Int(last.a)].span : program.span(at: Int(next) - 1)
            return (Int(fiber.frames[index].route), span)
        }
    }

    /// The value of a variable as a script would write it, seen from a fiber.
    package func shown(_ variable: Variable, _ fiber: Fiber) -> String {
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        return seeing(fiber) { evaluate(variable, fiber).shown }
    }

    /// Runs a route inside of a fiber that stands still: the route sees what the fiber's own current route sees, and
    /// leaves the fiber where it is. The code that it ends with; nil where it does not come to its end at once.
    package func run(_ route: Int, inside fiber: Fiber) -> Int32? {
        guard let frame = currentFrame(of: fiber) else { return nil }
        let before = fiber.state.pointee
        let mark = fiber.arena.mark
        defer {
            fiber.state.pointee = before
            fiber.arena.reset(to: mark)
            fiber.ending = .end
        }
        let parameters = min(Int(routes[Int(frame.route)].parameters), Int(routes[route].parameters))
        let count = min(Int(frame.arguments), parameters)
        let base = Int(before.base)
        let target = base + Int(routes[Int(frame.route)].registers)
        if target + count + 16 > fiber.registerCapacity { fiber.growRegisters(to: target + count + 16) }
        for index in 0..<count { fiber.registers[target + index] = fiber.registers[base + index] }
        guard call(route, arguments: count, returnTo: -1, fiber) else { return nil }
        fiber.state.pointee.returnedCount = before.returnedCount
        guard case .finished = seeing(fiber, { loop(fiber) }) else { return nil }
        return fiber.state.pointee.rc
    }

    private func currentFrame(of fiber: Fiber) -> Fiber.Frame? {
        let count = Int(fiber.state.pointee.frameCount)
        return count > 0 ? fiber.frames[count - 1] : nil
    }
}

/// What a script leaves behind that somebody goes on with: AVPs and message, its code, and the values of its `return`.
package struct Remains {
    private let rest: Continuation
    private let code: Int32
    private let returned: [EventAttribute.Content?]

    /// - Parameter fiber: at its end.
    package init(_ fiber: Fiber) {
        rest = Continuation(fiber)
        code = fiber.returnCode
        returned = fiber.returnedValues
    }

    package func restore(_ fiber: Fiber) {
        let onEnd = fiber.onEnd
        rest.restore(fiber)
        fiber.onEnd = onEnd
        fiber.returnCode = code
        for content in returned {
            switch content {
            case nil: fiber.addReturned(.null)
            case .number(let number)?: fiber.addReturned(.number(number))
            case .text(let bytes)?: fiber.addReturned(fiber.arena.copy(bytes))
            }
        }
    }
}

extension Fiber {
    /// Values of the last `return`.
    package var returnedValues: [EventAttribute.Content?] {
        (0..<Int(state.pointee.returnedCount)).map { index in
            let value = returned[index]
            if value.isNull { return nil }
            return value.hasOwnText ? .text(Array(value.bytes)) : .number(value.number)
        }
    }
}
