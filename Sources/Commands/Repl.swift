import ArgumentParser
import Glibc
import LiveHost
import Node
import REPL
import Simulation
import Synchronization

/// `siskin repl [FILE...]`
struct Repl: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluates statements and expressions in a running node.",
        discussion: """
            Without --live the nodes live in memory, in simulated time that follows the clock on the wall; in a pipe, time \
            passes only while a line waits. :help at the prompt lists what can be typed.
            """)

    @Argument(help: "Scripts to run, each as a node of its own; statements go to the first.")
    var files: [String] = []

    @Flag(help: "Real sockets, files and time.")
    var live = false

    @Option(help: "Where chance comes from in simulation.")
    var seed: UInt64 = 1

    @Flag(help: "Stop in front of the first statement.")
    var debug = false

    func run() throws { try Prompt(files, isLive: live, seed: seed, stopsAtStart: debug).run() }
}

/// `siskin eval 'STATEMENTS'`
struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluates statements in a simulated node, prints what they come to, and ends.",
        discussion: "The exit status is 1 where something was wrong. Waits pass in simulated time, at once.")

    @Argument(help: "What to evaluate, as at the prompt of siskin repl.")
    var statements: String

    @Option(name: .shortAndLong, help: "A script to evaluate it in.")
    var file: String?

    @Option(help: "Where chance comes from.")
    var seed: UInt64 = 1

    func run() throws {
        let world = World(.simulated(Simulation(seed: seed))) { SourceFile.read($0) }
        let session = Session(world) { line in
            // What was asked for is for programs, the rest for people.
            Terminal.write(line.text + "\n", to: line.style == .result ? STDOUT_FILENO : STDERR_FILENO)
        }
        guard session.add(file.map(Session.nodeName) ?? "siskin", file: file) else { throw ExitStatus.failed }
        session.submit(statements)
        session.finishWaiting()
        session.end()
        if session.hasFailed { throw ExitStatus.failed }
    }
}

/// A session on the standard streams.
struct Prompt {
    private let files: [String]
    private let isLive: Bool
    private let seed: UInt64
    private let stopsAtStart: Bool

    init(_ files: [String], isLive: Bool, seed: UInt64 = 1, stopsAtStart: Bool) {
        self.files = files
        self.isLive = isLive
        self.seed = seed
        self.stopsAtStart = stopsAtStart
    }

    func run() throws {
        var hasFailed = false
        if isLive {
            try LiveHost.run { host in
                let conversation = conversation(World(.live(host), listFiles: Prompt.list) { SourceFile.read($0) })
                let isInteractive = isatty(STDIN_FILENO) == 1
                if isInteractive { host.onSignal(SIGINT) { conversation.interrupt() } }
                host.onSignal(SIGTERM) { host.stop() }
                guard start(conversation) else {
                    hasFailed = true
                    return host.stop()
                }
                watch(conversation, host) { hasFailed = !isInteractive && conversation.session.hasFailed }
            }
        } else {
            let world = World(.simulated(Simulation(seed: seed)), listFiles: Prompt.list) { SourceFile.read($0) }
            let conversation = conversation(world)
            if isatty(STDIN_FILENO) == 1 { signal(SIGINT) { _ in interrupted.store(true, ordering: .relaxed) } }
            hasFailed = !start(conversation)
            guard !hasFailed else { throw ExitStatus.failed }
            conversation.run { interrupted.exchange(false, ordering: .relaxed) }
            hasFailed = isatty(STDIN_FILENO) == 0 && conversation.session.hasFailed
        }
        if hasFailed { throw ExitStatus.failed }
    }

    private func conversation(_ world: World) -> Conversation {
        Conversation(
            input: STDIN_FILENO, output: STDOUT_FILENO, historyFile: Prompt.historyFile(),
            isColoured: getenv("NO_COLOR") == nil
        ) { Session(world, isColoured: $0, say: $1) }
    }

    private func start(_ conversation: Conversation) -> Bool {
        let session = conversation.session
        if isatty(STDIN_FILENO) == 1 {
            Terminal.write("siskin \(Node.version); :help lists what can be typed, Ctrl-D ends\n")
        }
        if stopsAtStart { session.stopAtStart() }
        if files.isEmpty { return session.add("siskin", file: nil) }
        return files.allSatisfy { session.add(Session.nodeName(of: $0), file: $0) }
    }

    /// How often the standard input is looked at, beside the sockets.
    private static let interval = Nanoseconds.milliseconds(10)

    private func watch(_ conversation: Conversation, _ host: LiveHost, _ atEnd: @escaping () -> Void) {
        conversation.turn()
        if conversation.isOver {
            atEnd()
            conversation.session.end()
            return host.stop()
        }
        _ = host.schedule(after: Prompt.interval) { watch(conversation, host, atEnd) }
    }

    /// `$XDG_STATE_HOME/siskin/history`; the folder is made where it is not there.
    private static func historyFile() -> String? {
        let state: String
        if let folder = getenv("XDG_STATE_HOME"), folder.pointee != 0 {
            state = String(cString: folder)
        } else if let home = getenv("HOME") {
            state = String(cString: home) + "/.local/state"
        } else {
            return nil
        }
        var path = ""
        for part in "\(state)/siskin".split(separator: "/", omittingEmptySubsequences: false) {
            path += path.isEmpty && part.isEmpty ? "/" : path.hasSuffix("/") || path.isEmpty ? part : "/" + part
            mkdir(path, 0o700)
        }
        return path + "/history"
    }

    private static func list(_ beginning: String) -> [String] {
        let slash = beginning.lastIndex(of: "/")
        let folder = slash.map { String(beginning[...$0]) } ?? ""
        return TestFiles.names(in: folder.isEmpty ? "." : folder).map { name in
            folder + name + (TestFiles.isFolder(folder + name) ? "/" : "")
        }
    }
}

private let interrupted = Atomic<Bool>(false)
