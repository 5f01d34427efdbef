/// A command of a session: `:name argument...`
struct SessionCommand {
    var name: String
    /// What follows the name.
    var usage: String
    var summary: String
    /// What its arguments can be completed with.
    var completion = Completion.nothing
    /// Words between blanks; a quoted text is one.
    var run: (Session, [String]) -> Void

    enum Completion { case nothing, files, nodes, routes, names, onOff }

    init(
        _ name: String, _ usage: String = "", _ summary: String, _ completion: Completion = .nothing,
        _ run: @escaping (Session, [String]) -> Void
    ) {
        self.name = name
        self.usage = usage
        self.summary = summary
        self.completion = completion
        self.run = run
    }

    /// In the order of the help.
    nonisolated(unsafe) static let all: [(topic: String, commands: [SessionCommand])] = [
        (
            "scripts",
            [
                SessionCommand("load", "FILE", "adds a script: routes that are there already are replaced", .files) {
                    $0.load($1)
                },
                SessionCommand("reload", "", "loads the files of the node again; variables and waits stay") { s, _ in
                    s.reload()
                },
                SessionCommand("restart", "", "begins the node anew, as it was started") { s, _ in s.restart() },
                SessionCommand("routes", "", "lists the routes") { s, _ in s.listRoutes() },
            ]
        ),
        (
            "state",
            [
                SessionCommand("vars", "", "lists $var and $shv variables") { s, _ in s.listVariables() },
                SessionCommand("avps", "", "lists the AVPs that the last line left") { s, _ in s.listAVPs() },
                SessionCommand("waits", "", "lists what waits") { s, _ in s.listWaits() },
                SessionCommand("events", "", "lists the events that are known") { s, _ in s.listEvents() },
                SessionCommand("subscriptions", "", "lists who hears of which event") { s, _ in s.listSubscriptions() },
                SessionCommand("cluster", "", "shows the clusters of all nodes") { s, _ in s.showClusters() },
                SessionCommand("mi", "COMMAND [ARGUMENT...]", "runs a command of the management interface") {
                    $0.manage($1)
                },
            ]
        ),
        (
            "nodes, network, time",
            [
                SessionCommand("nodes", "", "lists the nodes") { s, _ in s.listNodes() },
                SessionCommand("node", "NAME", "goes to another node", .nodes) { $0.goTo($1) },
                SessionCommand("add", "NAME [FILE]", "starts another node", .files) { $0.addNode($1) },
                SessionCommand("stop", "NAME", "stops a node", .nodes) { $0.stopNode($1) },
                SessionCommand("cut", "NODE NODE", "cuts the link between two simulated nodes", .nodes) {
                    $0.link($1, isCut: true)
                },
                SessionCommand("heal", "[NODE NODE]", "heals it, or all links", .nodes) { $0.link($1, isCut: false) },
                SessionCommand("advance", "SECONDS", "lets simulated time pass") { $0.advance($1) },
                SessionCommand("send", "FILE.sip | METHOD URI", "sends a SIP message to the node", .files) {
                    $0.send($1)
                },
            ]
        ),
        (
            "tracing and debugging",
            [
                SessionCommand("trace", "on|off [ROUTE|FILE]", "shows each statement that is executed", .onOff) {
                    $0.trace($1)
                },
                SessionCommand("break", "[LINE | FILE:LINE | ROUTE]", "stops there, or lists the breakpoints", .routes)
                {
                    $0.breakAt($1)
                },
                SessionCommand("delete", "[NUMBER]", "removes a breakpoint, or all") { $0.deleteBreakpoint($1) },
                SessionCommand("step", "", "goes to the next statement") { s, _ in s.move(.step) },
                SessionCommand("next", "", "goes to the next statement of this route, or of a caller") { s, _ in
                    s.moveNext()
                },
                SessionCommand("finish", "", "goes to the end of this route") { s, _ in s.moveOut() },
                SessionCommand("continue", "", "goes on to the next breakpoint") { s, _ in s.move(.run) },
                SessionCommand("where", "", "shows where the script is stopped, and who called it") { s, _ in
                    s.showBacktrace()
                },
            ]
        ),
        (
            "this prompt",
            [
                SessionCommand("help", "[NAME]", "explains a function, variable, transformation, module...", .names) {
                    $0.help($1)
                },
                SessionCommand("quit", "", "ends the session, as Ctrl-D does") { s, _ in s.isOver = true },
            ]
        ),
    ]

    /// The command that a word names; a beginning will do where it is the only one, and one letter for the commands of
    /// the debugger.
    static func find(_ word: String) -> SessionCommand? {
        let commands = all.flatMap(\.commands)
        if let exact = commands.first(where: { $0.name == word }) { return exact }
        let short = ["s": "step", "n": "next", "f": "finish", "c": "continue", "b": "break", "q": "quit", "h": "help"]
        if let name = short[word] { return commands.first { $0.name == name } }
        let fitting = commands.filter { $0.name.hasPrefix(word) }
        return fitting.count == 1 ? fitting[0] : nil
    }
}

extension Session {
    /// Does what a line with a colon in front says.
    func command(_ line: String) {
        let words = Session.words(String(line.dropFirst()))
        guard let name = words.first else { return help([]) }
        guard let command = SessionCommand.find(name) else {
            return complain("there is no command :\(name); :help lists them")
        }
        command.run(self, Array(words.dropFirst()))
    }

    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        var isWord = false
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                isWord = true
            } else if character.isWhitespace {
                if isWord || !word.isEmpty { words.append(word) }
                word = ""
                isWord = false
            } else {
                word.append(character)
            }
        }
        if isWord || !word.isEmpty { words.append(word) }
        return words
    }
}
