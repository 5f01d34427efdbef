/// Two nodes with one id: the one at the known address keeps its link, and the log names the other one once.
///
/// A twin at another IP address is told apart by it. One at the same IP shows only by its connection, as nodes dial from
/// any port: it pings there, while the node goes on answering our pings on another one. Its pings are answered like all,
/// to the node's address. It never gets our pong, so it has no link with us and nothing to say but pings.
///
/// A node of OpenSIPS that dials from two processes at once has two connections for a while: only who pings on one, while
/// the other answers, twice, is a twin.
struct Doubt: Equatable, Sendable {
    let address: PeerAddress
    let connection: ConnectionID
    /// When a ping came there last, unless the node has answered one of ours since.
    var since: Nanoseconds?
    /// How often the node answered meanwhile.
    var rounds = 0
}

extension ClusterNode {
    /// A ping came on another connection than the answers to ours: from a twin, or the node dialed anew.
    mutating func doubt(_ slot: Int, _ address: PeerAddress, on connection: ConnectionID, at moment: Moment) {
        guard let known = peers[slot].connection, known != connection else { return }
        if peers[slot].doubt?.connection != connection {
            peers[slot].doubt = Doubt(address: address, connection: connection)
        }
        peers[slot].doubt?.since = moment.now
    }

    /// A pong came: on the connection as before, to a ping of ours that is younger than that of the other?
    mutating func settleDoubt(_ slot: Int, on connection: ConnectionID) {
        guard var doubt = peers[slot].doubt else { return }
        guard connection == peers[slot].connection else {
            peers[slot].doubt = nil
            return
        }
        guard let since = doubt.since, peers[slot].link.wasPinged(after: since) else { return }
        doubt.since = nil
        doubt.rounds += 1
        peers[slot].doubt = doubt
        if doubt.rounds == 2 { noteTwin(of: slot, at: doubt.address) }
    }

    mutating func dropForeign(_ slot: Int, _ address: PeerAddress) {
        drop(.foreignAddress)
        noteTwin(of: slot, at: address)
    }

    private mutating func noteTwin(of slot: Int, at address: PeerAddress) {
        complain(.twin, .twin(at: "\(address.host):\(address.port)"), about: slot)
    }
}
