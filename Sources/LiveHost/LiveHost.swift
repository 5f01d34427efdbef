import Dispatch
import Glibc
import NIOCore
import NIOPosix
import Node

/// The host on a real machine: the calling thread turned into an event loop, with sockets, timers and files.
///
///     try LiveHost.run { host in
///         let node = try Node(program, host: host)
///         host.onSignal(SIGTERM) { node.shutDown { host.stop() } }
///     }
///
/// Everything happens on that one thread. The nodes of a process may share a host; for more cores, run one host
/// on each of more threads.
package final class LiveHost: Host {
    let loop: any EventLoop
    private var agenda = Agenda()
    private var armed: (deadline: Nanoseconds, task: Scheduled<Void>)?
    private var isFiring = false
    private var turnEnd: [() -> Void] = []
    private var randomPool: [UInt64] = []
    private let standardError = LogOutput(descriptor: STDERR_FILENO)
    private var isLogQueued = false
    private var isStopping = false
    /// Nobody is told of what the end of the host closes.
    private(set) var isEnded = false
    private var closing: [ObjectIdentifier: () -> Void] = [:]
    var signals: Signals?
    lazy var nameServers = NameServers(self)

    /// Connections that a listener holds at most; more are closed as they come.
    package var maximalAccepted = 16_384

    private init(loop: any EventLoop) { self.loop = loop }

    /// Turns the calling thread into a host and returns when it was stopped.
    /// - Parameter start: called on the host; what it throws stops the host and is thrown again.
    package static func run(_ start: @escaping (LiveHost) throws -> Void) throws {
        // A peer that has gone must show as an error of the write, not as the end of the process.
        signal(SIGPIPE, SIG_IGN)
        var running: LiveHost?
        var failure: (any Error)?
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { loop in
            let host = LiveHost(loop: loop)
            running = host
            do { try start(host) } catch {
                failure = error
                host.stop()
            }
        }
        running?.ended()
        if let failure { throw failure }
    }

    /// Ends `run`: all that was queued in this turn goes out first, then every socket is closed, without a word to its
    /// handlers.
    package func stop() {
        guard !isStopping else { return }
        isStopping = true
        // Two turns: the sockets queue their own ends of this turn.
        atTurnEnd { [self] in
            atTurnEnd { [self] in
                flushLog()
                isEnded = true
                for close in closing.values { close() }
                loop.shutdownGracefully(queue: .global()) { _ in }
            }
        }
    }

    private func ended() {
        armed = nil
        agenda = Agenda()
        turnEnd = []
        closing = [:]
        signals?.close()
        signals = nil
        flushLog()
    }

    /// Has `close` called when the host stops: for what the loop does not close, or leaves behind.
    func atStop(of object: AnyObject, _ close: @escaping () -> Void) { closing[ObjectIdentifier(object)] = close }

    func hasClosed(_ object: AnyObject) { closing[ObjectIdentifier(object)] = nil }

    /// Runs `work` when what arrived in this turn of the loop has been handled.
    func atTurnEnd(_ work: @escaping () -> Void) {
        if turnEnd.isEmpty { loop.assumeIsolated().execute { [self] in endTurn() } }
        turnEnd.append(work)
    }

    private func endTurn() {
        let work = turnEnd
        turnEnd = []
        for work in work { work() }
    }

    // MARK: Time

    package var now: Nanoseconds { Nanoseconds(truncatingIfNeeded: NIODeadline.now().uptimeNanoseconds) }

    package var wallClock: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) &* 1_000_000 &+ Int64(time.tv_nsec) / 1000
    }

    package func schedule(after delay: Nanoseconds, _ action: @escaping () -> Void) -> Timer {
        let timer = agenda.add(at: now &+ Self.bounded(delay), action)
        arm()
        return timer
    }

    /// Ten years are as good as never, and cannot overflow.
    static func bounded(_ delay: Nanoseconds) -> Nanoseconds { min(max(delay, 0), .seconds(315_360_000)) }

    package func cancel(_ timer: Timer) { agenda.cancel(timer) }

    /// One task of the loop stands for all timers: the loop's own tasks are slow to cancel.
    private func arm(notBefore earliest: Nanoseconds = 0) {
        guard !isFiring, let next = agenda.next else { return }
        let deadline = max(next, earliest)
        if let armed {
            guard deadline < armed.deadline else { return }
            armed.task.cancel()
        }
        let task = loop.assumeIsolated().scheduleTask(deadline: .uptimeNanoseconds(UInt64(max(deadline, 0)))) {
            [self] in fire()
        }
        armed = (deadline, task)
    }

    private func fire() {
        armed = nil
        isFiring = true
        let now = now
        let limit = agenda.sequence
        while let due = agenda.take(due: now, addedUpTo: limit) { due.action() }
        isFiring = false
        // The loop does not look at its sockets while tasks are due, so timers that schedule themselves for now
        // must leave a gap.
        arm(notBefore: self.now &+ 20_000)
    }

    // MARK: Surroundings

    package func random() -> UInt64 {
        if let value = randomPool.popLast() { return value }
        // One system call for 32 numbers, the most that it gives.
        randomPool = [UInt64](repeating: 0, count: 32)
        if randomPool.withUnsafeMutableBytes({ getentropy($0.baseAddress, $0.count) }) != 0 {
            var generator = SystemRandomNumberGenerator()
            for index in randomPool.indices { randomPool[index] = generator.next() }
        }
        return randomPool.popLast() ?? 0
    }

    package func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    package var processID: Int32 { getpid() }

    package var arguments: [String] { CommandLine.arguments }

    package var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    package func log(_ level: LogLevel, _ line: UnsafeBufferPointer<UInt8>) {
        standardError.append(line)
        if !isLogQueued {
            isLogQueued = true
            atTurnEnd { [self] in
                isLogQueued = false
                standardError.flush()
            }
        }
    }

    /// Writes the lines of this turn now, for one who is about to end the process.
    package func flushLog() { standardError.flush() }

    package func openAppending(_ path: String, permissions: UInt32) throws(HostError) -> any AppendingFile {
        try LiveFile(path, permissions: permissions)
    }

    package func replaceFile(_ path: String, with content: [UInt8]) throws(HostError) {
        try LiveFile.replace(path, with: content)
    }

    package func readFile(_ path: String) throws(HostError) -> [UInt8] { try LiveFile.read(path) }
}
