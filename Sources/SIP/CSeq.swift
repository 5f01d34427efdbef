/// The value of a CSeq header (RFC 3261, 20.16): a number below 2^31 and a method.
package struct CSeq: Sendable {
    package let number: UInt32
    package let method: Method
    package let numberText: ByteRange
    package let methodText: ByteRange

    /// - Throws: `badCSeq` where it stops making sense.
    package init(_ bytes: Bytes, in range: ByteRange? = nil) throws(ParseError) {
        let (lower, upper) = bytes.bounds(range)
        let start = bytes.skipSpace(from: lower, to: upper)
        let end = bytes.trimEnd(from: start, to: upper)
        var i = start
        while i < end, bytes[i].isDigit { i &+= 1 }
        numberText = ByteRange(start, i)
        guard let number = bytes[numberText].decimal(atMost: Int(Int32.max)) else {
            throw ParseError(.badCSeq, at: start)
        }
        self.number = UInt32(truncatingIfNeeded: number)
        let methodStart = bytes.skipSpace(from: i, to: end)
        guard methodStart > i, methodStart < end, bytes.skip(.token, from: methodStart, to: end) == end else {
            throw ParseError(.badCSeq, at: i)
        }
        methodText = ByteRange(methodStart, end)
        method = Method(bytes[methodText])
    }
}
