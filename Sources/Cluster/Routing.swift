/// Next hops, and sending over several nodes.
extension ClusterNode {
    /// Computes the next hop of every node: fewest hops, then the lower priority, then the lower number.
    ///
    /// OpenSIPS documents the same but expands its search by priority and number alone, and so finds detours.
    /// - Returns: the places of the nodes that became reachable or unreachable.
    mutating func updateRoutes() -> [Int] {
        var hops = [Int?](repeating: nil, count: peers.count)
        var frontier = neighbours.compactMap { slots[$0] }
        for slot in frontier { hops[slot] = slot }
        while settings.isReroutingEnabled, !frontier.isEmpty {
            frontier.sort { peers[$0].isPreferred(to: peers[$1]) }
            var next: [Int] = []
            for slot in frontier {
                for node in peers[slot].neighbours {
                    guard let found = slots[node], hops[found] == nil else { continue }
                    hops[found] = hops[slot]
                    next.append(found)
                }
            }
            frontier = next
        }
        var changed: [Int] = []
        for slot in peers.indices {
            if (peers[slot].nextHop == nil) != (hops[slot] == nil) { changed.append(slot) }
            peers[slot].nextHop = hops[slot]
        }
        return changed
    }

    /// Sends bytes toward a node by the best path. A hop that cannot take them loses its link, and the next path is
    /// tried at once.
    mutating func transmit(_ bytes: [UInt8], _ type: PacketType, toward slot: Int, at moment: Moment) -> SendCode {
        guard peers[slot].nextHop != nil else { return .unreachable }
        while let hop = peers[slot].nextHop {
            if emit(bytes, type, to: hop, at: moment) { return .sent }
            settle(at: moment)
        }
        return .failed
    }

    /// Passes a packet on to its destination, byte for byte.
    mutating func relay(
        _ bytes: [UInt8], _ header: PacketHeader, to destination: NodeID, from connection: ConnectionID,
        at moment: Moment
    ) {
        guard settings.isReroutingEnabled else { return drop(.reroutingDisabled) }
        guard let slot = slots[destination] else { return drop(.unknownDestination) }
        guard peers[slot].isEnabled else { return drop(.destinationDisabled) }
        // Nothing on the wire ends a circle of nodes whose maps differ; at least the shortest one is avoided.
        if let hop = peers[slot].nextHop, peers[hop].connection == connection { return drop(.routingLoop) }
        guard transmit(bytes, header.knownType ?? .module, toward: slot, at: moment) == .sent else {
            return drop(.noRoute)
        }
        statistics.relayed &+= 1
    }
}

/// The return code of a function that sends.
package enum SendCode: Int32, Sendable {
    /// Handed over for the destination or a next hop; also when there is nobody to send to.
    case sent = 1
    /// The local node is disabled in the cluster, or a reply has no tag.
    case notAllowed = -1
    /// The destination is known, but there is no way to it.
    case unreachable = -2
    /// Unknown cluster or node, too long, or no next hop could take it.
    case failed = -3
}
