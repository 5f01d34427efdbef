import Node

/// Bytes in the order in which they are taken.
struct ByteQueue {
    private var bytes: [UInt8] = []
    private var start = 0

    var count: Int { bytes.count - start }

    mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    mutating func take(_ count: Int) -> [UInt8] {
        let end = min(start + max(count, 0), bytes.count)
        let taken = Array(bytes[start..<end])
        start = end
        // Moving the rest costs no more than what was taken already.
        if start > bytes.count / 2 {
            bytes.removeFirst(start)
            start = 0
        }
        return taken
    }
}

/// The bytes of one direction of a stream that have left one end and were not read at the other.
struct Flight {
    private var bytes = ByteQueue()
    /// How many bytes come when; in order. The end of the stream is a piece of its own.
    private var pieces: [(count: Int, arrival: Nanoseconds, isEnd: Bool)] = []
    var lastArrival: Nanoseconds = 0

    var count: Int { bytes.count }

    /// When the next piece comes.
    var next: Nanoseconds? { pieces.first?.arrival }

    mutating func append(_ more: [UInt8], arriving time: Nanoseconds) {
        guard !more.isEmpty else { return }
        bytes.append(more)
        pieces.append((more.count, time, false))
        lastArrival = time
    }

    mutating func end(arriving time: Nanoseconds) {
        pieces.append((0, time, true))
        lastArrival = time
    }

    /// Takes from what has come by `time`.
    /// - Parameter cut: chooses how many of the bytes that have come are taken, from 1 on.
    mutating func take(until time: Nanoseconds, cut: (Int) -> Int) -> (bytes: [UInt8], isEnd: Bool) {
        let come = pieces.prefix { $0.arrival <= time && !$0.isEnd }.reduce(0) { $0 + $1.count }
        var wanted = come == 0 ? 0 : min(max(cut(come), 1), come)
        let taken = bytes.take(wanted)
        var used = 0
        while used < pieces.count, !pieces[used].isEnd, pieces[used].count <= wanted {
            wanted -= pieces[used].count
            used += 1
        }
        pieces.removeFirst(used)
        if wanted > 0, !pieces.isEmpty { pieces[0].count -= wanted }
        guard let first = pieces.first, first.isEnd, first.arrival <= time else { return (taken, false) }
        pieces.removeFirst()
        return (taken, true)
    }
}
