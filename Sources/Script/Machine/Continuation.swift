/// What is left of a fiber that `async` ended: its AVPs, packed into one block, and its message. The fiber itself goes
/// back to the pool, so a waiting script holds little memory.
///
///     per AVP: name (4) kind (1) number (4) [count (4) bytes]
package final class Continuation {
    private let packed: UnsafeMutableRawBufferPointer?
    private let message: AnyObject?
    private let onEnd: ((Fiber) -> Void)?
    private let holdings: AnyObject?

    package init(_ fiber: Fiber) {
        message = fiber.message
        onEnd = fiber.onEnd
        holdings = fiber.holdings
        fiber.onEnd = nil
        var count = 0
        fiber.avps.forEachFromOldest { _, value in count += value.hasOwnText ? 13 + value.count : 9 }
        guard count > 0 else {
            packed = nil
            return
        }
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 4)
        var offset = 0
        fiber.avps.forEachFromOldest { name, value in
            block.storeBytes(of: Int32(truncatingIfNeeded: name), toByteOffset: offset, as: Int32.self)
            block.storeBytes(of: value.hasOwnText ? 1 : 0, toByteOffset: offset + 4, as: UInt8.self)
            block.storeBytes(of: value.number, toByteOffset: offset + 5, as: Int32.self)
            offset += 9
            guard value.hasOwnText else { return }
            block.storeBytes(of: Int32(truncatingIfNeeded: value.count), toByteOffset: offset, as: Int32.self)
            offset += 4
            UnsafeMutableRawBufferPointer(rebasing: block[offset..<offset + value.count]).copyBytes(from: value.bytes)
            offset += value.count
        }
        packed = block
    }

    deinit { packed?.deallocate() }

    /// Gives a fresh fiber what the old one had.
    package func restore(_ fiber: Fiber) {
        fiber.message = message
        fiber.onEnd = onEnd
        fiber.hasWaited = true
        fiber.holdings = holdings
        guard let packed, let base = packed.baseAddress else { return }
        var offset = 0
        while offset < packed.count {
            let name = Int(packed.loadUnaligned(fromByteOffset: offset, as: Int32.self))
            let hasText = packed[offset + 4] == 1
            let number = packed.loadUnaligned(fromByteOffset: offset + 5, as: Int32.self)
            offset += 9
            if hasText {
                let count = Int(packed.loadUnaligned(fromByteOffset: offset, as: Int32.self))
                offset += 4
                let text = UnsafePointer((base + offset).assumingMemoryBound(to: UInt8.self))
                fiber.avps.push(name, .text(text, count))
                offset += count
            } else {
                fiber.avps.push(name, .number(number))
            }
        }
    }
}
