import Node

package final class SimulatedListener: Listener, Endpoint {
    package let local: Address
    private let host: SimulatedHost
    let accept: (any StreamConnection) -> StreamHandlers

    init(host: SimulatedHost, local: Address, accept: @escaping (any StreamConnection) -> StreamHandlers) {
        self.host = host
        self.local = local
        self.accept = accept
    }

    package func close() {
        if host.listeners[local] === self { host.listeners[local] = nil }
    }
}

extension SimulatedHost {
    package func listen(
        _ address: Address, accept: @escaping (_ connection: any StreamConnection) -> StreamHandlers
    ) throws(HostError) -> any Listener {
        let local = try claim(address) { $0.isTaken($1, in: \.listeners, by: self) }
        let listener = SimulatedListener(host: self, local: local, accept: accept)
        listeners[local] = listener
        return listener
    }

    package func connect(
        to address: Address, from local: Address?, timeout: Nanoseconds, _ handlers: StreamHandlers
    ) -> any StreamConnection {
        let connection = SimulatedConnection(
            host: self, local: dialingAddress(to: address, asked: local), remote: address, stage: .dialing,
            handlers: handlers)
        connection.patience = schedule(after: timeout) { [self] in give(up: connection, "Connection timed out") }
        let isBusy = connections.values.contains {
            $0 !== connection && $0.local == connection.local && $0.remote == address
        }
        if isBusy {
            soon { [self] in give(up: connection, "Cannot assign requested address") }
        } else {
            soon { [self] in simulation.dial(connection, attempt: 0) }
        }
        return connection
    }

    private func dialingAddress(to address: Address, asked: Address?) -> Address {
        guard let target = address.ip else { return .unix(path: "") }
        let ip = asked?.ip.flatMap { $0.isAny ? nil : $0 } ?? source(for: target)
        let port = asked?.port.flatMap { $0 == 0 ? nil : $0 } ?? ephemeralPort()
        return .ip(ip, port: port)
    }

    fileprivate func give(up connection: SimulatedConnection, _ reason: String) {
        whenRunning { if connection.stage == .dialing { connection.fail(reason) } }
    }
}

extension Simulation {
    /// One try to reach the listener; where it is lost, another follows a second later, then two, four...
    func dial(_ connection: SimulatedConnection, attempt: Int) {
        guard connection.stage == .dialing else { return }
        let dialer = connection.host
        let to = connection.remote
        guard let target = destination(of: to, from: dialer, in: \.listeners) else {
            // Nobody listens on this machine, or nobody has the address.
            guard let ip = to.ip else { return dialer.give(up: connection, "No such file or directory") }
            return ip.isLoopback ? refuse(connection, after: 0) : redial(connection, attempt)
        }
        let link = self[dialer, target]
        if link.isUnreachable { return dialer.give(up: connection, "Network is unreachable") }
        guard !link.isCut, !random.chance(link.loss) else { return redial(connection, attempt) }
        schedule(after: link.latency.later(random.delay(upTo: link.jitter))) { [self] in
            guard target.condition != .crashed else { return redial(connection, attempt) }
            target.whenRunning { [self] in arrive(connection, at: target) }
        }
    }

    private func redial(_ connection: SimulatedConnection, _ attempt: Int) {
        schedule(after: .seconds(1 << min(attempt, 6))) { [self] in dial(connection, attempt: attempt + 1) }
    }

    private func refuse(_ connection: SimulatedConnection, after delay: Nanoseconds) {
        record(.refused, .stream, from: connection.local, to: connection.remote)
        schedule(after: delay) { connection.host.give(up: connection, "Connection refused") }
    }

    private func arrive(_ dialer: SimulatedConnection, at target: SimulatedHost) {
        guard dialer.stage == .dialing else { return }
        let back = self[target, dialer.host]
        guard let listener = target[\.listeners, dialer.remote] else {
            if !back.isCut { refuse(dialer, after: back.latency) }
            return
        }
        record(.accepted, .stream, from: dialer.local, to: dialer.remote)
        let accepted = SimulatedConnection(
            host: target, local: dialer.remote, remote: dialer.local, stage: .open, handlers: StreamHandlers())
        accepted.accepted(from: dialer, heardAt: now.later(back.latency))
        accepted.handlers = listener.accept(accepted)
        // Where the answer is lost for good, the accepted end stays half-open, as it does in life.
        guard !back.isCut else { return }
        schedule(after: back.latency) {
            dialer.host.whenRunning {
                if dialer.stage == .dialing { dialer.open(accepted) } else { accepted.reset() }
            }
        }
    }
}
