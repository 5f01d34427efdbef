import Glibc
import Synchronization

/// A port on the loopback address for a server that goes away and comes back.
///
/// It lies below those that the system hands out to whoever asks for any: while the server is away no socket of another
/// test gets it, and takes what was meant for the server.
func ownPort() -> UInt16 {
    while true {
        let port = next.withLock { next in
            next = next < 32_000 ? next + 1 : 16_000
            return next
        }
        if isFree(port, SOCK_STREAM), isFree(port, SOCK_DGRAM) { return port }
    }
}

private let next = Mutex(UInt16.random(in: 16_000..<32_000))

private func isFree(_ port: UInt16, _ kind: __socket_type) -> Bool {
    let descriptor = privateSocket(AF_INET, kind)
    defer { close(descriptor) }
    return bindToLoopback(descriptor, port)
}

/// A socket that no program inherits which another test starts: it would hold it open.
func privateSocket(_ family: CInt, _ kind: __socket_type) -> CInt {
    socket(family, CInt(kind.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
}

/// Gives a socket an IPv4 address; false where somebody has it.
func bindToLoopback(_ descriptor: CInt, _ port: UInt16) -> Bool {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    name.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
    return withUnsafePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
}
