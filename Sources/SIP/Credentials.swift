/// The value of Authorization, WWW-Authenticate and their kin (RFC 3261, 20.7): a scheme and a list of parameters.
///
///     Digest username="bob", realm="a, b", nc=00000001
///     ------ -----------------------------------------
///     scheme parameters
package struct Credentials: Sendable {
    package let scheme: ByteRange
    package let parameters: ByteRange

    package init(_ bytes: Bytes, in range: ByteRange? = nil) throws(ParseError) {
        let (lower, upper) = bytes.bounds(range)
        let start = bytes.skipSpace(from: lower, to: upper)
        let schemeEnd = bytes.skip(.token, from: start, to: upper)
        let next = bytes.skipSpace(from: schemeEnd, to: upper)
        guard schemeEnd > start, next > schemeEnd || next == upper else {
            throw ParseError(.unexpectedByte, at: schemeEnd)
        }
        scheme = ByteRange(start, schemeEnd)
        parameters = ByteRange(next, bytes.trimEnd(from: next, to: upper))
    }

    /// A parameter without its quotes; `bytes` must be what the credentials were parsed from.
    package func parameter(_ name: StaticString, in bytes: Bytes) -> ByteRange {
        ParameterList(bytes, in: parameters, separator: UInt8(ascii: ",")).first(named: name)?.value ?? .absent
    }
}
