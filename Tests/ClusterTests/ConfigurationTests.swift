import Testing

@testable import Cluster

@Suite struct ConfigurationTests {
    @Test func nodeInfoIsReadWithItsDefaults() throws {
        let row = try NodeRow(parsing: "cluster_id=1, node_id = 2 ,url=bin:10.0.0.2:5555")
        #expect(row.cluster == one)
        #expect(row.node == NodeID(2))
        #expect(row.description.priority == 3)
        #expect(row.description.pingRetries == 3)
        #expect(row.isEnabled && !row.isSeed)
        let full = try NodeRow(
            parsing:
                "cluster_id=1,node_id=2,url=h,priority=7,no_ping_retries=0,"
                + "sip_addr=10.0.0.2:5060,flags=seed,description=two"
        )
        #expect(text(full.description.sipAddress) == "10.0.0.2:5060")
        #expect(full.description.priority == 7)
        #expect(full.description.pingRetries == 0)
        #expect(full.isSeed)
        #expect(text(full.comment) == "two")
    }

    @Test(
        arguments: [
            ("cluster_id", .notAnAssignment("cluster_id")),
            ("", .missing("cluster_id")),
            ("cluster_id=0, node_id=1, url=h", .missing("cluster_id")),
            ("cluster_id=1, url=h", .missing("node_id")),
            ("cluster_id=1, node_id=0, url=h", .notPositive("node_id")),
            ("cluster_id=1, node_id=x, url=h", .notANumber("node_id", "x")),
            ("cluster_id=1, node_id=99999999999, url=h", .notANumber("node_id", "99999999999")),
            ("cluster_id=1, node_id=1", .missing("url")),
            ("cluster_id=1, node_id=1, url=udp:1.2.3.4", .badURL("udp:1.2.3.4", .badPort)),
            ("cluster_id=1, node_id=1, url=bin:1.2.3.4:0", .badURL("bin:1.2.3.4:0", .badPort)),
            ("cluster_id=1, node_id=1, url=h, color=red", .unknownField("color")),
            ("cluster_id=1, cluster_id=2, node_id=1, url=h", .duplicate("cluster_id")),
        ] as [(String, NodeInfoError)])
    func aWrongNodeInfoSaysWhatIsWrong(_ text: String, _ error: NodeInfoError) {
        #expect(throws: error) { try NodeRow(parsing: text) }
    }

    @Test func theOwnNodeMustBeNamedOnceAndConsistently() throws {
        let timings = try Timings()
        func configure(_ id: Int32?, _ own: [String], _ others: [String] = []) throws -> Clusterer {
            try Clusterer(Configuration(nodeID: id.map { NodeID($0) }, own: own, neighbours: others, timings: timings))
        }
        #expect(throws: ConfigurationError.noOwnNode) { try configure(1, []) }
        #expect(throws: ConfigurationError.nodeInfo(.contradictsMyNodeID(2))) {
            try configure(1, ["cluster_id=1, node_id=2, url=h"])
        }
        #expect(throws: ConfigurationError.nodeInfo(.missing("node_id"))) {
            try configure(nil, ["cluster_id=1, url=h"])
        }
        #expect(throws: ConfigurationError.neighbourIsSelf(one)) {
            try configure(1, ["cluster_id=1, url=h"], ["cluster_id=1, node_id=1, url=h"])
        }
        #expect(throws: ConfigurationError.duplicateNode(one, NodeID(2))) {
            try configure(1, ["cluster_id=1, url=h"], Array(repeating: "cluster_id=1, node_id=2, url=h", count: 2))
        }
        let both = try configure(nil, ["cluster_id=1, node_id=4, url=h", "cluster_id=2, url=h"])
        #expect(both.clusterIDs == [one, ClusterID(2)])
        #expect(both.nodeID == NodeID(4))
    }

    @Test func onlyClustersWithAnOwnRowAreRead() throws {
        let rows = [(1, 1), (1, 2), (2, 2), (3, 1)].map {
            NodeRow(cluster: ClusterID($0.0), node: NodeID($0.1), url: bytes("bin:10.0.0.1"))
        }
        let clusterer = try Clusterer(Configuration(nodeID: NodeID(1), rows: rows, timings: Timings()))
        #expect(clusterer.clusterIDs == [one, ClusterID(3)])
        #expect(throws: ConfigurationError.noOwnNode) {
            try Clusterer(Configuration(nodeID: NodeID(9), rows: rows, timings: Timings()))
        }
    }

    @Test func sharingTagsOfTheConfiguration() throws {
        let tag = try SharingTagSetting(parsing: "vip/1=active")
        #expect(text(tag.name) == "vip" && tag.cluster == one && tag.isActive)
        #expect(try !SharingTagSetting(parsing: "vip/1").isActive)
        for bad in ["vip", "vip/x", "/1", "vip/1=maybe", "vip/0", ""] {
            #expect(throws: ConfigurationError.badSharingTag(bad)) { try SharingTagSetting(parsing: bad) }
        }
    }

    @Test(
        arguments: [
            ("bin:10.0.0.1:5555", "bin:10.0.0.1:5555"), ("10.0.0.1", "bin:10.0.0.1:5555"),
            ("bins:node-1.example:5556", "bins:node-1.example:5556"), ("BIN:h", "bin:h:5555"),
            ("bin:[2001:db8::1]:7000", "bin:[2001:db8::1]:7000"), ("[::1]", "bin:[::1]:5555"),
            ("bin:", nil), ("bin:h:65536", nil), ("bin:h:", nil), ("udp:h:5060", nil), ("bin:h:1:2", nil),
            ("bin:[h]:1", nil), ("bin:[::1", nil), ("bin:a b", nil), ("", nil), ("bin:h:+1", nil),
        ] as [(String, String?)])
    func aURLIsReadAsOpenSIPSDoes(_ url: String, _ expected: String?) {
        #expect((try? BINAddress(url: bytes(url)))?.description == expected)
    }

    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("::ffff:127.0.0.1", "127.0.0.1"), ("::1", "0:0:0:0:0:0:0:1"),
        ("2001:DB8:0:0::1", "2001:db8::1"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::", "0:0:0:0:0:0:0:0"),
        ("64:ff9b::1.2.3.4", "64:ff9b::102:304"),
    ])
    func twoSpellingsOfAnAddressAreEqual(_ a: String, _ b: String) {
        #expect(IPAddress(a) != nil)
        #expect(IPAddress(a) == IPAddress(b))
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1.2.3.+4", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "12345::", "::g", "::1%eth0", "1.2.3.4::", "::+1",
    ])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect(IPAddress(text) == nil)
    }
}
