import Events

/// The file behind all `flatstore:` sockets of one path.
final class FlatstoreFile {
    /// As the sockets name it.
    let path: [UInt8]
    private unowned let module: EventFlatstore
    private var node: Node { module.node }
    private var file: (any AppendingFile)?
    /// With the suffix that was in force when the file was opened.
    private var currentPath = ""
    private var rotation: FlatstoreRotation
    private var text: [UInt8] = []
    /// Lines in `text`, in order.
    private var lines: [Line] = []
    /// Room for the next ones.
    private var spare: [Line] = []
    private var isFlushQueued = false
    private var isSynchronisationQueued = false
    var users = 0

    /// When the first of them came.
    private var oldest: Nanoseconds = 0

    private struct Line {
        var backend: FlatstoreBackend
        /// Nil for an event that was taken directly.
        var id: DeliveryID?
        var event: Event
        /// Behind its last byte in the text.
        var end: Int
    }

    /// Lines that may wait for the end of the turn; fewer than a socket's window, or it would stand still.
    private static let mostLines = 128
    private static let mostBytes = 64 << 10

    init(_ path: [UInt8], _ module: EventFlatstore) {
        self.path = path
        self.module = module
        rotation = module.rotation
    }

    private var wallClock: Int64 { node.host.wallClock / 1_000_000 }

    func open() throws(HostError) {
        currentPath = String(decoding: path + (module.suffix?.evaluate() ?? []), as: UTF8.self)
        let file = try node.host.openAppending(currentPath, permissions: module.permissions)
        self.file = file
        rotation.onOpen(bytes: file.size, wallClock: wallClock)
    }

    func append(_ event: Event, _ id: DeliveryID?, _ backend: FlatstoreBackend) {
        let start = text.count
        module.format.appendLine(event, to: &text)
        if module.rotates, let reason = rotation.onLine(bytes: text.count - start, wallClock: wallClock) {
            let line = Array(text[start...])
            text.removeLast(line.count)
            rotate(reason)
            // It is the first of the new file.
            _ = rotation.onLine(bytes: line.count, wallClock: wallClock)
            text += line
        }
        if lines.isEmpty { oldest = node.host.now }
        lines.append(Line(backend: backend, id: id, event: event, end: text.count))
        if lines.count >= Self.mostLines || text.count >= Self.mostBytes { flush() } else { flushLater() }
    }

    // MARK: Writing

    private func flushLater() {
        guard !isFlushQueued else { return }
        isFlushQueued = true
        _ = node.host.schedule(after: 0) { [weak self] in
            self?.isFlushQueued = false
            self?.flush()
        }
    }

    /// Writes the lines, and tells what became of each.
    func flush() {
        guard !lines.isEmpty else { return }
        let (count, reason) = write()
        let done = lines
        let raisedAt = oldest
        lines = spare
        text.removeAll(keepingCapacity: text.capacity <= 4 * Self.mostBytes)
        var taken = 0
        for (place, line) in done.enumerated() {
            let isWritten = line.end <= count
            if let id = line.id {
                line.backend.port.settle(id, isWritten ? .delivered : .failed(reason))
            } else if isWritten {
                taken += 1
                // The lines of one socket mostly come together.
                if place + 1 == done.count || done[place + 1].backend !== line.backend || done[place + 1].id != nil
                    || done[place + 1].end > count
                {
                    line.backend.port.onTaken(taken, latency: node.host.now &- raisedAt)
                    taken = 0
                }
            } else {
                line.backend.port.giveBack(line.event, raisedAt: raisedAt)
            }
        }
        spare = done
        spare.removeAll(keepingCapacity: true)
    }

    /// How many bytes of the text are safe, whole lines only, and why not all.
    private func write() -> (count: Int, reason: FailureReason) {
        if file == nil || file?.isDeleted == true {
            file?.close()
            file = nil
            do { try open() } catch {
                node.warnOnce("event_flatstore: \(error)")
                return (0, .unreachable)
            }
        }
        guard let file else { return (0, .unreachable) }
        var (count, error) = text.withUnsafeBytes { file.write($0) }
        if error != nil {
            let whole = lines.last { $0.end <= count }?.end ?? 0
            // Half a line would spoil the one that follows.
            try? file.cut(to: file.size &- Int64(count - whole))
            count = whole
        } else if module.synchronisation == .always {
            do { try file.synchronize() } catch let problem { error = problem }
            // What is in the file and may not be safe is not taken back.
        } else if module.synchronisation == .second {
            synchronizeLater()
        }
        if let error { node.warnOnce("event_flatstore: \(error)") }
        return (count, .broken)
    }

    private func synchronizeLater() {
        guard !isSynchronisationQueued else { return }
        isSynchronisationQueued = true
        _ = node.host.schedule(after: .seconds(1)) { [weak self] in
            self?.isSynchronisationQueued = false
            try? self?.file?.synchronize()
        }
    }

    // MARK: Rotation

    /// Goes on in a new file, or in the same if the suffix does not make another name and nobody moved it.
    func rotate(_ reason: FlatstoreRotation.Reason) {
        flush()
        let oldPath = currentPath
        file?.close()
        file = nil
        do { try open() } catch { node.warnOnce("event_flatstore: \(error)") }
        let event = FlatstoreRotation.event(
            timestamp: Int(wallClock), reason: reason, file: Array(currentPath.utf8), oldFile: Array(oldPath.utf8))
        // The event may be meant for this very file, and rotate it again.
        _ = node.host.schedule(after: .milliseconds(1)) { [weak node] in node?.raise(event) }
    }

    func close() {
        // What a first try gives back is tried once more.
        flush()
        flush()
        lines = []
        text = []
        if module.synchronisation != .never { try? file?.synchronize() }
        file?.close()
        file = nil
        module.forget(self)
    }
}

/// One socket's way to the file.
final class FlatstoreBackend: DirectBackend {
    private let file: FlatstoreFile
    let port: BackendPort

    init(_ file: FlatstoreFile, _ port: BackendPort) {
        self.file = file
        self.port = port
        file.users += 1
    }

    func send(_ delivery: DeliveryEffect.Delivery) -> DeliveryAnswer {
        file.append(delivery.event, delivery.id, self)
        return .pending
    }

    func take(_ event: Event) -> Bool {
        file.append(event, nil, self)
        return true
    }

    func finish() { file.flush() }

    func close() {
        file.users -= 1
        if file.users == 0 { file.close() } else { file.flush() }
    }
}
