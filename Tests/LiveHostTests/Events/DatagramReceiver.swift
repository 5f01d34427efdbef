import Glibc
import LiveHost
import Node

/// A datagram socket that is read by hand, so that it is gone as soon as it is closed.
final class DatagramReceiver {
    private var descriptor: CInt = -1
    private let address: Address
    private let onDatagram: (UnsafeBufferPointer<UInt8>) -> Void

    init(_ address: Address, onDatagram: @escaping (UnsafeBufferPointer<UInt8>) -> Void) {
        self.address = address
        self.onDatagram = onDatagram
        start()
    }

    var isUp: Bool { descriptor >= 0 }

    /// What a socket of a script is called that sends here.
    var socket: String {
        if case .unix(let path) = address { "unix:\(path)" } else { "udp:\(address.text)" }
    }

    func start() {
        guard descriptor < 0 else { return }
        switch address {
        case .unix(let path):
            unlink(path)
            descriptor = privateSocket(AF_UNIX, SOCK_DGRAM)
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
            bind(&name)
        case .ip(_, let port):
            descriptor = privateSocket(AF_INET, SOCK_DGRAM)
            // What the system drops because nobody reads, no sender hears of: there is room for all that can wait.
            var size: CInt = 64 << 20
            if setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, 4) != 0 {
                setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4)
            }
            if !bindToLoopback(descriptor, port) { stop() }
        }
    }

    private func bind<Name>(_ name: inout Name) {
        let code = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<Name>.size))
            }
        }
        if code != 0 { stop() }
    }

    /// Reads what has come.
    func read() {
        guard descriptor >= 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, CInt(MSG_DONTWAIT))
            if count < 0 { return }
            buffer.withUnsafeBufferPointer { onDatagram(UnsafeBufferPointer(rebasing: $0[..<count])) }
        }
    }

    func stop() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}
