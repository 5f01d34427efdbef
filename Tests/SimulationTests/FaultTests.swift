import Node
import Simulation
import Testing

@Suite struct FaultTests {
    @Test func `a crash takes timers and sockets, and the peer hears of it by a reset after the restart`() throws {
        let world = World()
        let (client, server) = (Heard(), Heard())
        _ = try world.b.listen("10.0.0.2:1", server)
        _ = try world.b.bind("10.0.0.2:2")
        let connection = world.a.dial("10.0.0.2:1", client)
        var fired = false
        _ = world.b.schedule(after: .seconds(1)) { fired = true }
        world.simulation.advance(by: .milliseconds(10))
        world.b.crash()
        _ = connection.send(Array("anybody?".utf8))
        world.simulation.advance(by: .seconds(10))
        #expect(!fired)
        #expect(client.closed.isEmpty)
        #expect(server.closed.isEmpty)
        #expect(throws: HostError(subject: "10.0.0.2:1", reason: "Network is down")) {
            try world.b.listen("10.0.0.2:1", server)
        }
        world.b.restart()
        _ = try world.b.listen("10.0.0.2:1", server)
        _ = try world.b.bind("10.0.0.2:2")
        world.simulation.advance(by: .seconds(60))
        #expect(client.closed == [HostError(subject: "10.0.0.2:1", reason: "Connection reset by peer")])
    }

    @Test func `an idle peer of a crashed host never hears of it`() throws {
        let world = World()
        let (client, server) = (Heard(), Heard())
        _ = try world.b.listen("10.0.0.2:1", server)
        _ = world.a.dial("10.0.0.2:1", client)
        world.simulation.runUntilIdle()
        world.b.crash()
        world.b.restart()
        world.simulation.advance(by: .seconds(100_000))
        #expect(client.closed.isEmpty)
    }

    @Test func `what was on its way from a crashed host still arrives`() throws {
        let world = World()
        let heard = Heard()
        let socket = try world.a.bind("10.0.0.1:1")
        _ = try world.b.bind("10.0.0.2:1", heard)
        socket.send("last", to: "10.0.0.2:1")
        world.a.crash()
        #expect(!socket.send("too late", to: "10.0.0.2:1"))
        world.simulation.runUntilIdle()
        #expect(heard.datagrams == ["10.0.0.1:1 last"])
    }

    @Test func `a process that exits has its connections closed for it`() throws {
        let world = World()
        let (client, server) = (Heard(), Heard())
        _ = try world.b.listen("10.0.0.2:1", server)
        _ = world.a.dial("10.0.0.2:1", client)
        world.simulation.runUntilIdle()
        _ = server.connection?.send(Array("bye".utf8))
        world.b.exit()
        world.simulation.runUntilIdle()
        #expect(client.closed == [nil])
        #expect(client.text == "bye")
        #expect(server.closed.isEmpty)
        _ = try world.b.listen("10.0.0.2:1", server)
        let next = Heard()
        _ = world.a.dial("10.0.0.2:1", next)
        world.simulation.runUntilIdle()
        #expect(next.opened == 1)
    }

    @Test func `a paused host hears everything later, and in order`() throws {
        let world = World()
        let heard = Heard()
        let (client, server) = (Heard(), Heard())
        let socket = try world.a.bind("10.0.0.1:1")
        _ = try world.b.bind("10.0.0.2:1", heard)
        _ = try world.b.listen("10.0.0.2:2", server)
        let connection = world.a.dial("10.0.0.2:2", client)
        world.simulation.runUntilIdle()
        var order: [Int] = []
        let cancelled = world.b.schedule(after: .seconds(3)) { order.append(3) }
        _ = world.b.schedule(after: .seconds(2)) {
            order.append(2)
            world.b.cancel(cancelled)
        }
        _ = world.b.schedule(after: .seconds(1)) { order.append(1) }
        world.b.pause()
        for number in 0..<600 { socket.send("\(number)", to: "10.0.0.2:1") }
        _ = connection.send(Array("stream".utf8))
        world.simulation.advance(by: .seconds(10))
        #expect(order.isEmpty && heard.datagrams.isEmpty && server.bytes.isEmpty)
        world.b.resume()
        world.simulation.runUntilIdle()
        #expect(order == [1, 2])
        #expect(heard.datagrams == (0..<512).map { "10.0.0.1:1 \($0)" })
        #expect(world.simulation.trace.count { $0.event == .overflowed } == 88)
        #expect(server.text == "stream")
    }

    @Test func `a partition stops traffic between its groups only`() throws {
        let simulation = Simulation(seed: 1)
        let hosts = (1...4).map { simulation.host("h\($0)", addresses: [Address.IP(v4: 0x0a00_0000 + UInt32($0))]) }
        let heards = hosts.map { _ in Heard() }
        let sockets = try zip(hosts, heards).map { try $0.bind("0.0.0.0:1", $1) }
        simulation.partition([hosts[0], hosts[1]], [hosts[2]], [hosts[3]])
        for socket in sockets {
            for target in 1...4 { socket.send("x", to: "10.0.0.\(target):1") }
        }
        simulation.runUntilIdle()
        #expect(heards.map(\.datagrams.count) == [2, 2, 1, 1])
    }

    @Test func `a full disk and a forbidden path fail, and a loss of power takes what was not synchronised`() throws {
        let world = World()
        let file = try world.a.openAppending("/var/log/calls")
        try file.append(Array("one\n".utf8))
        try file.synchronize()
        try file.append(Array("two\n".utf8))
        world.a.crash(keepingFiles: false)
        world.a.restart()
        #expect(try world.a.readFile("/var/log/calls") == Array("one\n".utf8))
        world.a.disk.space = 3
        #expect(throws: HostError(subject: "/var/log/calls", reason: "No space left on device")) {
            try file.append(Array("four".utf8))
        }
        // What fits was taken, as on a real disk.
        #expect(try world.a.readFile("/var/log/calls") == Array("one\nfou".utf8))
        world.a.disk.failures["/etc/shadow"] = "Permission denied"
        #expect(throws: HostError(subject: "/etc/shadow", reason: "Permission denied")) {
            try world.a.readFile("/etc/shadow")
        }
        #expect(throws: HostError(subject: "/none", reason: "No such file or directory")) {
            try world.a.readFile("/none")
        }
        world.a.disk["/etc/opensips.cfg"] = Array("route {}".utf8)
        #expect(try world.a.readFile("/etc/opensips.cfg").count == 8)
    }

    @Test func `names, the environment and the log are the test's to see`() {
        let world = World()
        world.simulation.zone["sip.example.com"] = [Address.IP(v4: 0x0102_0304), .loopbackV6]
        world.a.environmentVariables["HOME"] = "/root"
        var answers: [[Address]] = []
        world.a.resolve("sip.example.com", port: 5060) { answers.append($0) }
        world.a.resolve("nowhere", port: 5060) { answers.append($0) }
        world.a.resolve("10.1.1.1", port: 1) { answers.append($0) }
        #expect(answers.isEmpty)
        world.simulation.runUntilIdle()
        #expect(answers == [[at("10.1.1.1:1")], [at("1.2.3.4:5060"), at("[::1]:5060")], []])
        #expect(world.a.environment("HOME") == "/root")
        #expect(world.b.environment("HOME") == nil)
        Array("WARNING:core:x".utf8).withUnsafeBufferPointer { world.a.log(.warning, $0) }
        #expect(world.a.logLines.map(\.text) == ["WARNING:core:x"])
    }
}
