/// The two kinds of addresses that `cluster_check_addr` knows.
package enum AddressKind: String, Sendable {
    /// The part of a node's sip_addr before its first colon.
    case sip
    /// The host of a node's url.
    case bin
}

extension ClusterNode {
    /// Whether another node has the address; the local node does not count.
    func contains(_ text: String, as kind: AddressKind) -> Bool {
        let ip = IPAddress(text)
        return peers.contains { peer in
            switch kind {
            case .bin:
                return peer.address.host == text || ip.map { peer.ips.contains($0) } ?? false
            case .sip:
                let address = peer.description.sipAddress.prefix { $0 != UInt8(ascii: ":") }
                guard !address.isEmpty else { return false }
                let host = String(decoding: address, as: UTF8.self)
                return host == text || (ip != nil && IPAddress(host) == ip)
            }
        }
    }
}
