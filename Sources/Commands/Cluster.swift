import ArgumentParser
import LiveHost
import Node

/// `siskin cluster FILE...`
struct Cluster: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs scripts and shows their clusters: nodes, links, next hops, messages, waits.",
        discussion: "The log of the nodes goes to standard error.")

    @OptionGroup var nodes: RunningNodes

    @Flag(help: "One JSON document a line instead of the picture, at every change.")
    var json = false

    @Flag(help: "The topology for Graphviz, once it is settled; then end.")
    var dot = false

    func validate() throws {
        if json && dot { throw ValidationError("--json and --dot exclude each other") }
    }

    func run() throws {
        try nodes.run { running, host, end in
            let screen = ClusterScreen(running, host, form: dot ? .dot : json ? .json : .picture, end)
            screen.watch()
        }
    }
}

/// Looks at the clusters of the nodes again and again, and writes what has changed.
private final class ClusterScreen {
    enum Form { case picture, json, dot }

    private let nodes: [Node]
    private let host: LiveHost
    private let form: Form
    private let end: () -> Void
    private var shown: [ClusterPicture] = []
    private var shownAt: Nanoseconds = .min
    private var shownLines = 0
    private let isTerminal = Terminal.isOutputTerminal

    private static let interval = Nanoseconds.milliseconds(200)
    /// Counters alone do not change the picture more often than this.
    private static let counterInterval = Nanoseconds.seconds(1)
    /// Links that have not changed for so long are settled.
    private static let settled = Nanoseconds.seconds(3)

    init(_ nodes: [Node], _ host: LiveHost, form: Form, _ end: @escaping () -> Void) {
        self.nodes = nodes
        self.host = host
        self.form = form
        self.end = end
        shownAt = host.now
    }

    /// Goes on until the host stops; the timer keeps the screen.
    func watch() {
        look()
        _ = host.schedule(after: ClusterScreen.interval) { self.watch() }
    }

    private func look() {
        let pictures = nodes.flatMap(ClusterPicture.all)
        let isNew = !pictures.elementsEqual(shown) { $0.topology == $1.topology }
        if form == .dot {
            if isNew {
                shown = pictures
                shownAt = host.now
            } else if host.now &- shownAt > ClusterScreen.settled {
                Terminal.write(ClusterPicture.dot(pictures))
                end()
                shownAt = .max / 2
            }
            return
        }
        guard isNew || pictures != shown && host.now &- shownAt >= ClusterScreen.counterInterval else { return }
        shown = pictures
        shownAt = host.now
        if form == .json {
            Terminal.write(ClusterPicture.json(pictures, at: host.wallClock) + [UInt8(ascii: "\n")])
        } else {
            draw(pictures)
        }
    }

    /// Draws over the last picture on a terminal, below it elsewhere.
    private func draw(_ pictures: [ClusterPicture]) {
        let lines = pictures.flatMap { $0.lines(isColoured: isTerminal) + [""] }
        var text = isTerminal && shownLines > 0 ? "\u{1b}[\(shownLines)A\u{1b}[J" : ""
        text += lines.joined(separator: "\n") + "\n"
        Terminal.write(text)
        shownLines = lines.count
    }
}
