import Simulation
import Syntax
import Testing

@testable import Node

/// A script on a simulated host, and what it says with `xlog("@@ ...\n")`.
final class ModuleStory {
    let world = Simulation(seed: 7)
    let host: SimulatedHost
    let node: Node

    /// - Parameter script: without `route {}`, which is added.
    init(_ script: String) throws {
        host = world.host("node", addresses: [try #require(Address.IP("10.0.0.1"))])
        node = Node(name: "node", host: host)
        let source = Source(name: "story.cfg", bytes: Array((script + "\nroute { exit; }\n").utf8))
        let errors = node.load(source).filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors)")
    }

    /// Starts the node, and lets the next moment pass.
    @discardableResult
    func start() throws -> ModuleStory {
        try node.start()
        world.advance(by: .milliseconds(1))
        return self
    }

    func run(_ route: String) throws {
        node.run(try #require(node.machine?.program.route(.request, route)))
    }

    /// Texts behind the marks, line ends removed.
    var said: [String] {
        host.logLines.compactMap { line in
            guard let (_, text) = line.text.splitOnce("@@ ") else { return nil }
            return text
        }
    }

    /// The diagnostics of a script that must not load.
    static func errors(in script: String) -> [String] {
        let world = Simulation(seed: 1)
        let node = Node(name: "node", host: world.host("node"))
        let source = Source(name: "story.cfg", bytes: Array((script + "\nroute { exit; }\n").utf8))
        return withExtendedLifetime(world) { node.load(source).filter { $0.severity == .error }.map(\.message) }
    }
}
