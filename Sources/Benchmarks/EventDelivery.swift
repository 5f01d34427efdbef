import Foundation
import Glibc
import LiveHost
import Node
import Synchronization
import Syntax

/// Events from a loop of a script to a datagram receiver on loopback, and to a file.
enum EventDelivery {
    static func measure(_ count: Int) {
        let receiver = Receiver()
        report("udp:", run(count, "udp:127.0.0.1:\(receiver.port)"), receiver.stop())
        let path = NSTemporaryDirectory() + "siskin-events-\(getpid())"
        let result = run(count, "flatstore:\(path)")
        let lines = (try? Data(contentsOf: URL(fileURLWithPath: path)))?.count { $0 == UInt8(ascii: "\n") } ?? 0
        unlink(path)
        report("flatstore:", result, lines)
    }

    private struct Result {
        var count: Int
        var seconds: Double
        var processorSeconds: Double
    }

    private static func report(_ socket: String, _ result: Result, _ arrived: Int) {
        print(
            String(
                format: "events to %@ %.0f a second, %.2f µs of processor time each; %d of %d arrived", socket,
                Double(result.count) / result.seconds, result.processorSeconds * 1e6 / Double(result.count), arrived,
                result.count))
    }

    /// A thousand events a turn, for as long as it takes until every one has its result.
    private static func run(_ count: Int, _ socket: String) -> Result {
        var result = Result(count: count, seconds: 0, processorSeconds: 0)
        let script = """
            loadmodule "event_datagram.so"
            loadmodule "event_flatstore.so"
            startup_route { subscribe_event("E_BENCH", "\(socket)"); }
            route[burst] {
                $var(i) = 0;
                $avp(name) = "call"; $avp(value) = 4711;
                while ($var(i) < 1000) { raise_event("E_BENCH", $avp(name), $avp(value)); $var(i) += 1; }
                $avp(name) = NULL; $avp(value) = NULL;
            }
            route { exit; }
            """
        do {
            try LiveHost.run { host in
                let node = Node(name: "bench", host: host)
                let diagnostics = node.load(Source(name: "bench.cfg", bytes: Array(script.utf8)))
                guard diagnostics.isEmpty, let route = node.machine?.program.route(.request, "burst") else {
                    fatalError("\(diagnostics)")
                }
                node.machine?.maximalLoops = .max
                try node.start()
                let (start, startTime) = (host.now, processorTime())
                func burst(_ left: Int) {
                    if left > 0 { node.run(route) }
                    let statistics = node.deliveryStatistics
                    if left <= 0, statistics.delivered + statistics.failed == UInt64(count) {
                        result.seconds = Double(host.now - start) / 1e9
                        result.processorSeconds = processorTime() - startTime
                        return host.stop()
                    }
                    _ = host.schedule(after: 0) { burst(left - 1000) }
                }
                burst(count)
            }
        } catch { fatalError("\(error)") }
        return result
    }

    /// A socket that is read by a thread of its own, and what came.
    private final class Receiver: Sendable {
        let port: UInt16
        private let descriptor: CInt
        private let received = Atomic(0)

        init() {
            descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)
            var size: CInt = 8 << 20
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, 4)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let descriptor = descriptor
            port = withUnsafeMutablePointer(to: &address) { address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    guard bind(descriptor, $0, length) == 0, getsockname(descriptor, $0, &length) == 0 else {
                        fatalError("no socket on loopback")
                    }
                }
                return UInt16(bigEndian: address.pointee.sin_port)
            }
            Thread.detachNewThread { [self] in
                var buffer = [UInt8](repeating: 0, count: 65536)
                while recv(descriptor, &buffer, buffer.count, 0) > 0 { received.add(1, ordering: .relaxed) }
            }
        }

        /// What came until now and what is there still.
        func stop() -> Int {
            usleep(100_000)
            shutdown(descriptor, CInt(SHUT_RDWR))
            return received.load(ordering: .relaxed)
        }
    }
}
