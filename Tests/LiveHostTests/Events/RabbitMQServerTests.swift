import CRabbitMQ
import Glibc
import LiveHost
import Node
import Testing

/// A real broker, which is killed and started again while events come.
@Suite(.serialized) struct RabbitMQServerTests {
    @Test(
        .enabled(
            if: ServerProcess.exists(RabbitMQServer.program),
            "rabbitmq-server is not installed: the broker's side is tested in simulation only"))
    func `every event is in the broker's queue or reported, also after the broker was killed`() throws {
        // A broker that is killed may lose the queue itself, with all that it has confirmed (seen once in about twenty
        // runs). That says nothing about us, so another broker is asked.
        for _ in 1...3 { if try raiseThroughKill() { return } }
        Issue.record("three brokers in a row lost their queues")
    }

    /// False where the broker has lost its queue.
    private func raiseThroughKill() throws -> Bool {
        let server = RabbitMQServer()
        defer { server.remove() }
        var hasQueue = false
        try longStory(600) { host in
            func whenUp(_ then: @escaping () throws -> Void) {
                if server.declare("calls") {
                    do { try then() } catch { Issue.record(error) }
                } else {
                    _ = host.schedule(after: .milliseconds(500)) { whenUp(then) }
                }
            }
            whenUp {
                let load = try EventLoad(
                    host,
                    """
                    modparam("event_virtual", "queue", 100000)
                    modparam("event_rabbitmq", "timeout", 20000)
                    startup_route { subscribe_event("E_LOAD", "rabbitmq:127.0.0.1:\(server.port)/persistent?calls"); }
                    """, burst: 50)
                load.onBurst = { raised in
                    guard raised == load.total / 5 * 2 else { return }
                    server.kill()
                    server.start()
                }
                load.onEnd = {
                    hasQueue = server.drain("calls") { numbers(in: $0).forEach(load.receive) }
                    if hasQueue {
                        load.checkAccounts()
                        #expect(load.received.count == load.total)
                    } else {
                        print("the broker has lost its queue and says: \(server.lastWords)")
                    }
                    host.stop()
                }
            }
        }
        return hasQueue
    }

    @Test(.enabled(if: ServerProcess.exists(RabbitMQServer.program), "rabbitmq-server is not installed"))
    func `an event that no queue takes is refused, and a message of the script arrives with its headers`() throws {
        let server = RabbitMQServer()
        defer { server.remove() }
        try longStory(120) { host in
            var results: [String] = []
            func whenUp(_ then: @escaping () throws -> Void) {
                if server.declare("notes") {
                    do { try then() } catch { Issue.record(error) }
                } else {
                    _ = host.schedule(after: .milliseconds(500)) { whenUp(then) }
                }
            }
            whenUp {
                var publisher: (any BrokerConnection)?
                var settings = BrokerSettings(host: "127.0.0.1")
                settings.port = server.port
                settings.heartbeat = 1
                publisher = host.openBroker(
                    settings,
                    BrokerHandlers(onResult: { number, result in
                        results.append("\(number) \(result)")
                        guard results.count == 3 else { return }
                        #expect(Set(results) == ["1 refused", "2 confirmed", "3 confirmed"])
                        var bodies: [String] = []
                        #expect(server.drain("notes") { bodies.append(String(decoding: $0, as: UTF8.self)) })
                        #expect(bodies == ["kept", ""])
                        publisher?.close()
                        host.stop()
                    }))
                func send(_ key: String, _ body: String, _ number: UInt64) {
                    var message = BrokerMessage(routingKey: Array(key.utf8), body: Array(body.utf8))
                    message.contentType = Array("text/plain".utf8)
                    message.headers = [
                        .init(name: Array("who".utf8), value: .text(Array("ann".utf8))),
                        .init(name: Array("age".utf8), value: .integer(30)),
                    ]
                    #expect(publisher?.publish(message, number) == true)
                }
                send("nobody", "lost", 1)
                send("notes", "kept", 2)
                // Longer than two heartbeats: the connection must live on.
                _ = host.schedule(after: .seconds(3)) { send("notes", "", 3) }
            }
        }
    }

    @Test func `without a broker every message comes back, and closing does not wait`() throws {
        try story { host in
            var results = 0
            var settings = BrokerSettings(host: "127.0.0.1")
            settings.port = 1
            let broker = host.openBroker(
                settings,
                BrokerHandlers(onResult: { _, result in
                    #expect(result == .unreachable)
                    results += 1
                    if results == 5 { host.stop() }
                }))
            for number in 1...5 {
                #expect(broker.publish(BrokerMessage(routingKey: [], body: []), UInt64(number)))
            }
        }
    }
}
