import Simulation
import Testing

@testable import Node

/// Who a node is: two nodes with one id, and one that comes back as another, make no link flap. Node 1 is 10.0.0.1:5555.
struct IdentityTests {
    private final class Story {
        let world = Simulation(seed: 1)
        private(set) var nodes: [String: Node] = [:]
        private var hosts: [String: SimulatedHost] = [:]

        private func host(_ ip: String) -> SimulatedHost {
            if let host = hosts[ip] { return host }
            let host = world.host(ip, addresses: [Address.IP(ip)!])
            hosts[ip] = host
            return host
        }

        /// - Parameters:
        ///   - place: `ip:port`
        ///   - neighbours: their urls by id
        func start(_ id: Int, at place: String, knows neighbours: [Int: String] = [1: "10.0.0.1:5555"]) throws {
            let host = host(String(place.prefix { $0 != ":" }))
            let others = neighbours.filter { $0.key != id }.sorted { $0.key < $1.key }.map {
                #"modparam("clusterer", "neighbor_node_info", "cluster_id=1, node_id=\#($0.key), url=bin:\#($0.value)")"#
            }
            let script = """
                log_level = 3
                socket = bin:\(place)
                loadmodule "proto_bin.so"
                loadmodule "clusterer.so"
                modparam("clusterer", "db_mode", 0)
                modparam("clusterer", "my_node_id", \(id))
                modparam("clusterer", "my_node_info", "cluster_id=1, url=bin:\(place)")

                """
            let node = Node(name: place, host: host)
            nodes[place] = try ScriptStory(script + others.joined(separator: "\n"), on: host, world, node).node
            try node.start()
        }

        func exit(_ place: String) {
            host(String(place.prefix { $0 != ":" })).exit()
            nodes[place] = nil
        }

        /// The links of a node by the id of the other one.
        func links(_ place: String) -> [Int32: String] {
            let nodes = nodes[place]?.module(ClustererModule.self)?.views.flatMap(\.nodes) ?? []
            return Dictionary(uniqueKeysWithValues: nodes.map { ($0.node.rawValue, $0.linkState) })
        }

        /// What the logs of a machine say about the cluster.
        func said(_ ip: String, since start: Nanoseconds = 0) -> [String] {
            host(ip).logLines.filter { $0.time >= start }.map(\.text).filter { $0.contains("cluster 1, node") }
        }

        func losses(since start: Nanoseconds = 0) -> [String] {
            hosts.keys.sorted().flatMap { ip in
                said(ip, since: start).filter { $0.contains("lost") || $0.contains("not reachable") }
            }
        }
    }

    @Test(arguments: ["10.0.0.2:5556", "10.0.0.3:5555", "10.0.0.1:5556"])
    func `a second node with an id gets no link, does not harm the first, and is named once`(place: String) throws {
        let story = Story()
        try story.start(1, at: "10.0.0.1:5555", knows: [2: "10.0.0.2:5555", 3: "10.0.0.3:5557"])
        try story.start(2, at: "10.0.0.2:5555")
        try story.start(3, at: "10.0.0.3:5557")
        story.world.advance(by: .seconds(20))
        try story.start(2, at: place)
        story.world.advance(by: .seconds(600))
        #expect(story.links("10.0.0.1:5555") == [2: "Up", 3: "Up"])
        #expect(story.links("10.0.0.2:5555") == [1: "Up", 3: "Up"])
        #expect(story.links(place)[1] != "Up")
        #expect(story.losses().isEmpty, "\(story.losses())")
        let words = "another node calls itself so, at \(place.dropLast(5))"
        let named = story.said("10.0.0.1").filter { $0.contains(words) }
        #expect(named.count == 1, "\(story.said("10.0.0.1"))")
    }

    @Test func `two nodes with one id each keep the neighbours that they met first`() throws {
        let story = Story()
        try story.start(1, at: "10.0.0.1:5555", knows: [2: "10.0.0.2:5555"])
        try story.start(3, at: "10.0.0.3:5555", knows: [1: "10.0.0.1:5555", 2: "10.0.0.2:5556"])
        try story.start(2, at: "10.0.0.2:5555")
        try story.start(2, at: "10.0.0.2:5556", knows: [3: "10.0.0.3:5555"])
        story.world.advance(by: .seconds(600))
        #expect(story.links("10.0.0.1:5555") == [2: "Up", 3: "Up"])
        #expect(story.links("10.0.0.3:5555") == [1: "Up", 2: "Up"])
        #expect(story.losses().isEmpty, "\(story.losses())")
        for ip in ["10.0.0.1", "10.0.0.3"] {
            let named = story.said(ip).filter { $0.contains("another node calls itself so") }
            #expect(named.count == 1, "\(ip): \(named)")
        }
    }

    @Test func `the twin of a node that went away is named again only when the node is back`() throws {
        let story = Story()
        try story.start(1, at: "10.0.0.1:5555", knows: [2: "10.0.0.2:5555"])
        try story.start(2, at: "10.0.0.2:5555")
        try story.start(2, at: "10.0.0.3:5555")
        story.world.advance(by: .seconds(120))
        let start = story.world.now
        story.exit("10.0.0.2:5555")
        story.world.advance(by: .seconds(300))
        #expect(story.links("10.0.0.1:5555") == [2: "Down"])
        let named = story.said("10.0.0.1", since: start).filter { $0.contains("another node") }
        #expect(named.count == 1)
        #expect(story.losses(since: start).count == 2)
        let back = story.world.now
        try story.start(2, at: "10.0.0.2:5555")
        story.world.advance(by: .seconds(300))
        #expect(story.links("10.0.0.1:5555") == [2: "Up"])
        #expect(story.losses(since: back).isEmpty)
    }

