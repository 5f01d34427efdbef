import SIP

/// Comparisons beyond two plain numbers. Text compares without regard to letter case.
extension Machine {
    enum TextOrder {
        /// Below, at or above zero, like `memcmp`.
        case order(Int)
        /// One is null, or both.
        case none
        /// Text against a number literal: the comparison fails.
        case fault
    }

    @inline(never)
    func compareTexts(_ left: Value, _ right: Value, _ fiber: Fiber) -> TextOrder {
        if left.isNull || right.isNull { return .none }
        guard left.isText && right.isText else {
            let isSpelled = left.kind.contains(.spelledNumber) || right.kind.contains(.spelledNumber)
            return isSpelled ? .order(Int(left.number) - Int(right.number)) : .fault
        }
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        return .order(compareIgnoringCase(left.text(in: fiber.arena), right.text(in: fiber.arena)))
    }

    /// Whether a jump is taken, given how its operands are ordered.
    @inline(__always)
    static func holds(_ operation: Operation, _ order: Int, _ isOrdered: Bool) -> Bool {
        switch operation {
        case .jumpIfLess: isOrdered && order < 0
        case .jumpIfNotLess: !(isOrdered && order < 0)
        case .jumpIfGreater: isOrdered && order > 0
        case .jumpIfNotGreater: !(isOrdered && order > 0)
        case .jumpIfLessOrEqual: isOrdered && order <= 0
        case .jumpIfNotLessOrEqual: !(isOrdered && order <= 0)
        case .jumpIfGreaterOrEqual: isOrdered && order >= 0
        default: !(isOrdered && order >= 0)
        }
    }

    /// Whether a pattern or network test jumps; nil for a fault.
    @inline(never)
    func test(
        _ instruction: Instruction, _ value: Value, _ statics: UnsafeMutablePointer<Value>,
        _ frame: UnsafeMutablePointer<Value>, _ fiber: Fiber
    ) -> Bool? {
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        switch instruction.operation {
        case .jumpIfInNetwork, .jumpIfNotInNetwork:
            guard value.isText, let address = IPAddress(text: value.text(in: fiber.arena)) else { return nil }
            let isInside = program.networks[Int(instruction.b)].contains(address) ?? false
            return isInside == (instruction.operation == .jumpIfInNetwork)
        case .jumpIfMatch, .jumpIfNoMatch:
            let matches = value.isText && matches(patternTable[Int(instruction.b)], value, instruction, fiber)
            return matches == (instruction.operation == .jumpIfMatch)
        default:
            let text = (instruction.b < 0 ? statics : frame)[Int(instruction.b)]
            guard text.isText else { return nil }
            do {
                let pattern = try matcher.patterns.pattern(text.text(in: fiber.arena), Pattern.operatorOptions)
                let matches = value.isText && matches(pattern, value, instruction, fiber)
                return matches == (instruction.operation == .jumpIfDynamicMatch)
            } catch {
                report(.warning, "the pattern is malformed: \(error.message)", pc: Int(fiber.state.pointee.pc))
                return nil
            }
        }
    }

    private func matches(_ pattern: Pattern, _ value: Value, _ instruction: Instruction, _ fiber: Fiber) -> Bool {
        switch matcher.match(pattern, value.text(in: fiber.arena)) {
        case .matched: return true
        case .unmatched: return false
        case .gaveUp:
            report(.warning, "the pattern takes too long on this text; no match", pc: Int(fiber.state.pointee.pc))
            return false
        }
    }

    /// Whether a `case` label fits: text labels fit a number with the same digits, number labels never fit text.
    @inline(never)
    func fits(_ value: Value, _ label: Value, _ fiber: Fiber) -> Bool {
        if label.isNumber { return value.isNumber && value.number == label.number }
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        return value.isText && compareIgnoringCase(value.text(in: fiber.arena), label.bytes) == 0
    }

    /// Where a `switch` over labels of one kind goes.
    @inline(never)
    func target(of value: Value, in table: Int, _ fiber: Fiber) -> Int {
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        return Int(program.switches[table].target(of: value, scratch: fiber.arena))
    }

    /// Where to go on after a fault in the instruction before `pc`; the statement's code is -1.
    @inline(never)
    func fault(_ pc: Int, _ fiber: Fiber) -> Int {
        fiber.state.pointee.rc = -1
        return Int(program.faultTarget(at: Int32(pc - 1)) ?? 0)
    }
}

/// Below, at or above zero; ASCII letters compare without regard to case, a longer text is above its beginning.
package func compareIgnoringCase(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let count = min(left.count, right.count)
    var index = 0
    while index < count {
        if left[index] != right[index] {
            let difference = Int(lowercase(left[index])) - Int(lowercase(right[index]))
            if difference != 0 { return difference }
        }
        index += 1
    }
    return left.count - right.count
}

@inline(__always)
package func lowercase(_ byte: UInt8) -> UInt8 {
    byte &- 65 < 26 ? byte | 32 : byte
}
