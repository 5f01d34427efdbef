/// What a script computes with: null, a 32-bit number, a byte string, or a number that has a text form as well.
///
/// Sixteen trivial bytes, so that the machine copies values like integers. A value never owns its text: the bytes
/// belong to the program (constants), a variable's slot, the message, or the scratch arena of the fiber, and live
/// as long as the statement that reads them.
///
/// OpenSIPS tells numbers that it just computed from numbers that it read from a variable: only the latter have a
/// text form too (`"n" + 3` fails, `"n" + $var(n)` joins). `{s.int}` makes the third kind: a number whose text is
/// the one that it was read from. See `language-notes`, Expressions and Transformations.
package struct Value {
    /// The bytes of the text, where `kind` has `.ownText`.
    package var base: UnsafePointer<UInt8>?
    package var number: Int32
    /// Kind in the low four bits, the count of the text's bytes above.
    @usableFromInline var meta: UInt32

    package struct Kind: OptionSet, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }
        package static let number = Kind(rawValue: 1)
        /// Can stand where a text is wanted.
        package static let text = Kind(rawValue: 2)
        /// `base` and `count` hold the text; without it a text form is the number in decimal.
        package static let ownText = Kind(rawValue: 4)
        /// A text that came from a number literal in `return`: it computes as text on the left of an operation, but as a
        /// number on the right, and compares with numbers.
        package static let spelledNumber = Kind(rawValue: 8)
    }

    @inline(__always)
    init(base: UnsafePointer<UInt8>?, number: Int32, meta: UInt32) {
        self.base = base
        self.number = number
        self.meta = meta
    }

    /// The longest text that a value can hold; what would be longer fails.
    package static let maximalCount = 1 << 20

    package static var null: Value { Value(base: nil, number: 0, meta: 0) }

    /// A number fresh from a literal or an operation: it has no text form.
    @inline(__always)
    package static func bare(_ number: Int32) -> Value {
        Value(base: nil, number: number, meta: Kind.number.rawValue)
    }

    /// A number as variables hold it, usable as text too.
    @inline(__always)
    package static func number(_ number: Int32) -> Value {
        Value(base: nil, number: number, meta: Kind.number.rawValue | Kind.text.rawValue)
    }

    @inline(__always)
    package static func text(_ base: UnsafePointer<UInt8>, _ count: Int) -> Value {
        Value(base: base, number: 0, meta: UInt32(truncatingIfNeeded: count) << 4 | 6)
    }

    @inline(__always)
    package static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> Value {
        text(bytes.baseAddress ?? emptyText, bytes.count)
    }

    /// The empty text.
    package static var empty: Value { text(emptyText, 0) }

    /// A number that prints as the text it was read from.
    @inline(__always)
    package static func number(_ number: Int32, writtenAs text: Value) -> Value {
        Value(base: text.base, number: number, meta: text.meta | Kind.number.rawValue)
    }

    @inline(__always) package var kind: Kind { Kind(rawValue: meta & 15) }
    @inline(__always) mutating func insert(_ kind: Kind) { meta |= kind.rawValue }
    @inline(__always) package var isNull: Bool { meta & 15 == 0 }
    @inline(__always) package var isNumber: Bool { meta & 1 != 0 }
    @inline(__always)
    static func areNumbers(_ left: Value, _ right: Value) -> Bool { left.meta & right.meta & 1 != 0 }

    /// As a condition: numbers but 0 and texts but the empty one.
    @inline(__always)
    package var isTrue: Bool { isNumber ? number != 0 : count != 0 }

    /// A number, or a text that was written as one in `return`.
    @inline(__always) package var hasNumber: Bool { meta & 9 != 0 }
    /// Has a text form.
    @inline(__always) package var isText: Bool { meta & 2 != 0 }
    @inline(__always) package var hasOwnText: Bool { meta & 4 != 0 }
    /// Bytes of its own text.
    @inline(__always) package var count: Int { Int(meta >> 4) }
    /// Its own text; empty for values that hold none.
    @inline(__always)
    package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// The text form of anything but null: its own text or the digits, which are written to the scratch arena.
    @inline(__always)
    package func text(in scratch: Arena) -> UnsafeBufferPointer<UInt8> {
        hasOwnText ? bytes : scratch.decimal(number)
    }
}

/// Something to point at for texts without bytes; never written.
private nonisolated(unsafe) let emptyText: UnsafePointer<UInt8> = {
    let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    byte.pointee = 0
    return UnsafePointer(byte)
}()
