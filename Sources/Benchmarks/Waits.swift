import Events
import Foundation
import Node
import Script
import Simulation
import Syntax

/// A million scripts that each wait for the reply to a tag of their own.
enum Waits {
    static func measure(_ count: Int) {
        let world = Simulation(seed: 1)
        world.isTracing = false
        let node = Node(name: "waiting", host: world.host("waiting"))
        let script = """
            loadmodule "event_routing.so"
            event_route[E_REPLY] { exit; }
            route[wait] {
                $avp(filter) = "tag=" + $param(1);
                async(wait_for_event("E_REPLY", $avp(filter), 3600), done);
            }
            route[done] { exit; }
            """
        let diagnostics = node.load(Source(name: "waits", bytes: Array(script.utf8)))
        guard diagnostics.isEmpty, let route = node.machine?.program.route(.request, "wait") else {
            fatalError("\(diagnostics)")
        }
        let before = residentBytes()
        let start = processorTime()
        for index in 0..<count {
            withTag(index) { node.run(route, arguments: [$0]) }
        }
        let suspended = processorTime()
        let bytes = Double(residentBytes() - before) / Double(count)
        raise(count / 2, node)
        let one = processorTime()
        for index in 0..<count where index != count / 2 { raise(index, node) }
        let all = processorTime()
        print(
            "\(count) waits: \(Int(bytes)) bytes each, \(Int((suspended - start) * 1e9 / Double(count))) ns to suspend;"
        )
        print(
            "    one event wakes its wait in \(Int((one - suspended) * 1e6)) µs, all are woken in "
                + String(format: "%.1f s", all - one) + "; left waiting: \(node.waits.count)")
    }

    private static func raise(_ index: Int, _ node: Node) {
        let tag = Event.Attribute(name: Array("tag".utf8), value: .bytes(Array("1-1-\(index)".utf8)))
        node.raise(Event(name: Array("E_REPLY".utf8), attributes: [tag]))
    }

    private static func withTag(_ index: Int, _ body: (Value) -> Void) {
        var text = "1-1-\(index)"
        text.withUTF8 { body(.text($0)) }
    }

    private static func residentBytes() -> Int {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
            .dropFirst()
        return (pages?.first.flatMap { Int($0) } ?? 0) * 4096
    }
}
