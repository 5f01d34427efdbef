/// The events of the clusterer, for event routes and subscribers.
package enum ClusterEvent: Equatable, Sendable {
    case requestReceived(cluster: ClusterID, source: NodeID, message: [UInt8], tag: [UInt8])
    case replyReceived(cluster: ClusterID, source: NodeID, message: [UInt8], tag: [UInt8])
    /// The node became reachable or stopped being so, by whatever path.
    case nodeStateChanged(cluster: ClusterID, node: NodeID, isUp: Bool)
    case sharingTagChanged(name: [UInt8], cluster: ClusterID, isActive: Bool, reason: String)
}
