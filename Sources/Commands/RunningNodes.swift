import ArgumentParser
import Glibc
import LiveHost
import Node
import REPL

/// Scripts that run as nodes of one process, each with its name in front of its log lines, until SIGINT or SIGTERM.
struct RunningNodes: ParsableArguments {
    @Argument(help: "Scripts to run.")
    var files: [String] = []

    @Option(name: .customShort("f"), help: "A script to run, as opensips takes it.")
    var scripts: [String] = []

    @Option(name: .customLong("for"), help: ArgumentHelp("Stop after so many seconds.", valueName: "seconds"))
    var duration: Double?

    func validate() throws {
        guard !(scripts + files).isEmpty else { throw ValidationError("name a script to run") }
        if let duration, !(duration >= 0 && duration < 1e9) { throw ValidationError("--for takes a number of seconds") }
    }

    /// Loads and starts the nodes and returns when they were stopped.
    /// - Parameters:
    ///   - prepare: called for each node, before its script is loaded.
    ///   - begin: called when all nodes run, with what stops them.
    func run(
        prepare: @escaping (Node) -> Void = { _ in },
        _ begin: @escaping (_ nodes: [Node], _ host: LiveHost, _ end: @escaping () -> Void) -> Void
    ) throws {
        let files = scripts + self.files
        var status: ExitStatus?
        try LiveHost.run { host in
            var nodes: [Node] = []
            for (index, file) in files.enumerated() {
                let node = Node(name: Session.nodeName(of: file), host: host)
                if files.count > 1 { node.label = label(node.name, index, Terminal.isColoured) }
                prepare(node)
                nodes.append(node)
                if !load(file, into: node) { status = .failed }
            }
            let end = {
                for node in nodes { node.stop() }
                host.stop()
            }
            guard status == nil else { return end() }
            host.onSignal(SIGINT, end)
            host.onSignal(SIGTERM, end)
            host.onSignal(SIGUSR1) { for node in nodes { node.logEventSockets() } }
            for node in nodes {
                do {
                    try node.start()
                } catch {
                    Terminal.say("\(node.name): \(error)")
                    status = .failed
                    return end()
                }
            }
            if let duration { _ = host.schedule(after: Nanoseconds(duration * 1e9), end) }
            begin(nodes, host, end)
        }
        if let status { throw status }
    }

    private func load(_ file: String, into node: Node) -> Bool {
        guard let loaded = SourceFile.load(file) else {
            Terminal.say("\(file): cannot be read")
            return false
        }
        var diagnostics = loaded.diagnostics
        if !diagnostics.hasErrors { diagnostics += node.load(loaded.source) }
        let isBroken = diagnostics.hasErrors
        if isBroken {
            Terminal.show(diagnostics, in: loaded.source)
        } else {
            for diagnostic in diagnostics { node.report(diagnostic, in: loaded.source) }
        }
        return !isBroken
    }

    private func label(_ name: String, _ index: Int, _ isColoured: Bool) -> String {
        isColoured ? "\u{1b}[\(31 + (index + 1) % 6)m\(name)\u{1b}[0m " : "\(name) "
    }
}
