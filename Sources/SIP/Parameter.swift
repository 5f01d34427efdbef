/// One `name`, `name=value` or `name="value"` of a list.
package struct Parameter: Sendable {
    package let name: ByteRange
    /// Without quotes; absent for a name alone.
    package let value: ByteRange
    package let isQuoted: Bool
    /// From the name to the end of the value, quotes included.
    package let extent: ByteRange

    /// Reads the parameter at `cursor`, white space allowed around each part, and leaves the cursor at what follows it:
    /// the separator, `stop`, or something that does not belong there.
    @inline(__always)
    init(_ bytes: Bytes, at cursor: inout Int, end: Int, separator: UInt8, stop: UInt8) throws(ParseError) {
        let start = bytes.skipSpace(from: cursor, to: end)
        let ends = ByteSet.end(separator, stop)
        let i = bytes.position(in: ends.with(UInt8(ascii: "=")), from: start, to: end)
        guard i > start else { throw ParseError(.emptyParameter, at: start) }
        name = ByteRange(start, i)
        let afterName = bytes.skipSpace(from: i, to: end)
        guard afterName < end, bytes[afterName] == UInt8(ascii: "=") else {
            value = .absent
            isQuoted = false
            extent = name
            cursor = afterName
            return
        }
        let valueStart = bytes.skipSpace(from: afterName &+ 1, to: end)
        let valueEnd: Int
        if valueStart < end, bytes[valueStart] == UInt8(ascii: "\"") {
            valueEnd = try bytes.skipQuoted(from: valueStart, to: end)
            value = ByteRange(valueStart &+ 1, valueEnd &- 1)
            isQuoted = true
        } else {
            valueEnd = bytes.position(in: ends, from: valueStart, to: end)
            value = ByteRange(valueStart, valueEnd)
            isQuoted = false
        }
        extent = ByteRange(start, valueEnd)
        cursor = bytes.skipSpace(from: valueEnd, to: end)
    }
}

/// A list of parameters: of a header or a URI (`;`), headers of a URI (`&`), credentials (`,`). Empty places are
/// skipped; the walk ends at what is no parameter.
package struct ParameterList {
    private let bytes: Bytes
    private var cursor: Int
    private let end: Int
    private let separator: UInt8

    /// The parameters in `range` (all of `bytes` by default).
    package init(_ bytes: Bytes, in range: ByteRange? = nil, separator: UInt8 = UInt8(ascii: ";")) {
        self.bytes = bytes
        (cursor, end) = bytes.bounds(range)
        self.separator = separator
    }

    package mutating func next() -> Parameter? {
        while cursor < end, bytes[cursor] == separator || bytes[cursor].isSpace { cursor &+= 1 }
        guard cursor < end else { return nil }
        guard let parameter = try? Parameter(bytes, at: &cursor, end: end, separator: separator, stop: separator),
            cursor == end || bytes[cursor] == separator
        else {
            cursor = end
            return nil
        }
        return parameter
    }

    /// The first parameter of that name; names are compared without case.
    package func first(named name: Bytes) -> Parameter? {
        var list = self
        while let parameter = list.next() {
            if bytes[parameter.name].equalsIgnoringCase(name) { return parameter }
        }
        return nil
    }

    /// The first parameter of that name.
    package func first(named name: StaticString) -> Parameter? { first(named: name.bytes) }
}
