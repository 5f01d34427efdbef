/// The counters of a node, by `name`, `group:name`, `group:` or `all`.
struct StatisticsCommands {
    private unowned let node: Node

    init(_ node: Node) { self.node = node }

    var commands: KeyValuePairs<String, Command> {
        [
            "get_statistics": Command([["statistics"]]) { [unowned node] (call) throws(CommandError) in
                let found = try StatisticsCommands(node).statistics(call)
                return node.list(found) { .integer(node.statistics.value($0)) }
            },
            "list_statistics": Command([[], ["statistics"]]) { [unowned node] (call) throws(CommandError) in
                let found =
                    call.has("statistics") ? try StatisticsCommands(node).statistics(call) : node.statistics.all
                return node.list(found) {
                    .text(node.statistics[$0].isResettable ? "incremental" : "non-incremental")
                }
            },
            "reset_statistics": Command([["statistics"]]) { [unowned node] (call) throws(CommandError) in
                let found = try StatisticsCommands(node).statistics(call)
                guard !found.isEmpty else { throw CommandError(404, "Statistics Not Found") }
                for id in found { node.statistics.reset(id) }
                return .done
            },
        ]
    }

    private func statistics(_ call: CommandArguments) throws(CommandError) -> [StatisticsTable.ID] {
        var found: [StatisticsTable.ID] = []
        for element in try call.list("statistics") {
            guard case .string(let name) = element else { throw .badType("statistics") }
            found += node.statistics.matching(name)
        }
        return found
    }
}

extension StatisticsTable {
    /// Those that a word of an operator means.
    func matching(_ name: [UInt8]) -> [ID] {
        if name == Array("all".utf8) { return all }
        guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return find(name).map { [$0] } ?? [] }
        let group = Array(name[..<colon])
        let rest = Array(name[(colon + 1)...])
        return rest.isEmpty ? all(in: group) : find(rest, group: group).map { [$0] } ?? []
    }
}

extension Node {
    fileprivate func list(_ ids: [StatisticsTable.ID], _ value: (StatisticsTable.ID) -> JSON) -> JSON {
        let object = JSONObject()
        for id in ids {
            object[statistics[id].group + [UInt8(ascii: ":")] + statistics[id].name] = value(id)
        }
        return .object(object)
    }
}
