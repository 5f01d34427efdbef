/// A message ended too early, or says what cannot be.
package struct MalformedMessage: Error, Hashable {}

/// Walks through the bytes of a message; reading beyond its end throws.
struct MessageReader {
    private let message: UnsafeBufferPointer<UInt8>
    var position = 0

    init(_ message: UnsafeBufferPointer<UInt8>) { self.message = message }

    mutating func byte() throws(MalformedMessage) -> UInt8 {
        guard position < message.count else { throw MalformedMessage() }
        defer { position += 1 }
        return message[position]
    }

    mutating func bytes(_ count: Int) throws(MalformedMessage) -> Slice<UnsafeBufferPointer<UInt8>> {
        guard count <= message.count - position else { throw MalformedMessage() }
        defer { position += count }
        return message[position..<position + count]
    }

    mutating func number16() throws(MalformedMessage) -> UInt16 {
        UInt16(try byte()) << 8 | UInt16(try byte())
    }

    mutating func number32() throws(MalformedMessage) -> UInt32 {
        UInt32(try number16()) << 16 | UInt32(try number16())
    }

    /// A length and so many characters (RFC 1035, 3.3).
    mutating func characters() throws(MalformedMessage) -> String {
        let count = Int(try byte())
        return String(decoding: try bytes(count), as: UTF8.self)
    }
}
