import Glibc
import LiveHost
import Node
import Testing

/// A node that is killed at random moments while it keeps events on disk.
@Suite(.serialized) struct SpoolCrashTests {
    /// Kills until the spool has to show what it holds, and how often it has to.
    private static let kills = 20
    private static let series = getenv("SISKIN_KILLS").flatMap { Int(String(cString: $0)) }.map { $0 / kills } ?? 10

    @Test(
        .enabled(if: ServerProcess.exists(ServerProcess.siskin), "siskin is not built beside the tests"))
    func `no acknowledged event is lost, wherever the process is killed`() throws {
        var seed = SplitMix(state: .random(in: 0 ... .max))
        for _ in 0..<Self.series { try killAndRecover(&seed) }
    }

    private func killAndRecover(_ seed: inout SplitMix) throws {
        let first = seed
        let directory = freshPath()
        mkdir(directory, 0o700)
        defer { ServerProcess(["/bin/rm", "-rf", directory])?.wait() }
        // The receiver is there only in the end.
        var receiver = try Receiver()
        receiver.stop()
        var acknowledged: Set<Int> = []
        for round in 0..<Self.kills {
            try Self.script(directory, receiver.port, round).write(to: directory + "/node.cfg")
            let process = ServerProcess(
                [ServerProcess.siskin, "run", directory + "/node.cfg"], output: directory + "/out")
            // Some are killed while they start and read the spool, most while they write.
            if seed.next() % 4 > 0 { try Self.waitForWork(directory + "/out") }
            usleep(UInt32(seed.next() % 40_000))
            process?.kill()
            acknowledged.formUnion(try Self.acknowledged(in: directory + "/out"))
        }
        try #require(acknowledged.count > Self.kills, "nothing was acknowledged; seed \(first.state)")

        try receiver.start()
        try Self.script(directory, receiver.port, nil).write(to: directory + "/node.cfg")
        let process = ServerProcess([ServerProcess.siskin, "run", directory + "/node.cfg"], output: directory + "/out")
        let got = receiver.read(until: acknowledged, seconds: 30)
        process?.kill()
        #expect(acknowledged.subtracting(got).isEmpty, "seed \(first.state)")
    }

    /// Until the node has acknowledged an event, however slow the machine is.
    private static func waitForWork(_ path: String) throws {
        for _ in 0..<10_000 {
            if try acknowledged(in: path).count > 0 { return }
            usleep(2000)
        }
        Issue.record("nothing was acknowledged in twenty seconds")
    }

    /// Raises events for ever and says which were acknowledged.
    private static func script(_ directory: String, _ port: UInt16, _ round: Int?) -> String {
        """
        loadmodule "event_datagram.so"
        loadmodule "event_virtual.so"
        loadmodule "cfgutils.so"
        modparam("event_virtual", "spool", "\(directory)")
        modparam("event_virtual", "time_to_live", 1000000)
        modparam("event_virtual", "attempts", 1000000)
        modparam("event_virtual", "retry_interval", 20)
        route { exit; }
        route[raise] {
          $avp(n) = "n"; $avp(v) = $var(n); $var(n) = $var(n) + 1;
          async(raise_event("E_A", $avp(n), $avp(v)), told);
        }
        route[told] { if ($rc == 3) xlog("acknowledged $avp(v)\\n"); route(raise); }
        startup_route {
          subscribe_event("E_A", "virtual:FAILOVER udp:127.0.0.1:\(port)");
          $var(n) = \((round ?? 0) * 1_000_000);
          \(round == nil ? "" : "route(raise);")
        }
        """
    }

    private static func acknowledged(in path: String) throws -> [Int] {
        try String.read(path).split(separator: "\n").compactMap { line in
            // The last line may have been cut.
            line.split(separator: "acknowledged ").dropFirst().first.flatMap { Int($0) }
        }.dropLast()
    }

    /// Reads datagrams without a host.
    private struct Receiver {
        let port = ownPort()
        private var descriptor: CInt = -1

        init() throws { try start() }

        mutating func start() throws {
            descriptor = privateSocket(AF_INET, SOCK_DGRAM)
            var size: CInt = 4 << 20
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4)
            var second = timeval(tv_sec: 1, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &second, socklen_t(MemoryLayout<timeval>.size))
            try #require(bindToLoopback(descriptor, port))
        }

        mutating func stop() { close(descriptor) }

        func read(until all: Set<Int>, seconds: Int) -> Set<Int> {
            var got: Set<Int> = []
            var buffer = [UInt8](repeating: 0, count: 65536)
            var idle = 0
            while idle < seconds, !all.isSubset(of: got) {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count < 0 {
                    idle += 1
                } else {
                    buffer.withUnsafeBufferPointer {
                        got.formUnion(numbers(in: UnsafeBufferPointer(rebasing: $0[..<count])))
                    }
                }
            }
            return got
        }
    }
}

extension String {
    fileprivate func write(to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fputs(self, file)
        fclose(file)
    }

    fileprivate static func read(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
