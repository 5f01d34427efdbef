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

    @OptionGroup var tracing: TraceOptions

    @Flag(help: "Run in the debugger: stop in front of the first statement, and ask what to do.")
    var debug = false

    func validate() throws {
        if debug && (tracing.isOn || untilIdle) { throw ValidationError("--debug goes by itself") }
    }

    func run() throws {
        if debug { return try Prompt(nodes.scripts + nodes.files, isLive: true, stopsAtStart: true).run() }
        let tracers = Tracers(tracing)
        try nodes.run(prepare: tracers.observe) { nodes, host, end in
            if untilIdle { watch(nodes, host, end) }
        }
    }

    private func watch(_ nodes: [Node], _ host: LiveHost, _ end: @escaping () -> Void) {
        _ = host.schedule(after: .milliseconds(1)) {
            if nodes.allSatisfy(\.isIdle) { end() } else { watch(nodes, host, end) }
        }
    }
}
