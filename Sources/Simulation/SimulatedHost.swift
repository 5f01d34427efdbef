import DNS
import Node

/// A machine of a simulation: what runs on it sees it as its `Host`; what tests it can make it fail.
package final class SimulatedHost: Host {
    package enum Condition: Sendable {
        case up
        /// Its processes stand still, its system answers on: see `pause`.
        case paused
        case crashed
    }

    package struct LogLine: Hashable, Sendable {
        package var level: LogLevel
        package var bytes: [UInt8]
        package var time: Nanoseconds
        package var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    package let name: String
    package let addresses: [Address.IP]
    package private(set) var condition = Condition.up
    /// What was logged, the oldest first.
    package internal(set) var logLines: [LogLine] = []
    package var environmentVariables: [String: String] = [:]
    package var processID: Int32

    package var disk = SimulatedDisk()
    /// What the tables of databases hold: rows of values by column.
    package var tables: [Table: [[String: FieldValue]]] = [:]

    unowned let simulation: Simulation
    let index: Int
    var datagramSockets: [Address: SimulatedDatagramSocket] = [:]
    var listeners: [Address: SimulatedListener] = [:]
    var pipes: [String: SimulatedPipe] = [:]
    /// By number; walked in the order of the numbers.
    var connections: [Int: SimulatedConnection] = [:]
    private var lastConnection = 0
    private var randomNumbers: SeededRandom
    private var nextPort: UInt16 = 32_768
    private var heldTimers = Agenda.Held()
    /// What the system keeps for processes that stand still.
    private var backlog: [() -> Void] = []

    init(name: String, index: Int, addresses: [Address.IP], simulation: Simulation) {
        self.name = name
        self.index = index
        self.addresses = addresses
        self.simulation = simulation
        processID = 1000 + Int32(truncatingIfNeeded: index)
        // Its own stream, so that faults on the network do not change what a node draws.
        randomNumbers = SeededRandom(seed: simulation.seed &+ UInt64(index + 1) &* 0x2545_f491_4f6c_dd1d)
    }

    private var owner: UInt32 { UInt32(truncatingIfNeeded: index + 1) }

    // MARK: Faults

    /// The machine loses its power: timers, sockets and connections are gone, and nobody is told. Files stay as they
    /// were last synchronised or, where `keepingFiles`, as they were written.
    package func crash(keepingFiles: Bool = true) {
        guard condition != .crashed else { return }
        condition = .crashed
        forget()
        for connection in numberedConnections { connection.vanish() }
        connections = [:]
        datagramSockets = [:]
        listeners = [:]
        pipes = [:]
        if !keepingFiles { disk.loseUnsynchronised() }
    }

    /// The process ends, the machine goes on: its system closes the sockets, and peers see their connections end.
    /// A new process may start at once.
    package func exit() {
        guard condition != .crashed else { return }
        condition = .up
        forget()
        datagramSockets = [:]
        listeners = [:]
        pipes = [:]
        for connection in numberedConnections { connection.abandon() }
        processID &+= 1
    }

    /// The machine comes up again after `crash`, with nothing running on it.
    package func restart() {
        guard condition == .crashed else { return }
        condition = .up
        processID &+= 1
    }

    /// Its processes stand still until `resume`: no timer fires, nothing is read, but the system still takes what fits
    /// into its queues. To peers it looks like a host that hangs.
    package func pause() {
        guard condition == .up else { return }
        condition = .paused
        heldTimers = simulation.agenda.hold(owner)
    }

    package func resume() {
        guard condition == .paused else { return }
        condition = .up
        simulation.agenda.restore(heldTimers)
        heldTimers = Agenda.Held()
        let waiting = backlog
        backlog = []
        for socket in datagramSockets.values { socket.waiting = 0 }
        for action in waiting { soon(action) }
        for connection in numberedConnections { soon { connection.resume() } }
    }

    private func forget() {
        simulation.agenda.drop(heldTimers)
        heldTimers = Agenda.Held()
        simulation.agenda.removeAll(of: owner)
        backlog = []
    }

    var isRunning: Bool { condition == .up }

    /// Does it now, or when the host goes on.
    func whenRunning(_ action: @escaping () -> Void) {
        switch condition {
        case .up: action()
        case .paused: backlog.append(action)
        case .crashed: break
        }
    }

    /// In a turn of the host's own; a crash prevents it.
    func soon(_ action: @escaping () -> Void) {
        _ = simulation.agenda.add(at: simulation.now, owner: owner, action)
    }

    // MARK: Connections

    func number(_ connection: SimulatedConnection) -> Int {
        lastConnection += 1
        connections[lastConnection] = connection
        return lastConnection
    }

    private var numberedConnections: [SimulatedConnection] {
        connections.keys.sorted().compactMap { connections[$0] }
    }

    // MARK: Host

    package var now: Nanoseconds { simulation.now }
    package var wallClock: Int64 { simulation.wallClock }
    package func random() -> UInt64 { randomNumbers.next() }

    package func schedule(after delay: Nanoseconds, _ action: @escaping () -> Void) -> Timer {
        simulation.agenda.add(at: simulation.now.later(delay), owner: owner, action)
    }

    package func cancel(_ timer: Timer) { simulation.agenda.cancel(timer) }

    /// A name that the zone does not have is taken for an interface with all of the host's addresses.
    package func localAddresses(of name: String) -> [Address.IP] {
        if name == "lo" || addresses.isEmpty { return [.loopbackV4] }
        return simulation.zone[name].map { Array($0.prefix(1)) } ?? addresses
    }

    package func resolve(_ name: String, port: UInt16, _ answer: @escaping ([Address]) -> Void) {
        if let ip = Address.IP(name) {
            soon { answer([.ip(ip, port: port)]) }
        } else {
            let found = (simulation.zone[name] ?? []).map { Address.ip($0, port: port) }
            _ = schedule(after: simulation.resolveDelay) { answer(found) }
        }
    }

    package func ask(_ question: Question, patience: Patience?, _ answer: @escaping ([Record]) -> Void) {
        let found = simulation.records[question] ?? []
        _ = schedule(after: simulation.resolveDelay) { answer(found) }
    }

    package func openAppending(_ path: String, permissions: UInt32) throws(HostError) -> any AppendingFile {
        try SimulatedFile(path, self)
    }

    package func replaceFile(_ path: String, with content: [UInt8]) throws(HostError) {
        try disk.replace(path, with: content)
    }

    package func readFile(_ path: String) throws(HostError) -> [UInt8] { try disk.read(path) }

    package func environment(_ name: String) -> String? { environmentVariables[name] }

    package func log(_ level: LogLevel, _ line: UnsafeBufferPointer<UInt8>) {
        logLines.append(LogLine(level: level, bytes: Array(line), time: simulation.now))
    }

    // MARK: Addresses

    /// The address to bind for `address`: checked, and with a port where 0 was asked for.
    func claim(_ address: Address, isTaken: (SimulatedHost, Address) -> Bool) throws(HostError) -> Address {
        guard condition != .crashed else { throw HostError(subject: address.text, reason: "Network is down") }
        guard case .ip(let ip, let port) = address else {
            // Unix paths are shared like the loopback addresses.
            for host in simulation.hosts where isTaken(host, address) {
                throw HostError(subject: address.text, reason: "Address already in use")
            }
            return address
        }
        let isMine = simulation.owner(of: ip).map { $0 === self } ?? addresses.isEmpty
        guard ip.isAny || ip.isLoopback || isMine else {
            throw HostError(subject: address.text, reason: "Cannot assign requested address")
        }
        func isFree(_ address: Address) -> Bool {
            if isTaken(self, address) { return false }
            guard !ip.isAny, simulation.owner(of: ip) == nil else { return true }
            return !simulation.hosts.contains { isTaken($0, address) }
        }
        if port != 0 {
            guard isFree(address) else { throw HostError(subject: address.text, reason: "Address already in use") }
            return address
        }
        for _ in 0..<28_000 {
            let candidate = Address.ip(ip, port: ephemeralPort())
            if isFree(candidate) { return candidate }
        }
        throw HostError(subject: address.text, reason: "Address already in use")
    }

    func ephemeralPort() -> UInt16 {
        defer { nextPort = nextPort < 60_999 ? nextPort + 1 : 32_768 }
        return nextPort
    }

    /// The address that a packet to `destination` comes from, where its socket is bound to no particular one.
    func source(for destination: Address.IP) -> Address.IP {
        let loopback: Address.IP = destination.isV4 ? .loopbackV4 : .loopbackV6
        if destination.isLoopback { return loopback }
        return addresses.first { $0.isV4 == destination.isV4 } ?? loopback
    }
}
