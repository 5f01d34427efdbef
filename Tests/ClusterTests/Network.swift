import Testing

@testable import Cluster

/// A simulated network of clusterers in virtual time: packets take random time, links can be cut, nodes crash and come
/// back with an empty memory. Everything follows from the seed.
struct Network {
    enum Cut {
        /// Connections break and dialing fails at once.
        case refused
        /// Nothing comes through, but TCP does not give up: all of it comes when the cut is healed.
        case silent
    }

    struct Delivery: Equatable {
        let to: NodeID
        let source: NodeID
        let text: String
        let isReply: Bool
    }

    fileprivate enum Happening {
        case packet([UInt8], from: NodeID, to: NodeID, life: Int)
        case answer([UInt8], from: NodeID, to: NodeID, life: Int)
        case failure(NodeID, BINAddress, life: Int)
    }

    fileprivate struct Scheduled {
        let time: Nanoseconds
        let order: Int
        let happening: Happening
    }

    let cluster = ClusterID(1)
    private(set) var random: SeededRandom
    private(set) var now: Nanoseconds = 0
    private(set) var nodes: [NodeID: Clusterer] = [:]
    private var configurations: [NodeID: Configuration] = [:]
    /// How often a node was started: what was sent to an earlier life is lost.
    private var lives: [NodeID: Int] = [:]
    private var cuts: [Set<NodeID>: Cut] = [:]
    /// Pairs that can never talk.
    private var gaps: Set<Set<NodeID>> = []
    private var agenda: [Scheduled] = []
    private var order = 0
    private var stalled: [[NodeID]: [Happening]] = [:]
    /// A connection does not reorder.
    private var lastArrival: [[NodeID]: Nanoseconds] = [:]
    private(set) var deliveries: [Delivery] = []
    private(set) var events: [(node: NodeID, event: ClusterEvent)] = []
    private(set) var packets = 0
    var slowest: Nanoseconds = 60_000_000

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    // MARK: Building

    static func address(of node: NodeID) -> BINAddress { BINAddress(host: "10.0.0.\(node)") }

    static func url(_ node: NodeID) -> String { "bin:10.0.0.\(node):5555" }

    mutating func addNode(_ id: Int32, knows neighbours: [Int32], priority: Int32 = 3, timings: Timings) throws {
        let own = "cluster_id=1, node_id=\(id), url=\(Network.url(NodeID(id))), priority=\(priority)"
        let others = neighbours.map { "cluster_id=1, node_id=\($0), url=\(Network.url(NodeID($0)))" }
        configurations[NodeID(id)] = try Configuration(nodeID: nil, own: [own], neighbours: others, timings: timings)
    }

    mutating func setSharingTag(_ tag: String, activeAt node: Int32) throws {
        configurations[NodeID(node)]?.sharingTags = [try SharingTagSetting(parsing: "\(tag)/1=active")]
    }

    mutating func forbid(_ a: Int32, _ b: Int32) { gaps.insert([NodeID(a), NodeID(b)]) }

    var allIDs: [NodeID] { configurations.keys.sorted() }

    func canTalk(_ a: NodeID, _ b: NodeID) -> Bool { a != b && !gaps.contains([a, b]) }

    // MARK: What happens to it

    mutating func start(_ node: NodeID) throws {
        guard let configuration = configurations[node], nodes[node] == nil else { return }
        lives[node, default: 0] += 1
        nodes[node] = try Clusterer(configuration)
        input(node) { $0.start(at: $1) }
    }

    mutating func crash(_ node: NodeID) {
        nodes[node] = nil
        lives[node, default: 0] += 1
    }

    mutating func cut(_ a: NodeID, _ b: NodeID, _ kind: Cut) { cuts[[a, b]] = kind }

    mutating func heal() {
        cuts = [:]
        let waiting = stalled.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        stalled = [:]
        for (pair, happenings) in waiting {
            for happening in happenings { schedule(happening, at: arrival(pair[0], pair[1])) }
        }
    }

    mutating func input(_ node: NodeID, _ input: (inout Clusterer, Moment) throws -> [Effect]) rethrows {
        guard var clusterer = nodes[node] else { return }
        let effects = try input(&clusterer, moment)
        nodes[node] = clusterer
        perform(effects, of: node)
    }

    mutating func send(_ message: String, from source: NodeID, to destination: NodeID) -> SendCode? {
        var code: SendCode?
        var generator = random
        input(source) { clusterer, moment in
            let sending = clusterer.sendRequest(
                bytes(message), to: destination, in: ClusterID(1), at: moment, using: &generator)
            code = sending.code
            return sending.effects
        }
        random = generator
        return code
    }

