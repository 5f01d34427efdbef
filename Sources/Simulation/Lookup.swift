import Node

/// A socket that others can reach by its address.
protocol Endpoint: AnyObject {}

extension Simulation {
    /// The host that a packet to `address` goes to, or nil where nobody has the address. For addresses that belong to no
    /// particular host the sender's own sockets come first, then those of the others in the order of the hosts.
    func destination<Socket: Endpoint>(
        of address: Address, from: SimulatedHost, in table: KeyPath<SimulatedHost, [Address: Socket]>
    ) -> SimulatedHost? {
        if let ip = address.ip, let owner = owner(of: ip) { return owner }
        if from[table, address] != nil { return from }
        return hosts.first { $0 !== from && $0.condition != .crashed && $0[table, address] != nil }
    }
}

extension SimulatedHost {
    /// The socket at `address`, or at its port for any address.
    subscript<Socket: Endpoint>(table: KeyPath<SimulatedHost, [Address: Socket]>, address: Address) -> Socket? {
        let sockets = self[keyPath: table]
        if let socket = sockets[address] { return socket }
        guard case .ip(let ip, let port) = address,
            ip.isLoopback || addresses.contains(ip) || self === simulation.outside
        else { return nil }
        return sockets[.ip(ip.isV4 ? .anyV4 : .anyV6, port: port)]
    }

    /// Whether binding `address` would clash with what is bound on this host.
    func isTaken<Socket: Endpoint>(
        _ address: Address, in table: KeyPath<SimulatedHost, [Address: Socket]>, by asking: SimulatedHost
    ) -> Bool {
        let sockets = self[keyPath: table]
        if sockets[address] != nil { return true }
        guard asking === self, case .ip(let ip, let port) = address else { return false }
        if ip.isAny {
            return sockets.keys.contains { $0.port == port && $0.ip?.isV4 == ip.isV4 }
        }
        return sockets[.ip(ip.isV4 ? .anyV4 : .anyV6, port: port)] != nil
    }
}
