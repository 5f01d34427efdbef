import Cluster

/// The management commands of the clusterer, in the JSON shapes of OpenSIPS 3.6 [recorded].
///
/// Differs from OpenSIPS: `cluster_broadcast_mi` refuses a cluster that the node is not in (OpenSIPS runs the command
/// here only); `clusterer_reload` keeps the links of nodes that stay where they were.
extension ClustererModule {
    var commands: KeyValuePairs<String, Command> {
        [
            "clusterer_set_status": Command([["cluster_id", "status"], ["cluster_id", "node_id", "status"]]) {
                [unowned self] (call) throws(CommandError) in try setStatus(call)
            },
            "clusterer_reload": Command { [unowned self] (_) throws(CommandError) in try reload() },
            "clusterer_list": Command { [unowned self] _ in clusters { $0.listing } },
            "clusterer_list_topology": Command { [unowned self] _ in clusters { $0.topologyListing } },
            "cluster_send_mi": Command([
                ["cluster_id", "destination", "cmd_name"], ["cluster_id", "destination", "cmd_name", "cmd_params"],
            ]) { [unowned self] (call) throws(CommandError) in try sendCommand(call) },
            "cluster_broadcast_mi": Command([["cluster_id", "cmd_name"], ["cluster_id", "cmd_name", "cmd_params"]]) {
                [unowned self] (call) throws(CommandError) in try broadcastCommand(call)
            },
            "clusterer_list_cap": Command { [unowned self] _ in clusters { $0.capabilityListing } },
            "clusterer_set_cap_status": Command([["cluster_id", "capability", "status"]]) {
                [unowned self] (call) throws(CommandError) in try setCapability(call)
            },
            "clusterer_list_shtags": Command { [unowned self] _ in
                .list(views.flatMap(\.sharingTags).map(\.listing))
            },
            "clusterer_shtag_set_active": Command([["tag"]]) {
                [unowned self] (call) throws(CommandError) in try activateSharingTag(call)
            },
            "clusterer_remove_node": Command([["cluster_id", "node_id"]]) {
                [unowned self] (call) throws(CommandError) in try removeNode(call)
            },
        ]
    }

    /// The state of every cluster that the node is in.
    package var views: [ClusterView] {
        clusterer.map { clusterer in clusterer.clusterIDs.compactMap { clusterer.view(of: $0) } } ?? []
    }

    private func clusters(_ listing: (ClusterView) -> JSON) -> JSON {
        .members(["Clusters": .list(views.map(listing))])
    }

    // MARK: Doing

    private func setStatus(_ call: CommandArguments) throws(CommandError) -> JSON {
        let cluster = try cluster(call)
        let isEnabled = try status(call)
        let target = call.has("node_id") ? try node(call, "node_id") : nil
        return try change { (clusterer, moment) throws(ManagementError) in
            try clusterer.setStatus(of: target, in: cluster, isEnabled: isEnabled, at: moment)
        } refusal: { error in
            error == .unknownCluster
                ? CommandError(404, "Cluster id not found") : CommandError(404, "Node id not found")
        }
    }

    private func removeNode(_ call: CommandArguments) throws(CommandError) -> JSON {
        let cluster = try cluster(call)
        let target = try node(call, "node_id")
        return try change { (clusterer, moment) throws(ManagementError) in
            try clusterer.removeNode(target, in: cluster, at: moment)
        } refusal: { error in
            switch error {
            case .notWithDatabase: CommandError(400, "Running in DB mode")
            case .unknownCluster: CommandError(400, "Unknown cluster id")
            default: CommandError(400, "Unknown node id")
            }
        }
    }

    /// What was refused stays as it was; the log says why.
    private func reload() throws(CommandError) -> JSON {
        guard hasDatabase else { throw CommandError(400, "Non-DB mode") }
        func refusal(_ error: any Error) -> CommandError {
            node.log(.error, "clusterer: not reloaded: \(error)")
            return CommandError(500, "Failed to reload")
        }
        let rows: [NodeRow]
        do { rows = try self.rows() } catch { throw refusal(error) }
        defer { readSources() }
        return try change(
            { (clusterer, moment) throws(ManagementError) in
                try clusterer.reload(rows, at: moment)
            }, refusal: refusal)
    }