    @Test(arguments: [50, 2000, 70_000])
    func `a node that comes back under another id is met as another, and the old one is lost once`(pause: Int) throws {
        let story = Story()
        try story.start(1, at: "10.0.0.1:5555", knows: [2: "10.0.0.2:5555"])
        try story.start(2, at: "10.0.0.2:5555")
        story.world.advance(by: .seconds(20))
        story.exit("10.0.0.2:5555")
        story.world.advance(by: .milliseconds(pause))
        try story.start(3, at: "10.0.0.2:5555")
        story.world.advance(by: .seconds(600))
        #expect(story.links("10.0.0.1:5555").filter { $0.value == "Up" }.map(\.key) == [3])
        #expect(story.links("10.0.0.2:5555") == [1: "Up"])
        let words = "node 2: not added: this node has its address now"
        #expect(story.said("10.0.0.2").count { $0.contains(words) } == 1)
        #expect(story.losses().count == 2, "\(story.losses())")
        #expect(story.losses().allSatisfy { $0.contains("node 2:") })
    }

    /// Each cluster knows the node by another address, and believes no other.
    @Test func `a node of two clusters dials the nodes of each from its address there`() throws {
        let world = Simulation(seed: 1)
        func node(_ id: Int, _ ips: [String], _ parameters: String) throws -> Node {
            let host = world.host("node \(id)", addresses: ips.map { Address.IP($0)! })
            let sockets = ips.map { "socket = bin:\($0):5555\n" }.joined()
            let script = """
                \(sockets)
                loadmodule "proto_bin.so"
                loadmodule "clusterer.so"
                modparam("clusterer", "db_mode", 0)
                modparam("clusterer", "my_node_id", \(id))
                \(parameters)
                """
            let node = try ScriptStory(script, on: host, world, Node(name: "\(id)", host: host)).node
            try node.start()
            return node
        }
        let both = try node(
            1, ["10.0.1.1", "10.0.2.1"],
            """
            modparam("clusterer", "my_node_info", "cluster_id=1, url=bin:10.0.1.1")
            modparam("clusterer", "my_node_info", "cluster_id=2, url=bin:10.0.2.1")
            modparam("clusterer", "neighbor_node_info", "cluster_id=1, node_id=2, url=bin:10.0.1.2")
            modparam("clusterer", "neighbor_node_info", "cluster_id=2, node_id=3, url=bin:10.0.2.3")
            """)
        let others = try [(2, 1), (3, 2)].map { id, cluster in
            try node(
                id, ["10.0.\(cluster).\(id)"],
                """
                modparam("clusterer", "my_node_info", "cluster_id=\(cluster), url=bin:10.0.\(cluster).\(id)")
                modparam("clusterer", "neighbor_node_info", "cluster_id=\(cluster), node_id=1, url=bin:10.0.\(cluster).1")
                """)
        }
        world.advance(by: .seconds(20))
        for node in [both] + others {
            let links = node.module(ClustererModule.self)?.views.flatMap(\.nodes).map(\.linkState) ?? []
            #expect(!links.isEmpty && links.allSatisfy { $0 == "Up" }, "node \(node.name): \(links)")
        }
    }

    /// [recorded]
    @Test(arguments: [
        ("10.0.0.1:5556", false), ("10.0.0.9:5555", false), ("[::1]:5555", false), ("10.0.0.1", true),
        ("192.0.2.1:6000", true),
    ])
    func `a node whose url is none of its sockets does not start`(url: String, isTaken: Bool) throws {
        let story = try ScriptStory(
            """
            socket = bin:10.0.0.1:5555 as 192.0.2.1:6000
            loadmodule "proto_bin.so"
            loadmodule "clusterer.so"
            modparam("clusterer", "db_mode", 0)
            modparam("clusterer", "my_node_id", 1)
            modparam("clusterer", "my_node_info", "cluster_id=1, url=bin:\(url)")
            """)
        if isTaken { return try story.node.start() }
        let error = #expect(throws: StartError.self) { try story.node.start() }
        #expect(error?.description == "clusterer: cluster 1: this node has no socket bin:\(url)")
    }

    @Test func `nodes that dial each other at the same moment come up once`() throws {
        let story = Story()
        let places = [1: "10.0.0.1:5555", 2: "10.0.0.2:5555", 3: "10.0.0.3:5555"]
        for (id, place) in places.sorted(by: { $0.key < $1.key }) { try story.start(id, at: place, knows: places) }
        story.world.advance(by: .seconds(120))
        for (id, place) in places {
            #expect(story.links(place).values.allSatisfy { $0 == "Up" })
            let lines = story.said("10.0.0.\(id)").sorted()
            #expect(lines.count { $0.contains("link is up") } == 2, "\(lines)")
            #expect(lines.count == 4, "\(lines)")
        }
    }
}
