import Glibc
import Node

/// Sends datagrams on a socket that somebody else reads and closes.
///
/// Each goes to the system at once. Where the system takes no more, datagrams wait in order and are tried again.
final class DatagramSender {
    private struct Waiting {
        var bytes: [UInt8]
        var to: Address
        var onFailure: ((HostError) -> Void)?
    }

    private let host: LiveHost
    private let descriptor: CInt
    private var isOpen = true
    private var waiting: [Waiting] = []
    private var waitingBytes = 0

    /// Bytes that may wait.
    private static let maximalWaiting = 1 << 20
    /// Between two tries. The system's send buffer empties at the speed of the wire.
    private static let pause = Nanoseconds.milliseconds(1)

    init(host: LiveHost, descriptor: CInt) {
        self.host = host
        self.descriptor = descriptor
    }

    func send(_ bytes: UnsafeBufferPointer<UInt8>, to: Address, onFailure: ((HostError) -> Void)?) -> Bool {
        guard isOpen else { return false }
        if waiting.isEmpty {
            let code = attempt(bytes, to)
            if code == 0 { return true }
            if code != EAGAIN {
                fail(to, code, onFailure)
                return true
            }
            // A full unix socket belongs to one receiver; nobody else may wait for it.
            if case .unix = to { return false }
            _ = host.schedule(after: Self.pause) { [self] in retry() }
        }
        guard waitingBytes + bytes.count <= Self.maximalWaiting else { return false }
        waiting.append(Waiting(bytes: Array(bytes), to: to, onFailure: onFailure))
        waitingBytes += bytes.count
        return true
    }

    /// Must be called before the descriptor is closed.
    func close() {
        isOpen = false
        waiting = []
    }

    private func retry() {
        guard isOpen else { return }
        var sent = 0
        for datagram in waiting {
            let code = datagram.bytes.withUnsafeBufferPointer { attempt($0, datagram.to) }
            if code == EAGAIN { break }
            if code != 0 { fail(datagram.to, code, datagram.onFailure) }
            waitingBytes -= datagram.bytes.count
            sent += 1
        }
        waiting.removeFirst(sent)
        if !waiting.isEmpty { _ = host.schedule(after: Self.pause) { [self] in retry() } }
    }

    /// 0, or what went wrong.
    private func attempt(_ bytes: UnsafeBufferPointer<UInt8>, _ to: Address) -> CInt {
        guard let system = SystemAddress(to) else { return ENAMETOOLONG }
        while true {
            let flags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)
            let sent = system.withPointer { sendto(descriptor, bytes.baseAddress, bytes.count, flags, $0, $1) }
            if sent >= 0 { return 0 }
            if errno != EINTR { return errno == ENOBUFS ? EAGAIN : errno }
        }
    }

    private func fail(_ to: Address, _ code: CInt, _ onFailure: ((HostError) -> Void)?) {
        guard let onFailure else { return }
        host.atTurnEnd { onFailure(.system(to.text, code)) }
    }
}