    private func setCapability(_ call: CommandArguments) throws(CommandError) -> JSON {
        let cluster = try cluster(call)
        let name = try call.bytes("capability")
        let isEnabled = try status(call)
        return try change { (clusterer, moment) throws(ManagementError) in
            try clusterer.setCapability(name, in: cluster, isEnabled: isEnabled, at: moment)
        } refusal: { error in
            CommandError(404, error == .unknownCluster ? "Cluster id not found" : "Capability not found")
        }
    }

    private func activateSharingTag(_ call: CommandArguments) throws(CommandError) -> JSON {
        guard let tag = try? SharingTagSetting(parsing: try call.text("tag")) else {
            throw CommandError(400, "Bad tag format <name/cluster_id>")
        }
        return try change { (clusterer, moment) throws(ManagementError) in
            try clusterer.activateSharingTag(tag.name, in: tag.cluster, reason: "MI command", at: moment)
        } refusal: { error in
            error == .unknownCluster
                ? CommandError(404, "Cluster ID not found") : CommandError(500, "Too many sharing tags")
        }
    }

    private func change(
        _ input: (inout Clusterer, Moment) throws(ManagementError) -> [Effect],
        refusal: (ManagementError) -> CommandError
    ) throws(CommandError) -> JSON {
        guard clusterer != nil else { throw CommandError(500, "Clusterer not running") }
        do throws(ManagementError) {
            let effects = try input(&clusterer!, moment)
            perform(effects, from: nil)
            return .done
        } catch {
            throw refusal(error)
        }
    }

    // MARK: Commands for other nodes

    private func sendCommand(_ call: CommandArguments) throws(CommandError) -> JSON {
        let cluster = try cluster(call)
        let target = try node(call, "destination")
        let command = try remoteCommand(call)
        guard target != clusterer?.nodeID else { throw CommandError(400, "Local node specified as destination") }
        switch send({ $0.send(command, to: target, in: cluster, at: $1) }) {
        case .sent: return .done
        case .notAllowed: throw CommandError(400, "Local node disabled")
        case .unreachable: throw CommandError(400, "Destination down")
        case .failed: throw CommandError(400, "Send error")
        }
    }

    private func broadcastCommand(_ call: CommandArguments) throws(CommandError) -> JSON {
        let cluster = try cluster(call)
        let command = try remoteCommand(call)
        let name = String(decoding: command.name, as: UTF8.self)
        guard node.management.has(name) else { throw CommandError(400, "Command to be run not found") }
        guard views.contains(where: { $0.cluster == cluster }) else { throw CommandError(404, "Cluster id not found") }
        _ = send { $0.broadcast(command, in: cluster, at: $1) }
        return try node.management.run(name, command.callParameters)
    }

    private func send(_ input: (inout Clusterer, Moment) -> Sending) -> SendCode {
        guard clusterer != nil else { return .failed }
        let sending = input(&clusterer!, moment)
        perform(sending.effects, from: nil)
        return sending.code
    }

    private func remoteCommand(_ call: CommandArguments) throws(CommandError) -> RemoteCommand {
        var parameters: [[UInt8]] = []
        if call.has("cmd_params") {
            for parameter in try call.list("cmd_params") {
                guard let text = parameter.argumentText else { throw .badType("cmd_params") }
                parameters.append(text)
            }
        }
        guard parameters.count <= RemoteCommand.maximumParameters else {
            throw CommandError(400, "Too many parameters")
        }
        return RemoteCommand(name: try call.bytes("cmd_name"), parameters: parameters)
    }

    /// Another node wants a command to be run; it does not wait for the result.
    func runRemote(_ command: RemoteCommand, cluster: ClusterID, source: NodeID) {
        let name = String(decoding: command.name, as: UTF8.self)
        do throws(CommandError) {
            // A broadcast of a broadcast would go round for ever.
            guard !name.hasPrefix("cluster_") else { throw .unknownCommand }
            _ = try node.management.run(name, command.callParameters)
        } catch {
            let detail = error.detail.map { ": \($0)" } ?? ""
            node.log(
                .warning,
                "cluster \(cluster): command \(name.prefix(64)) of node \(source) not done: \(error.message)\(detail)")
        }
    }

    // MARK: Arguments

    private func cluster(_ call: CommandArguments) throws(CommandError) -> ClusterID {
        let number = try call.number("cluster_id")
        guard number > 0 else { throw .badValue("cluster_id") }
        return ClusterID(number)
    }

