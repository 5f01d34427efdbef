import Foundation
import Node
import Simulation
import Syntax
import Testing

@Suite("The examples") struct ExampleTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("examples")

    private static let scripts: [String] = {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".cfg") && !$0.hasSuffix(".test.cfg") }.sorted()
    }()

    private func load(_ name: String, on host: SimulatedHost) throws -> (node: Node, diagnostics: [Diagnostic]) {
        let bytes = try Data(contentsOf: Self.folder.appendingPathComponent(name))
        let node = Node(name: name, host: host)
        return (node, node.load(Source(name: name, bytes: Array(bytes))))
    }

    @Test("load without a finding, and start", arguments: scripts)
    func start(_ name: String) throws {
        let world = Simulation(seed: 1)
        let (node, diagnostics) = try load(name, on: world.host("example"))
        #expect(diagnostics.map(\.message) == [])
        try node.start()
    }

    @Test("hello prints what the README shows")
    func hello() throws {
        let world = Simulation(seed: 1)
        let host = world.host("example")
        let (node, _) = try load("hello/hello.cfg", on: host)
        try node.start()
        let said = host.logLines.compactMap { $0.text.components(separatedBy: "NOTICE:").last }
        #expect(said == ["calls for bob go to 10.0.0.7", "call 1", "call 2", "call 3", "that makes 3 calls"])
    }
}
