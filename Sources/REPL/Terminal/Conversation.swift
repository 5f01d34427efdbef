import Glibc
import Node
import Simulation

/// Joins a session with what is typed: on a terminal with a prompt, an editor and a history, in a pipe line by line.
package final class Conversation {
    package let session: Session
    private let input: Int32
    private let output: Int32
    private let editor: LineEditor?
    /// Bytes of a pipe that were read and are not a line yet.
    private var buffer: [UInt8] = []
    private var hasEnded = false
    /// The lines of an input that is not complete yet.
    private var lines: [String] = []

    /// - Parameters:
    ///   - historyFile: where inputs are kept from one session to the next; nil for nowhere.
    ///   - makeSession: gets what a session says its lines with, and whether in colours.
    package init(
        input: Int32, output: Int32, historyFile: String?, isColoured: Bool,
        makeSession: (_ isColoured: Bool, _ say: @escaping (Output) -> Void) -> Session
    ) {
        self.input = input
        self.output = output
        let isTerminal = isatty(input) == 1 && isatty(output) == 1
        let editor = isTerminal ? LineEditor(input: input, output: output, historyFile: historyFile) : nil
        self.editor = editor
        let isColoured = isTerminal && isColoured
        session = makeSession(isColoured) { line in
            let text = line.rendered(isColoured: isColoured)
            if let editor { editor.say(text) } else { LineEditor.write(text + "\n", to: output) }
        }
        editor?.onLine = { [unowned self] in accept($0) }
        editor?.complete = { [unowned self] in complete($0) }
    }

    package var isOver: Bool { session.isOver || hasEnded && !session.isWaiting && buffer.isEmpty }

    private var isTerminal: Bool { editor != nil }

    // MARK: Input

    /// Shows the prompt where one is due, and reads what is there.
    /// - Parameter patience: milliseconds to wait for input at most.
    package func turn(patience: Int32 = 0) {
        guard !session.isWaiting else {
            // Only a signal can come now.
            if patience > 0 { usleep(UInt32(patience) * 1000) }
            return
        }
        guard !isOver else { return }
        if let editor, !editor.isPrompting { editor.show(prompt) }
        if takeLine() { return }
        var poll = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, patience) > 0 else { return }
        if let editor { editor.read() } else { readPipe() }
    }

    private var prompt: String {
        if !lines.isEmpty { return String(repeating: " ", count: max(0, session.prompt.count - 4)) + "... " }
        // The signs tell libedit what takes no room.
        return session.isColoured ? "\u{1}\u{1b}[1;34m\u{2}\(session.prompt)\u{1}\u{1b}[0m\u{2}" : session.prompt
    }

    private func readPipe() {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(input, &chunk, chunk.count)
        if count > 0 {
            buffer += chunk[..<count]
        } else if count == 0 {
            hasEnded = true
            if !buffer.isEmpty { buffer.append(UInt8(ascii: "\n")) }
            if buffer.isEmpty { endOfInput() }
        }
    }

    /// Takes one line of what a pipe brought; false where there is none.
    private func takeLine() -> Bool {
        guard !isTerminal else { return false }
        guard let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else {
            if hasEnded { endOfInput() }
            return false
        }
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeFirst(end + 1)
        accept(line)
        return true
    }

    /// What was begun and not ended is said to be wrong by the parser.
    private func endOfInput() {
        if !lines.isEmpty { submit() }
    }

    private func accept(_ line: String?) {
        guard let line else {
            hasEnded = true
            session.isOver = true
            return
        }
        lines.append(line)
        if lines.count == 1 || line.isEmpty || TypedInput.isComplete(lines.joined(separator: "\n")) {
            // An empty line ends what would go on for ever.
            guard line.isEmpty || TypedInput.isComplete(lines.joined(separator: "\n")) else { return }
            submit()
        }
    }

    private func submit() {
        let text = lines.joined(separator: "\n")
        if !text.trimmed.isEmpty {
            // A comment would swallow what follows it on one line.
            editor?.remember(text.contains("#") ? text : lines.map(\.trimmed).joined(separator: " "))
        }
        lines = []
        session.submit(text)
        // Nobody looks at a clock in a pipe.
        if !isTerminal { session.finishWaiting() }
    }

    private func complete(_ text: String) -> Completer.Result {
        let before = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
        var result = Completer(session).complete(before + text)
        result.start -= before.utf8.count
        return result.start < 0 ? .none : result
    }

    /// Ctrl-C: forgets what was typed, or does not wait any more.
    package func interrupt() {
        if session.isWaiting {
            // Behind the sign that the terminal has shown.
            if isTerminal { LineEditor.write("\n", to: output) }
            return session.interrupt()
        }
        lines = []
        editor?.hide()
        if isTerminal { LineEditor.write("^C\n", to: output) }
    }

    // MARK: Simulated time

    /// Goes on until the end, in simulated time that follows the clock on the wall where a person types, and passes only
    /// where somebody waits in a pipe.
    /// - Parameter isInterrupted: whether Ctrl-C was pressed since the last call.
    package func run(isInterrupted: () -> Bool = { false }) {
        let clock = ContinuousClock()
        var last = clock.now
        while !isOver {
            turn(patience: isTerminal ? patience : 100)
            if isInterrupted() { interrupt() }
            let now = clock.now
            let elapsed = now - last
            last = now
            let (seconds, attoseconds) = elapsed.components
            if isTerminal { session.advance(by: seconds * 1_000_000_000 + attoseconds / 1_000_000_000) }
        }
        editor?.hide()
        session.end()
    }

    /// Milliseconds to the next thing that happens.
    private var patience: Int32 {
        guard let simulation = session.world.simulation, let due = simulation.nextDue else { return 100 }
        return Int32(max(1, min(100, (due - simulation.now) / 1_000_000)))
    }
}
