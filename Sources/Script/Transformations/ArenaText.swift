import SIP

/// A text that grows in the arena; nothing else may be taken from it meanwhile. At `Value.maximalCount` it breaks, and
/// reads as NULL.
struct ArenaText {
    // Lives longer than a text that is being written.
    private unowned(unsafe) let scratch: Arena
    private var base: UnsafeMutablePointer<UInt8>
    private var count = 0
    private var capacity: Int
    private(set) var isBroken = false

    init(_ scratch: Arena, capacity: Int) {
        self.scratch = scratch
        self.capacity = max(capacity, 16)
        base = scratch.allocate(self.capacity)
    }

    mutating func append(_ bytes: Bytes) {
        guard let source = bytes.baseAddress, reserve(bytes.count) else { return }
        (base + count).update(from: source, count: bytes.count)
        count &+= bytes.count
    }

    mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        guard reserve(1) else { return }
        base[count] = byte
        count &+= 1
    }

    /// The text form of a value; nothing for NULL.
    mutating func append(_ value: Value) {
        if value.hasOwnText {
            append(value.bytes)
        } else if !value.isNull, reserve(11) {
            count &+= decimalDigits(of: value.number, at: base + count)
        }
    }

    /// The text; gives back what was too much.
    mutating func finish() -> Value {
        guard !isBroken else {
            scratch.shorten(by: capacity)
            return .null
        }
        scratch.shorten(by: capacity &- count)
        return .text(base, count)
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) -> Bool {
        if count &+ more <= capacity { return true }
        return grow(more)
    }

    @inline(never)
    private mutating func grow(_ more: Int) -> Bool {
        guard !isBroken, more <= Value.maximalCount, count &+ more <= Value.maximalCount else {
            isBroken = true
            return false
        }
        let wider = min(max(capacity &* 2, count &+ more), Value.maximalCount &+ 16)
        let target = scratch.allocate(wider)
        target.update(from: base, count: count)
        base = target
        capacity = wider
        return true
    }
}
