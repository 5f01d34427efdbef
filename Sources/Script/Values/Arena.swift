/// Memory for the texts that live no longer than a statement: allocation moves a pointer, and everything behind a
/// mark is given back at once. Frames nest, so marks do: a callee works behind its caller's texts.
package final class Arena {
    private var cursor: UnsafeMutablePointer<UInt8>
    private var limit: UnsafeMutablePointer<UInt8>
    /// Full chunks, then the current one.
    private var chunks: [UnsafeMutableBufferPointer<UInt8>]

    /// A position to go back to.
    package struct Mark {
        fileprivate var cursor: UnsafeMutablePointer<UInt8>
        fileprivate var chunk: Int32
    }

    package init(capacity: Int = 4096) {
        let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
        chunks = [chunk]
        cursor = chunk.baseAddress!
        limit = cursor + capacity
    }

    deinit { for chunk in chunks { chunk.deallocate() } }

    /// Bytes held, used or not.
    package var capacity: Int { chunks.reduce(0) { $0 + $1.count } }

    @inline(__always)
    package var mark: Mark { Mark(cursor: cursor, chunk: Int32(truncatingIfNeeded: chunks.count)) }

    @inline(__always)
    package func reset(to mark: Mark) {
        cursor = mark.cursor
        if chunks.count != Int(mark.chunk) { releaseChunks(downTo: Int(mark.chunk)) }
    }

    /// `count` bytes, not initialised.
    @inline(__always)
    package func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        if count > limit - cursor { addChunk(count) }
        let start = cursor
        cursor += count
        return start
    }

    /// Gives back the tail of the last allocation, which turned out to be `unused` bytes too long.
    @inline(__always)
    package func shorten(by unused: Int) { cursor -= unused }

    package func copy(_ bytes: UnsafeBufferPointer<UInt8>) -> Value {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return .empty }
        let target = allocate(bytes.count)
        target.update(from: source, count: bytes.count)
        return .text(target, bytes.count)
    }

    package func copy(_ bytes: [UInt8]) -> Value { bytes.withUnsafeBufferPointer { copy($0) } }

    package func copy(_ text: String) -> Value {
        var text = text
        return text.withUTF8 { copy($0) }
    }

    /// The digits of a number.
    package func decimal(_ number: Int32) -> UnsafeBufferPointer<UInt8> {
        let start = allocate(11)
        var position = 11
        var rest = number.magnitude
        repeat {
            position -= 1
            start[position] = UInt8(truncatingIfNeeded: 48 + rest % 10)
            rest /= 10
        } while rest != 0
        if number < 0 {
            position -= 1
            start[position] = UInt8(ascii: "-")
        }
        return UnsafeBufferPointer(start: start + position, count: 11 - position)
    }

    @inline(never)
    private func addChunk(_ count: Int) {
        let last = chunks[chunks.count - 1].count
        let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(count, min(last * 2, 1 << 20)))
        chunks.append(chunk)
        cursor = chunk.baseAddress!
        limit = cursor + chunk.count
    }

    @inline(never)
    private func releaseChunks(downTo count: Int) {
        while chunks.count > count { chunks.removeLast().deallocate() }
        let chunk = chunks[chunks.count - 1]
        limit = chunk.baseAddress! + chunk.count
    }
}
