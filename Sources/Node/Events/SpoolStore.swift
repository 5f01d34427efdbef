import Events

/// The events of one socket that wait on disk.
///
/// What is added in a turn is written and made safe in one go at its end; only then is it told to be kept.
final class SpoolStore {
    private let path: String
    private let host: any Host
    private let warn: (String) -> Void
    private var spool: Spool
    private var file: any AppendingFile
    private var unwritten: [UInt8] = []
    private var onSafe: [() -> Void] = []
    private var isFlushQueued = false
    /// Events that are on disk only, in the order raised.
    private var resting: [UInt64] = []

    /// More than this does not wait for a disk that takes nothing, in bytes.
    private static let maximalUnwritten = 8 << 20
    private static let retryPause = Nanoseconds.seconds(1)

    init(_ path: String, _ host: any Host, warn: @escaping (String) -> Void) throws(HostError) {
        self.path = path
        self.host = host
        self.warn = warn
        let recovery = SpoolRecovery(try SpoolStore.content(of: path, host))
        if let found = Spool(recovery) {
            spool = found
            file = try host.openAppending(path)
            // What a crash has cut off.
            try file.cut(to: Int64(recovery.length))
            resting = recovery.events.map(\.number)
        } else {
            spool = Spool(salt: host.random())
            try host.replaceFile(path, with: spool.header)
            file = try host.openAppending(path)
        }
        if recovery.damagedBytes > 0 { warn("\(path): \(recovery.damagedBytes) bytes are damaged and lost") }
    }

    private static func content(of path: String, _ host: any Host) throws(HostError) -> [UInt8] {
        do { return try host.readFile(path) } catch {
            // A spool that is there and cannot be read must not be overwritten.
            guard error.reason == "No such file or directory" else { throw error }
            return []
        }
    }

    /// Events on disk, whether they are in memory too or not.
    var count: Int { spool.count }
    var hasResting: Bool { !resting.isEmpty }

    /// Keeps an event; nil where there is no room.
    func keep(_ event: Event) -> UInt64? {
        guard unwritten.count < Self.maximalUnwritten,
            let record = try? spool.append(event, raisedAt: host.wallClock &* 1000)
        else {
            warn("\(path) has no room for more events")
            return nil
        }
        unwritten += record.bytes
        flushLater()
        return record.number
    }

    /// The event is done with.
    func forget(_ number: UInt64) {
        unwritten += spool.acknowledge(number)
        flushLater()
    }

    /// The event is in memory no more, and waits for `take`.
    func rest(_ number: UInt64) {
        guard let last = resting.last, number < last else {
            resting.append(number)
            return
        }
        resting.insert(number, at: resting.firstIndex { $0 > number } ?? resting.endIndex)
    }

    /// Takes events back into memory, the oldest first. They stay on disk until they are forgotten.
    func take(_ count: Int) -> [SpooledEvent] {
        flush()
        guard unwritten.isEmpty, let content = try? host.readFile(path) else { return [] }
        let chosen = Set(resting.prefix(count))
        resting.removeFirst(min(count, resting.count))
        return SpoolRecovery(content).events.filter { chosen.contains($0.number) }
    }

    /// Does something when all that was kept until now is safe.
    func whenSafe(_ action: @escaping () -> Void) {
        if unwritten.isEmpty { action() } else { onSafe.append(action) }
    }

    private func flushLater(after pause: Nanoseconds = 0) {
        guard !isFlushQueued else { return }
        isFlushQueued = true
        _ = host.schedule(after: pause) { [weak self] in
            self?.isFlushQueued = false
            self?.flush()
        }
    }

    func flush() {
        guard !unwritten.isEmpty else { return }
        let (count, error) = unwritten.withUnsafeBytes { file.write($0) }
        // A record that was cut goes on where it stopped.
        unwritten.removeFirst(count)
        do {
            if let error { throw error }
            try file.synchronize()
        } catch {
            warn("\(error): events wait in memory only")
            return flushLater(after: Self.retryPause)
        }
        let safe = onSafe
        onSafe = []
        for action in safe { action() }
        if spool.wantsCompaction { compact() }
    }

    private func compact() {
        do {
            var spool = spool
            guard let content = spool.compacted(try host.readFile(path)) else { return }
            try host.replaceFile(path, with: content)
            file.close()
            file = try host.openAppending(path)
            self.spool = spool
        } catch {
            warn("\(error)")
        }
    }

    func close() {
        flush()
        file.close()
    }
}
