import DNS

/// Monotonic time in nanoseconds; only differences mean something.
package typealias Nanoseconds = Int64

extension Nanoseconds {
    package static func seconds(_ count: Int) -> Nanoseconds { Nanoseconds(count) &* 1_000_000_000 }
    package static func milliseconds(_ count: Int) -> Nanoseconds { Nanoseconds(count) &* 1_000_000 }
}

/// All that a node knows of the outside: time, timers, sockets, files, randomness and the log.
///
/// There are two hosts, live and simulated. A node is confined to its host's event loop: every call is made there
/// and every closure is called there, one at a time. No call blocks.
package protocol Host: AnyObject {
    /// Monotonic.
    var now: Nanoseconds { get }
    /// Microseconds since 1970, UTC.
    var wallClock: Int64 { get }
    /// Seeded where it must be repeatable.
    func random() -> UInt64

    /// Calls `action` once, `delay` from now (at once, but not before this call returns, where it is 0 or less).
    func schedule(after delay: Nanoseconds, _ action: @escaping () -> Void) -> Timer
    /// The last word about the timer; harmless when it ran already.
    func cancel(_ timer: Timer)

    /// A UDP socket, or a unix datagram socket for a path address, which with an empty path only sends. The bytes are
    /// valid during the call only.
    func bindDatagram(
        _ address: Address, onReceive: @escaping (_ bytes: UnsafeBufferPointer<UInt8>, _ from: Address) -> Void
    ) throws(HostError) -> any DatagramSocket

    /// A socket that only sends, to one address: UDP, or a unix datagram socket, which has to be there.
    func openDatagrams(to address: Address) throws(HostError) -> any DatagramLine

    /// Listens for TCP (or unix stream) connections. `accept` gives each its handlers.
    func listen(
        _ address: Address, accept: @escaping (_ connection: any StreamConnection) -> StreamHandlers
    ) throws(HostError) -> any Listener

    /// Dials; bytes sent before the connection is up are kept. Success shows as `onOpen`, failure as `onClose`.
    /// - Parameter local: the address to dial from; port 0 for any.
    func connect(
        to address: Address, from local: Address?, timeout: Nanoseconds, _ handlers: StreamHandlers
    ) -> any StreamConnection

    /// A connection to an AMQP broker, made when it is first needed.
    func openBroker(_ settings: BrokerSettings, _ handlers: BrokerHandlers) -> any BrokerConnection

    /// The addresses of an interface, or the first one of a host name; for a node that starts, since it may have to wait
    /// for a name server.
    func localAddresses(of name: String) -> [Address.IP]

    /// Looks up a name; the answers come later, an empty list where there are none.
    func resolve(_ name: String, port: UInt16, _ answer: @escaping ([Address]) -> Void)

    /// Asks the name servers for records; the answer comes later, empty where there are none, or nobody says.
    /// - Parameter patience: nil for what the system is set to.
    func ask(_ question: Question, patience: Patience?, _ answer: @escaping ([Record]) -> Void)

    /// A file to append to, made where it does not exist.
    /// - Parameter permissions: of a new file, as in `chmod`; what the process's mask forbids is taken away.
    func openAppending(_ path: String, permissions: UInt32) throws(HostError) -> any AppendingFile
    /// Puts a file with this content in the place of the one at the path, if any. After a loss of power the old one is
    /// there or the new one, whole.
    func replaceFile(_ path: String, with content: [UInt8]) throws(HostError)
    func readFile(_ path: String) throws(HostError) -> [UInt8]

    /// These columns of all rows, as the table has them. For small tables of local files: a long one fails, and so does
    /// a locked one, at once.
    func rows(of table: Table, _ columns: [String]) throws(HostError) -> [[FieldValue]]
    /// Changes a field of the rows that have all these others; fails where there is none.
    func change(_ field: Field, in table: Table, where key: [Field]) throws(HostError)

    /// Makes a named pipe, in the place of one that nobody reads, and reads what others write into it. The bytes are
    /// valid during the call only.
    func makePipe(
        _ settings: PipeSettings, onReceive: @escaping (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(HostError) -> any NamedPipe
    /// Writes into a named pipe that somebody else made. Whatever else is at the path, a link to a pipe included, is
    /// refused.
    /// - Parameters:
    ///   - patience: how long to wait for a reader, and for its reading.
    ///   - end: told when all is written, or why not; never before this call returns.
    func write(
        _ bytes: [UInt8], toPipe path: String, patience: Nanoseconds, _ end: @escaping (HostError?) -> Void)

    /// The value of an environment variable.
    func environment(_ name: String) -> String?
    /// The process id, as `$pp` shows it.
    var processID: Int32 { get }
    /// The command line.
    var arguments: [String] { get }
    var workingDirectory: String { get }

    /// One line of the log, without a line end.
    func log(_ level: LogLevel, _ line: UnsafeBufferPointer<UInt8>)
}

extension Host {
    package var arguments: [String] { [] }
    package var workingDirectory: String { "/" }

    package func openAppending(_ path: String) throws(HostError) -> any AppendingFile {
        try openAppending(path, permissions: 0o644)
    }
}

/// Names a scheduled action.
package struct Timer: Hashable, Sendable {
    package var id: UInt64
    package init(id: UInt64) { self.id = id }
}

/// What went wrong outside, with what it concerned: an address or a path.
package struct HostError: Error, Hashable, CustomStringConvertible {
    package var subject: String
    /// The system's words: `Address already in use`
    package var reason: String

    package init(subject: String, reason: String) {
        self.subject = subject
        self.reason = reason
    }

    package var description: String { "\(subject): \(reason)" }
}

package protocol DatagramSocket: AnyObject {
    /// With the real port where 0 was asked for.
    var local: Address { get }
    /// False where the queue is full, or the socket closed. `onFailure` tells of what the system does not take
    /// (unreachable, too long), later than this call. That a UDP datagram was lost on its way nobody knows.
    @discardableResult
    func send(_ bytes: UnsafeBufferPointer<UInt8>, to: Address, onFailure: ((HostError) -> Void)?) -> Bool
    func close()
}

/// Where datagrams to one receiver go.
package protocol DatagramLine: AnyObject {
    /// Hands a datagram to the system at once.
    func send(_ bytes: UnsafeBufferPointer<UInt8>) -> DatagramOutcome
    /// What the system has learned about earlier datagrams since the last call.
    func takeError() -> HostError?
    func close()
}

package enum DatagramOutcome {
    case sent
    /// There is no room now; it was not sent.
    case full
    case tooLong
    /// It was not sent. For UDP that is about an earlier datagram: nobody was there to take it.
    case unreachable(HostError)
}

package protocol StreamConnection: AnyObject {
    var local: Address { get }
    var remote: Address { get }
    /// Queued, and sent in one go with what else is sent in this turn; false, and nothing taken, when `maximalQueue`
    /// bytes wait already or the connection is closed.
    func send(_ bytes: [UInt8]) -> Bool
    /// Bytes that wait to be sent.
    var queued: Int { get }
    /// Closes after what was queued went out. Nothing is received from here on; `onClose` follows.
    func close()
}

extension StreamConnection {
    /// Bytes that may wait in a connection that takes no more, in bytes.
    package static var maximalQueue: Int { 4 << 20 }
}

package protocol Listener: AnyObject {
    var local: Address { get }
    func close()
}

/// What a connection calls, never from inside a call of the node's. A host that was stopped, or crashed, calls no more.
package struct StreamHandlers {
    /// A dial succeeded; at most once. An accepted connection is open from the start.
    package var onOpen: () -> Void
    package var onReceive: (_ bytes: UnsafeBufferPointer<UInt8>) -> Void
    /// All that was queued went out; once for each time that something was queued.
    package var onDrained: () -> Void
    /// The end, from either side, exactly once; nil for an orderly close.
    package var onClose: (HostError?) -> Void

    package init(
        onOpen: @escaping () -> Void = {},
        onReceive: @escaping (_ bytes: UnsafeBufferPointer<UInt8>) -> Void = { _ in },
        onDrained: @escaping () -> Void = {}, onClose: @escaping (HostError?) -> Void = { _ in }
    ) {
        self.onOpen = onOpen
        self.onReceive = onReceive
        self.onDrained = onDrained
        self.onClose = onClose
    }
}

package protocol AppendingFile: AnyObject {
    /// Writes all or throws; several parts are one write.
    func append(_ bytes: [UInt8]) throws(HostError)
    /// Writes as much as there is room for: the count of bytes that are in the file, and why not all are.
    func write(_ bytes: UnsafeRawBufferPointer) -> (count: Int, error: HostError?)
    /// In bytes.
    var size: Int64 { get }
    /// Takes the end of the file away.
    func cut(to size: Int64) throws(HostError)
    /// No path leads to it any more: what is written is lost.
    var isDeleted: Bool { get }
    func synchronize() throws(HostError)
    func close()
}

/// The levels of `xlog` and `log_level`.
package enum LogLevel: Int32, Sendable, Comparable {
    case alert = -3
    case critical = -2
    case error = -1
    case warning = 1
    case notice = 2
    case info = 3
    case debug = 4

    package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
