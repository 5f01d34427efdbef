import Dispatch
import Glibc
import NIOCore
import Node

/// A unix datagram socket; with an empty path it only sends.
///
/// The event loop cannot read these: it takes an unnamed sender, which is the usual one here, for an error. So a dispatch
/// source watches the socket and brings what it read to the loop.
final class UnixDatagramSocket: DatagramSocket {
    let local: Address
    private let host: LiveHost
    private let path: String
    private let descriptor: CInt
    private var source: (any DispatchSourceRead)?
    private var onReceive: ((UnsafeBufferPointer<UInt8>, Address) -> Void)?

    private struct Datagram: Sendable {
        var bytes: [UInt8]
        var from: Address
    }

    init(
        host: LiveHost, descriptor: CInt, path: String,
        onReceive: @escaping (UnsafeBufferPointer<UInt8>, Address) -> Void
    ) {
        local = .unix(path: path)
        self.host = host
        self.path = path
        self.descriptor = descriptor
        self.onReceive = onReceive
        if !path.isEmpty { watch(host.loop) }
        host.atStop(of: self) { [self] in close() }
    }

    func send(_ bytes: UnsafeBufferPointer<UInt8>, to: Address, onFailure: ((HostError) -> Void)?) -> Bool {
        guard onReceive != nil else { return false }
        let code = attempt(bytes, to)
        // A full unix socket belongs to one receiver; nobody else may wait for it.
        if code == EAGAIN { return false }
        if code != 0, let onFailure { host.atTurnEnd { onFailure(.system(to.text, code)) } }
        return true
    }

    /// 0, or what went wrong.
    private func attempt(_ bytes: UnsafeBufferPointer<UInt8>, _ to: Address) -> CInt {
        guard let system = SystemAddress(to) else { return ENAMETOOLONG }
        return BoundSocket.sending {
            system.withPointer { sendto(descriptor, bytes.baseAddress, bytes.count, BoundSocket.sendFlags, $0, $1) }
        }.code
    }

    func close() {
        guard onReceive != nil else { return }
        onReceive = nil
        host.hasClosed(self)
        if let source {
            source.cancel()
            unlink(path)
        } else {
            Glibc.close(descriptor)
        }
        source = nil
    }

    private func watch(_ loop: any EventLoop) {
        let descriptor = descriptor
        let queue = DispatchQueue(label: "siskin.unix-datagram")
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        let bound = NIOLoopBound(self, eventLoop: loop)
        source.setEventHandler { @Sendable in
            let datagrams = Self.receive(descriptor)
            // Waiting for the loop holds a flood back in the system, where senders see that the socket is full.
            try? loop.submit { bound.value.deliver(datagrams) }.wait()
        }
        source.setCancelHandler { @Sendable in Glibc.close(descriptor) }
        source.resume()
        self.source = source
    }

    /// What has come, up to 64 datagrams.
    private static func receive(_ descriptor: CInt) -> [Datagram] {
        var datagrams: [Datagram] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while datagrams.count < 64 {
            var from = SystemAddress()
            let count = from.withMutablePointer { address, length in
                buffer.withUnsafeMutableBytes { recvfrom(descriptor, $0.baseAddress, $0.count, 0, address, length) }
            }
            guard count >= 0 else { break }
            datagrams.append(Datagram(bytes: Array(buffer[..<count]), from: from.address ?? .unix(path: "")))
        }
        return datagrams
    }

    private func deliver(_ datagrams: [Datagram]) {
        for datagram in datagrams {
            datagram.bytes.withUnsafeBufferPointer { onReceive?($0, datagram.from) }
        }
    }
}
