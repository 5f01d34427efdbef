import Events
import Foundation
import Glibc
import LiveHost
import Node
import Script
import Synchronization
import Syntax

/// Two nodes on loopback, each on an event loop and a thread of its own: what goes one way in a second, and how long a
/// question takes, from `cluster_send_req` to the fiber that goes on with the answer.
enum ClusterTraffic {
    static func measure() {
        for size in [64, 4096] {
            let talk = Talk(payload: size)
            talk.start()
            let seconds = talk.flood(count: size < 1000 ? 1_000_000 : 100_000)
            print(
                "\(size)-byte messages one way: \(Int(seconds.rate)) a second; "
                    + String(
                        format: "%.2f and %.2f µs of processor time each to send and to receive", seconds.sender * 1e6,
                        seconds.receiver * 1e6))
            if size == 64 {
                let times = talk.ask(count: 50_000)
                print(
                    String(
                        format: "question and answer: %.1f µs in the median, %.1f µs at the 99th percentile; ",
                        times[times.count / 2], times[times.count * 99 / 100])
                        + "\(Int(Double(times.count) / times.reduce(0, +) * 1e6)) a second, one after the other")
            }
            talk.stop()
        }
    }
}

/// The two nodes and what their threads tell each other.
private final class Talk: Sendable {
    private let ports = [freePort(), freePort()]
    private let payload: Int
    private let received = Atomic<Int>(0)
    private let wanted = Atomic<Int>(0)
    private let questions = Atomic<Int>(0)
    private let isOver = Atomic<Bool>(false)
    private let times = Mutex<[Double]>([])
    /// Processor time of the two threads, in nanoseconds.
    private let used = [0, 1].map { _ in Counter() }

    final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    /// Messages on their way; enough for the loops never to wait for each other.
    private var window: Int { min(8192, (2 << 20) / payload) }

    init(payload: Int) { self.payload = payload }

    func start() {
        for index in [1, 0] {
            Thread { [self] in
                do {
                    try LiveHost.run { host in
                        let node = try self.node(index, host)
                        index == 0 ? Sender(self, node, host).goOn() : Receiver(self, node, host).goOn()
                    }
                } catch {
                    fatalError("\(error)")
                }
            }.start()
        }
    }

    func stop() {
        isOver.store(true, ordering: .sequentiallyConsistent)
        usleep(200_000)
    }

    func flood(count: Int) -> (rate: Double, sender: Double, receiver: Double) {
        // The first tenth warms up, and brings the link up.
        let first = count / 10
        wanted.store(first, ordering: .sequentiallyConsistent)
        wait { received.load(ordering: .sequentiallyConsistent) >= first }
        let before = used.map { $0.value.load(ordering: .sequentiallyConsistent) }
        let start = DispatchTime.now().uptimeNanoseconds
        wanted.store(first + count, ordering: .sequentiallyConsistent)
        wait { received.load(ordering: .sequentiallyConsistent) >= first + count }
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        usleep(50_000)
        let shares = zip(used, before).map {
            Double($0.value.load(ordering: .sequentiallyConsistent) - $1) / 1e9 / Double(count)
        }
        return (Double(count) / seconds, shares[0], shares[1])
    }

    /// - Returns: microseconds, in order.
    func ask(count: Int) -> [Double] {
        times.withLock { $0 = [] }
        questions.store(count, ordering: .sequentiallyConsistent)
        wait { times.withLock { $0.count } >= count }
        return times.withLock { $0.sorted() }
    }

    private func wait(_ condition: () -> Bool) {
        let limit = DispatchTime.now().uptimeNanoseconds + 120_000_000_000
        while !condition() {
            guard DispatchTime.now().uptimeNanoseconds < limit else { fatalError("the nodes do not get on") }
            usleep(500)
        }
    }

