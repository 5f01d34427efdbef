/// Numbers and addresses.
extension Lexer {
    /// Decimal, octal (`010`), hexadecimal (`0x2a`), an IPv4 or IPv6 address, or a network. Numbers wrap at 32 bits.
    mutating func number(_ start: Int, _ startsLine: Bool) -> Token {
        var end = start &+ 1
        while end < text.count, text[end].isDigit { end &+= 1 }
        let next = text.byte(end)
        if next == UInt8(ascii: "."), text.byte(end &+ 1).isDigit, let address = address4(start) {
            return network(start, address, startsLine)
        }
        if next == UInt8(ascii: ":") || next.hexValue != nil, let address = address6(start) {
            return network(start, address, startsLine)
        }
        var value: UInt32 = 0
        var isValid = true
        let isHex = end == start &+ 1 && text[start] == UInt8(ascii: "0") && next == UInt8(ascii: "x")
        if isHex {
            end &+= 1
            let digits = end
            while end < text.count, let digit = text[end].hexValue {
                value = value &* 16 &+ UInt32(digit)
                end &+= 1
            }
            isValid = end > digits
        } else if text[start] == UInt8(ascii: "0") {
            for index in start..<end {
                isValid = isValid && text[index].isOctal
                value = value &* 8 &+ UInt32(text[index] &- 48)
            }
        } else {
            for index in start..<end { value = value &* 10 &+ UInt32(text[index] &- 48) }
        }
        if text.byte(end).isIdentifier || (text.byte(end) == UInt8(ascii: ".") && text.byte(end &+ 1).isDigit) {
            isValid = false
            while text.byte(end).isIdentifier || text.byte(end) == UInt8(ascii: ".") { end &+= 1 }
        }
        if !isValid {
            report(
                .badNumber, start, end, "\(Diagnostic.quote(text, start, end)) is not a number",
                "numbers are whole: 42, 0x2a or octal 052; text and host names that begin with a digit need quotes")
        }
        position = end
        return Token(.number, start, end, startsLine: startsLine, value: Int32(bitPattern: value))
    }

    /// The address between two offsets, with the mask behind it if there is one.
    mutating func network(_ start: Int, _ address: Int, _ startsLine: Bool) -> Token {
        var end = address
        if text.byte(end) == UInt8(ascii: "/"), text.byte(end &+ 1).isIdentifier || text.byte(end &+ 1) == 58 {
            if let mask = address4(end &+ 1) ?? address6(end &+ 1) {
                end = mask
            } else if text.byte(end &+ 1).isDigit {
                end &+= 1
                while text.byte(end).isDigit { end &+= 1 }
            }
        }
        position = end
        return Token(.network, start, end, startsLine: startsLine)
    }

    /// Behind four groups of digits with dots between them, if they stand at `start`.
    private mutating func address4(_ start: Int) -> Int? {
        var index = start
        var isInRange = true
        for group in 0..<4 {
            if group > 0 {
                guard text.byte(index) == UInt8(ascii: ".") else { return nil }
                index &+= 1
            }
            let begin = index
            var value = 0
            while text.byte(index).isDigit, index &- begin < 4 {
                value = value * 10 + Int(text[index] &- 48)
                index &+= 1
            }
            guard index > begin else { return nil }
            isInRange = isInRange && value <= 255
        }
        guard !text.byte(index).isIdentifier else { return nil }
        if !isInRange {
            report(
                .badAddress, start, index, "\(Diagnostic.quote(text, start, index)) is not an IPv4 address",
                "each of its four numbers is at most 255")
        }
        return index
    }

    /// Behind an IPv6 address without brackets, if one stands at `start`: eight groups, or fewer and a `::`.
    func address6(_ start: Int) -> Int? {
        var index = start
        var groups = 0
        var hasGap = false
        if text.byte(index) == UInt8(ascii: ":") {
            guard text.byte(index &+ 1) == UInt8(ascii: ":") else { return nil }
            hasGap = true
            index &+= 2
        }
        while groups < 8 {
            let begin = index
            while index &- begin < 5, text.byte(index).hexValue != nil { index &+= 1 }
            guard index > begin else { break }
            if text.byte(index) == UInt8(ascii: "."), groups <= 6 {
                // The last two groups may be written as an IPv4 address.
                index = begin
                while text.byte(index).isDigit || text.byte(index) == UInt8(ascii: ".") { index &+= 1 }
                groups += 2
                break
            }
            guard index &- begin <= 4 else { return nil }
            groups += 1
            guard text.byte(index) == UInt8(ascii: ":"), groups < 8 else { break }
            if text.byte(index &+ 1) == UInt8(ascii: ":") {
                guard !hasGap else { return nil }
                hasGap = true
                index &+= 2
            } else if text.byte(index &+ 1).hexValue != nil {
                index &+= 1
            } else {
                break
            }
        }
        guard groups == 8 || (hasGap && groups < 8), !text.byte(index).isIdentifier else { return nil }
        return index
    }
}