    var moment: Moment { Moment(now: now, wallSeconds: 1_800_000_000 + now / 1_000_000_000) }

    // MARK: Time

    mutating func run(for span: Nanoseconds) {
        let end = now + span
        while true {
            let timer = nodes.map { (time: $0.value.nextDeadline, node: $0.key) }.min {
                ($0.time, $0.node) < ($1.time, $1.node)
            }
            let next = agenda.first?.time ?? .max
            guard min(timer?.time ?? .max, next) <= end else { break }
            if let timer, timer.time < next {
                now = max(now, timer.time)
                var random = random
                input(timer.node) { $0.onTimer(at: $1, using: &random) }
                self.random = random
            } else {
                let scheduled = pop()
                now = max(now, scheduled.time)
                happen(scheduled.happening)
            }
        }
        now = end
    }

    private mutating func happen(_ happening: Happening) {
        switch happening {
        case .packet(let bytes, let from, let to, let life), .answer(let bytes, let from, let to, let life):
            switch cuts[[from, to]] {
            case .silent: return stalled[[from, to], default: []].append(happening)
            case .refused: return fail(from, Network.address(of: to))
            case nil: break
            }
            guard lives[to] == life else { return fail(from, Network.address(of: to)) }
            packets += 1
            // One connection in each direction: a node sends on the one it dialed.
            let connection = ConnectionID(UInt64(UInt32(bitPattern: from.rawValue)) << 32 | UInt64(to.rawValue))
            let peer = PeerAddress(ip: "10.0.0.\(from)", port: 40000)
            input(to) { $0.onPacket(bytes, from: peer, on: connection, at: $1) }
        case .failure(let node, let address, let life):
            guard lives[node] == life else { return }
            input(node) { $0.onSendFailed(to: address, at: $1) }
        }
    }

    private mutating func perform(_ effects: [Effect], of node: NodeID) {
        for effect in effects {
            switch effect {
            case .send(let bytes, let target): transmit(bytes, from: node, to: target)
            case .answer(let bytes, let connection):
                let to = NodeID(Int32(truncatingIfNeeded: connection.rawValue >> 32))
                schedule(.answer(bytes, from: node, to: to, life: lives[to] ?? 0), at: arrival(node, to))
            case .raise(let event):
                events.append((node, event))
                note(event, at: node)
            default: break
            }
        }
    }

    private mutating func note(_ event: ClusterEvent, at node: NodeID) {
        switch event {
        case .requestReceived(_, let source, let message, _):
            deliveries.append(Delivery(to: node, source: source, text: text(message), isReply: false))
        case .replyReceived(_, let source, let message, _):
            deliveries.append(Delivery(to: node, source: source, text: text(message), isReply: true))
        default: break
        }
    }

    private mutating func transmit(_ bytes: [UInt8], from: NodeID, to target: NodeAddress) {
        let to = target.node
        let isCut = cuts[[from, to]] ?? (gaps.contains([from, to]) ? .refused : nil)
        if isCut == .refused || nodes[to] == nil {
            fail(from, target.address)
        } else {
            schedule(.packet(bytes, from: from, to: to, life: lives[to] ?? 0), at: arrival(from, to))
        }
    }

    private mutating func fail(_ node: NodeID, _ address: BINAddress) {
        schedule(.failure(node, address, life: lives[node] ?? 0), at: now + random.delay(5_000_000))
    }

    private mutating func arrival(_ from: NodeID, _ to: NodeID) -> Nanoseconds {
        let time = max(lastArrival[[from, to]] ?? 0, now + random.delay(random.chance(5) ? slowest : 1_000_000))
        lastArrival[[from, to]] = time
        return time
    }

    // MARK: A queue by time

    private mutating func schedule(_ happening: Happening, at time: Nanoseconds) {
        order += 1
        let scheduled = Scheduled(time: time, order: order, happening: happening)
        agenda.append(scheduled)
        var child = agenda.count - 1
        while child > 0, agenda[child].isBefore(agenda[(child - 1) / 2]) {
            agenda.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func pop() -> Scheduled {
        agenda.swapAt(0, agenda.count - 1)
        let first = agenda.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < agenda.count {
                if agenda[child].isBefore(agenda[least]) { least = child }
            }
            guard least != parent else { return first }
            agenda.swapAt(parent, least)
            parent = least
        }
    }
}

extension Network.Scheduled {
    fileprivate func isBefore(_ other: Self) -> Bool { (time, order) < (other.time, other.order) }
}

extension SeededRandom {
    mutating func delay(_ longest: Nanoseconds) -> Nanoseconds {
        Nanoseconds.random(in: 50_000...longest, using: &self)
    }
}