    private func node(_ index: Int, _ host: LiveHost) throws -> Node {
        let node = Node(name: "node \(index + 1)", host: host)
        let script = """
            log_level = -3
            socket = bin:127.0.0.1:\(ports[index])
            loadmodule "proto_bin.so"
            loadmodule "clusterer.so"
            loadmodule "event_routing.so"
            modparam("clusterer", "db_mode", 0)
            modparam("clusterer", "my_node_id", \(index + 1))
            modparam("clusterer", "my_node_info", "cluster_id=1, url=bin:127.0.0.1:\(ports[index])")
            modparam("clusterer", "neighbor_node_info", "cluster_id=1, node_id=\(2 - index), url=bin:127.0.0.1:\(ports[1 - index])")
            modparam("clusterer", "ping_interval", 1)
            route[tell] {
                $var(i) = $param(1);
                while ($var(i) > 0) {
                    $var(rc) = cluster_send_req(1, 2, "$param(2)");
                    if ($var(rc) < 0) {
                        $var(i) = $var(i) + 1;
                        return($var(i));
                    }
                    $var(i) = $var(i) - 1;
                }
                return(1);
            }
            route[ask] {
                cluster_send_req(1, 2, "?$param(1)", $var(tag));
                $avp(filter) = "tag=" + $var(tag);
                async(wait_for_event("E_CLUSTERER_RPL_RECEIVED", $avp(filter), 5), answered);
            }
            route[answered] { exit; }
            event_route[E_CLUSTERER_REQ_RECEIVED] {
                $var(msg) = $param(msg);
                if ($(var(msg){s.substr,0,1}) == "?")
                    cluster_send_rpl($param(cluster_id), $param(src_id), "$var(msg)", $param(tag));
            }
            """
        let diagnostics = node.load(Source(name: "talk", bytes: Array(script.utf8)))
        guard !diagnostics.contains(where: { $0.severity == .error }) else { fatalError("\(diagnostics)") }
        try node.start()
        return node
    }

    /// What both sides do: count what their scripts do, and end when all is over.
    private class Side: NodeObserver {
        let talk: Talk
        let node: Node
        let host: LiveHost
        private let index: Int

        init(_ talk: Talk, _ node: Node, _ host: LiveHost, _ index: Int) {
            self.talk = talk
            self.node = node
            self.host = host
            self.index = index
            node.observer = self
        }

        func implementation(of module: String, _ own: ModuleImplementation?) -> ModuleImplementation? { own }
        func raised(_ event: Event) {}
        func scriptEnded(_ fiber: Fiber) {}
        func turn() {}

        func goOn() {
            turn()
            talk.used[index].value.store(Int(processorTime() * 1e9), ordering: .sequentiallyConsistent)
            if talk.isOver.load(ordering: .sequentiallyConsistent) {
                node.stop()
                host.stop()
            } else {
                _ = host.schedule(after: .milliseconds(10)) { [self] in goOn() }
            }
        }
    }

    private final class Receiver: Side {
        init(_ talk: Talk, _ node: Node, _ host: LiveHost) { super.init(talk, node, host, 1) }

        override func scriptEnded(_ fiber: Fiber) { talk.received.add(1, ordering: .relaxed) }
    }

    private final class Sender: Side {
        private var sent = 0
        private var open = 0
        private var asked: UInt64 = 0
        private var isTelling = false

        init(_ talk: Talk, _ node: Node, _ host: LiveHost) { super.init(talk, node, host, 0) }

        override func turn() {
            if !isTelling { tell() }
            if open == 0 { ask() }
        }

        private func route(_ name: String) -> Int { node.machine!.program.route(.request, name)! }

        private func tell() {
            let arrived = talk.received.load(ordering: .relaxed)
            let count = min(
                talk.wanted.load(ordering: .relaxed) - sent, talk.window - (sent - arrived), max(1, talk.window / 4))
            isTelling = talk.wanted.load(ordering: .relaxed) > sent
            guard isTelling else { return }
            var left = max(0, count)
            if left > 0 {
                let text = [UInt8](repeating: UInt8(ascii: "x"), count: talk.payload)
                node.run(route("tell"), passing: [.number(Int32(left)), .text(text)]) { fiber in
                    left = Int(fiber.returnCode) - 1
                }
                sent += max(0, count) - left
            }
            _ = host.schedule(after: left > 0 ? .milliseconds(20) : 0) { [self] in tell() }
        }

        private func ask() {
            guard talk.questions.load(ordering: .relaxed) > 0 else { return }
            open = 1
            asked = DispatchTime.now().uptimeNanoseconds
            node.run(route("ask"), passing: [.number(1)])
        }

        /// Routes that tell end here, too.
        override func scriptEnded(_ fiber: Fiber) {
            guard open == 1 else { return }
            let time = Double(DispatchTime.now().uptimeNanoseconds - asked) / 1000
            talk.times.withLock { $0.append(time) }
            open = talk.questions.subtract(1, ordering: .relaxed).newValue > 0 ? 1 : 0
            if open == 1 { node.afterScript(of: nil) { [self] in ask() } }
        }
    }
}

/// A port that was free a moment ago.
private func freePort() -> UInt16 {
    var port: UInt16?
    try? LiveHost.run { host in
        port = try host.listen(.ip(.loopbackV4, port: 0)) { _ in StreamHandlers() }.local.port
        host.stop()
    }
    return port ?? 0
}
