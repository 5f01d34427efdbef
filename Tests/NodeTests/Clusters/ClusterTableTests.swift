import Simulation
import Testing

@testable import Cluster
@testable import Node

/// Nodes from a table (`db_mode` 1). The answers are those of OpenSIPS 3.6.8 with db_sqlite.
struct ClusterTableTests {
    private static let table = Table(database: "/etc/nodes.db", name: "clusterer")

    private static func row(_ id: Int64, _ node: Int64, cluster: Int64 = 1, _ more: [String: FieldValue] = [:])
        -> [String: FieldValue]
    {
        let usual: [String: FieldValue] = [
            "id": .integer(id), "cluster_id": .integer(cluster), "node_id": .integer(node),
            "url": .text(Array("bin:10.0.0.\(node):5555".utf8)), "state": .integer(1), "no_ping_retries": .integer(3),
            "priority": .integer(50), "sip_addr": .null, "flags": .null, "description": .null,
        ]
        return usual.merging(more) { $1 }
    }

    /// Two machines, each with a copy of the table.
    private final class Story {
        let world = Simulation(seed: 1)
        let hosts: [SimulatedHost]
        private(set) var nodes: [Node] = []

        init(_ rows: [[String: FieldValue]], _ more: String = "", url: String = "sqlite:///etc/nodes.db") throws {
            hosts = (1...2).map { [world] in world.host("node\($0)", addresses: [Address.IP("10.0.0.\($0)")!]) }
            for (index, host) in hosts.enumerated() {
                host.tables[ClusterTableTests.table] = rows
                let script = """
                    socket = bin:10.0.0.\(index + 1):5555
                    loadmodule "proto_bin.so"
                    loadmodule "clusterer.so"
                    modparam("clusterer", "db_url", "\(url)")
                    modparam("clusterer", "my_node_id", \(index + 1))
                    """
                nodes.append(try ScriptStory(script + "\n" + more, on: host, world, Node(name: "n", host: host)).node)
            }
        }

        func start() throws {
            for node in nodes { try node.start() }
            world.advance(by: .seconds(10))
        }

        func run(_ command: String, _ parameters: JSON...) -> String {
            do throws(CommandError) {
                let answer = try nodes[0].management.run(
                    command, parameters.isEmpty ? .none : .positional(parameters))
                return String(
                    decoding: JSONPrinter.print(answer, .compact, escapesSlash: false, limit: 1 << 20) ?? [],
                    as: UTF8.self)
            } catch {
                return "\(error.code) \(error.message)"
            }
        }

        var reachable: [Int32] {
            nodes[0].module(ClustererModule.self)?.views.flatMap(\.nodes).filter { $0.nextHop != nil }
                .map(\.node.rawValue) ?? []
        }

        func said(_ words: String) -> Bool { hosts[0].logLines.contains { $0.text.contains(words) } }
    }

    @Test func `nodes of the table meet, and the list shows their keys and descriptions`() throws {
        let story = try Story([
            ClusterTableTests.row(11, 1),
            ClusterTableTests.row(12, 2, ["description": .text(Array("backup site".utf8))]),
            ClusterTableTests.row(13, 7, cluster: 9),
        ])
        try story.start()
        #expect(
            story.run("clusterer_list") == #"{"Clusters":[{"cluster_id":1,"Nodes":[{"node_id":2,"db_id":12,"#
                + #""url":"bin:10.0.0.2:5555","link_state":"Up","state":"enabled","next_hop":"2","#
                + #""description":"backup site"}]}]}"#)
        #expect(story.run("clusterer_remove_node", .integer(1), .integer(2)) == "400 Running in DB mode")
    }

    @Test func `what an operator disables stays so in the table`() throws {
        let story = try Story([ClusterTableTests.row(1, 1), ClusterTableTests.row(2, 2)])
        try story.start()
        #expect(story.run("clusterer_set_status", .integer(1), .integer(2), .integer(0)) == "\"OK\"")
        #expect(story.hosts[0].tables[ClusterTableTests.table]?.map { $0["state"] } == [.integer(1), .integer(0)])
        #expect(story.run("clusterer_set_status", .integer(1), .integer(0)) == "\"OK\"")
        #expect(story.hosts[0].tables[ClusterTableTests.table]?.map { $0["state"] } == [.integer(0), .integer(0)])
        story.hosts[0].disk.failures["/etc/nodes.db"] = "database is locked"
        #expect(story.run("clusterer_set_status", .integer(1), .integer(1)) == "\"OK\"")
        #expect(story.said("the state of node 1 is not in the database: /etc/nodes.db: database is locked"))
    }

