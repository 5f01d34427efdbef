/// SipHash-2-4 with 128 bits of output: short enough to write out, and nobody without the key can make two inputs meet.
package struct KeyedHash {
    /// The secret of a node.
    package struct Key: Hashable, Sendable {
        package let low: UInt64
        package let high: UInt64

        package init(low: UInt64, high: UInt64) {
            self.low = low
            self.high = high
        }
    }

    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    /// Bytes that do not fill a word yet, and how many bytes there were in all.
    private var pending: UInt64 = 0
    private var length = 0

    package init(_ key: Key) {
        v0 = key.low ^ 0x736f_6d65_7073_6575
        v1 = key.high ^ 0x646f_7261_6e64_6f6d ^ 0xee
        v2 = key.low ^ 0x6c79_6765_6e65_7261
        v3 = key.high ^ 0x7465_6462_7974_6573
    }

    package mutating func add(_ bytes: Bytes) {
        for byte in bytes { add(byte) }
    }

    @inline(__always)
    package mutating func add(_ byte: UInt8) {
        pending |= UInt64(byte) &<< UInt64((length & 7) &* 8)
        length &+= 1
        if length & 7 == 0 {
            compress(pending)
            pending = 0
        }
    }

    /// Adds a piece and its length, so that pieces cannot run into each other.
    package mutating func add(piece: Bytes) {
        add(piece)
        var rest = UInt64(truncatingIfNeeded: piece.count)
        for _ in 0..<4 {
            add(UInt8(truncatingIfNeeded: rest))
            rest &>>= 8
        }
    }

    package consuming func finish() -> (UInt64, UInt64) {
        compress(pending | UInt64(truncatingIfNeeded: length) &<< 56)
        v2 ^= 0xee
        for _ in 0..<4 { round() }
        let first = v0 ^ v1 ^ v2 ^ v3
        v1 ^= 0xdd
        for _ in 0..<4 { round() }
        return (first, v0 ^ v1 ^ v2 ^ v3)
    }

    private mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    @inline(__always)
    private mutating func round() {
        v0 = v0 &+ v1
        v1 = (v1 &<< 13 | v1 &>> 51) ^ v0
        v0 = v0 &<< 32 | v0 &>> 32
        v2 = v2 &+ v3
        v3 = (v3 &<< 16 | v3 &>> 48) ^ v2
        v0 = v0 &+ v3
        v3 = (v3 &<< 21 | v3 &>> 43) ^ v0
        v2 = v2 &+ v1
        v1 = (v1 &<< 17 | v1 &>> 47) ^ v2
        v2 = v2 &<< 32 | v2 &>> 32
    }
}
