/// A socket as a tree: policies above, backends at the leaves. A plain socket is a single leaf.
struct PolicyTree: Sendable {
    struct Node: Sendable {
        var kind: Kind
        /// -1 at the root.
        var parent: Int
        /// The place among the parent's children.
        var place: Int
        var children: [Int] = []
        /// The backends at and below the node.
        var backends: Range<Int>
        /// There is a FAILOVER or ROUND-ROBIN above, which can send the event elsewhere.
        var hasAlternative: Bool
    }

    enum Kind: Hashable, Sendable {
        case backend
        case parallel
        case failover
        case roundRobin

        /// One child after the other is tried.
        var isAlternation: Bool { self == .failover || self == .roundRobin }
    }

    private(set) var nodes: [Node] = []
    private(set) var backends: [SocketAddress] = []
    /// The node of each backend.
    private(set) var leaves: [Int] = []

    init(_ address: SocketAddress) {
        _ = add(address, parent: -1, place: 0, hasAlternative: false)
    }

    private mutating func add(_ address: SocketAddress, parent: Int, place: Int, hasAlternative: Bool) -> Int {
        let index = nodes.count
        let firstBackend = backends.count
        nodes.append(
            Node(
                kind: .backend, parent: parent, place: place, backends: firstBackend..<firstBackend + 1,
                hasAlternative: hasAlternative))
        guard case .virtual(let policy, let sockets) = address else {
            backends.append(address)
            leaves.append(index)
            return index
        }
        switch policy {
        case .parallel: nodes[index].kind = .parallel
        case .failover: nodes[index].kind = .failover
        case .roundRobin: nodes[index].kind = .roundRobin
        }
        let alternates = nodes[index].kind.isAlternation
        for (place, socket) in sockets.prefix(SocketAddress.mostBackends).enumerated() {
            let child = add(socket, parent: index, place: place, hasAlternative: hasAlternative || alternates)
            nodes[index].children.append(child)
        }
        nodes[index].backends = firstBackend..<backends.count
        return index
    }
}