    @Test func `a reload takes new rows, skips bad ones, and keeps all when nothing can be read`() throws {
        let story = try Story([ClusterTableTests.row(1, 1)])
        story.hosts[1].tables[ClusterTableTests.table]? += [ClusterTableTests.row(2, 2)]
        try story.start()
        #expect(story.reachable.isEmpty)
        story.hosts[0].tables[ClusterTableTests.table]? += [
            ClusterTableTests.row(2, 2), ClusterTableTests.row(3, 3, ["url": .text(Array("xbin:10.0.0.3".utf8))]),
            ClusterTableTests.row(4, 2), ClusterTableTests.row(5, 5, ["priority": .text([])]),
            ClusterTableTests.row(6, -6),
        ]
        #expect(story.run("clusterer_reload") == "\"OK\"")
        story.world.advance(by: .seconds(10))
        #expect(story.reachable == [2])
        #expect(story.said("row 3 of table clusterer: url xbin:10.0.0.3 is none of bin:host:port; it is ignored"))
        #expect(story.said("row 4 of table clusterer: node 2 of cluster 1 has another row; it is ignored"))
        #expect(story.said("row 5 of table clusterer: priority is no number; it is ignored"))
        #expect(story.said("row 6 of table clusterer: its ids must be above 0; it is ignored"))
        story.hosts[0].tables[ClusterTableTests.table]?.removeFirst()
        #expect(story.run("clusterer_reload") == "500 Failed to reload")
        story.hosts[0].tables[ClusterTableTests.table] = nil
        #expect(story.run("clusterer_reload") == "500 Failed to reload")
        #expect(story.said("not reloaded: /etc/nodes.db: no such table: clusterer"))
        #expect(story.reachable == [2])
    }

    @Test func `table and columns have the names that parameters give them`() throws {
        let names = [
            "id", "cluster_id", "node_id", "url", "state", "no_ping_retries", "priority", "sip_addr", "flags",
            "description",
        ]
        let parameters = names.map { "modparam(\"clusterer\", \"\($0)_col\", \"my \($0)\")" }.joined(separator: "\n")
        let story = try Story(
            [], "modparam(\"clusterer\", \"db_table\", \"members\")\n" + parameters)
        let rows = [ClusterTableTests.row(1, 1), ClusterTableTests.row(2, 2)]
        for host in story.hosts {
            host.tables[Table(database: "/etc/nodes.db", name: "members")] = rows.map { row in
                Dictionary(uniqueKeysWithValues: row.map { ("my " + $0.key, $0.value) })
            }
        }
        try story.start()
        #expect(story.reachable == [2])
    }

    @Test(arguments: [
        ("mysql://opensips:secret@localhost/opensips", "siskin reads databases of SQLite only"),
        ("sqlite://nodes.db", "siskin reads databases of SQLite only"),
        ("", "db_mode 1 needs db_url"),
        ("sqlite:///nowhere", "/nowhere: no such table: clusterer"),
        ("sqlite:///etc/nodes.db", "my_node_id, or a my_node_info or row of the database for it, is missing"),
    ])
    func `a node without its row does not start`(url: String, reason: String) throws {
        let story = try Story([ClusterTableTests.row(2, 2)], url: url)
        let error = #expect(throws: StartError.self) { try story.nodes[0].start() }
        #expect(error?.description.contains(reason) == true)
        #expect(error?.description.contains("secret") == false)
    }

    /// [recorded], as is that a reload looks again.
    @Test(arguments: [([4], "version", true), ([3], "version", false), ([], "version", false), ([3, 4], "v", false)])
    func `where a database tells the versions of its tables, that of the nodes must be 4`(
        versions: [Int64], name: String, isTaken: Bool
    ) throws {
        let story = try Story(
            [ClusterTableTests.row(1, 1)], name == "version" ? "" : "db_version_table = \"\(name)\"")
        func tell(_ versions: [Int64]) {
            let rows = versions.map {
                ["table_name": FieldValue.text(Array("clusterer".utf8)), "table_version": .integer($0)]
            }
            story.hosts[0].tables[Table(database: "/etc/nodes.db", name: name)] =
                rows + [["table_name": .text(Array("subscriber".utf8)), "table_version": .integer(8)]]
        }
        tell(versions)
        if isTaken {
            try story.nodes[0].start()
            #expect(story.run("clusterer_reload") == "\"OK\"")
            tell([3])
            #expect(story.run("clusterer_reload") == "500 Failed to reload")
            #expect(story.said("not reloaded: table clusterer must have version 4; the database says 3"))
        } else {
            let error = #expect(throws: StartError.self) { try story.nodes[0].start() }
            let said = versions.isEmpty ? "none" : versions.map(String.init).joined(separator: " and ")
            #expect(error?.description.contains("must have version 4; the database says \(said)") == true)
        }
    }

    @Test func `without a database there is nothing to reload`() throws {
        let story = try FindUserStory()
        try story.startAll()
        let error = #expect(throws: CommandError.self) {
            try story.node("home").management.run("clusterer_reload")
        }
        #expect(error == CommandError(400, "Non-DB mode"))
    }
}
