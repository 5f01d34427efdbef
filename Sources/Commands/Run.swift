import ArgumentParser
import LiveHost
import Node

/// `siskin run FILE...`
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs scripts, each as a node of its own, until SIGINT or SIGTERM.")

    @OptionGroup var nodes: RunningNodes

    @Flag(help: "Stop when nothing is left to do but periodic housekeeping.")
    var untilIdle = false

    func run() throws {
        try nodes.run { nodes, host, end in
            if untilIdle { watch(nodes, host, end) }
        }
    }

    private func watch(_ nodes: [Node], _ host: LiveHost, _ end: @escaping () -> Void) {
        _ = host.schedule(after: .milliseconds(10)) {
            if nodes.allSatisfy(\.isIdle) { end() } else { watch(nodes, host, end) }
        }
    }
}
