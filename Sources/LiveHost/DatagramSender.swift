import CSocket
import Glibc
import Node

/// Sends UDP datagrams on a socket that somebody else reads and closes.
///
/// What is sent while the socket is read goes to the system when all is read, what others send at the end of the loop's
/// turn: up to 64 datagrams with one call. Where the system takes no more, the rest waits in order and is tried again.
final class DatagramSender {
    private struct Datagram {
        var start: Int
        var count: Int
        var onFailure: ((HostError) -> Void)?
    }

    /// `struct mmsghdr`
    private struct Header {
        var message = msghdr()
        /// Bytes that were sent, the system says.
        var sent: CUnsignedInt = 0
    }

    private let host: LiveHost
    private let descriptor: CInt
    private var isOpen = true
    private var bytes: [UInt8] = []
    private var datagrams: [Datagram] = []
    private var addresses: [SystemAddress] = []
    /// How many of them the system has.
    private var done = 0
    /// The end of the turn, or of a pause, sends what there is.
    private var isFlushQueued = false
    private var isPaused = false
    /// The socket is being read.
    private var isReading = false

    /// Datagrams that one system call sends.
    private static let vector = 64
    /// Bytes that may wait.
    private static let room = 1 << 20
    /// Between two tries. The system's send buffer empties at the speed of the wire.
    private static let pause = Nanoseconds.milliseconds(1)

    init(host: LiveHost, descriptor: CInt) {
        self.host = host
        self.descriptor = descriptor
    }

    func send(_ bytes: UnsafeBufferPointer<UInt8>, to: Address, onFailure: ((HostError) -> Void)?) -> Bool {
        guard isOpen, let address = SystemAddress(to) else { return false }
        let isFull = self.bytes.count + bytes.count > Self.room
        if !isPaused, isFull || datagrams.count >= Self.vector { flush() }
        guard self.bytes.count + bytes.count <= Self.room else { return false }
        datagrams.append(Datagram(start: self.bytes.count, count: bytes.count, onFailure: onFailure))
        addresses.append(address)
        self.bytes.append(contentsOf: bytes)
        if !isFlushQueued, !isReading {
            isFlushQueued = true
            host.atTurnEnd { [self] in flushQueued() }
        }
        return true
    }

    /// Until `endRead`, what is sent are answers.
    func beginRead() { isReading = true }

    func endRead() {
        isReading = false
        if !isPaused { flush() }
    }

    /// Sends what there is; must be called before the descriptor is closed.
    func close() {
        flush()
        discard()
    }

    /// The descriptor was closed.
    func discard() { isOpen = false }

    private func flushQueued() {
        isFlushQueued = false
        isPaused = false
        flush()
    }

    private func flush() {
        guard isOpen else { return }
        while done < datagrams.count {
            let (sent, code) = attempt()
            done += sent
            if code == EAGAIN { return tryLater() }
            if code != 0 {
                fail(addresses[done], code, datagrams[done].onFailure)
                done += 1
            }
        }
        done = 0
        bytes.removeAll(keepingCapacity: true)
        datagrams.removeAll(keepingCapacity: true)
        addresses.removeAll(keepingCapacity: true)
    }

    private func tryLater() {
        guard !isPaused else { return }
        isPaused = true
        isFlushQueued = true
        _ = host.schedule(after: Self.pause) { [self] in flushQueued() }
    }

    /// How many of the next datagrams were sent, and what went wrong with the one behind them, or 0.
    private func attempt() -> (count: Int, code: CInt) {
        let count = min(datagrams.count - done, Self.vector)
        return withUnsafeTemporaryAllocation(of: Header.self, capacity: count) { headers in
            withUnsafeTemporaryAllocation(of: iovec.self, capacity: count) { pieces in
                bytes.withUnsafeMutableBytes { bytes in
                    addresses.withUnsafeMutableBufferPointer { addresses in
                        for index in 0..<count {
                            let datagram = datagrams[done + index]
                            let start = bytes.baseAddress.map { $0 + datagram.start }
                            pieces.initializeElement(at: index, to: iovec(iov_base: start, iov_len: datagram.count))
                            var header = Header()
                            addresses[done + index].name(&header.message)
                            header.message.msg_iov = pieces.baseAddress.map { $0 + index }
                            header.message.msg_iovlen = 1
                            headers.initializeElement(at: index, to: header)
                        }
                        return BoundSocket.sending {
                            Int(sendmmsg(descriptor, headers.baseAddress, UInt32(count), BoundSocket.sendFlags))
                        }
                    }
                }
            }
        }
    }

    private func fail(_ to: SystemAddress, _ code: CInt, _ onFailure: ((HostError) -> Void)?) {
        guard let onFailure else { return }
        host.atTurnEnd { onFailure(.system(to.address?.text ?? "", code)) }
    }
}
