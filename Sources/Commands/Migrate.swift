import ArgumentParser
import LiveHost
import Node

/// `siskin migrate FILE...`
struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rewrites scripts of older releases for OpenSIPS 3.6; says what is left to do by hand.")

    @Argument(help: "Scripts to rewrite; with --write the files that they include, too.")
    var files: [String]

    @Flag(name: .shortAndLong, help: "Write the files instead of printing them.")
    var write = false

    @Flag(help: "Only name the files that would change; status 1 if there are any.")
    var check = false

    /// A fix may bring up something else to be fixed; nothing sensible goes on for longer.
    private static let maximalRounds = 20

    func run() throws {
        var failed = false
        try LiveHost.run { host in
            for file in files { if !migrate(file, host) { failed = true } }
            host.stop()
        }
        if failed { throw ExitStatus.failed }
    }

    /// False where a person has to look at it.
    private func migrate(_ file: String, _ host: LiveHost) -> Bool {
        var texts: [String: [UInt8]] = [:]
        for _ in 0..<Self.maximalRounds {
            guard let loaded = SourceFile.load(file, texts) else {
                Terminal.say("\(file): cannot be read")
                return false
            }
            let diagnostics = loaded.diagnostics + Node(name: file, host: host).load(loaded.source)
            let fixes = diagnostics.compactMap(\.fix)
            var changed = false
            for part in loaded.source.files {
                guard let old = texts[part] ?? SourceFile.read(part) else { continue }
                let new = loaded.source.fixing(fixes, in: part, old)
                guard new != old else { continue }
                texts[part] = new
                changed = true
            }
            if changed { continue }
            Terminal.show(diagnostics, in: loaded.source)
            return hand(over: texts, file) && !diagnostics.hasErrors
        }
        Terminal.say("\(file): there is no end to what has to be rewritten")
        return false
    }

    private func hand(over texts: [String: [UInt8]], _ file: String) -> Bool {
        if check {
            for name in texts.keys.sorted() { Terminal.write(name + "\n") }
            return texts.isEmpty
        }
        guard write else {
            Terminal.write(texts[file] ?? SourceFile.read(file) ?? [])
            return true
        }
        return texts.sorted { $0.key < $1.key }.allSatisfy { name, text in
            if SourceFile.write(text, to: name) { return true }
            Terminal.say("\(name): cannot be written")
            return false
        }
    }
}
