import Events
import Glibc
import LiveHost
import Node
import Testing

private let patient = """
    modparam("event_virtual", "failover_timeout", 1)
    modparam("event_virtual", "retry_interval", 50)
    modparam("event_virtual", "queue", 100000)
    modparam("event_virtual", "time_to_live", 120)
    modparam("event_stream", "reliable_mode", 1)
    modparam("event_stream", "timeout", 2000)

    """

/// Servers that are killed and restarted under load: what arrives and what is reported as failed is all that was raised.
@Suite(.serialized) struct StreamAccountingTests {
    @Test(arguments: ["FAILOVER", "ROUND-ROBIN", "PARALLEL"])
    func `no event is lost among JSON-RPC servers that are killed and restarted`(policy: String) throws {
        try longStory(600) { host in
            let seed = UInt64.random(in: 0 ... .max)
            var random = SplitMix(state: seed)
            var load: EventLoad?
            var servers: [JSONRPCServer] = []
            for _ in 0..<3 { servers.append(try JSONRPCServer(host) { load?.receive($0) }) }
            let sockets = servers.map { "tcp:\($0.local.text)" }.joined(separator: " ")
            let running = try EventLoad(
                host, patient + "startup_route { subscribe_event(\"E_LOAD\", \"virtual:\(policy) \(sockets)\"); }")
            load = running
            running.onBurst = { raised in
                guard raised % (running.total / 20) == 0 else { return }
                for server in servers where random.next() % 3 == 0 {
                    if server.isUp { server.kill() } else { try? server.start() }
                }
                if raised == running.total { for server in servers { try? server.start() } }
            }
            running.onEnd = {
                running.checkAccounts(copies: policy == "PARALLEL" ? 3 : 1)
                if running.received.count < running.total / 2 { Issue.record("too few arrived; seed \(seed)") }
                load = nil
                host.stop()
            }
        }
    }
}

/// The same with receivers that answer nothing.
@Suite(.serialized) struct EventAccountingTests {
    @Test(arguments: [true, false])
    func `datagrams to a receiver that is away are counted or arrive later`(isUnix: Bool) throws {
        try longStory(600) { host in
            var load: EventLoad?
            let place = isUnix ? .unix(path: freshPath()) : Address.ip(.loopbackV4, port: ownPort())
            let receiver = DatagramReceiver(place) {
                numbers(in: $0).forEach { load?.receive($0) }
            }
            let running = try EventLoad(
                host, patient + "startup_route { subscribe_event(\"E_LOAD\", \"\(receiver.socket)\"); }", burst: 50
            )
            load = running
            running.beforeBurst = { raised in
                // A receiver takes what it has not read into its grave.
                receiver.read()
                if raised % 20_000 == 10_000 { receiver.stop() }
                if raised % 20_000 == 0 { receiver.start() }
            }
            running.onBurst = { raised in
                guard raised == running.total else { return }
                receiver.start()
                read()
            }
            func read() {
                receiver.read()
                if load != nil { _ = host.schedule(after: .milliseconds(1), read) }
            }
            running.onEnd = {
                receiver.read()
                running.checkAccounts()
                load = nil
                host.stop()
            }
        }
    }

    @Test func `lines in a file are all the events raised`() throws {
        try longStory(600) { host in
            let path = freshPath()
            let running = try EventLoad(
                host, patient + "startup_route { subscribe_event(\"E_LOAD\", \"flatstore:\(path)\"); }",
                burst: 1000)
            running.onBurst = { raised in
                // Somebody moves the file away and back; whoever has it open goes on.
                if raised == 5000 { rename(path, path + ".away") }
                if raised == 8000 { rename(path + ".away", path) }
            }
            running.onEnd = {
                let lines = (try? host.readFile(path))?.split(separator: 10) ?? []
                for line in lines {
                    if let number = Int(String(decoding: line.dropFirst(7), as: UTF8.self)) { running.receive(number) }
                }
                running.checkAccounts()
                #expect(running.received.count == running.total)
                unlink(path)
                host.stop()
            }
        }
    }
}

/// Repeatable chance.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
