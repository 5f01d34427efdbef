import Glibc
import NIOCore
import Node

/// An address as the system calls want it.
struct SystemAddress {
    private var storage = sockaddr_storage()
    private(set) var length: socklen_t = 0

    /// Room for an address that the system writes.
    init() { length = socklen_t(MemoryLayout<sockaddr_storage>.size) }

    /// Nil where a unix path has no room (107 bytes).
    init?(_ address: Address) {
        switch address {
        case .ip(let ip, let port):
            if let v4 = ip.v4 {
                let plain = sockaddr_in(
                    sin_family: sa_family_t(AF_INET), sin_port: port.bigEndian, sin_addr: in_addr(s_addr: v4.bigEndian),
                    sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
                withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: plain, as: sockaddr_in.self) }
                length = socklen_t(MemoryLayout<sockaddr_in>.size)
            } else {
                var plain = sockaddr_in6()
                plain.sin6_family = sa_family_t(AF_INET6)
                plain.sin6_port = port.bigEndian
                withUnsafeMutableBytes(of: &plain.sin6_addr) {
                    $0.storeBytes(of: ip.high.bigEndian, as: UInt64.self)
                    $0.storeBytes(of: ip.low.bigEndian, toByteOffset: 8, as: UInt64.self)
                }
                withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: plain, as: sockaddr_in6.self) }
                length = socklen_t(MemoryLayout<sockaddr_in6>.size)
            }
        case .unix(let path):
            let bytes = Array(path.utf8)
            guard bytes.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path), !bytes.contains(0) else {
                return nil
            }
            withUnsafeMutableBytes(of: &storage) {
                $0.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self)
                UnsafeMutableRawBufferPointer(rebasing: $0[Self.pathOffset...]).copyBytes(from: bytes)
            }
            // No path at all leaves the socket without a name.
            length = socklen_t(Self.pathOffset + (bytes.isEmpty ? 0 : bytes.count + 1))
        }
    }

    private static let pathOffset = MemoryLayout<sa_family_t>.size

    /// Nil for a family that we do not speak; an unnamed unix socket has the empty path.
    var address: Address? {
        withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            case AF_INET: return Address(bytes.load(as: sockaddr_in.self))
            case AF_INET6: return Address(bytes.load(as: sockaddr_in6.self))
            case AF_UNIX, AF_UNSPEC:
                let end = min(Int(length), MemoryLayout<sockaddr_un>.size)
                let path = bytes[min(Self.pathOffset, end)..<end].prefix { $0 != 0 }
                return .unix(path: String(decoding: path, as: UTF8.self))
            default: return nil
            }
        }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// Names the address in a header, for as long as it stands where it is: an element of an array that does not change.
    mutating func name(_ header: inout msghdr) {
        header.msg_name = withUnsafeMutablePointer(to: &storage) { UnsafeMutableRawPointer($0) }
        header.msg_namelen = length
    }

    mutating func withMutablePointer<Result>(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
    }
}

extension Address {
    init(_ plain: sockaddr_in) {
        self = .ip(IP(v4: UInt32(bigEndian: plain.sin_addr.s_addr)), port: UInt16(bigEndian: plain.sin_port))
    }

    init(_ plain: sockaddr_in6) {
        self = withUnsafeBytes(of: plain.sin6_addr) {
            let high = UInt64(bigEndian: $0.load(as: UInt64.self))
            let low = UInt64(bigEndian: $0.load(fromByteOffset: 8, as: UInt64.self))
            return .ip(IP(high: high, low: low), port: UInt16(bigEndian: plain.sin6_port))
        }
    }

    init(_ address: SocketAddress) {
        switch address {
        case .v4(let v4): self.init(v4.address)
        case .v6(let v6): self.init(v6.address)
        case .unixDomainSocket: self = .unix(path: address.pathname ?? "")
        }
    }
}

extension SocketAddress {
    /// Nil where a unix path has no room.
    init?(_ address: Address) {
        guard let system = SystemAddress(address) else { return nil }
        let converted: SocketAddress? = system.withPointer { pointer, _ in
            let bytes = UnsafeRawPointer(pointer)
            return switch address {
            case .ip(let ip, _):
                ip.isV4
                    ? SocketAddress(bytes.load(as: sockaddr_in.self)) : SocketAddress(bytes.load(as: sockaddr_in6.self))
            case .unix: SocketAddress(bytes.load(as: sockaddr_un.self))
            }
        }
        guard let converted else { return nil }
        self = converted
    }
}

extension HostError {
    /// With the system's words for `code`.
    static func system(_ subject: String, _ code: CInt = errno) -> HostError {
        HostError(subject: subject, reason: String(cString: strerror(code)))
    }

    init(_ error: any Error, _ subject: String) {
        switch error {
        case let error as HostError: self = error
        case let error as IOError: self = .system(subject, error.errnoCode)
        case ChannelError.connectTimeout: self = .system(subject, ETIMEDOUT)
        default: self.init(subject: subject, reason: String(describing: error))
        }
    }
}
