import DNS
import Glibc
import NIOCore
import NIOPosix
import Node

extension LiveHost {
    package func resolve(_ name: String, port: UInt16, _ answer: @escaping ([Address]) -> Void) {
        if let ip = Address.IP(name) {
            atTurnEnd { answer([.ip(ip, port: port)]) }
            return
        }
        // The system's resolver blocks, so it runs in a thread of NIO's pool.
        let found = NIOThreadPool.singleton.runIfActive(eventLoop: loop) { Self.lookUp(name, port: port) }
        found.assumeIsolated().whenComplete { result in answer((try? result.get()) ?? []) }
    }

    package func ask(_ question: Question, patience: Patience?, _ answer: @escaping ([Record]) -> Void) {
        nameServers.ask(question, patience, answer)
    }

    package func localAddresses(of name: String) -> [Address.IP] {
        let own = Self.interfaceAddresses(name)
        return own.isEmpty ? Self.lookUp(name, port: 0).compactMap(\.ip).prefix(1) + [] : own
    }

    /// Without those of the link, which mean nothing elsewhere.
    private static func interfaceAddresses(_ name: String) -> [Address.IP] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        return sequence(first: list, next: { $0?.pointee.ifa_next }).compactMap { entry in
            guard let info = entry?.pointee, String(cString: info.ifa_name) == name,
                let raw = UnsafeRawPointer(info.ifa_addr)
            else { return nil }
            switch CInt(info.ifa_addr.pointee.sa_family) {
            case AF_INET: return Address(raw.load(as: sockaddr_in.self)).ip
            case AF_INET6:
                let address = raw.load(as: sockaddr_in6.self)
                return address.sin6_scope_id == 0 ? Address(address).ip : nil
            default: return nil
            }
        }
    }

    /// In the order that the system prefers (RFC 6724).
    private static func lookUp(_ name: String, port: UInt16) -> [Address] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = CInt(SOCK_DGRAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [Address] = []
        var next = list
        while let info = next?.pointee {
            next = info.ai_next
            guard let raw = UnsafeRawPointer(info.ai_addr) else { continue }
            let address: Address
            switch info.ai_family {
            case AF_INET: address = Address(raw.load(as: sockaddr_in.self))
            case AF_INET6: address = Address(raw.load(as: sockaddr_in6.self))
            default: continue
            }
            guard let ip = address.ip else { continue }
            let known = Address.ip(ip, port: port)
            if !addresses.contains(known) { addresses.append(known) }
        }
        return addresses
    }
}
