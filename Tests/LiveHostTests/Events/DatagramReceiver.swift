import Glibc
import LiveHost
import Node

/// A datagram socket that is read by hand, so that it is gone as soon as it is closed.
final class DatagramReceiver {
    private var descriptor: CInt = -1
    private var address: Address
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
            descriptor = Glibc.socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue), 0)
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
            bind(&name)
        case .ip(_, let port):
            descriptor = Glibc.socket(AF_INET, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue), 0)
            // What the system drops because nobody reads, no sender hears of: there is room for all that can wait.
            var size: CInt = 64 << 20
            if setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, 4) != 0 {
                setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4)
            }
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = port.bigEndian
            name.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
            bind(&name)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &name) {
                _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            }
            address = .ip(.loopbackV4, port: UInt16(bigEndian: name.sin_port))
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
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 { return }
            buffer.withUnsafeBufferPointer { onDatagram(UnsafeBufferPointer(rebasing: $0[..<count])) }
        }
    }

    func stop() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}
