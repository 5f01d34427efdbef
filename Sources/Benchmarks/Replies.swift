import Foundation
import LiveHost
import Node
import Syntax

/// How many requests a script of five lines answers over UDP on loopback. The script has a thread of its own, as
/// `siskin run` gives it; this thread is the client, with so many requests under way.
enum Replies {
    static func measure() {
        guard let port = freePort() else { return print("replies: there is no free port") }
        let server = serve(at: port)
        for window in [1, 64, 1000] { report(window, port, server) }
    }

    private static func script(_ port: UInt16) -> String {
        """
        socket = udp:127.0.0.1:\(port)
        loadmodule "proto_udp.so"
        loadmodule "sl.so"
        route { sl_send_reply(200, "OK"); }

        """
    }

    /// The server's thread, which runs until the process ends.
    private static func serve(at port: UInt16) -> pthread_t {
        let isReady = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var server = pthread_self()
        Thread.detachNewThread {
            server = pthread_self()
            try? LiveHost.run { host in
                let node = Node(name: "replies", host: host)
                let diagnostics = node.load(Source(name: "replies", bytes: Array(script(port).utf8)))
                guard diagnostics.isEmpty else { fatalError("\(diagnostics)") }
                try node.start()
                isReady.signal()
            }
        }
        isReady.wait()
        return server
    }

    private static func report(_ window: Int, _ port: UInt16, _ server: pthread_t) {
        guard let client = Client(port) else { return print("replies: there is no socket") }
        _ = client.exchange(20_000, window: window)
        let count = 200_000
        let before = processorTime(of: server)
        let start = Date()
        let answered = client.exchange(count, window: window)
        let seconds = Date().timeIntervalSince(start)
        let cost = (processorTime(of: server) - before) / Double(count)
        print(
            "\(window) requests under way: "
                + String(format: "%.0f replies a second, %.1f µs", Double(answered) / seconds, cost * 1e6)
                + " of processor time each; \(count - answered) lost")
    }

    private static func processorTime(of thread: pthread_t) -> Double {
        var clock = clockid_t()
        var time = timespec()
        guard pthread_getcpuclockid(thread, &clock) == 0 else { return 0 }
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func freePort() -> UInt16? {
        guard let probe = Client(0) else { return nil }
        return probe.port
    }
}

/// Sends requests from a UDP socket and counts what comes back.
private final class Client {
    private let descriptor: CInt
    private(set) var port: UInt16 = 0
    private var request: [UInt8]
    private var buffer = [UInt8](repeating: 0, count: 4096)

    /// - Parameter server: the port to send to.
    init?(_ server: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        request = Array(
            """
            OPTIONS sip:127.0.0.1:\(server) SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK-1;rport
            Max-Forwards: 70
            From: "Load" <sip:load@127.0.0.1>;tag=1
            To: <sip:127.0.0.1:\(server)>
            Call-ID: 1@load.example
            CSeq: 1 OPTIONS
            Contact: <sip:load@127.0.0.1>
            Accept: application/sdp
            Content-Length: 0


            """.replacingOccurrences(of: "\n", with: "\r\n").utf8)
        guard descriptor >= 0, bind(), connect(to: server) else { return nil }
        var timeout = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var size: CInt = 4 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
    }

    deinit { close(descriptor) }

    private func bind() -> Bool {
        var address = Self.loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        return isBound
    }

    private func connect(to port: UInt16) -> Bool {
        guard port != 0 else { return true }
        var address = Self.loopback(port)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return address
    }

    /// - Returns: how many were answered.
    func exchange(_ count: Int, window: Int) -> Int {
        var sent = 0
        var answered = 0
        while answered < count {
            while sent < count, sent - answered < window {
                send(descriptor, request, request.count, 0)
                sent += 1
            }
            guard recv(descriptor, &buffer, buffer.count, 0) > 0 else { return answered }
            answered += 1
        }
        return answered
    }
}
