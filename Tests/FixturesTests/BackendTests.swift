import Fixtures
import Testing

@Suite("Backends in tests")
struct BackendTests {
    private static let script = """
        loadmodule "event_datagram.so"
        loadmodule "event_stream.so"
        loadmodule "event_xmlrpc.so"
        loadmodule "event_rabbitmq.so"
        loadmodule "event_virtual.so"
        modparam("event_stream", "reliable_mode", 1)
        modparam("event_stream", "timeout", 500)
        route[to] { subscribe_event("E_CALL", $param(1)); }
        route[call] { $avp(n) = "who"; $avp(v) = $param(1); raise_event_sync("E_CALL", $avp(n), $avp(v)); xlog("code $rc\\n"); }
        """

    @Test(
        "Every kind of backend records what is delivered to it",
        arguments: [
            "udp:10.0.0.9:9000", "tcp:10.0.0.9:9000", "tcp:collector.example:9000", "xmlrpc:10.0.0.9:9000:notify",
            "rabbitmq:guest:guest@10.0.0.9:5672/calls", "unix:/run/collector",
        ])
    func deliveries(socket: String) {
        let playground = Playground(
            Self.script,
            test: """
                backend("b", "\(socket)");
                run("n", "to", "\(socket)");
                run("n", "call", "bob");
                run("n", "call", "carol");
                advance(1);
                expect_delivered("b", "bob", 1);
                expect_delivered("b", "carol");
                expect_delivered("b", ".", 2);
                expect_not_delivered("b", "dave");
                expect_log("n", "code 1", 2);
                """)
        #expect(playground.failures() == [])
    }

    @Test("A backend fails, recovers, refuses, hangs and answers slowly")
    func failures() {
        let playground = Playground(
            Self.script,
            test: """
                backend("first", "tcp:10.0.0.8:9000");
                backend("second", "rabbitmq:10.0.0.9/q");
                run("n", "to", "virtual:FAILOVER tcp:10.0.0.8:9000 rabbitmq:10.0.0.9/q");
                run("n", "call", "one");
                advance(1);
                expect_delivered("first", "one");
                backend_fails("first");
                run("n", "call", "two");
                advance(2);
                expect_delivered("second", "two");
                expect_not_delivered("first", "two");
                backend_refuses("second");
                backend_fails("first");
                run("n", "call", "three");
                advance(120);
                expect_not_delivered("second", "three");
                backend_recovers("first");
                backend_recovers("second");
                advance(120);
                run("n", "call", "four");
                advance(2);
                expect_delivered("first", "four");
                backend_answers_after("first", "0.3");
                run("n", "call", "five");
                advance("0.2");
                expect_log("n", "code 1", 3);
                advance("0.2");
                expect_log("n", "code 1", 4);
                backend_hangs("first");
                run("n", "call", "six");
                advance(2);
                expect_delivered("first", "six");
                expect_delivered("second", "six");
                """)
        #expect(playground.failures() == [])
    }

    @Test(
        "What cannot be is said",
        arguments: [
            ("backend(\"b\", \"flatstore:/x\");", "a backend cannot stand for flatstore:/x"),
            ("backend(\"b\", \"nonsense\");", "'nonsense' is no event socket"),
            (
                "backend(\"b\", \"udp:10.0.0.9:1\"); backend(\"b\", \"udp:10.0.0.9:2\");",
                "there is a backend b already"
            ),
            ("backend_fails(\"c\");", "there is no backend c"),
            (
                "backend(\"b\", \"udp:10.0.0.9:1\"); backend_hangs(\"b\");",
                "nobody answers events that come as datagrams"
            ),
            ("backend(\"b\", \"udp:10.0.0.9:1\"); expect_delivered(\"b\", \"x\");", "no such event was delivered to b"),
            (
                "backend(\"b\", \"udp:10.0.0.9:1\"); run(\"n\", \"to\", \"udp:10.0.0.9:1\"); run(\"n\", \"call\", \"x\"); "
                    + "advance(1); expect_not_delivered(\"b\");",
                "an event was delivered to b, and should not have been"
            ),
        ])
    func complaints(statement: String, message: String) throws {
        let playground = Playground(Self.script, test: statement)
        let first = try #require(playground.failures().first?.split(separator: "\n").first)
        #expect(first.contains(": " + message), "\(first)")
    }
}
