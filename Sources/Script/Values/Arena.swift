/// Memory for the texts that live no longer than a statement: allocation moves a pointer, and everything behind a
/// mark is given back at once. Frames nest, so marks do: a callee works behind its caller's texts.
package final class Arena {
    /// Behind a pointer, where an access costs nothing but the access.
    private struct State {
        var cursor: UnsafeMutablePointer<UInt8>
        var limit: UnsafeMutablePointer<UInt8>
        /// Chunks in use.
        var count: Int32 = 1
    }

    private let state: UnsafeMutablePointer<State>
    /// Full chunks, then the current one.
    private var chunks: [UnsafeMutableBufferPointer<UInt8>]

    /// A position to go back to.
    package struct Mark {
        fileprivate var cursor: UnsafeMutablePointer<UInt8>
        fileprivate var count: Int32
    }

    package init(capacity: Int = 4096) {
        let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
        chunks = [chunk]
        let start = chunk.baseAddress!
        state = .allocate(capacity: 1)
        state.initialize(to: State(cursor: start, limit: start + capacity))
    }

    deinit {
        for chunk in chunks { chunk.deallocate() }
        state.deallocate()
    }

    /// Bytes held, used or not.
    package var capacity: Int { chunks.reduce(0) { $0 + $1.count } }

    @inline(__always)
    package var mark: Mark { Mark(cursor: state.pointee.cursor, count: state.pointee.count) }

    @inline(__always)
    package func reset(to mark: Mark) {
        state.pointee.cursor = mark.cursor
        if state.pointee.count != mark.count { releaseChunks(downTo: Int(mark.count)) }
    }

    /// `count` bytes, not initialised.
    @inline(__always)
    package func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        if count > state.pointee.limit - state.pointee.cursor { addChunk(count) }
        let start = state.pointee.cursor
        state.pointee.cursor = start + count
        return start
    }

    /// Gives back the tail of the last allocation, which turned out to be `unused` bytes too long.
    @inline(__always)
    package func shorten(by unused: Int) { state.pointee.cursor -= unused }

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
        let count = decimalDigits(of: number, at: start)
        shorten(by: 11 - count)
        return UnsafeBufferPointer(start: start, count: count)
    }

    @inline(never)
    private func addChunk(_ count: Int) {
        let last = chunks[chunks.count - 1].count
        let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(count, min(last * 2, 1 << 20)))
        chunks.append(chunk)
        use(chunk)
        state.pointee.cursor = chunk.baseAddress!
    }

    @inline(never)
    private func releaseChunks(downTo count: Int) {
        while chunks.count > count { chunks.removeLast().deallocate() }
        use(chunks[chunks.count - 1])
    }

    private func use(_ chunk: UnsafeMutableBufferPointer<UInt8>) {
        state.pointee.limit = chunk.baseAddress! + chunk.count
        state.pointee.count = Int32(chunks.count)
    }
}
