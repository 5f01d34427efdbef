/// Comma separated values (RFC 4180): the transformation `{csv}`.
package struct CSV {
    package struct Field: Sendable {
        /// Without the quotes around it; a quote inside is still doubled.
        package let content: ByteRange
        package let isQuoted: Bool
    }

    private let bytes: Bytes

    package init(_ bytes: Bytes) { self.bytes = bytes }

    /// Whether it is a record of RFC 4180: every quoted field ends with its quote, and the others are printable ASCII.
    package var isWellFormed: Bool {
        var cursor: Int? = 0
        while let field = field(&cursor) {
            if field.isQuoted {
                let behind = field.content.upper &+ 1
                guard behind == bytes.count || behind < bytes.count && bytes[behind] == UInt8(ascii: ",") else {
                    return false
                }
            } else {
                guard bytes[field.content].allSatisfy({ (0x20...0x7e).contains($0) }) else { return false }
            }
        }
        return true
    }

    /// How many fields there are; an empty text has one, empty field.
    package var count: Int {
        var cursor: Int? = 0
        var count = 0
        while field(&cursor) != nil { count &+= 1 }
        return count
    }

    /// The field at `index`; -1 is the last. Nil if there is none.
    package func field(at index: Int) -> Field? {
        var rest = index >= 0 ? index : index &+ count
        guard rest >= 0 else { return nil }
        var cursor: Int? = 0
        while let field = field(&cursor) {
            if rest == 0 { return field }
            rest &-= 1
        }
        return nil
    }

    /// Appends the text of a field, doubled quotes made single.
    package func write(_ field: Field, into output: inout [UInt8]) {
        var skip = false
        for byte in bytes[field.content] {
            skip = field.isQuoted && byte == UInt8(ascii: "\"") && !skip
            if !skip { output.append(byte) }
        }
    }

    /// Reads the field at the cursor; the cursor is nil behind the last one.
    private func field(_ cursor: inout Int?) -> Field? {
        guard let start = cursor else { return nil }
        let quote = UInt8(ascii: "\"")
        guard start < bytes.count, bytes[start] == quote else {
            let comma =
                start < bytes.count ? bytes.position(of: UInt8(ascii: ","), from: start, to: bytes.count) : start
            cursor = comma < bytes.count ? comma &+ 1 : nil
            return Field(content: ByteRange(start, comma), isQuoted: false)
        }
        var i = start &+ 1
        while i < bytes.count {
            if bytes[i] == quote {
                guard i &+ 1 < bytes.count, bytes[i &+ 1] == quote else { break }
                i &+= 1
            }
            i &+= 1
        }
        let content = ByteRange(start &+ 1, Swift.min(i, bytes.count))
        let comma = i < bytes.count ? bytes.position(of: UInt8(ascii: ","), from: i, to: bytes.count) : bytes.count
        cursor = comma < bytes.count ? comma &+ 1 : nil
        return Field(content: content, isQuoted: true)
    }
}
