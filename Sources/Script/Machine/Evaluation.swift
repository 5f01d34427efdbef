import Syntax

/// Variables and texts that come up only at run time: `{s.eval}`, and what people ask of a running node.
extension Machine {
    /// The value of a variable by its names; null where the script does not know it.
    package func evaluate(_ variable: Variable, _ fiber: Fiber, depth: Int = 0) -> Value {
        guard depth < Machine.evaluationDepth else { return .null }
        var value = base(of: variable, fiber, depth)
        for call in variable.transformations {
            value = apply(call, to: value, fiber, depth)
        }
        return value
    }

    /// A text with its variables expanded; null where it cannot be read.
    package func evaluate(format text: UnsafeBufferPointer<UInt8>, _ fiber: Fiber, depth: Int = 0) -> Value {
        guard depth < Machine.evaluationDepth else { return .null }
        let (pieces, diagnostics) = FormatParser.parse(Array(text))
        guard diagnostics.isEmpty else { return .null }
        var result: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .text(let bytes): result += bytes
            case .variable(let variable):
                guard knows(variable) else { return .null }
                let value = evaluate(variable, fiber, depth: depth + 1)
                result += value.isNull ? Array("<null>".utf8) : Array(value.text(in: fiber.arena))
            }
            if result.count > Value.maximalCount { return .null }
        }
        return fiber.arena.copy(result)
    }

    private func knows(_ variable: Variable) -> Bool {
        Machine.languageVariables.contains(variable.name) || program.accesses[variable.name] != nil
    }

    private static let languageVariables: Set<String> = ["var", "avp", "param", "return", "rc", "retcode"]

    /// Assigns to a variable by its names; false where the script does not know it or it cannot be assigned to.
    package func assign(_ value: Value, to variable: Variable, _ fiber: Fiber) -> Bool {
        guard variable.transformations.isEmpty else { return false }
        if variable.name == "var" {
            guard let name = variable.sub?.bytes, let operand = program.statics.variable(name) else { return false }
            return write(.slot(operand), value, .set, fiber)
        }
        let name = variable.sub.map { subname($0, fiber, 0) } ?? .null
        let index = index(variable.index, fiber, 0)
        if variable.name == "avp" {
            guard name.isText, let number = avpNumber(of: Array(name.text(in: fiber.arena))) else { return false }
            return writeAVP(number, value, .set, index, fiber)
        }
        guard let access = program.accesses[variable.name], access.bind == nil, let set = access.set else {
            return false
        }
        var context = AccessContext(machine: self, fiber: fiber, name: name, index: index, span: variable.span)
        return set(&context, value, .set)
    }

    private static var evaluationDepth: Int { 8 }

    private func base(of variable: Variable, _ fiber: Fiber, _ depth: Int) -> Value {
        switch variable.name {
        case "var":
            guard let name = variable.sub?.bytes, let operand = program.statics.variable(name) else { return .null }
            return statics.top[Int(operand)]
        case "rc", "retcode": return .number(fiber.returnCode)
        default: break
        }
        let name = variable.sub.map { subname($0, fiber, depth) } ?? .null
        let index = index(variable.index, fiber, depth)
        switch variable.name {
        case "avp":
            guard name.isText, let number = avpNumber(of: Array(name.text(in: fiber.arena))) else { return .null }
            return readAVP(number, index, fiber)
        case "param":
            guard fiber.state.pointee.frameCount > 0 else { return .null }
            return parameter(name, fiber.registers + Int(fiber.state.pointee.base), fiber)
        case "return":
            guard let position = name.isNumber ? name.number : Int32(decimal: name.bytes), position >= 0,
                position < fiber.state.pointee.returnedCount
            else { return .null }
            return fiber.returned[Int(position)]
        default:
            guard var access = program.accesses[variable.name] else { return .null }
            var inner: [Value] = []
            if let bind = access.bind, let sub = variable.sub {
                guard let bound = try? bind(sub.bytes) else { return .null }
                access = bound.access
                inner = bound.inner.map { name in
                    VariableParser.parse(name).variable.map { evaluate($0, fiber, depth: depth + 1) } ?? .null
                }
            }
            var context = AccessContext(
                machine: self, fiber: fiber, name: name, index: index, span: variable.span, inner: inner)
            return access.get(&context)
        }
    }

    private func subname(_ sub: Variable.Subname, _ fiber: Fiber, _ depth: Int) -> Value {
        sub.variable.map { evaluate($0.value, fiber, depth: depth + 1) } ?? fiber.arena.copy(sub.bytes)
    }

    private func index(_ index: Variable.Index?, _ fiber: Fiber, _ depth: Int) -> AccessContext.Index {
        switch index {
        case nil: return .none
        case .number(let number): return .number(number)
        case .all: return .all
        case .word(let word): return IndexWord(rawValue: word).map { .word($0) } ?? .invalid
        case .variable(let variable):
            let value = evaluate(variable, fiber, depth: depth + 1)
            return value.isNumber ? .number(value.number) : .invalid
        }
    }

    private func apply(_ call: TransformationCall, to value: Value, _ fiber: Fiber, _ depth: Int) -> Value {
        guard let bound = try? call.bind() else { return .null }
        if bound.function == .evaluate {
            return value.isText ? evaluate(format: value.text(in: fiber.arena), fiber, depth: depth + 1) : .null
        }
        let arguments = bound.arguments.map { argument in
            switch argument {
            case .number(let number): Value.bare(number)
            case .text(let text): fiber.arena.copy(text)
            case .variable(let place):
                call.variable(at: place).map { evaluate($0, fiber, depth: depth + 1) } ?? .null
            }
        }
        let more = (bound.substitution?.variables ?? []).map { name in
            VariableParser.parse(name).variable.map { evaluate($0, fiber, depth: depth + 1) } ?? .null
        }
        return (arguments + more).withUnsafeBufferPointer {
            transform(
                bound.function, value, $0, substitution: bound.substitution, matcher: matcher, scratch: fiber.arena)
        }
    }
}
