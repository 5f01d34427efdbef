import Glibc
import Node
import Testing

@testable import LiveHost

@Suite(.serialized) struct LiveHostTests {
    @Test func `timers fire in order, not before their time, and not after they were cancelled`() throws {
        try story { host in
            let start = host.now
            var fired: [Int] = []
            let cancelled = host.schedule(after: .milliseconds(5)) { fired.append(-1) }
            for delay in [30, 10, 20, 0, -1] {
                _ = host.schedule(after: .milliseconds(delay)) {
                    #expect(host.now - start >= .milliseconds(delay))
                    fired.append(delay)
                    if delay == 10 { host.cancel(cancelled) }
                    if delay == 30 {
                        #expect(fired.filter { $0 != -1 } == [0, 10, 20, 30] || fired == [0, -1, 10, 20, 30])
                        host.stop()
                    }
                }
            }
            host.cancel(cancelled)
            #expect(fired.isEmpty)
        }
    }

    @Test func `a timer that schedules itself leaves the sockets their turn`() throws {
        try story { host in
            var isOver = false
            func spin() { if !isOver { _ = host.schedule(after: 0, spin) } }
            spin()
            let socket = try host.bindDatagram(at("127.0.0.1:0")) { _, _ in
                isOver = true
                host.stop()
            }
            socket.send("x", to: socket.local)
        }
    }

    @Test func `what the start throws comes out of the run`() {
        #expect(throws: HostError(subject: "a", reason: "b")) {
            try LiveHost.run { _ in throw HostError(subject: "a", reason: "b") }
        }
    }

    @Test func `names resolve, literals too, and what is no name resolves to nothing`() throws {
        let impossible = String(repeating: "x", count: 300)
        try story { host in
            var answers: [String: [Address]] = [:]
            for name in ["localhost", "10.0.0.1", "[::1]", impossible] {
                host.resolve(name, port: 5060) { answer in
                    answers[name] = answer
                    guard answers.count == 4 else { return }
                    #expect(answers["localhost"]?.contains { $0.ip?.isLoopback == true && $0.port == 5060 } == true)
                    #expect(answers["10.0.0.1"] == [at("10.0.0.1:5060")])
                    #expect(answers["[::1]"] == [at("[::1]:5060")])
                    #expect(answers[impossible] == [])
                    host.stop()
                }
            }
            #expect(answers.isEmpty)
        }
    }

    @Test func `a file is appended to, read back, and refused where it cannot be`() throws {
        let path = freshPath()
        defer { unlink(path) }
        try story { host in
            let file = try host.openAppending(path)
            try file.append(Array("one\n".utf8))
            try file.append([])
            let again = try host.openAppending(path)
            try again.append(Array("two\n".utf8))
            try file.append(Array("three\n".utf8))
            try file.synchronize()
            #expect(try host.readFile(path) == Array("one\ntwo\nthree\n".utf8))
            file.close()
            #expect(throws: HostError(subject: path, reason: "Bad file descriptor")) { try file.append([1]) }
            #expect(throws: HostError(subject: "/nonexistent/x", reason: "No such file or directory")) {
                try host.openAppending("/nonexistent/x")
            }
            #expect(throws: HostError(subject: "/tmp", reason: "Is a directory")) { try host.readFile("/tmp") }
            let full = try host.openAppending("/dev/full")
            #expect(throws: HostError(subject: "/dev/full", reason: "No space left on device")) {
                try full.append([1])
            }
            host.stop()
        }
    }

    @Test func `lines of the log go out together, each with its end`() throws {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let output = LogOutput(descriptor: ends[1])
        for line in ["first", "", "third"] { Array(line.utf8).withUnsafeBufferPointer { output.append($0) } }
        var buffer = [UInt8](repeating: 0, count: 100)
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        #expect(read(ends[0], &buffer, 100) == -1)
        output.flush()
        let count = read(ends[0], &buffer, 100)
        #expect(String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self) == "first\n\nthird\n")
    }

    @Test func `signals are heard on the host`() throws {
        try story { host in
            var heard: [Int32] = []
            host.onSignal(SIGUSR1) {
                heard.append(SIGUSR1)
                kill(getpid(), SIGUSR2)
            }
            host.onSignal(SIGUSR2) {
                heard.append(SIGUSR2)
                #expect(heard == [SIGUSR1, SIGUSR2])
                host.stop()
            }
            kill(getpid(), SIGUSR1)
        }
    }

    @Test func `the surroundings are the process's own`() throws {
        try story { host in
            setenv("SISKIN_TEST", "value", 1)
            #expect(host.environment("SISKIN_TEST") == "value")
            #expect(host.environment("SISKIN_NO_SUCH") == nil)
            #expect(host.processID == getpid())
            #expect(Set((0..<1000).map { _ in host.random() }).count == 1000)
            #expect(abs(host.wallClock - Int64(time(nil)) * 1_000_000) < 2_000_000)
            host.stop()
        }
    }

    @Test func `addresses pass through the system's form unharmed`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = seed
        for _ in 0..<10_000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let port = UInt16(truncatingIfNeeded: random >> 20)
            let ip: Address.IP = random % 2 == 0 ? .init(v4: UInt32(random >> 32)) : .init(high: random, low: ~random)
            let address = Address.ip(ip, port: port)
            #expect(SystemAddress(address)?.address == address, "seed \(seed)")
        }
        for path in ["/tmp/x", "", String(repeating: "y", count: 107)] {
            #expect(SystemAddress(.unix(path: path))?.address == .unix(path: path))
        }
        #expect(SystemAddress(.unix(path: String(repeating: "y", count: 108))) == nil)
        #expect(SystemAddress(.unix(path: "a\0b")) == nil)
    }
}
