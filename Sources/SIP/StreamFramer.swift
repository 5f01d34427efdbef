/// Cuts a byte stream into messages (RFC 3261, 18.3) and keep-alives (RFC 5626, 4.4.1). Holds no more than the limits
/// allow for one message, plus what was appended last.
///
/// Append what was received, then call `next` until it answers nil. After a violation the stream has no meaning any
/// more; every further call fails the same way.
package struct StreamFramer {
    package enum Frame: Hashable, Sendable {
        /// A whole message: its place for `withBytes`, until the next `append`.
        case message(ByteRange)
        /// Two line ends between messages: the peer wants one back.
        case ping
        /// One line end between messages: the answer to a ping.
        case pong
    }

    package enum Violation: Error, Hashable, Sendable {
        case headerSectionTooLong
        case messageTooLong
        /// On a stream, nobody could tell where the message ends.
        case missingContentLength
        case badContentLength
        case conflictingContentLength
    }

    private let limits: Limits
    private var buffer: [UInt8] = []
    /// Bytes of the buffer that were answered already.
    private var consumed = 0
    /// From here on the end of the header section is looked for.
    private var scanned = 0
    /// The end of the message whose header section is complete.
    private var messageEnd: Int?
    /// The byte before was the end of a lone line end; another one makes a ping of it.
    private var afterLineEnd = false
    private var violation: Violation?

    package init(limits: Limits = Limits()) { self.limits = limits }

    /// Bytes that wait for more.
    package var pendingCount: Int { buffer.count &- consumed }

    package mutating func append(_ bytes: Bytes) {
        guard violation == nil else { return }
        if consumed > 0 {
            buffer.removeSubrange(0..<consumed)
            scanned &-= consumed
            messageEnd = messageEnd.map { $0 &- consumed }
            consumed = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next frame; nil until more bytes come.
    package mutating func next() throws(Violation) -> Frame? {
        if let violation { throw violation }
        if messageEnd == nil {
            if let keepAlive = takeKeepAlive() { return keepAlive }
            do {
                try findEnd()
            } catch {
                violation = error
                buffer = []
                throw error
            }
        }
        guard let end = messageEnd, end <= buffer.count else { return nil }
        let frame = ByteRange(consumed, end)
        consumed = end
        scanned = end
        messageEnd = nil
        afterLineEnd = false
        return .message(frame)
    }

    /// The bytes of a message that `next` answered last.
    package func withBytes<Result>(_ range: ByteRange, _ body: (Bytes) throws -> Result) rethrows -> Result {
        try buffer.withUnsafeBufferPointer { try body($0[range]) }
    }

    private mutating func takeKeepAlive() -> Frame? {
        var lineEnds = 0
        while lineEnds < 2, consumed < buffer.count {
            if buffer[consumed] == 0x0a {
                consumed &+= 1
            } else if consumed &+ 1 < buffer.count, buffer[consumed] == 0x0d, buffer[consumed &+ 1] == 0x0a {
                consumed &+= 2
            } else {
                break
            }
            lineEnds &+= 1
        }
        scanned = max(scanned, consumed)
        guard lineEnds > 0 else { return nil }
        let isPing = lineEnds == 2 || afterLineEnd
        afterLineEnd = !isPing
        return isPing ? .ping : .pong
    }

    /// Sets `messageEnd` once the empty line is there.
    private mutating func findEnd() throws(Violation) {
        guard let headersEnd = findEmptyLine() else {
            guard buffer.count &- consumed <= limits.headerSection else { throw .headerSectionTooLong }
            return
        }
        guard headersEnd &- consumed <= limits.headerSection else { throw .headerSectionTooLong }
        let length = try contentLength(headersEnd)
        let (end, overflow) = headersEnd.addingReportingOverflow(length)
        guard !overflow, end &- consumed <= limits.message else { throw .messageTooLong }
        messageEnd = end
    }

    /// The offset behind the empty line; remembers how far the search came.
    private mutating func findEmptyLine() -> Int? {
        let start = scanned
        let (found, reached) = buffer.withUnsafeBufferPointer { bytes -> (Int?, Int) in
            var i = start
            while true {
                let feed = bytes.position(of: 0x0a, from: i, to: bytes.count)
                guard feed &+ 1 < bytes.count else { return (nil, min(feed, bytes.count)) }
                if bytes[feed &+ 1] == 0x0a { return (feed &+ 2, feed) }
                if bytes[feed &+ 1] == 0x0d {
                    guard feed &+ 2 < bytes.count else { return (nil, feed) }
                    if bytes[feed &+ 2] == 0x0a { return (feed &+ 3, feed) }
                }
                i = feed &+ 1
            }
        }
        scanned = reached
        return found
    }

    private func contentLength(_ headersEnd: Int) throws(Violation) -> Int {
        let start = consumed
        let outcome = buffer.withUnsafeBufferPointer { bytes -> Result<Int, Violation> in
            let section = bytes[ByteRange(start, headersEnd)]
            let firstLineEnd = section.position(of: 0x0a, from: 0, to: section.count)
            var scanner = HeaderScanner(bytes: section, cursor: min(firstLineEnd &+ 1, section.count))
            var length: Int?
            scan: while true {
                switch scanner.next() {
                case .header(let header) where header.kind == .contentLength:
                    let end = section.trimEnd(from: header.value.lower, to: header.value.upper)
                    guard let value = section[ByteRange(header.value.lower, end)].decimal() else {
                        return .failure(.badContentLength)
                    }
                    guard length == nil || length == value else { return .failure(.conflictingContentLength) }
                    length = value
                case .header, .broken: continue
                case .end, .unterminated: break scan
                }
            }
            return length.map { .success($0) } ?? .failure(.missingContentLength)
        }
        return try outcome.get()
    }
}
