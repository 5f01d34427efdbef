import SIP

/// Where a message is sent next.
package struct NextHop {
    package var transport: SIP.Transport
    /// A name or an address, IPv6 in brackets.
    package var host: [UInt8]
    package var port: Int

    /// The place that a URI names (RFC 3261, 16.6 step 7): `maddr` before the host, the transport's port by default.
    /// - Returns: nil for what is no URI of SIP, or names a transport that nobody knows.
    package init?(uri text: Bytes) {
        guard let uri = try? URI(text), uri.scheme == .sip || uri.scheme == .sips,
            let transport = uri.transport(in: text)
        else { return nil }
        let maddr = uri.parameter("maddr", in: text).map { text[$0.value] }
        self.transport = transport
        host = Array(maddr.map { $0.isEmpty ? text[uri.host] : $0 } ?? text[uri.host])
        port = uri.port.isPresent ? uri.portNumber : transport.defaultPort
    }

    /// What `forward("udp:10.0.0.1:5060")` names.
    package init?(destination text: Bytes, default transport: SIP.Transport) {
        guard let place = HostPort(text) else { return nil }
        self.transport = place.transport ?? transport
        host = Array(text[place.host])
        port = place.port == 0 ? self.transport.defaultPort : place.port
    }

    init(_ transport: SIP.Transport, host: [UInt8], port: Int) {
        self.transport = transport
        self.host = host
        self.port = port
    }

    /// The address, if the host is one.
    package var address: Address? {
        host.withUnsafeBufferPointer { IPAddress(host: $0) }.map { Address($0, port: port) }
    }
}

/// How finding an address went.
enum Resolution {
    case found(Address)
    /// Told later.
    case asked
}

extension SIPLayer {
    /// Finds the address of a next hop, at once or by asking for its name.
    ///
    /// Names are looked up as addresses (A and AAAA); the services of RFC 3263 (NAPTR, SRV) need more than the host
    /// offers.
    func resolve(_ hop: NextHop, _ answer: @escaping (Address?) -> Void) -> Resolution {
        if let address = hop.address { return .found(address) }
        let name = String(decoding: hop.host, as: UTF8.self)
        node.host.resolve(name, port: UInt16(truncatingIfNeeded: hop.port)) { [weak self] addresses in
            let usable = addresses.first { address in
                guard let ip = address.ip else { return false }
                return self?.socket(for: hop.transport, IPAddress(ip), like: nil) != nil
            }
            answer(usable)
        }
        return .asked
    }
}
