import SIP

/// Where a message is sent next.
package struct NextHop {
    package let transport: SIP.Transport
    /// A name or an address, IPv6 in brackets.
    package let host: [UInt8]
    package let port: Int
    /// False where the name servers may say (RFC 3263).
    let isTransportGiven: Bool
    let isPortGiven: Bool
    /// A `sips` URI.
    let isSecure: Bool

    /// The place that a URI names (RFC 3261, 16.6 step 7): `maddr` before the host, the transport's port by default.
    /// - Returns: nil for what is no URI of SIP, or names a transport that nobody knows.
    package init?(uri text: Bytes) {
        guard let uri = try? URI(text), uri.scheme == .sip || uri.scheme == .sips,
            let transport = uri.transport(in: text)
        else { return nil }
        let maddr = uri.parameter("maddr", in: text).map { text[$0.value] }
        self.transport = transport
        host = Array(maddr.map { $0.isEmpty ? text[uri.host] : $0 } ?? text[uri.host])
        isTransportGiven = uri.parameter("transport", in: text) != nil
        isPortGiven = uri.port.isPresent
        port = isPortGiven ? uri.portNumber : transport.defaultPort
        isSecure = uri.scheme == .sips
    }

    /// What `forward("udp:10.0.0.1:5060")` names.
    package init?(destination text: Bytes, default transport: SIP.Transport) {
        guard let place = HostPort(text) else { return nil }
        self.transport = place.transport ?? transport
        host = Array(text[place.host])
        isTransportGiven = place.transport != nil
        isPortGiven = place.port != 0
        port = isPortGiven ? place.port : self.transport.defaultPort
        isSecure = false
    }

    /// Where a Via says that a reply goes (RFC 3263, 5).
    init(_ transport: SIP.Transport, host: [UInt8], port: Int, isPortGiven: Bool) {
        self.transport = transport
        self.host = host
        self.port = port
        isTransportGiven = true
        self.isPortGiven = isPortGiven
        isSecure = false
    }

    /// The address, if the host is one.
    package var address: Address? {
        host.withUnsafeBufferPointer { IPAddress(host: $0) }.map { Address($0, port: port) }
    }
}
