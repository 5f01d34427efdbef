import Simulation
import Testing

@testable import Node

@Suite struct RabbitMQSocketTests {
    static let modules = """
        loadmodule "event_rabbitmq.so"
        loadmodule "event_virtual.so"
        loadmodule "event_flatstore.so"
        modparam("event_virtual", "failover_timeout", 5)
        event_route[E_EVI_DELIVERY_FAILED] { xlog("@ lost $param(reason)\\n"); }

        """

    private func story(_ script: String, broker: SimulatedBroker?) throws -> ScriptStory {
        let story = try ScriptStory(Self.modules + script)
        story.world.brokers["10.0.0.9:5672"] = broker
        return try story.start()
    }

    @Test func `an event is delivered when the broker confirms it`() throws {
        let broker = SimulatedBroker()
        broker.confirmDelay = .milliseconds(50)
        let story = try story(
            """
            startup_route {
              subscribe_event("E_A", "rabbitmq:10.0.0.9/exchange=x;persistent?calls");
              raise_event_sync("E_A"); xlog("@ $rc\\n");
            }
            """, broker: broker)
        #expect(story.said == ["1"])
        let message = try #require(broker.deliveries.first?.message)
        #expect(String(decoding: message.body, as: UTF8.self) == #"{"jsonrpc":"2.0","method":"E_A"}"#)
        #expect(String(decoding: message.exchange, as: UTF8.self) == "x")
        #expect(String(decoding: message.routingKey, as: UTF8.self) == "calls")
        #expect(message.isPersistent)
    }

    @Test func `an event that no queue takes is refused`() throws {
        let broker = SimulatedBroker()
        broker.accepts = { _ in false }
        let story = try story(
            """
            startup_route { subscribe_event("E_A", "rabbitmq:10.0.0.9/calls"); raise_event_sync("E_A"); xlog("@ $rc\\n"); }
            """, broker: broker)
        #expect(Set(story.said) == ["-1", "lost refused"])
    }

    @Test func `while the broker is down its events go to the next backend, and come back with it`() throws {
        let broker = SimulatedBroker()
        let story = try story(
            """
            startup_route { subscribe_event("E_A", "virtual:FAILOVER rabbitmq:10.0.0.9/calls flatstore:/log"); }
            route[raise] { raise_event_sync("E_A"); xlog("@ $rc\\n"); }
            """, broker: broker)
        func raise(_ count: Int) {
            for _ in 0..<count {
                story.run("raise")
                story.world.advance(by: .milliseconds(20))
            }
        }
        raise(3)
        broker.isUp = false
        raise(3)
        #expect(broker.deliveries.count == 3)
        #expect(story.text(of: "/log") == "E_A\nE_A\nE_A\n")
        broker.isUp = true
        // The connection is made again by itself: nobody has to wait for failover_timeout.
        story.world.advance(by: .seconds(1))
        raise(3)
        #expect(broker.deliveries.count == 6)
        #expect(story.said == Array(repeating: "1", count: 9))
    }

    @Test func `a broker that falls silent is left after the timeout, and the copy is counted`() throws {
        let broker = SimulatedBroker()
        broker.isSilent = true
        let story = try story(
            """
            modparam("event_rabbitmq", "timeout", 300)
            startup_route {
              subscribe_event("E_A", "virtual:FAILOVER rabbitmq:10.0.0.9/calls flatstore:/log");
              raise_event_sync("E_A"); xlog("@ $rc\\n");
            }
            """, broker: broker)
        story.world.advance(by: .seconds(1))
        #expect(story.text(of: "/log") == "E_A\n")
        #expect(story.said == ["1"])
        #expect(story.statistic("evi_possible_duplicates") == 1)
    }

    @Test func `scripts publish messages of their own`() throws {
        let broker = SimulatedBroker()
        let story = try story(
            """
            modparam("event_rabbitmq", "server_id", "[B1] uri = amqp://u:p@10.0.0.9/ ; exchange = ex; retries = 2; mandatory")
            modparam("event_rabbitmq", "server_id", "[B2] uri = amqp://10.0.0.7:1000; non-persistent")
            startup_route {
              $avp(h) = "caller"; $avp(v) = "ann"; $avp(h) = "age"; $avp(v) = 30;
              rabbitmq_publish("B1", "key", "body", "text/plain", $avp(h), $avp(v)); xlog("@ $rc\\n");
              rabbitmq_publish("B3", "key", "body"); xlog("@ $rc\\n");
              $avp(v) = 1;
              rabbitmq_publish("B1", "key", "body", , $avp(h), $avp(v)); xlog("@ $rc\\n");
            }
            route[wait1] { async(rabbitmq_publish("B1", "key", "waits"), resumed); }
            route[wait2] { async(rabbitmq_publish("B2", "key", "waits"), resumed); }
            route[resumed] { xlog("@ resumed $rc\\n"); }
            """, broker: broker)
        #expect(story.said == ["1", "-1", "-1"])
        let message = try #require(broker.deliveries.first?.message)
        #expect(message.headers.map { String(decoding: $0.name, as: UTF8.self) } == ["age", "caller"])
        #expect(message.headers.map(\.value) == [.integer(30), .text(Array("ann".utf8))])
        #expect(message.isPersistent && message.isMandatory)
        #expect(message.contentType == Array("text/plain".utf8))
        broker.isUp = false
        story.run("wait1")
        story.run("wait2")
        story.world.advance(by: .milliseconds(500))
        broker.isUp = true
        story.world.advance(by: .seconds(3))
        #expect(story.said.dropFirst(3) == ["resumed -1", "resumed 1"])
    }

    @Test(arguments: [
        ("[a] uri=amqp://h", "h", UInt16(5672), "guest", "guest", "/"),
        ("[ a ] uri = amqp://u:p%40x@h:99/v%2Fw; heartbeat=5", "h", 99, "u", "p@x", "v/w"),
        ("[a]uri=amqp://[::1]:7/;frames = 8192", "::1", 7, "guest", "guest", ""),
        ("[a] uri=amqp://", "localhost", 5672, "guest", "guest", "/"),
    ])
    func `a server is read`(
        text: String, host: String, port: UInt16, user: String, password: String, virtualHost: String
    ) throws {
        let settings = try BrokerServer(text).settings
        #expect(settings.host == host)
        #expect(settings.port == port)
        #expect(settings.user == user)
        #expect(settings.password == password)
        #expect(settings.virtualHost == virtualHost)
    }

    @Test(arguments: [
        "", "a", "[", "[]", "[a]", "[a] uri", "[a] uri=", "[a] uri=http://h", "[a] uri=amqps://h", "[a] uri=amqp://h:0",
        "[a] uri=amqp://h:99999", "[a] uri=amqp://h/%zz", "[a] uri=amqp://h;heartbeat", "[a] uri=amqp://h;heartbeat=-1",
        "[a] uri=amqp://h;nonsense=1",
    ])
    func `what is no server is refused`(text: String) {
        #expect(throws: ParameterError.self) { try BrokerServer(text) }
    }
}
