import Foundation
import Simulation
import Syntax
import Testing

@testable import Node

/// The scripts of examples/find-user on three machines: `asker` is 10.0.0.1, `home` 10.0.0.2 and `other` 10.0.0.3.
final class FindUserStory {
    static let names = ["asker", "home", "other"]

    let world: Simulation
    private(set) var hosts: [String: SimulatedHost] = [:]
    private(set) var nodes: [String: Node] = [:]
    private let scripts: [String: String]

    /// - Parameter change: of the script of a node, on its way from the file.
    init(seed: UInt64 = 1, change: (_ name: String, _ script: String) -> String = { $1 }) throws {
        world = Simulation(seed: seed)
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("examples/find-user")
        var scripts: [String: String] = [:]
        for (index, name) in FindUserStory.names.enumerated() {
            hosts[name] = world.host(name, addresses: [Address.IP("10.0.0.\(index + 1)")!])
            var text = try String(contentsOf: folder.appendingPathComponent(name + ".cfg"), encoding: .utf8)
            for number in 1...3 {
                text = text.replacingOccurrences(of: "127.0.0.1:1555\(number)", with: "10.0.0.\(number):1555\(number)")
            }
            scripts[name] = change(name, text)
        }
        self.scripts = scripts
    }

    func host(_ name: String) -> SimulatedHost { hosts[name]! }

    func node(_ name: String) -> Node { nodes[name]! }

    /// A process of its own on the node's machine.
    func start(_ name: String) throws {
        let node = Node(name: name, host: host(name))
        let source = Source(name: name + ".cfg", bytes: Array(scripts[name, default: ""].utf8))
        let errors = node.load(source).filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors)")
        nodes[name] = node
        try node.start()
    }

    func startAll() throws {
        for name in FindUserStory.names { try start(name) }
        let isWhole = isWhole()
        #expect(isWhole)
    }

    func crash(_ name: String) {
        host(name).crash()
        nodes[name]?.stop()
        nodes[name] = nil
    }

    /// Lets time pass until every node that runs sees all of these as reachable, and no other.
    func isWhole(_ names: [String] = FindUserStory.names, limit: Nanoseconds = .seconds(30)) -> Bool {
        let numbers = Set(names.map { FindUserStory.names.firstIndex(of: $0)! + 1 })
        return world.advance(
            until: { [self] in
                names.allSatisfy { name in
                    guard let node = nodes[name], let picture = ClusterPicture.all(of: node).first else { return false }
                    let reached = picture.view.nodes.filter { $0.nextHop != nil }.map { Int($0.node.rawValue) }
                    return Set(reached + [Int(picture.node.rawValue)]) == numbers
                }
            }, limit: limit)
    }

    /// What the scripts of a node said since a moment.
    func said(_ name: String, since start: Nanoseconds = 0) -> [String] {
        host(name).logLines.filter { $0.time >= start }.map(\.text)
    }

    /// Lets time pass until a node's log has a line with these words.
    func says(_ name: String, _ words: String, limit: Nanoseconds = .seconds(15)) -> Bool {
        let start = world.now
        return world.advance(
            until: { [self] in said(name, since: start).contains { $0.contains(words) } }, limit: limit)
    }

    /// All logs, a line each.
    var log: [String] {
        FindUserStory.names.flatMap { name in host(name).logLines.map { "\(name) \($0.time) \($0.text)" } }
    }
}
