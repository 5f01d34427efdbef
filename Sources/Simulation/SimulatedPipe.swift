import Node

extension SimulatedHost {
    package func makePipe(
        _ settings: PipeSettings, onReceive: @escaping (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(HostError) -> any NamedPipe {
        if let reason = disk.failures[settings.path] { throw HostError(subject: settings.path, reason: reason) }
        guard disk[settings.path] == nil else { throw HostError(subject: settings.path, reason: "Not a named pipe") }
        guard pipes[settings.path] == nil else {
            throw HostError(subject: settings.path, reason: "Another process reads it")
        }
        let pipe = SimulatedPipe(self, settings.path, onReceive)
        pipes[settings.path] = pipe
        return pipe
    }

    package func write(
        _ bytes: [UInt8], toPipe path: String, patience: Nanoseconds, _ end: @escaping (HostError?) -> Void
    ) {
        let deadline = now + patience
        func attempt() {
            if let pipe = pipes[path] {
                pipe.take(bytes)
                end(nil)
            } else if disk[path] != nil {
                end(HostError(subject: path, reason: "Not a named pipe"))
            } else if now < deadline {
                _ = schedule(after: .milliseconds(1), attempt)
            } else {
                end(HostError(subject: path, reason: "Connection timed out"))
            }
        }
        soon(attempt)
    }

    /// Somebody removes the file of a pipe; who reads it does not notice.
    package func removePipe(_ path: String) { pipes[path] = nil }
}

/// A pipe that has a reader, which takes all at once.
final class SimulatedPipe: NamedPipe {
    private unowned let host: SimulatedHost
    private let path: String
    private let onReceive: (UnsafeBufferPointer<UInt8>) -> Void

    init(_ host: SimulatedHost, _ path: String, _ onReceive: @escaping (UnsafeBufferPointer<UInt8>) -> Void) {
        self.host = host
        self.path = path
        self.onReceive = onReceive
    }

    func take(_ bytes: [UInt8]) {
        host.soon { [self] in host.whenRunning { [self] in bytes.withUnsafeBufferPointer(onReceive) } }
    }

    var isDeleted: Bool { host.pipes[path] !== self }

    func close() { if !isDeleted { host.pipes[path] = nil } }
}
