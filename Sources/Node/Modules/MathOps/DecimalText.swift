import Glibc

/// Floating point numbers to and from text, as the C library does it.
enum DecimalText {
    /// The number at the start of a text (hexadecimal too) and the count of its bytes; nil where there is none.
    static func leadingNumber(_ text: UnsafeBufferPointer<UInt8>) -> (value: Double, count: Int)? {
        // Longer than any number that makes sense; the C library wants a zero at the end.
        let digits = text.prefix(maximalCount)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: maximalCount + 1) { buffer in
            for (index, byte) in digits.enumerated() { buffer[index] = CChar(bitPattern: byte) }
            buffer[digits.count] = 0
            guard let start = buffer.baseAddress else { return nil }
            var end: UnsafeMutablePointer<CChar>? = nil
            let value = strtod(start, &end)
            guard let end, end > start else { return nil }
            return (value, end - start)
        }
    }

    /// The number that a text begins with; 0 where it begins with none.
    static func number(_ text: UnsafeBufferPointer<UInt8>) -> Double { leadingNumber(text)?.value ?? 0 }

    /// `%.<digits>f`; negative counts mean six, and no more than 400 digits are written.
    static func fixed(_ value: Double, digits: Int) -> [UInt8] {
        let digits = digits < 0 ? 6 : min(digits, 400)
        // 309 digits in front of the point at most, the sign and the point.
        return [UInt8](unsafeUninitializedCapacity: 800) { buffer, count in
            count = withVaList([Int32(truncatingIfNeeded: digits), value]) { arguments in
                buffer.withMemoryRebound(to: CChar.self) { memory in
                    memory.baseAddress.map { Int(vsnprintf($0, 800, "%.*f", arguments)) } ?? 0
                }
            }
            count = max(0, min(count, 799))
        }
    }

    private static let maximalCount = 128
}
