/// The transports a Via or a URI can name.
package enum Transport: UInt8, Sendable, CaseIterable {
    case udp, tcp, tls, sctp, ws, wss

    /// - Returns: nil for a transport that is none of these.
    package init?(_ text: Bytes) {
        guard let found = Transport.allCases.first(where: { text.equalsIgnoringCase($0.name) }) else { return nil }
        self = found
    }

    /// In small letters, as in URIs and in `$rP`.
    package var name: StaticString {
        switch self {
        case .udp: "udp"
        case .tcp: "tcp"
        case .tls: "tls"
        case .sctp: "sctp"
        case .ws: "ws"
        case .wss: "wss"
        }
    }

    /// In capitals, as in Via.
    package var viaName: StaticString {
        switch self {
        case .udp: "UDP"
        case .tcp: "TCP"
        case .tls: "TLS"
        case .sctp: "SCTP"
        case .ws: "WS"
        case .wss: "WSS"
        }
    }

    /// Delivers once and in order: no retransmissions, and messages need framing.
    package var isReliable: Bool { self != .udp }

    /// Where nobody says otherwise (RFC 3261, 18.1.1; RFC 7118, 5.3.1).
    package var defaultPort: Int {
        switch self {
        case .udp, .tcp, .sctp: 5060
        case .tls: 5061
        case .ws: 80
        case .wss: 443
        }
    }
}
