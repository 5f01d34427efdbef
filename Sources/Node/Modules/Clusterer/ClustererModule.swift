import Cluster
import Events
import Script
import Syntax

/// The clusterer: joins the node to clusters of OpenSIPS nodes and lets scripts talk over them. The protocol itself is
/// `Cluster`; here it meets the script, the events and the connections.
///
/// Differs from OpenSIPS: `$cluster.sh_tag` may be used in every route. Databases (`db_mode` 1) are files of SQLite; they
/// are read at the start and by `clusterer_reload` on the event loop, which a locked or a long table keeps for no time:
/// it is an error then. They need no `version` table. A node that is down is probed up to a tenth of `node_timeout`
/// late, by chance; what a node says of its links is taken from its own IP address only.
package final class ClustererModule: Module {
    package static let name = "clusterer"

    unowned let node: Node
    private var settings = Settings()
    /// Nil until the node is started.
    package var clusterer: Clusterer?
    /// Addresses that sent packets of no cluster of this node, each named in the log once, as long as they are few.
    private var strangers: Set<String> = []
    private static let namedStrangers = 64
    private var transport: ProtoBIN?
    /// The IP addresses by which the nodes of a cluster know this one.
    private var sources: [ClusterID: Address.IP] = [:]
    private var timer: Timer?
    private var timerDue = Nanoseconds.max

    /// What `modparam` said.
    private struct Settings {
        var nodeID: NodeID?
        var own: [String] = []
        var neighbours: [String] = []
        var sharingTags: [SharingTagSetting] = []
        var pingInterval: Int32 = 4
        var pingTimeout: Int32 = 1000
        var nodeTimeout: Int32 = 60
        var seedFallback: Int32 = 5
        var syncTimeout: Int32 = 15
        var syncPacketSize: Int32 = 32768
        var isReroutingEnabled = true
        var mode: Int32 = 1
        var table = ClusterTable()
    }

    package init(_ node: Node) { self.node = node }

    package var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: [
                "cluster_send_req": { [unowned self] in sendRequest(&$0) },
                "cluster_send_rpl": { [unowned self] in sendReply(&$0) },
                "cluster_broadcast_req": { [unowned self] in broadcastRequest(&$0) },
                "cluster_check_addr": { [unowned self] in checkAddress(&$0) },
            ],
            variables: ["cluster.sh_tag": sharingTag])
    }

    // MARK: Set-up

    package func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        let number = value.number ?? 0
        switch parameter {
        case "my_node_id", "current_id": settings.nodeID = NodeID(number)
        case "my_node_info", "current_info": settings.own.append(value.text ?? "")
        case "neighbor_node_info", "neighbor_info": settings.neighbours.append(value.text ?? "")
        case "sharing_tag":
            do { settings.sharingTags.append(try SharingTagSetting(parsing: value.text ?? "")) } catch {
                throw ParameterError("a sharing tag is written name/cluster=active or name/cluster=backup")
            }
        case "ping_interval": settings.pingInterval = number
        case "ping_timeout": settings.pingTimeout = number
        case "node_timeout": settings.nodeTimeout = number
        case "seed_fallback_interval": settings.seedFallback = number
        case "sync_timeout": settings.syncTimeout = number
        case "sync_packet_size": settings.syncPacketSize = number
        case "enable_rerouting": settings.isReroutingEnabled = number != 0
        case "db_mode": settings.mode = number
        default: if let text = value.text { _ = settings.table.set(parameter, text) }
        }
    }

    package func start() throws(StartError) {
        guard let transport = node.module(ProtoBIN.self) else {
            throw StartError("clusterer needs module proto_bin and a bin: socket")
        }
        self.transport = transport
        do {
            clusterer = try Clusterer(configuration())
        } catch {
            throw StartError("clusterer: \(error)")
        }
        try checkURLs(transport)
        readSources()
        node.management.add(commands)
        registerStatistics()
        transport.onPacket = { [weak self] bytes, peer, connection in
            self?.receive(bytes, peer, connection)
        }
        transport.onSendFailed = { [weak self] address in self?.input { $0.onSendFailed(to: address, at: $1) } }
        transport.onQueueFull = { [weak self] in self?.clusterer?.onQueueFull(to: $0) }
        transport.onQueueDrained = { [weak self] in self?.clusterer?.onQueueDrained(to: $0) }
        input { $0.start(at: $1) }
    }

    /// Others dial what the own url says.
    private func checkURLs(_ transport: ProtoBIN) throws(StartError) {
        for (cluster, address) in clusterer?.ownAddresses ?? [:] {
            guard let ip = Address.IP(address.host) else { continue }
            let isListened = transport.localAddresses.contains { local in
                local.port == address.port && (local.ip == ip || local.ip?.isUnspecified == true)
            }
            if !isListened { throw StartError("clusterer: cluster \(cluster): this node has no socket \(address)") }
        }
    }

    func readSources() {
        sources = (clusterer?.ownAddresses ?? [:]).compactMapValues { Address.IP($0.host) }
    }

    var hasDatabase: Bool { settings.mode != 0 }

    /// What the database says now.
    func rows() throws(ClusterTable.Failure) -> [NodeRow] {
        if settings.table.url.isEmpty { settings.table.url = node.globals.databaseURL ?? "" }
        return try settings.table.rows(node.host, versionTable: node.globals.versionTable) {
            node.log(.error, "clusterer: \($0)")
        }
    }

    private func configuration() throws -> Configuration {
        var timings = try Timings(
            pingInterval: settings.pingInterval, pingTimeout: settings.pingTimeout, nodeTimeout: settings.nodeTimeout)
        timings.seedFallback = .seconds(Int(settings.seedFallback))
        timings.syncTimeout = .seconds(Int(settings.syncTimeout))
        var configuration =
            settings.mode == 0
            ? try Configuration(
                nodeID: settings.nodeID, own: settings.own, neighbours: settings.neighbours, timings: timings)
            : Configuration(nodeID: settings.nodeID ?? NodeID(0), rows: try rows(), timings: timings)
        configuration.isReroutingEnabled = settings.isReroutingEnabled
        configuration.sharingTags = settings.sharingTags
        configuration.syncPacketSize = Int(settings.syncPacketSize)
        return configuration
    }

    var moment: Moment { Moment(now: node.host.now, wallSeconds: node.host.wallClock / 1_000_000) }

    // MARK: Inputs and effects

    private func input(_ input: (inout Clusterer, Moment) -> [Effect]) {
        guard clusterer != nil else { return }
        let effects = input(&clusterer!, moment)
        perform(effects, from: nil)
    }

    func perform(_ effects: [Effect], from fiber: Fiber?) {
        for effect in effects {
            switch effect {
            case .send(let bytes, let target):
                transport?.send(bytes, to: target.address, from: sources[target.cluster])
            case .answer(let bytes, let connection): transport?.answer(bytes, on: connection)
            case .raise(let event): node.raise(Event(event), from: fiber)
            case .resolve(let host): resolve(host)
            case .log(let entry): node.log(LogLevel(entry.level), entry.text)
            case .run(let command, let cluster, let source):
                runRemote(command, cluster: cluster, source: source)
            case .store(let isEnabled, let cluster, let target): store(isEnabled, cluster, target)
            // No module of Siskin registers a capability yet.
            case .deliver, .provideSync, .applySync, .syncEnded: break
            }
        }
        arm()
    }

    private func receive(_ bytes: [UInt8], _ peer: PeerAddress, _ connection: ConnectionID) {
        let strays = clusterer?.strays
        input { $0.onPacket(bytes, from: peer, on: connection, at: $1) }
        guard clusterer?.strays != strays, strangers.count < ClustererModule.namedStrangers,
            strangers.insert(peer.host).inserted
        else { return }
        node.log(
            .warning, "bin: \(peer.host):\(peer.port) sends what belongs to no cluster of this node; it is dropped")
    }

    private func store(_ isEnabled: Bool, _ cluster: ClusterID, _ target: NodeID) {
        do { try settings.table.store(isEnabled: isEnabled, cluster, target, node.host) } catch {
            node.log(.error, "clusterer: the state of node \(target) is not in the database: \(error)")
        }
    }

    private func resolve(_ host: String) {
        node.host.resolve(host, port: 0) { [weak self] answers in
            let texts = answers.compactMap { if case .ip(let ip, _) = $0 { ip.text } else { nil } }
            self?.clusterer?.onResolved(host: host, ips: texts)
        }
    }

    /// Keeps one timer for what the clusterer has to do next.
    private func arm() {
        guard let due = clusterer?.nextDeadline, due != timerDue else { return }
        if let timer { node.host.cancel(timer) }
        timerDue = due
        guard due != .max else { return }
        timer = node.host.schedule(after: due - node.host.now) { [weak self] in
            guard let self else { return }
            timerDue = .max
            var random = HostRandom(host: node.host)
            input { $0.onTimer(at: $1, using: &random) }
            arm()
        }
    }

    package func stop() {
        if let timer { node.host.cancel(timer) }
        clusterer = nil
    }

    // MARK: Functions

    /// `cluster_send_req(cluster, node, message[, tag])`
    private func sendRequest(_ call: inout CallContext) -> Completion {
        guard let cluster = call.number(0), let target = call.number(1), let message = call.bytes(2) else {
            return .code(-3)
        }
        var random = HostRandom(host: node.host)
        return finish(&call, tag: 3) { clusterer, moment in
            clusterer.sendRequest(message, to: NodeID(target), in: ClusterID(cluster), at: moment, using: &random)
        }
    }

    /// `cluster_broadcast_req(cluster, message[, tag[, include_self]])`
    private func broadcastRequest(_ call: inout CallContext) -> Completion {
        guard let cluster = call.number(0), let message = call.bytes(1) else { return .code(-3) }
        let includesSelf = (call.number(3) ?? 0) != 0
        var random = HostRandom(host: node.host)
        return finish(&call, tag: 2) { clusterer, moment in
            clusterer.broadcastRequest(
                message, in: ClusterID(cluster), includingSelf: includesSelf, at: moment, using: &random)
        }
    }

    /// `cluster_send_rpl(cluster, node, message, tag)`
    private func sendReply(_ call: inout CallContext) -> Completion {
        guard let cluster = call.number(0), let target = call.number(1), let message = call.bytes(2) else {
            return .code(-3)
        }
        let tag = call.bytes(3) ?? []
        return finish(&call, tag: nil) { clusterer, moment in
            clusterer.sendReply(message, to: NodeID(target), in: ClusterID(cluster), tag: tag, at: moment)
        }
    }

    private func finish(
        _ call: inout CallContext, tag index: Int?, _ send: (inout Clusterer, Moment) -> Sending
    ) -> Completion {
        guard clusterer != nil else { return .code(-1) }
        let sending = send(&clusterer!, moment)
        // Only who has the tag can wait for a reply to it.
        if let index, call.has(index) {
            node.events.keepsReplies = true
            node.events.subscriptions.replies.onIssue(tag: sending.tag, now: node.host.now)
            call.set(index, call.scratch.copy(sending.tag))
        }
        perform(sending.effects, from: call.fiber)
        return .code(sending.code.rawValue)
    }

    /// `cluster_check_addr(cluster, ip[, "sip" | "bin"])`
    private func checkAddress(_ call: inout CallContext) -> Completion {
        guard let cluster = call.number(0), let ip = call.string(1),
            let kind = AddressKind(rawValue: call.string(2) ?? "sip")
        else { return .code(-1) }
        return .code(clusterer?.contains(ip, as: kind, in: ClusterID(cluster)) == true ? 1 : -1)
    }

    // MARK: Sharing tags

    /// `$cluster.sh_tag(name/cluster)`: "active" or "backup"; only "active" or 1 can be written.
    private var sharingTag: VariableAccess {
        VariableAccess(
            get: { [unowned self] context in
                guard let tag = ClustererModule.tag(in: context),
                    let isActive = clusterer?.isSharingTagActive(tag.name, in: tag.cluster)
                else { return .null }
                return context.scratch.copy(isActive ? "active" : "backup")
            },
            set: { [unowned self] context, value, _ in
                let isActive =
                    value.isNumber ? value.number == 1 : value.isText && value.bytes.elementsEqual("active".utf8)
                guard isActive, let tag = ClustererModule.tag(in: context), clusterer != nil else { return false }
                let effects = try? clusterer?.activateSharingTag(
                    tag.name, in: tag.cluster, reason: "script variable", at: moment)
                guard let effects else { return false }
                perform(effects, from: context.fiber)
                return true
            })
    }

    private static func tag(in context: AccessContext) -> SharingTagSetting? {
        try? SharingTagSetting(parsing: String(decoding: context.nameBytes, as: UTF8.self))
    }
}

/// The host's randomness for what takes a generator.
struct HostRandom: RandomNumberGenerator {
    let host: any Host
    mutating func next() -> UInt64 { host.random() }
}

extension LogLevel {
    init(_ level: LogEntry.Level) {
        switch level {
        case .error: self = .error
        case .warning: self = .warning
        case .notice: self = .notice
        case .info: self = .info
        }
    }
}
