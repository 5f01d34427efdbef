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

    /// Where a comparison that is not simply one of numbers goes on.
    @inline(never)
    func compare(_ instruction: Instruction, _ left: Value, _ right: Value, _ pc: Int, _ fiber: Fiber) -> Int {
        var order = Int(left.number) - Int(right.number)
        var isOrdered = true
        if !Value.areNumbers(left, right) {
            switch compareTexts(left, right, fiber) {
            case .order(let texts): order = texts
            case .none: isOrdered = false
            case .fault: return fault(pc, fiber)
            }
        }
        let jumps =
            switch instruction.operation {
            case .jumpIfEqual: isOrdered ? order == 0 : left.isNull && right.isNull
            case .jumpIfNotEqual: isOrdered ? order != 0 : !(left.isNull && right.isNull)
            case .jumpIfLess: isOrdered && order < 0
            case .jumpIfNotLess: !(isOrdered && order < 0)
            case .jumpIfGreater: isOrdered && order > 0
            case .jumpIfNotGreater: !(isOrdered && order > 0)
            case .jumpIfLessOrEqual: isOrdered && order <= 0
            case .jumpIfNotLessOrEqual: !(isOrdered && order <= 0)
            case .jumpIfGreaterOrEqual: isOrdered && order >= 0
            default: !(isOrdered && order >= 0)
            }
        return jumps ? Int(instruction.c) : pc
    }

    /// Where a test against a pattern of the script goes on.
    @inline(never)
    func test(_ instruction: Instruction, _ value: Value, _ pc: Int, _ fiber: Fiber) -> Int {
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        let matches = value.isText && matches(patternTable[Int(instruction.b)], value, pc, fiber)
        return matches == (instruction.operation == .jumpIfMatch) ? Int(instruction.c) : pc
    }

    /// Where a test against a pattern made at run time goes on.
    func test(_ instruction: Instruction, _ value: Value, against text: Value, _ pc: Int, _ fiber: Fiber) -> Int {
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        guard value.isText && text.isText else {
            return instruction.operation == .jumpIfNoDynamicMatch ? Int(instruction.c) : pc
        }
        do {
            let pattern = try matcher.patterns.pattern(text.text(in: fiber.arena), Pattern.operatorOptions)
            let matches = matches(pattern, value, pc, fiber)
            return matches == (instruction.operation == .jumpIfDynamicMatch) ? Int(instruction.c) : pc
        } catch {
            report(.warning, "the pattern is malformed: \(error.message)", pc: pc - 1)
            return fault(pc, fiber)
        }
    }

    /// Where a test against a network goes on; a text that is no address is neither inside nor outside, null is outside.
    func testNetwork(_ instruction: Instruction, _ value: Value, _ pc: Int, _ fiber: Fiber) -> Int {
        if value.isNull { return instruction.operation == .jumpIfNotInNetwork ? Int(instruction.c) : pc }
        guard value.hasOwnText, let address = IPAddress(text: value.bytes) else { return fault(pc, fiber) }
        let isInside = program.networks[Int(instruction.b)].contains(address) ?? false
        return isInside == (instruction.operation == .jumpIfInNetwork) ? Int(instruction.c) : pc
    }

    private func matches(_ pattern: Pattern, _ value: Value, _ pc: Int, _ fiber: Fiber) -> Bool {
        switch matcher.match(pattern, value.text(in: fiber.arena)) {
        case .matched: return true
        case .unmatched: return false
        case .gaveUp:
            report(.warning, "the pattern takes too long on this text; no match", pc: pc - 1)
            return false
        }
    }

    /// Whether a `case` label fits: text labels fit a number with the same digits, number labels never fit text.
    @inline(never)
    func fits(_ value: Value, _ label: Value, _ fiber: Fiber) -> Bool {
        if label.isNumber { return value.hasNumber && value.number == label.number }
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        return value.isText && compareIgnoringCase(value.text(in: fiber.arena), label.bytes) == 0
    }

    /// Where a `switch` over labels of one kind goes.
    @inline(never)
    func target(of value: Value, in table: Int, _ fiber: Fiber) -> Int {
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        return Int(switches[table].target(of: value, scratch: fiber.arena))
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
            let difference = order(left[index]) - order(right[index])
            if difference != 0 { return difference }
        }
        index += 1
    }
    return left.count - right.count
}

/// Bytes beyond ASCII are below all others, as in OpenSIPS.
@inline(__always)
private func order(_ byte: UInt8) -> Int { Int(Int8(bitPattern: lowercase(byte))) }

@inline(__always)
package func lowercase(_ byte: UInt8) -> UInt8 {
    byte &- 65 < 26 ? byte | 32 : byte
}
