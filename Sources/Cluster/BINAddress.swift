/// Where a node listens for the BIN protocol: the meaning of its url, `bin:ip:port`.
package struct BINAddress: Hashable, Sendable, CustomStringConvertible {
    package enum Transport: String, Sendable {
        case bin
        /// The same protocol over TLS.
        case bins
    }

    package static let defaultPort: UInt16 = 5555

    package let transport: Transport
    /// An IP address (IPv6 without brackets) or a host name.
    package let host: String
    package let port: UInt16
    /// The host, when it is an address and not a name.
    package let ip: IPAddress?

    package init(transport: Transport = .bin, host: String, port: UInt16 = defaultPort) {
        self.transport = transport
        self.host = host
        self.port = port
        ip = IPAddress(host)
    }

    /// Reads a url: `bin:10.0.0.1:5555`, also with `bins:`, with a host name or an `[IPv6]` address, without the
    /// scheme or without the port.
    package init(url: [UInt8]) throws(BINAddressError) {
        let colon = UInt8(ascii: ":")
        guard url.count <= 300 else { throw .unreadable }
        var rest = url[...]
        var transport = Transport.bin
        if let end = url.firstIndex(of: colon),
            let scheme = Transport(rawValue: String(decoding: url[..<end], as: UTF8.self).lowercased())
        {
            transport = scheme
            rest = url[(end + 1)...]
        }
        let (host, port) = try BINAddress.split(rest)
        self.init(transport: transport, host: host, port: port)
        if rest.first == UInt8(ascii: "["), ip == nil { throw .badHost }
    }

    /// Enough to tell nodes apart; looked up for each packet that is sent.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(port)
        if let ip { hasher.combine(ip) } else { hasher.combine(host) }
    }

    private static func split(_ text: ArraySlice<UInt8>) throws(BINAddressError) -> (String, UInt16) {
        var host = text
        var port: ArraySlice<UInt8>?
        if text.first == UInt8(ascii: "[") {
            guard let end = text.firstIndex(of: UInt8(ascii: "]")) else { throw .badHost }
            host = text[(text.startIndex + 1)..<end]
            let tail = text[(end + 1)...]
            if !tail.isEmpty {
                guard tail.first == UInt8(ascii: ":") else { throw .badHost }
                port = tail.dropFirst()
            }
        } else {
            let allowed = host.prefix { isHostByte($0) }
            host = allowed
            let tail = text[allowed.endIndex...]
            if !tail.isEmpty {
                guard tail.first == UInt8(ascii: ":") else { throw .badHost }
                port = tail.dropFirst()
            }
        }
        guard !host.isEmpty, host.count <= 255 else { throw .badHost }
        guard let port else { return (String(decoding: host, as: UTF8.self), defaultPort) }
        guard let number = decimal(port), number > 0, number <= 65535 else { throw .badPort }
        return (String(decoding: host, as: UTF8.self), UInt16(number))
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    package var description: String {
        host.utf8.contains(UInt8(ascii: ":"))
            ? "\(transport.rawValue):[\(host)]:\(port)" : "\(transport.rawValue):\(host):\(port)"
    }
}

package enum BINAddressError: Error, Equatable, Sendable {
    /// Longer than any address.
    case unreadable
    /// The host is missing, has a strange character, or the scheme is neither `bin` nor `bins`.
    case badHost
    /// The port is not a number from 1 to 65535.
    case badPort
}

/// The far end of a TCP connection.
package struct PeerAddress: Hashable, Sendable {
    package let host: String
    package let port: UInt16
    let ip: IPAddress?

    /// - Parameter ip: the address as text; read once here and not for each packet.
    package init(ip: String, port: UInt16) {
        host = ip
        self.port = port
        self.ip = IPAddress(ip)
    }
}
