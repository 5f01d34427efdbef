/// What the host is to do for an input, in this order.
package enum Effect: Equatable, Sendable {
    /// Send to where the node listens; dial it if there is no connection. When that fails the host says so by
    /// `onSendFailed`, when its queue is full by `onQueueFull`.
    case send([UInt8], to: NodeAddress)
    /// Send back on the connection a packet came in on.
    case answer([UInt8], on: ConnectionID)
    case raise(ClusterEvent)
    /// Run a management command for another node; nobody waits for the result.
    case run(RemoteCommand, cluster: ClusterID, source: NodeID)
    /// A url holds this host name; answer by `onResolved`.
    case resolve(host: String)
    /// Store the state column of the node's row (db_mode 1).
    case store(isEnabled: Bool, cluster: ClusterID, node: NodeID)
    /// A packet for a registered capability.
    case deliver(ModulePacket, cluster: ClusterID, source: NodeID)
    /// Another node asks for the data of a registered capability; answer by `sendSync`.
    case provideSync(capability: [UInt8], cluster: ClusterID, to: NodeID)
    /// Data of a registered capability to be stored.
    case applySync(SyncData, cluster: ClusterID, source: NodeID)
    case syncEnded(SyncOutcome, capability: [UInt8], cluster: ClusterID)
    case log(LogEntry)
}

/// A node as a destination of packets.
package struct NodeAddress: Hashable, Sendable {
    package let cluster: ClusterID
    package let node: NodeID
    package let address: BINAddress
}

package enum SyncOutcome: Equatable, Sendable {
    case received(chunks: Int)
    /// A seed node without a donor starts with what it has.
    case seeded
    case gaveUp
}
