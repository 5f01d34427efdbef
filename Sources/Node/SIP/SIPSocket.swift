import SIP
import Syntax

/// A socket of the script that takes SIP messages.
final class SIPSocket {
    let transport: SIP.Transport
    /// With the real port where 0 was asked for.
    let address: Address
    let ip: IPAddress
    let port: Int
    /// As in a Via; IPv6 in brackets.
    let host: [UInt8]
    /// The name of the interface or host in the script, where it is no address.
    let name: [UInt8]?
    /// What `as` says in place of the address.
    let advertisedHost: [UInt8]?
    let advertisedIP: IPAddress?
    /// The socket's own where `as` says none.
    let advertisedPort: Int?
    /// Another name of the socket, for `$socket_out`.
    let tag: [UInt8]?
    let limits: Limits
    /// `udp:10.0.0.1:5060`, as `$socket_in` shows it.
    let label: [UInt8]
    private let transmit: Transmission

    /// Sends bytes to an address; over the connection with this number if it is still there (0 for none). False where
    /// they cannot even be queued; nil where they wait for a connection: `later` is told whether it was made.
    typealias Transmission = (
        _ bytes: Bytes, _ to: Address, _ connection: UInt64, _ later: ((Bool) -> Void)?
    ) -> Bool?

    /// - Returns: nil for a unix socket's address.
    init?(
        _ transport: SIP.Transport, _ address: Address, _ definition: SocketDefinition?, limits: Limits,
        transmit: @escaping Transmission
    ) {
        guard case .ip(let ip, let port) = address else { return nil }
        self.transport = transport
        self.address = address
        self.limits = limits
        self.ip = IPAddress(ip)
        self.port = Int(port)
        var host: [UInt8] = []
        self.ip.writeHost(into: &host)
        self.host = host
        name = definition.map(\.host.text).flatMap { Address.IP($0) == nil && $0 != "*" ? Array($0.utf8) : nil }
        let alias = definition?.options.first { $0.name.text == "as" }
        advertisedHost = alias?.value.map { Array($0.text.utf8) }
        advertisedIP = advertisedHost?.withUnsafeBufferPointer { IPAddress(host: $0) }
        advertisedPort = alias.map { Int($0.port ?? port) }
        tag = definition?.options.first { $0.name.text == "tag" }?.value.map { Array($0.text.utf8) }
        var label = Array(transport.name.bytes)
        label.append(UInt8(ascii: ":"))
        label += host
        label.append(UInt8(ascii: ":"))
        label.append(decimal: Int(port))
        self.label = label
        self.transmit = transmit
    }

    func send(_ bytes: [UInt8], to: Address, over connection: UInt64 = 0, later: ((Bool) -> Void)? = nil) -> Bool? {
        bytes.withUnsafeBufferPointer { transmit($0, to, connection, later) }
    }

    /// Bound to all addresses of the machine.
    var isAny: Bool { address.ip?.isAny == true }
}

extension IPAddress {
    init(_ ip: Address.IP) {
        if let v4 = ip.v4 {
            self.init(family: .v4, high: 0, low: UInt64(v4))
        } else {
            self.init(family: .v6, high: ip.high, low: ip.low)
        }
    }
}

extension Address.IP {
    init(_ ip: IPAddress) {
        if ip.family == .v4 {
            self.init(v4: UInt32(truncatingIfNeeded: ip.low))
        } else {
            self.init(high: ip.high, low: ip.low)
        }
    }
}

extension Address {
    init(_ ip: IPAddress, port: Int) { self = .ip(IP(ip), port: UInt16(truncatingIfNeeded: port)) }
}