    private func node(_ call: CommandArguments, _ name: String) throws(CommandError) -> NodeID {
        let number = try call.number(name)
        guard number > 0 else { throw .badValue(name) }
        return NodeID(number)
    }

    private func status(_ call: CommandArguments) throws(CommandError) -> Bool {
        let status = try call.number("status")
        guard status == 0 || status == 1 else { throw .badValue("status") }
        return status == 1
    }

    // MARK: Statistics

    /// `clusterer_nodes` and the like, which OpenSIPS has, and the packets of all clusters together.
    func registerStatistics() {
        func count(_ name: String, _ read: @escaping (ClusterView) -> Int) {
            node.statistics.add(name, group: "clusterer") { [weak self] in
                self?.views.reduce(0) { $0 &+ read($1) } ?? 0
            }
        }
        count("clusterer_nodes") { $0.nodes.count }
        count("clusterer_nodes_up") { $0.nodes.count { $0.nextHop != nil } }
        count("clusterer_nodes_down") { $0.nodes.count { $0.nextHop == nil } }
        count("clusterer_received") { Int(clamping: $0.statistics.allReceived) }
        count("clusterer_sent") { Int(clamping: $0.statistics.allSent) }
        count("clusterer_relayed") { Int(clamping: $0.statistics.relayed) }
        count("clusterer_refused") { Int(clamping: $0.statistics.refused) }
        for reason in Cluster.Statistics.DropReason.allCases {
            node.statistics.add("clusterer_dropped_\(reason.statisticName)", group: "clusterer") { [weak self] in
                guard let clusterer = self?.clusterer else { return 0 }
                let inClusters = self?.views.reduce(0) { $0 &+ $1.statistics.dropped(reason) } ?? 0
                return Int(clamping: inClusters &+ clusterer.strayStatistics.dropped(reason))
            }
        }
    }
}

extension Cluster.Statistics.DropReason {
    /// `unknown_cluster`
    fileprivate var statisticName: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}

extension Cluster.Statistics {
    /// Packets of every type.
    package var allReceived: UInt64 { PacketType.allCases.reduce(0) { $0 &+ received($1) } }
    package var allSent: UInt64 { PacketType.allCases.reduce(0) { $0 &+ sent($1) } }
    package var allDropped: UInt64 { DropReason.allCases.reduce(0) { $0 &+ dropped($1) } }
}

extension RemoteCommand {
    fileprivate var callParameters: CommandParameters {
        parameters.isEmpty ? .none : .positional(parameters.map { .string($0) })
    }
}

extension ClusterView {
    fileprivate func members(_ name: String, _ elements: [JSON]) -> JSON {
        .members(["cluster_id": .number(cluster.rawValue), name: .list(elements)])
    }

    fileprivate var listing: JSON { members("Nodes", nodes.map { $0.listing(showsHop: isReroutingEnabled) }) }

    fileprivate var topologyListing: JSON {
        members(
            "Nodes",
            topology.map { row in
                .members([
                    "node_id": .number(row.node.rawValue),
                    "Neighbours": .list(row.neighbours.map { .number($0.rawValue) }),
                ])
            })
    }

    fileprivate var capabilityListing: JSON {
        members(
            "Capabilities",
            capabilities.map { capability in
                .members([
                    "name": .string(capability.name),
                    "state": .text(capability.isSynced ? "Ok" : "not synced"),
                    "enabled": .text(capability.isEnabled ? "yes" : "no"),
                ])
            })
    }
}

extension NodeListing {
    /// - Parameter showsHop: OpenSIPS shows none without rerouting, also where the link is up [recorded].
    fileprivate func listing(showsHop: Bool) -> JSON {
        .members([
            "node_id": .number(node.rawValue), "db_id": .number(databaseID), "url": .string(url),
            "link_state": .text(linkState), "state": .text(isEnabled ? "enabled" : "disabled"),
            "next_hop": .text(showsHop ? nextHop?.description ?? "none" : "none"),
            "description": comment.isEmpty ? .text("none") : .string(comment),
        ])
    }
}

extension SharingTagListing {
    fileprivate var listing: JSON {
        .members([
            "Tag": .string(name), "Cluster": .number(cluster.rawValue), "State": .text(isActive ? "active" : "backup"),
        ])
    }
}
