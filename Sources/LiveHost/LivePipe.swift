import Glibc
import NIOCore
import NIOPosix
import Node

extension LiveHost {
    package func makePipe(
        _ settings: PipeSettings, onReceive: @escaping (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(HostError) -> any NamedPipe {
        try LivePipe(self, settings, onReceive)
    }

    package func write(
        _ bytes: [UInt8], toPipe path: String, patience: Nanoseconds, _ end: @escaping (HostError?) -> Void
    ) {
        let writer = PipeWriter(host: self, path: path, bytes: bytes, deadline: now + patience, end: end)
        atTurnEnd { writer.goOn() }
    }
}

/// A named pipe that the loop reads.
final class LivePipe: NamedPipe, ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let host: LiveHost
    private let path: String
    private let identity: (device: dev_t, inode: ino_t)
    private var channel: (any Channel)?
    private var onReceive: ((UnsafeBufferPointer<UInt8>) -> Void)?

    init(
        _ host: LiveHost, _ settings: PipeSettings, _ onReceive: @escaping (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(HostError) {
        self.host = host
        self.onReceive = onReceive
        path = settings.path
        let descriptor: CInt
        (descriptor, identity) = try LivePipe.make(settings)
        let bound = NIOLoopBound(self, eventLoop: host.loop)
        let started = NIOPipeBootstrap(group: host.loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    bound.value.channel = channel
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
        started.assumeIsolated().whenSuccess { [self] channel in
            if self.onReceive == nil { channel.close(promise: nil) }
        }
        host.atStop(of: self) { [self] in close() }
    }

    /// Opened for both reading and writing, so that it does not end with its last writer.
    private static func make(_ settings: PipeSettings) throws(HostError) -> (CInt, (device: dev_t, inode: ino_t)) {
        let path = settings.path
        if mkfifo(path, 0o600) != 0 {
            guard errno == EEXIST else { throw HostError.system(path) }
            try removeAbandoned(path)
            guard mkfifo(path, 0o600) == 0 else { throw HostError.system(path) }
        }
        let descriptor = open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw HostError.system(path) }
        do throws(HostError) {
            let status = try self.status(of: descriptor, path)
            if settings.user != nil || settings.group != nil {
                let user = try settings.user.map { name throws(HostError) in try Account.user(name) }
                let group = try settings.group.map { name throws(HostError) in try Account.group(name) }
                guard fchown(descriptor, user ?? uid_t.max, group ?? gid_t.max) == 0 else {
                    throw HostError.system(path)
                }
            }
            guard fchmod(descriptor, settings.permissions) == 0 else { throw HostError.system(path) }
            return (descriptor, (status.st_dev, status.st_ino))
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    /// The status of an open pipe; throws for anything else.
    fileprivate static func status(of descriptor: CInt, _ path: String) throws(HostError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw HostError.system(path) }
        guard status.st_mode & S_IFMT == S_IFIFO else { throw HostError(subject: path, reason: "Not a named pipe") }
        return status
    }

    /// Takes a pipe away that nobody reads: the process that made it has gone.
    private static func removeAbandoned(_ path: String) throws(HostError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw HostError.system(path) }
        guard status.st_mode & S_IFMT == S_IFIFO else { throw HostError(subject: path, reason: "Not a named pipe") }
        let probe = open(path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
        if probe >= 0 {
            Glibc.close(probe)
            throw HostError(subject: path, reason: "Another process reads it")
        }
        guard errno == ENXIO, unlink(path) == 0 else { throw HostError.system(path) }
    }

    var isDeleted: Bool {
        var status = stat()
        return lstat(path, &status) != 0 || status.st_dev != identity.device || status.st_ino != identity.inode
    }

    func close() {
        guard onReceive != nil else { return }
        onReceive = nil
        if !isDeleted { unlink(path) }
        channel?.close(promise: nil)
        channel = nil
        host.hasClosed(self)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unwrapInboundIn(data).withUnsafeReadableBytes { onReceive?($0.bindMemory(to: UInt8.self)) }
    }
}

/// Brings bytes into a pipe that another process reads, as it opens and empties it.
private final class PipeWriter {
    private let host: LiveHost
    private let path: String
    private let bytes: [UInt8]
    private let deadline: Nanoseconds
    private let end: (HostError?) -> Void
    private var descriptor: CInt = -1
    private var written = 0
    /// Before the next look; readers are there at once, or slow.
    private var pause = Nanoseconds.milliseconds(1)
    private static let longestPause = Nanoseconds.milliseconds(50)

    init(
        host: LiveHost, path: String, bytes: [UInt8], deadline: Nanoseconds, end: @escaping (HostError?) -> Void
    ) {
        self.host = host
        self.path = path
        self.bytes = bytes
        self.deadline = deadline
        self.end = end
    }

    func goOn() {
        do throws(HostError) {
            if try write() { finish(nil) } else { try wait() }
        } catch {
            finish(error)
        }
    }

    /// - Returns: whether all is written.
    private func write() throws(HostError) -> Bool {
        if descriptor < 0 {
            // Without a reader this fails, and does not wait for one.
            descriptor = open(path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
            if descriptor < 0 {
                guard errno == ENXIO || errno == EINTR else { throw HostError.system(path) }
                return false
            }
            // A second name may be a trap: the pipe of somebody who trusts us.
            guard try LivePipe.status(of: descriptor, path).st_nlink == 1 else {
                throw HostError(subject: path, reason: "The pipe has other names")
            }
        }
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
            if count > 0 {
                written += count
                pause = .milliseconds(1)
            } else if errno == EAGAIN {
                return false
            } else if errno != EINTR {
                throw HostError.system(path)
            }
        }
        return true
    }

    private func wait() throws(HostError) {
        guard host.now < deadline else { throw HostError.system(path, ETIMEDOUT) }
        _ = host.schedule(after: pause) { [self] in goOn() }
        pause = min(pause * 2, PipeWriter.longestPause)
    }

    private func finish(_ error: HostError?) {
        if descriptor >= 0 { Glibc.close(descriptor) }
        end(error)
    }
}

/// Users and groups by name or number.
private enum Account {
    static func user(_ name: String) throws(HostError) -> uid_t {
        if let number = uid_t(name) { return number }
        guard let entry = getpwnam(name) else { throw HostError(subject: name, reason: "No such user") }
        return entry.pointee.pw_uid
    }

    static func group(_ name: String) throws(HostError) -> gid_t {
        if let number = gid_t(name) { return number }
        guard let entry = getgrnam(name) else { throw HostError(subject: name, reason: "No such group") }
        return entry.pointee.gr_gid
    }
}
