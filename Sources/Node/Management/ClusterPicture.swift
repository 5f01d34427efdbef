import Cluster

/// What an operator sees of one cluster of one node at a moment.
package struct ClusterPicture: Equatable {
    package let nodeName: String
    package let node: NodeID
    package let view: ClusterView
    /// Fibers of the node that wait.
    package let waits: Int

    /// The clusters that the node is in.
    package static func all(of node: Node) -> [ClusterPicture] {
        guard let module = node.module(ClustererModule.self), let id = module.clusterer?.nodeID else { return [] }
        return module.views.map { ClusterPicture(nodeName: node.name, node: id, view: $0, waits: node.waits.count) }
    }

    /// What is drawn, without what only counts.
    package struct Topology: Equatable {
        let cluster: ClusterID
        let isEnabled: Bool
        let nodes: [NodeListing]
        let rows: [TopologyListing]
        let tags: [SharingTagListing]
    }

    package var topology: Topology {
        Topology(
            cluster: view.cluster, isEnabled: view.isEnabled, nodes: view.nodes, rows: view.topology,
            tags: view.sharingTags)
    }

    // MARK: Text

    /// A few lines for a terminal.
    package func lines(isColoured: Bool = false) -> [String] {
        let statistics = view.statistics
        var lines = [
            "\(nodeName): node \(node) of cluster \(view.cluster)\(view.isEnabled ? "" : ", disabled")",
            "  \(statistics.allReceived) packets in, \(statistics.allSent) out, \(statistics.relayed) relayed, "
                + "\(statistics.allDropped) dropped; \(waits) waiting",
        ]
        for other in view.nodes {
            let state = other.isEnabled ? other.linkState : "Disabled"
            let colour = state == "Up" ? "32" : state == "Probe" ? "33" : "31"
            let padded = state + String(repeating: " ", count: max(1, 9 - state.utf8.count))
            let word = isColoured ? "\u{1b}[\(colour)m\(padded)\u{1b}[0m" : padded
            let way =
                switch other.nextHop {
                case nil: "out of reach"
                case other.node?: "direct"
                case let hop?: "by node \(hop)"
                }
            lines.append("  node \(other.node)  \(word)\(way)  \(String(decoding: other.url, as: UTF8.self))")
        }
        for tag in view.sharingTags {
            lines.append("  tag \(String(decoding: tag.name, as: UTF8.self))  \(tag.isActive ? "active" : "backup")")
        }
        return lines
    }

    /// All pictures as one JSON document on one line.
    /// - Parameter time: microseconds since 1970.
    package static func json(_ pictures: [ClusterPicture], at time: Int64) -> [UInt8] {
        let document = JSON.members(["time": .integer(time / 1000), "clusters": .list(pictures.map(\.json))])
        return JSONPrinter.print(document, escapesSlash: false) ?? []
    }

    private var json: JSON {
        .members([
            "name": .text(nodeName), "node_id": .number(node.rawValue), "cluster_id": .number(view.cluster.rawValue),
            "enabled": .boolean(view.isEnabled), "nodes": .list(view.nodes.map(\.json)),
            "topology": .list(
                view.topology.map { row in
                    .members([
                        "node_id": .number(row.node.rawValue),
                        "neighbours": .list(row.neighbours.map { .number($0.rawValue) }),
                    ])
                }),
            "sharing_tags": .list(
                view.sharingTags.map { .members(["name": .string($0.name), "active": .boolean($0.isActive)]) }),
            "received": .number(view.statistics.allReceived), "sent": .number(view.statistics.allSent),
            "relayed": .number(view.statistics.relayed), "dropped": .number(view.statistics.allDropped),
            "waits": .number(waits),
        ])
    }

    /// The links that the nodes know, for Graphviz: solid where both ends say so, dashed where one does.
    package static func dot(_ pictures: [ClusterPicture]) -> String {
        var text = "graph siskin {\n"
        for cluster in Set(pictures.map(\.view.cluster)).sorted() {
            let seen = pictures.filter { $0.view.cluster == cluster }
            var names: [NodeID: String] = [:]
            for picture in seen {
                for row in picture.view.topology where names[row.node] == nil { names[row.node] = "node \(row.node)" }
            }
            for picture in seen { names[picture.node] = "\(picture.nodeName)\\nnode \(picture.node)" }
            text += "  subgraph cluster_\(cluster) {\n    label=\"cluster \(cluster)\";\n"
            for (node, name) in names.sorted(by: { $0.key < $1.key }) {
                text += "    c\(cluster)n\(node) [label=\"\(name.filter { $0 != "\"" })\"];\n"
            }
            for (ends, isMutual) in links(seen).sorted(by: { $0.key < $1.key }) {
                let style = isMutual ? "" : " [style=dashed]"
                text += "    c\(cluster)n\(ends.low) -- c\(cluster)n\(ends.high)\(style);\n"
            }
            text += "  }\n"
        }
        return text + "}\n"
    }

    private struct Ends: Hashable, Comparable {
        let low: NodeID
        let high: NodeID

        static func < (a: Ends, b: Ends) -> Bool { a.low != b.low ? a.low < b.low : a.high < b.high }
    }

    /// What a node says of its own links counts, where it is here; of others, what is heard of them.
    private static func links(_ pictures: [ClusterPicture]) -> [Ends: Bool] {
        var said: [NodeID: Set<NodeID>] = [:]
        let present = Set(pictures.map(\.node))
        for picture in pictures {
            for row in picture.view.topology where row.node == picture.node || !present.contains(row.node) {
                said[row.node, default: []].formUnion(row.neighbours)
            }
        }
        var links: [Ends: Bool] = [:]
        for (node, neighbours) in said {
            for other in neighbours {
                let isMutual = said[other]?.contains(node) ?? false
                links[Ends(low: min(node, other), high: max(node, other))] = isMutual
            }
        }
        return links
    }
}

extension NodeListing {
    fileprivate var json: JSON {
        .members([
            "node_id": .number(node.rawValue), "url": .string(url), "link_state": .text(linkState),
            "enabled": .boolean(isEnabled), "next_hop": nextHop.map { .number($0.rawValue) } ?? .null,
        ])
    }
}
