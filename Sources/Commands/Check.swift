import ArgumentParser
import LiveHost
import Node

/// `siskin check FILE...`
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Reports everything that is wrong with scripts.")

    enum Output: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "Scripts to check.")
    var files: [String]

    @Option(help: "text or json")
    var format = Output.text

    func run() throws {
        var hasErrors = false
        try LiveHost.run { host in
            for file in files {
                guard let loaded = SourceFile.load(file) else {
                    Terminal.say("\(file): cannot be read")
                    hasErrors = true
                    continue
                }
                let node = Node(name: file, host: host)
                let diagnostics = loaded.diagnostics + node.load(loaded.source)
                if diagnostics.hasErrors { hasErrors = true }
                switch format {
                case .text: Terminal.show(diagnostics, in: loaded.source)
                case .json: for diagnostic in diagnostics { Terminal.write(diagnostic.json(in: loaded.source) + "\n") }
                }
            }
            host.stop()
        }
        if hasErrors { throw ExitStatus.failed }
    }
}
