import Node
import Script
import Simulation
import Syntax

/// A case played on a node of a simulated world: what it logged, and what its client got.
///
/// Only lines with the mark `@@ ` count, and of them what follows it. `READY` ends the startup.
struct Replay {
    private(set) var log: [String] = []
    private(set) var replies: [String] = []
    /// Why the script did not start.
    private(set) var refusal: String?

    private let world = Simulation(seed: 1)
    private let host: SimulatedHost
    private let node: Node
    private let client: DatagramRecorder
    private var lastSent: Nanoseconds = 0

    /// Silence that ends what a message brought about.
    private static let gap = Nanoseconds.milliseconds(250)
    /// What is later than this after all else does not come.
    private static let late = Nanoseconds.milliseconds(2500)

    /// - Parameter observer: told of every statement.
    init(_ recorded: Case, observer: (any StatementObserver)? = nil) throws {
        host = world.host("siskin")
        node = Node(name: "siskin", host: host)
        node.statementObserver = observer
        client = try world.recordDatagrams(at: .ip(.loopbackV4, port: Case.Place.client))
        defer { node.stop() }
        start(recorded)
        guard refusal == nil else { return }
        for message in recorded.messages { send(message) }
        finish(recorded)
        log = lines.map(\.text).filter { $0 != "READY" }
        for file in recorded.collected {
            guard let bytes = host.disk["\(Case.Place.folder)/\(file)"] else {
                log.append("(\(file): no such file)")
                continue
            }
            log += String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { "\(file): \($0)" }
        }
        replies = datagrams.map(\.text).map(normalised)
    }

    private mutating func start(_ recorded: Case) {
        var (source, diagnostics) = Source.load("case.cfg", Array(recorded.script.utf8)) { path, _ in
            recorded.includes[path].map { (path, Array($0.utf8)) }
        }
        if !diagnostics.contains(where: { $0.severity == .error }) { diagnostics += node.load(source) }
        if let error = diagnostics.first(where: { $0.severity == .error }) {
            refusal = "\(source.location(of: error.span.start).line): \(error.message)"
            return
        }
        for diagnostic in diagnostics { node.report(diagnostic, in: source) }
        do {
            try node.start()
        } catch {
            refusal = error.description
            return
        }
        if !world.advance(until: { lines.contains { $0.text == "READY" } }, limit: .seconds(15)) {
            refusal = "no READY within 15 seconds"
        }
    }

    /// Sends a message and waits for a sign of life, then for silence.
    private mutating func send(_ message: String) {
        let before = signs
        lastSent = world.now
        client.send(wire(message), to: .ip(.loopbackV4, port: Case.Place.port))
        world.advance(until: { signs > before }, limit: .seconds(1))
        settle(Replay.gap, limit: .seconds(10))
    }

    /// Waits for the rest of what is expected, but not for ever, and a moment longer for what is not.
    private func finish(_ recorded: Case) {
        let wait = Nanoseconds(recorded.wait * 1e9)
        let expected = recorded.log.count { line in !recorded.collected.contains { line.hasPrefix("\($0): ") } }
        let isComplete = { lines.count { $0.text != "READY" } >= expected && datagrams.count >= recorded.replies.count }
        let start = world.now
        while !isComplete(), world.now - start < wait + .seconds(10) {
            if world.now - start > wait + Replay.late && world.now - lastSign > Replay.late { break }
            world.advance(by: .milliseconds(20))
        }
        world.advance(by: Replay.gap)
        settle(Replay.gap, limit: .seconds(5))
    }

    private func settle(_ silence: Nanoseconds, limit: Nanoseconds) {
        let end = world.now + limit
        while world.now < end, world.now - lastSign < silence { world.advance(by: .milliseconds(20)) }
    }

    // MARK: Signs of life

    private var lines: [(text: String, time: Nanoseconds)] {
        host.logLines.flatMap { line in
            line.bytes.split(separator: UInt8(ascii: "\n")).compactMap { bytes in
                String(decoding: bytes, as: UTF8.self).firstRange(of: "@@ ").map { mark in
                    (String(String(decoding: bytes, as: UTF8.self)[mark.upperBound...]), line.time)
                }
            }
        }
    }

    /// Without repetitions and keep-alives.
    private var datagrams: [DatagramRecorder.Datagram] {
        var seen: Set<[UInt8]> = []
        return client.datagrams.filter { $0.bytes.count >= 8 && seen.insert($0.bytes).inserted }
    }

    private var signs: Int { host.logLines.count + client.datagrams.count }

    private var lastSign: Nanoseconds { max(lastSent, lines.last?.time ?? 0, datagrams.last?.time ?? 0) }
}
