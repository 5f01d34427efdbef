@preconcurrency import CEdit
import Glibc

/// A line that is typed on a terminal, with libedit: movement, history and completion, while other things happen.
///
/// libedit keeps its state in globals, so a process has one editor at a time.
final class LineEditor {
    /// Told of each line, without its end; nil at the end of the input.
    var onLine: (String?) -> Void = { _ in }
    /// What can stand at the end of the text in front of the cursor.
    var complete: (String) -> Completer.Result = { _ in .none }

    private let output: Int32
    private let historyFile: String?
    private var prompt = ""
    private(set) var isPrompting = false
    private var candidates: [[CChar]] = []

    private nonisolated(unsafe) static weak var current: LineEditor?
    private static let historyLimit: Int32 = 2000

    init(input: Int32, output: Int32, historyFile: String?) {
        self.output = output
        self.historyFile = historyFile
        setlocale(LC_CTYPE, "")
        rl_readline_name = UnsafePointer(strdup("siskin"))
        rl_instream = fdopen(dup(input), "r")
        rl_outstream = fdopen(dup(output), "w")
        rl_catch_signals = 0
        rl_completion_append_character = 0
        rl_attempted_completion_function = { _, start, _ in LineEditor.current?.matches(from: Int(start)) ?? nil }
        rl_initialize()
        using_history()
        stifle_history(LineEditor.historyLimit)
        if let historyFile { read_history(historyFile) }
        LineEditor.current = self
    }

    deinit {
        hide()
        clear_history()
    }

    /// Waits for a line.
    func show(_ prompt: String) {
        hide()
        self.prompt = prompt
        isPrompting = true
        rl_callback_handler_install(prompt) { line in
            let text = line.map { String(cString: $0) }
            free(line)
            LineEditor.current?.accept(text)
        }
    }

    /// Nothing is read any more, and what was typed is forgotten.
    func hide() {
        guard isPrompting else { return }
        isPrompting = false
        rl_callback_handler_remove()
    }

    /// There is something to read.
    func read() {
        if isPrompting { rl_callback_read_char() }
    }

    private func accept(_ line: String?) {
        hide()
        if line == nil { write("\n") }
        onLine(line)
    }

    /// Says something above the line that is being typed.
    func say(_ text: String) {
        guard isPrompting else { return write(text + "\n") }
        write("\r\u{1b}[J" + text + "\n")
        rl_forced_update_display()
    }

    private func write(_ text: String) {
        fflush(rl_outstream)
        LineEditor.write(text, to: output)
    }

    static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR && errno != EAGAIN { return }
        }
    }

    /// Keeps an input for later, in this session and the next ones.
    func remember(_ input: String) {
        add_history(input)
        if let historyFile { write_history(historyFile) }
    }

    // MARK: Completion

    /// A list as libedit wants it: what all have in common, the candidates, and a null; all of it is its own.
    private func matches(from start: Int) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        // Nothing of libedit's own, which are names of files.
        rl_attempted_completion_over = 1
        let before = Array(String(cString: rl_line_buffer).utf8.prefix(Int(rl_point)))
        let result = complete(String(decoding: before, as: UTF8.self))
        guard !result.candidates.isEmpty else { return nil }
        // libedit replaces what begins at `start`, wherever the completer thinks that the word begins.
        let texts = result.candidates.map { candidate -> [UInt8] in
            if result.start >= start { return Array(before[start..<result.start]) + Array(candidate.utf8) }
            return Array(candidate.utf8.dropFirst(start - result.start))
        }
        var common = texts[0]
        for text in texts { common = Array(zip(common, text).prefix { $0 == $1 }.map(\.0)) }
        let all = texts.count == 1 ? [common] : [common] + texts
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: all.count + 1)
        for (index, text) in all.enumerated() { list[index] = strdup(String(decoding: text, as: UTF8.self)) }
        list[all.count] = nil
        return list
    }
}
