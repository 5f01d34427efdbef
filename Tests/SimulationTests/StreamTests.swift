import Node
import Simulation
import Testing

@Suite struct StreamTests {
    @Test func `bytes sent before the connection is up arrive after it is, both ways and in order`() throws {
        let world = World()
        let (client, server) = (Heard(), Heard())
        _ = try world.b.listen("10.0.0.2:5060", server)
        let connection = world.a.dial("10.0.0.2:5060", client)
        #expect(connection.send(Array("hello ".utf8)))
        #expect(connection.send(Array("world".utf8)))
        #expect(connection.queued == 11)
        world.simulation.runUntilIdle()
        #expect(client.opened == 1)
        #expect(client.drained == 1)
        #expect(connection.queued == 0)
        #expect(server.text == "hello world")
        #expect(server.connection?.remote == connection.local)
        #expect(server.connection?.send(Array("back".utf8)) == true)
        connection.close()
        world.simulation.runUntilIdle()
        #expect(client.closed == [nil])
        #expect(server.closed == [nil])
        #expect(server.connection?.send([1]) == false)
    }

    @Test func `a stream keeps its order and its bytes through splits, merges, loss and jitter`() throws {
        var sizes: Set<Int> = []
        for seed in UInt64(0)..<20 {
            let world = World(seed: seed)
            world.simulation.link(world.a, world.b) {
                $0.loss = 0.1
                $0.jitter = .milliseconds(3)
            }
            var received: [UInt8] = []
            _ = try world.b.listen(at("10.0.0.2:1")) { _ in
                StreamHandlers(onReceive: { bytes in
                    sizes.insert(bytes.count)
                    received += Array(bytes)
                })
            }
            let connection = world.a.connect(to: at("10.0.0.2:1"), from: nil, timeout: .seconds(60), StreamHandlers())
            var sent: [UInt8] = []
            for number in 0..<200 {
                let bytes = (0..<Int(world.simulation.random.next() % 700)).map {
                    UInt8(truncatingIfNeeded: $0 ^ number)
                }
                sent += bytes
                #expect(connection.send(bytes))
                if number % 3 == 0 { world.simulation.advance(by: .milliseconds(1)) }
            }
            connection.close()
            world.simulation.runUntilIdle()
            #expect(received == sent, "seed \(seed)")
        }
        #expect(sizes.count > 100)
    }

    @Test func `a dial that nobody takes is refused, and one into the void times out`() throws {
        let world = World()
        let refused = Heard()
        _ = world.a.dial("10.0.0.2:1", refused)
        world.simulation.runUntilIdle()
        #expect(refused.closed == [HostError(subject: "10.0.0.2:1", reason: "Connection refused")])
        #expect(world.simulation.now == 400_000)
        let void = Heard()
        _ = world.a.dial("203.0.113.1:1", void)
        let cut = Heard()
        world.simulation.cut(world.a, world.b)
        _ = world.a.dial("10.0.0.2:1", cut, timeout: .seconds(2))
        world.simulation.advance(by: .seconds(6))
        #expect(void.closed.first??.reason == "Connection timed out")
        #expect(cut.closed.first??.reason == "Connection timed out")
        #expect(void.opened == 0)
    }

    @Test func `a dial gets through when the link heals in time`() throws {
        let world = World()
        let (client, server) = (Heard(), Heard())
        _ = try world.b.listen("10.0.0.2:1", server)
        world.simulation.cut(world.a, world.b)
        _ = world.a.dial("10.0.0.2:1", client, timeout: .seconds(10))
        world.simulation.advance(by: .seconds(2))
        world.simulation.heal(world.a, world.b)
        world.simulation.advance(by: .seconds(2))
        #expect(client.opened == 1)
    }

    @Test func `a partition delays a stream, and silence of a quarter of an hour ends it`() throws {
        let world = World()
        let (client, server) = (Heard(), Heard())
        _ = try world.b.listen("10.0.0.2:1", server)
        let connection = world.a.dial("10.0.0.2:1", client)
        world.simulation.runUntilIdle()
        world.simulation.cut(world.a, world.b)
        _ = connection.send([1])
        world.simulation.advance(by: .seconds(30))
        #expect(server.bytes.isEmpty)
        world.simulation.heal(world.a, world.b)
        world.simulation.advance(by: .seconds(30))
        #expect(server.bytes == [1])
        world.simulation.cut(world.a, world.b)
        _ = connection.send([2])
        world.simulation.advance(by: .seconds(1200))
        #expect(client.closed == [HostError(subject: "10.0.0.2:1", reason: "Connection timed out")])
        #expect(server.closed.isEmpty)
        world.simulation.healAll()
        _ = server.connection?.send([3])
        world.simulation.advance(by: .seconds(1))
        #expect(server.closed.first??.reason == "Connection reset by peer")
    }

    @Test func `a receiver that does not read fills the queue, and everything comes when it reads on`() throws {
        let world = World()
        let recorder = try world.simulation.recordStreams(at: at("192.0.2.1:80"))
        let client = Heard()
        let connection = world.a.dial("192.0.2.1:80", client)
        world.simulation.runUntilIdle()
        recorder.connections[0].stall()
        let chunk = [UInt8](repeating: 7, count: 100_000)
        var sent = 0
        while connection.send(chunk) {
            sent += chunk.count
            world.simulation.runUntilIdle()
            #expect(sent < 10 << 20)
        }
        #expect(connection.queued >= SimulatedConnection.maximalQueue)
        #expect(client.drained == 0)
        recorder.connections[0].readOn()
        world.simulation.runUntilIdle()
        #expect(recorder.connections[0].received.count == sent)
        #expect(client.drained == 1)
        connection.close()
        world.simulation.runUntilIdle()
        #expect(recorder.connections[0].isClosed)
    }

    @Test func `a scripted server answers and hangs up`() throws {
        let world = World()
        let recorder = try world.simulation.recordStreams(at: at("192.0.2.1:80"))
        recorder.onOpen = { $0.send(Array("220 ready\r\n".utf8)) }
        recorder.onReceive = { connection, _ in
            if connection.text.hasSuffix("quit\r\n") {
                connection.send(Array("bye".utf8))
                connection.close()
            }
        }
        let client = Heard()
        let connection = world.a.dial("192.0.2.1:80", client)
        _ = connection.send(Array("quit\r\n".utf8))
        world.simulation.runUntilIdle()
        #expect(client.text == "220 ready\r\nbye")
        #expect(client.closed == [nil])
    }

    @Test func `closing a dial that did not succeed yet ends it without an error`() throws {
        let world = World()
        let (client, server) = (Heard(), Heard())
        _ = try world.b.listen("10.0.0.2:1", server)
        world.a.dial("10.0.0.2:1", client).close()
        world.simulation.runUntilIdle()
        #expect(client.opened == 0)
        #expect(client.closed == [nil])
        let late = Heard()
        let connection = world.a.dial("10.0.0.2:1", late)
        _ = connection.send(Array("last words".utf8))
        connection.close()
        world.simulation.runUntilIdle()
        #expect(server.text == "last words")
        #expect(late.closed == [nil])
    }
}
