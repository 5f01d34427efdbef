import Simulation
import Syntax
import Testing

@testable import Node

/// A node with a script on a simulated host, and what it logged.
final class ScriptStory {
    let world: Simulation
    let host: SimulatedHost
    let node: Node

    /// - Parameter script: without `route {}`, which is added.
    convenience init(_ script: String, seed: UInt64 = 1) throws {
        let world = Simulation(seed: seed)
        let host = world.host("node", addresses: [Address.IP("10.0.0.1")!])
        try self.init(script, on: host, world, Node(name: "node", host: host))
    }

    init(_ script: String, on host: SimulatedHost, _ world: Simulation, _ node: Node) throws {
        self.world = world
        self.host = host
        self.node = node
        let text = script + "\nroute { exit; }\n"
        let source = Source(name: "story.cfg", bytes: Array(text.utf8))
        let errors = node.load(source).filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors)")
    }

    /// Starts the node, and lets everything happen that happens in the next moment.
    @discardableResult
    func start(for duration: Nanoseconds = .milliseconds(100)) throws -> ScriptStory {
        try node.start()
        world.advance(by: duration)
        return self
    }

    func run(_ route: String) {
        guard let route = node.machine?.program.route(.request, route) else {
            Issue.record("no route[\(route)]")
            return
        }
        node.run(route)
    }

    /// What the script said with `xlog("@ ...\n")`.
    var said: [String] {
        host.logLines.compactMap { line in
            line.text.split(separator: "@ ", maxSplits: 1).dropFirst().first.map(String.init)
        }
    }

    func text(of path: String) -> String { String(decoding: host.disk[path] ?? [], as: UTF8.self) }

    func statistic(_ name: String) -> Int64? {
        node.statistics.find(Array(name.utf8)).map { node.statistics.value($0) }
    }
}

let eventModules = """
    loadmodule "event_datagram.so"
    loadmodule "event_flatstore.so"
    loadmodule "event_virtual.so"
    """
