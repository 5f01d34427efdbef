/// Time recurrences joined with `&`, `/`, `!` and parentheses; `&` and `/` rank the same and group from the left.
indirect enum RecurrenceExpression {
    case recurrence(TimeRecurrence)
    case not(RecurrenceExpression)
    case both(RecurrenceExpression, RecurrenceExpression)
    case either(RecurrenceExpression, RecurrenceExpression)

    init(_ text: String) throws(TimeRecurrence.Failure) {
        var reader = Reader(text: Array(text.utf8))
        self = try reader.expression()
        guard reader.position == reader.text.count else { throw .syntax }
    }

    /// - Parameter wallClock: the time in a zone; nil is the host's.
    func contains(_ wallClock: (_ zone: String?) -> Int) -> Bool {
        switch self {
        case .recurrence(let recurrence): recurrence.contains(wallClock(recurrence.zone))
        case .not(let inner): !inner.contains(wallClock)
        case .both(let left, let right): left.contains(wallClock) && right.contains(wallClock)
        case .either(let left, let right): left.contains(wallClock) || right.contains(wallClock)
        }
    }

    private struct Reader {
        let text: [UInt8]
        var position = 0
        var depth = 0

        mutating func expression() throws(TimeRecurrence.Failure) -> RecurrenceExpression {
            var result = try operand()
            while position < text.count, text[position] == UInt8(ascii: "&") || text[position] == UInt8(ascii: "/") {
                let isBoth = text[position] == UInt8(ascii: "&")
                position += 1
                let right = try operand()
                result = isBoth ? .both(result, right) : .either(result, right)
            }
            return result
        }

        private mutating func operand() throws(TimeRecurrence.Failure) -> RecurrenceExpression {
            guard depth < 30 else { throw .syntax }
            depth += 1
            defer { depth -= 1 }
            skipBlanks()
            if position < text.count, text[position] == UInt8(ascii: "!") {
                position += 1
                return .not(try operand())
            }
            guard position < text.count, text[position] == UInt8(ascii: "(") else { return try recurrence() }
            position += 1
            let inner = try expression()
            guard position < text.count, text[position] == UInt8(ascii: ")") else { throw .syntax }
            position += 1
            skipBlanks()
            return inner
        }

        private mutating func recurrence() throws(TimeRecurrence.Failure) -> RecurrenceExpression {
            let start = position
            // A slash in front of the first bar belongs to the name of a zone.
            var isZone = position < text.count && text[position] &- 48 >= 10
            while position < text.count {
                let byte = text[position]
                if byte == UInt8(ascii: "|") { isZone = false }
                if byte == UInt8(ascii: "&") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "/") && !isZone {
                    break
                }
                position += 1
            }
            guard position > start else { throw .syntax }
            return .recurrence(try TimeRecurrence(String(decoding: text[start..<position], as: UTF8.self)))
        }

        private mutating func skipBlanks() {
            while position < text.count, text[position] <= 0x20 { position += 1 }
        }
    }
}
