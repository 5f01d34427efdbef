import Glibc
import Node
import Synchronization

/// What the loop has for the thread of a broker. Posting wakes the thread out of its wait for the broker.
final class BrokerMailbox: Sendable {
    struct Letter: Sendable {
        var number: UInt64
        var message: BrokerMessage
    }

    private struct Content {
        var letters: [Letter] = []
        var isClosed = false
        var isRung = false
    }

    private let content = Mutex(Content())
    /// The thread waits at the reading end.
    private let reading: CInt
    private let writing: CInt

    init() {
        var ends: [CInt] = [-1, -1]
        // Without a pipe the thread wakes up for its timeouts only.
        _ = pipe(&ends)
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        reading = ends[0]
        writing = ends[1]
    }

    deinit {
        for end in [reading, writing] where end >= 0 { Glibc.close(end) }
    }

    var bell: CInt { reading }

    /// False where `limit` letters lie there already.
    func post(_ letter: Letter, limit: Int) -> Bool {
        let (isTaken, rings) = content.withLock { content in
            guard content.letters.count < limit, !content.isClosed else { return (false, false) }
            content.letters.append(letter)
            defer { content.isRung = true }
            return (true, !content.isRung)
        }
        if rings { ring() }
        return isTaken
    }

    func close() {
        content.withLock { $0.isClosed = true }
        ring()
    }

    private func ring() {
        var byte: UInt8 = 0
        _ = write(writing, &byte, 1)
    }

    /// Everything that lies there, and whether nothing more will come.
    func collect() -> (letters: [Letter], isClosed: Bool) {
        var bytes = [UInt8](repeating: 0, count: 64)
        _ = read(reading, &bytes, bytes.count)
        return content.withLock { content in
            defer {
                content.letters = []
                content.isRung = false
            }
            return (content.letters, content.isClosed)
        }
    }
}
