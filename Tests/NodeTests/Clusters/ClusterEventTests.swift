import Cluster
import Events
import Testing

@testable import Node

/// Names and order of the attributes are those of OpenSIPS 3.6.8 [recorded].
struct ClusterEventTests {
    private static let cluster = ClusterID(1)
    private static let node = NodeID(2)

    @Test(arguments: [
        (
            ClusterEvent.requestReceived(cluster: cluster, source: node, message: [0, 255], tag: [65]),
            "E_CLUSTERER_REQ_RECEIVED", "cluster_id=1 src_id=2 msg=\u{0}\u{FFFD} tag=A"
        ),
        (
            .replyReceived(cluster: cluster, source: node, message: [], tag: [65]),
            "E_CLUSTERER_RPL_RECEIVED", "cluster_id=1 src_id=2 msg= tag=A"
        ),
        (
            .nodeStateChanged(cluster: cluster, node: node, isUp: false),
            "E_CLUSTERER_NODE_STATE_CHANGED", "cluster_id=1 node_id=2 new_state=0"
        ),
        (
            .sharingTagChanged(name: [118], cluster: cluster, isActive: true, reason: "MI command"),
            "E_CLUSTERER_SHARING_TAG_CHANGED", "name=v cluster=1 state=active reason=MI command"
        ),
    ])
    func `scripts see the events as in OpenSIPS`(event: ClusterEvent, name: String, attributes: String) {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        let seen = Event(event)
        #expect(text(seen.name) == name)
        let words = seen.attributes.map { "\(text($0.name ?? []))=\(text($0.value.text))" }
        #expect(words.joined(separator: " ") == attributes)
    }
}
