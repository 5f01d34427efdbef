import Node
import Simulation
import Testing

@Suite struct DatagramTests {
    @Test func `a datagram takes the link's latency, and the answer finds its way back`() throws {
        let world = World()
        let heard = Heard()
        let a = try world.a.bind("10.0.0.1:5060", heard)
        var echo: (any DatagramSocket)?
        echo = try world.b.bindDatagram(at("0.0.0.0:5060")) { bytes, from in
            _ = echo?.send(bytes, to: from, onFailure: nil)
        }
        a.send("ping", to: "10.0.0.2:5060")
        world.simulation.runUntilIdle()
        #expect(heard.datagrams == ["10.0.0.2:5060 ping"])
        #expect(world.simulation.now == 400_000)
        #expect(
            world.simulation.trace.map(\.description) == [
                "0.000200 datagram delivered 10.0.0.1:5060 > 10.0.0.2:5060 4 \"ping\"",
                "0.000400 datagram delivered 10.0.0.2:5060 > 10.0.0.1:5060 4 \"ping\"",
            ])
    }

    @Test func `hosts that share the loopback addresses are processes of one machine`() throws {
        let simulation = Simulation(seed: 1)
        let hosts = (0..<3).map { simulation.host("node \($0)") }
        let heard = Heard()
        _ = try hosts[0].bind("127.0.0.1:5001", heard)
        let sender = try hosts[1].bind("127.0.0.1:0")
        #expect(throws: HostError(subject: "127.0.0.1:5001", reason: "Address already in use")) {
            try hosts[2].bind("127.0.0.1:5001")
        }
        sender.send("hello", to: "127.0.0.1:5001")
        simulation.cut(hosts[0], hosts[1])
        sender.send("gone", to: "127.0.0.1:5001")
        simulation.runUntilIdle()
        #expect(heard.datagrams == ["\(sender.local) hello"])
    }

    @Test(arguments: [
        ("10.0.0.2:5060", "Cannot assign requested address"), ("10.9.9.9:5060", "Cannot assign requested address"),
        ("10.0.0.1:7", "Address already in use"), ("0.0.0.0:7", "Address already in use"),
    ])
    func `an address that cannot be bound says why`(address: String, reason: String) throws {
        let world = World()
        _ = try world.a.bind("10.0.0.1:7")
        #expect(throws: HostError(subject: address, reason: reason)) { try world.a.bind(address) }
        _ = try world.b.bind("0.0.0.0:7")
    }

    @Test func `a cut link loses, a healed one delivers, and each direction is its own`() throws {
        let world = World()
        let (heardA, heardB) = (Heard(), Heard())
        let a = try world.a.bind("10.0.0.1:1", heardA)
        let b = try world.b.bind("10.0.0.2:1", heardB)
        world.simulation[world.a, world.b].isCut = true
        a.send("1", to: "10.0.0.2:1")
        b.send("2", to: "10.0.0.1:1")
        world.simulation.runUntilIdle()
        world.simulation.healAll()
        a.send("3", to: "10.0.0.2:1")
        world.simulation.runUntilIdle()
        #expect(heardA.datagrams == ["10.0.0.2:1 2"])
        #expect(heardB.datagrams == ["10.0.0.1:1 3"])
        #expect(world.simulation.trace.first?.event == .lost)
    }

    @Test func `loss, duplication and reordering happen about as often as asked`() throws {
        let world = World(seed: 7)
        let heard = Heard()
        let a = try world.a.bind("10.0.0.1:1")
        _ = try world.b.bind("10.0.0.2:1", heard)
        world.simulation[world.a, world.b].loss = 0.2
        world.simulation[world.a, world.b].duplication = 0.1
        world.simulation[world.a, world.b].reordering = 0.1
        for number in 0..<2000 {
            a.send("\(number)", to: "10.0.0.2:1")
            world.simulation.advance(by: 50_000)
        }
        world.simulation.runUntilIdle()
        let numbers = heard.datagrams.compactMap { Int($0.split(separator: " ")[1]) }
        #expect((1650...1870).contains(numbers.count))
        #expect((1500...1700).contains(Set(numbers).count))
        #expect(numbers != numbers.sorted())
    }

    @Test func `jitter alone never reorders`() throws {
        let world = World(seed: 7)
        let heard = Heard()
        let a = try world.a.bind("10.0.0.1:1")
        _ = try world.b.bind("10.0.0.2:1", heard)
        world.simulation[world.a, world.b].jitter = .milliseconds(20)
        for number in 0..<200 { a.send("\(number)", to: "10.0.0.2:1") }
        world.simulation.runUntilIdle()
        #expect(heard.datagrams == (0..<200).map { "10.0.0.1:1 \($0)" })
    }

    @Test func `what the system knows to be wrong is told to the sender, afterwards`() throws {
        let world = World()
        var failures: [String] = []
        let socket = try world.a.bind("10.0.0.1:1")
        world.simulation[world.a, world.b].isUnreachable = true
        #expect(socket.send("x", to: "10.0.0.2:1") { failures.append($0.description) })
        #expect(socket.send("x", to: "[::1]:1") { failures.append($0.description) })
        #expect(
            socket.send(String(repeating: "x", count: 65_508), to: "10.0.0.1:2") { failures.append($0.description) })
        let unix = try world.a.bindDatagram(.unix(path: "")) { _, _ in }
        #expect(unix.send("x", to: "/tmp/nobody") { failures.append($0.description) })
        #expect(failures.isEmpty)
        world.simulation.runUntilIdle()
        #expect(
            failures == [
                "10.0.0.2:1: Network is unreachable", "[::1]:1: Address family not supported by protocol",
                "10.0.0.1:2: Message too long", "unix:/tmp/nobody: No such file or directory",
            ])
    }

    @Test func `unix sockets carry datagrams, and a full one says so`() throws {
        let world = World()
        let heard = Heard()
        _ = try world.b.bind("/tmp/events", heard)
        let sender = try world.a.bindDatagram(.unix(path: "")) { _, _ in }
        sender.send("one", to: "/tmp/events")
        world.simulation.runUntilIdle()
        #expect(heard.datagrams == ["unix: one"])
        world.b.pause()
        var taken = 0
        while sender.send("more", to: "/tmp/events"), taken < 10_000 {
            taken += 1
            world.simulation.runUntilIdle()
        }
        #expect(taken == 512)
        world.b.resume()
        world.simulation.runUntilIdle()
        #expect(heard.datagrams.count == 513)
        #expect(sender.send("again", to: "/tmp/events"))
    }

    @Test func `the outside records and answers, and sends from anywhere`() throws {
        let world = World()
        let heard = Heard()
        let socket = try world.a.bind("10.0.0.1:5060", heard)
        let recorder = try world.simulation.recordDatagrams(at: at("192.0.2.9:9000"))
        recorder.answer = { $0.text == "question" ? Array("answer".utf8) : nil }
        socket.send("event", to: "192.0.2.9:9000")
        socket.send("question", to: "192.0.2.9:9000")
        world.simulation.send(Array("INVITE".utf8), from: at("198.51.100.1:5060"), to: at("10.0.0.1:5060"))
        world.simulation.runUntilIdle()
        #expect(recorder.texts == ["event", "question"])
        #expect(recorder.datagrams.first?.from == at("10.0.0.1:5060"))
        #expect(heard.datagrams == ["198.51.100.1:5060 INVITE", "192.0.2.9:9000 answer"])
    }
}
