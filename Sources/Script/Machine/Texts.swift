/// Format strings, transformations and the log.
extension Machine {
    /// The texts of the operands, one behind the other.
    @inline(never)
    func join(
        _ start: Int, _ count: Int, _ statics: UnsafeMutablePointer<Value>,
        _ frame: UnsafeMutablePointer<Value>, _ fiber: Fiber
    ) -> Value {
        let arena = fiber.arena
        let operands = lists + start
        var total = 0
        for index in 0..<count {
            let value = (operands[index] < 0 ? statics : frame)[Int(operands[index])]
            total += value.hasOwnText ? value.count : 11
        }
        guard total <= Value.maximalCount else { return .null }
        let text = arena.allocate(total)
        var end = text
        for index in 0..<count {
            let value = (operands[index] < 0 ? statics : frame)[Int(operands[index])]
            if value.hasOwnText {
                if let base = value.base { end.update(from: base, count: value.count) }
                end += value.count
            } else if value.isNumber {
                end += decimalDigits(of: value.number, at: end)
            } else {
                for (offset, byte) in Machine.nullText.enumerated() { end[offset] = byte }
                end += Machine.nullText.count
            }
        }
        arena.shorten(by: total - (end - text))
        return .text(text, end - text)
    }

    /// How null prints; shorter than the eleven bytes that are kept free for each value.
    private static let nullText = Array("<null>".utf8)

    /// Arguments of a transformation; substitutions take one for each variable in their replacement.
    private static var maximalArguments: Int { 16 }

    @inline(never)
    func apply(
        _ index: Int, to value: Value, _ statics: UnsafeMutablePointer<Value>,
        _ frame: UnsafeMutablePointer<Value>, _ fiber: Fiber
    ) -> Value {
        let site = transformations + index
        return withUnsafeTemporaryAllocation(of: Value.self, capacity: Machine.maximalArguments) { arguments in
            let count = min(Int(site.pointee.count), Machine.maximalArguments)
            for index in 0..<count {
                let operand = lists[Int(site.pointee.start) + index]
                arguments[index] = (operand < 0 ? statics : frame)[Int(operand)]
            }
            if site.pointee.function == .evaluate {
                return value.isText ? evaluate(format: value.text(in: fiber.arena), fiber) : .null
            }
            return transform(
                site.pointee.function, value, UnsafeBufferPointer(rebasing: arguments[..<count]),
                substitution: site.pointee.substitution, matcher: matcher, scratch: fiber.arena)
        }
    }

    @inline(never)
    func writeLog(_ text: Value, level: Value, limit: Int32, _ fiber: Fiber) {
        guard level.isNumber, level.number <= limit, text.isText else { return }
        delegate.log(level.number, text.text(in: fiber.arena))
    }

    @inline(never)
    func reportLoop(_ pc: Int) {
        report(.warning, "the loop ends after \(maximalLoops) rounds (max_while_loops)", pc: pc - 1)
    }
}

/// Writes the digits of a number to memory with room for eleven bytes; how many it took.
func decimalDigits(of number: Int32, at start: UnsafeMutablePointer<UInt8>) -> Int {
    var rest = number.magnitude
    var count = number < 0 ? 1 : 0
    var scale = rest
    repeat {
        count += 1
        scale /= 10
    } while scale != 0
    var position = count
    repeat {
        position -= 1
        start[position] = UInt8(truncatingIfNeeded: 48 + rest % 10)
        rest /= 10
    } while rest != 0
    if number < 0 { start[0] = UInt8(ascii: "-") }
    return count
}
