import SIP

/// Runs a parser over the bytes of a text.
func parse<Value>(_ text: String, _ body: (Bytes) throws -> Value) rethrows -> Value {
    var text = text
    return try text.withUTF8 { try body($0) }
}

/// A piece of a text; nil if it is absent.
func piece(_ range: ByteRange, of text: String) -> String? {
    range.isPresent ? parse(text) { String(decoding: $0[range], as: UTF8.self) } : nil
}

extension Message {
    /// A message written with the line ends of the source file; they become CRLF.
    convenience init(text: String) throws {
        try self.init(Array(text.replacing("\n", with: "\r\n").utf8))
    }

    /// A piece of the message; nil if it is absent.
    func text(_ range: ByteRange) -> String? {
        range.isPresent ? String(decoding: self[range], as: UTF8.self) : nil
    }

    func text(_ range: ByteRange?) -> String? { range.flatMap { text($0) } }
}

/// The bytes of a text with CRLF for its line ends.
func wire(_ text: String) -> [UInt8] { Array(text.replacing("\n", with: "\r\n").utf8) }

func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

func string(_ bytes: Bytes) -> String { String(decoding: bytes, as: UTF8.self) }

/// Random numbers that a seed reproduces (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
