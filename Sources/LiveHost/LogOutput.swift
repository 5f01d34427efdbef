import Glibc

/// Whole lines that go out in one write a turn.
final class LogOutput {
    private let descriptor: CInt
    private var lines: [UInt8] = []
    /// Bytes after which a turn's lines do not wait for its end.
    private static let limit = 64 << 10

    init(descriptor: CInt) { self.descriptor = descriptor }

    func append(_ line: UnsafeBufferPointer<UInt8>) {
        lines.append(contentsOf: line)
        lines.append(UInt8(ascii: "\n"))
        if lines.count > Self.limit { flush() }
    }

    func flush() {
        guard !lines.isEmpty else { return }
        lines.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written >= 0 {
                    rest = rest.dropFirst(written)
                } else if errno == EAGAIN {
                    // Somebody made our standard error non-blocking. A reader that sleeps for a second loses lines.
                    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    if Glibc.poll(&poll, 1, 1000) <= 0 { return }
                } else if errno != EINTR {
                    return
                }
            }
        }
        lines.removeAll(keepingCapacity: lines.capacity <= 4 * Self.limit)
    }
}
