import ArgumentParser
import Node

/// `--trace`, and what of it.
struct TraceOptions: ParsableArguments {
    @Flag(name: .customLong("trace"), help: "Show each statement that is executed, with the values of its variables.")
    var isWanted = false

    @Option(name: .customLong("trace-route"), help: ArgumentHelp("Only those of one route.", valueName: "name"))
    var route: String?

    @Option(name: .customLong("trace-file"), help: ArgumentHelp("Only those of one file.", valueName: "name"))
    var file: String?

    var isOn: Bool { isWanted || route != nil || file != nil }

    var filter: Tracer.Filter { Tracer.Filter(route: route, file: file) }
}

/// The tracers of nodes, which see each of them as long as this is there.
final class Tracers {
    private let options: TraceOptions
    private var tracers: [NodeTracer] = []

    init(_ options: TraceOptions) { self.options = options }

    /// The trace goes where the log goes, so that both are in order.
    func observe(_ node: Node) {
        guard options.isOn else { return }
        let tracer = NodeTracer(
            Tracer(options.filter) { [unowned node] entry in
                var line = node.label + entry.line(isColoured: Terminal.isColoured)
                line.withUTF8 { node.host.log(.debug, $0) }
            })
        tracers.append(tracer)
        node.observer = tracer
        node.statementObserver = tracer
    }
}
