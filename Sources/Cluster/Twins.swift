/// Two nodes with one id: the one at the known address keeps its link, and the log names the other one once.
///
/// A twin at another IP address is told apart by it. One at the same IP shows only by its connection, as nodes dial from
/// any port: it pings there, while the node goes on answering our pings on another one. Its pings are answered like all,
/// to the node's address. It never gets our pong, so it has no link with us and nothing to say but pings.
struct Doubt: Equatable, Sendable {
    let address: PeerAddress
    let connection: ConnectionID
    let since: Nanoseconds
}

extension ClusterNode {
    /// A ping came on another connection than the answers to ours: from a twin, or the node dialed anew.
    mutating func doubt(
        _ slot: Int, _ address: PeerAddress, on connection: ConnectionID, at moment: Moment
    ) {
        guard let known = peers[slot].connection, known != connection, peers[slot].doubt == nil else { return }
        peers[slot].doubt = Doubt(address: address, connection: connection, since: moment.now)
    }

    /// A pong came: when it is on the connection as before, to a ping that is younger than the doubt, there are two.
    mutating func settleDoubt(_ slot: Int, on connection: ConnectionID) {
        guard let doubt = peers[slot].doubt else { return }
        if connection != peers[slot].connection {
            peers[slot].doubt = nil
        } else if peers[slot].link.wasPinged(after: doubt.since) {
            noteTwin(of: slot, at: doubt.address)
        }
    }

    mutating func dropForeign(_ slot: Int, _ address: PeerAddress) {
        drop(.foreignAddress)
        noteTwin(of: slot, at: address)
    }

    private mutating func noteTwin(of slot: Int, at address: PeerAddress) {
        complain(.twin, .twin(at: "\(address.host):\(address.port)"), about: slot)
    }
}
