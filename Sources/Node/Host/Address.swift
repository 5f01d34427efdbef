/// Where packets go: an IP address and port, or the path of a unix socket.
package enum Address: Hashable, Sendable {
    case ip(IP, port: UInt16)
    case unix(path: String)

    /// IPv4 or IPv6, trivially copyable; IPv4 as its mapped form (`::ffff:a.b.c.d`) with a mark.
    package struct IP: Hashable, Sendable {
        package var high: UInt64
        package var low: UInt64
        package var isV4: Bool

        package init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
            isV4 = false
        }

        package init(v4 value: UInt32) {
            high = 0
            low = 0xffff_0000_0000 | UInt64(value)
            isV4 = true
        }
    }
}

extension Address {
    /// Reads `a.b.c.d:port`, `[v6]:port`, and for a unix socket `unix:path` or a path that begins with `/`.
    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst(5)
            guard !path.isEmpty else { return nil }
            self = .unix(path: String(path))
        } else if text.hasPrefix("/") {
            self = .unix(path: text)
        } else {
            guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
            let host = text[..<colon]
            let digits = text[text.utf8.index(after: colon)...].utf8
            // An IPv6 address without brackets would lose its last group to the port.
            guard !host.utf8.contains(UInt8(ascii: ":")) || host.utf8.first == UInt8(ascii: "["),
                (1...5).contains(digits.count), digits.allSatisfy({ $0 &- 48 < 10 }),
                let port = UInt16(String(digits) ?? ""), let ip = IP(String(host))
            else { return nil }
            self = .ip(ip, port: port)
        }
    }

    /// As `Address(_:)` reads it: `10.0.0.1:5060`, `[::1]:5060`, `unix:/run/siskin.sock`.
    package var text: String {
        switch self {
        case .ip(let ip, let port): ip.isV4 ? "\(ip.text):\(port)" : "[\(ip.text)]:\(port)"
        case .unix(let path): "unix:" + path
        }
    }

    /// Nil for a unix socket.
    package var ip: IP? {
        if case .ip(let ip, _) = self { ip } else { nil }
    }

    /// Nil for a unix socket.
    package var port: UInt16? {
        if case .ip(_, let port) = self { port } else { nil }
    }
}

extension Address: CustomStringConvertible {
    package var description: String { text }
}
