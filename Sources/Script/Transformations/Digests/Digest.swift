import SIP

/// The inner part of a digest: a state that swallows one block after the other.
protocol Compression {
    /// Bytes.
    static var blockCount: Int { get }
    /// Bytes of the length that ends the last block.
    static var lengthCount: Int { get }
    static var isBigEndian: Bool { get }
    mutating func compress(_ block: UnsafePointer<UInt8>)
    /// Writes the whole state, in the order of the algorithm.
    func write(to target: UnsafeMutablePointer<UInt8>)
}

/// The frame that all digests from MD5 to SHA-512 share: blocks, then a bit, zeros and the length in bits.
struct Digest<State: Compression> {
    private var state: State
    /// One block, the start of which waits for the rest.
    private let block: UnsafeMutablePointer<UInt8>
    private var fill = 0
    private var total = 0

    /// `block` is memory of `State.blockCount` bytes.
    init(_ state: State, block: UnsafeMutablePointer<UInt8>) {
        self.state = state
        self.block = block
    }

    mutating func update(_ bytes: Bytes) {
        guard var source = bytes.baseAddress else { return }
        var rest = bytes.count
        total &+= rest
        if fill > 0 {
            let part = min(rest, State.blockCount &- fill)
            (block + fill).update(from: source, count: part)
            fill &+= part
            source += part
            rest &-= part
            guard fill == State.blockCount else { return }
            state.compress(block)
            fill = 0
        }
        while rest >= State.blockCount {
            state.compress(source)
            source += State.blockCount
            rest &-= State.blockCount
        }
        block.update(from: source, count: rest)
        fill = rest
    }

    /// Ends the digest and writes all of it; nothing can be added afterwards.
    mutating func finish(to target: UnsafeMutablePointer<UInt8>) {
        let bits = UInt64(truncatingIfNeeded: total) &<< 3
        block[fill] = 0x80
        fill &+= 1
        if fill > State.blockCount &- State.lengthCount {
            (block + fill).update(repeating: 0, count: State.blockCount &- fill)
            state.compress(block)
            fill = 0
        }
        (block + fill).update(repeating: 0, count: State.blockCount &- fill)
        for i in 0..<8 {
            let byte = UInt8(truncatingIfNeeded: bits &>> UInt64(i &* 8))
            block[State.isBigEndian ? State.blockCount &- 1 &- i : State.blockCount &- 8 &+ i] = byte
        }
        state.compress(block)
        state.write(to: target)
    }
}

extension UnsafePointer<UInt8> {
    /// A word that is stored with its highest byte first.
    @inline(__always)
    func bigEndian<Word: FixedWidthInteger & BitwiseCopyable>(_ index: Int, _: Word.Type = Word.self) -> Word {
        Word(
            bigEndian: UnsafeRawPointer(self).loadUnaligned(
                fromByteOffset: index &* MemoryLayout<Word>.size, as: Word.self))
    }
}

extension UnsafeMutablePointer<UInt8> {
    @inline(__always)
    func store<Word: FixedWidthInteger & BitwiseCopyable>(bigEndian word: Word, at index: Int) {
        UnsafeMutableRawPointer(self).storeBytes(
            of: word.bigEndian, toByteOffset: index &* MemoryLayout<Word>.size, as: Word.self)
    }
}

extension FixedWidthInteger {
    @inline(__always)
    func rotatedLeft(_ count: Self) -> Self { self &<< count | self &>> (Self(Self.bitWidth) &- count) }

    @inline(__always)
    func rotatedRight(_ count: Self) -> Self { self &>> count | self &<< (Self(Self.bitWidth) &- count) }
}
