import Glibc
import Node

/// Sockets made by hand, so that what goes wrong is known at once: the loop's own binding answers later.
enum BoundSocket {
    /// A bound socket that does not block, and the address that it has.
    static func datagram(_ address: Address) throws(HostError) -> (CInt, Address) {
        // No SO_REUSEADDR: with it Linux lets two processes bind the same UDP port, and one of them hears nothing.
        let descriptor = try make(address, CInt(SOCK_DGRAM.rawValue))
        // Bursts outlast a turn of the loop. The system trims what it does not allow.
        set(descriptor, SOL_SOCKET, SO_RCVBUF, 4 << 20)
        set(descriptor, SOL_SOCKET, SO_SNDBUF, 1 << 20)
        if case .unix(path: "") = address { return (descriptor, address) }
        return (descriptor, try bind(descriptor, to: address))
    }

    /// A datagram socket without a name that sends to one address, and does not block.
    static func sending(to address: Address) throws(HostError) -> CInt {
        let descriptor = try make(address, CInt(SOCK_DGRAM.rawValue))
        set(descriptor, SOL_SOCKET, SO_SNDBUF, 1 << 20)
        guard let system = SystemAddress(address) else { throw fail(descriptor, address, ENAMETOOLONG) }
        guard system.withPointer({ connect(descriptor, $0, $1) }) == 0 else { throw fail(descriptor, address) }
        return descriptor
    }

    /// A listening socket that does not block, and the address that it has.
    static func listening(_ address: Address) throws(HostError) -> (CInt, Address) {
        let descriptor = try make(address, CInt(SOCK_STREAM.rawValue))
        if address.ip != nil {
            set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
            // Accepted connections inherit it.
            set(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, 1)
        }
        let local = try bind(descriptor, to: address)
        guard listen(descriptor, 4096) == 0 else { throw fail(descriptor, address) }
        return (descriptor, local)
    }

    private static func make(_ address: Address, _ type: CInt) throws(HostError) -> CInt {
        let family = address.ip.map { $0.isV4 ? AF_INET : AF_INET6 } ?? AF_UNIX
        let flags = CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, type | flags, 0)
        guard descriptor >= 0 else { throw HostError.system(address.text) }
        // `::` and `0.0.0.0` are two sockets.
        if family == AF_INET6 { set(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        return descriptor
    }

    private static func bind(_ descriptor: CInt, to address: Address) throws(HostError) -> Address {
        guard let system = SystemAddress(address) else { throw fail(descriptor, address, ENAMETOOLONG) }
        if system.withPointer({ Glibc.bind(descriptor, $0, $1) }) != 0 {
            let code = errno
            guard code == EADDRINUSE, case .unix(let path) = address, isStale(system) else {
                throw fail(descriptor, address, code)
            }
            unlink(path)
            guard system.withPointer({ Glibc.bind(descriptor, $0, $1) }) == 0 else { throw fail(descriptor, address) }
        }
        var bound = SystemAddress()
        guard bound.withMutablePointer({ getsockname(descriptor, $0, $1) }) == 0, let local = bound.address
        else { throw fail(descriptor, address) }
        return local
    }

    /// Whether a unix socket's file was left behind by a process that has gone: nobody answers there.
    private static func isStale(_ system: SystemAddress) -> Bool {
        for type in [SOCK_STREAM, SOCK_DGRAM] {
            let flags = CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
            let probe = socket(AF_UNIX, CInt(type.rawValue) | flags, 0)
            guard probe >= 0 else { return false }
            defer { close(probe) }
            // EPROTOTYPE: the socket is of the other type.
            guard system.withPointer({ connect(probe, $0, $1) }) != 0, errno == ECONNREFUSED || errno == EPROTOTYPE
            else { return false }
        }
        return true
    }

    /// Sends again what a signal interrupted.
    /// - Returns: what the call says, and what went wrong, or 0; EAGAIN where there is no room now, for any reason.
    static func sending(_ call: () -> Int) -> (count: Int, code: CInt) {
        while true {
            let count = call()
            if count >= 0 { return (count, 0) }
            if errno != EINTR { return (0, errno == ENOBUFS ? EAGAIN : errno) }
        }
    }

    /// Sending waits for nobody, and a reader that is away is no signal.
    static let sendFlags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)

    private static func set(_ descriptor: CInt, _ level: CInt, _ option: CInt, _ value: CInt) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
    }

    private static func fail(_ descriptor: CInt, _ address: Address, _ code: CInt = errno) -> HostError {
        close(descriptor)
        return .system(address.text, code)
    }
}
