import Foundation
import Script
import Syntax

/// How fast scripts are read: text to tree to program.
enum Loading {
    static func measure() {
        // The routes of each copy get names of their own.
        let scripts = Kernel.all.map {
            $0.script.replacingOccurrences(of: "route[", with: "route[@_").replacingOccurrences(
                of: "route(", with: "route(@_"
            )
            .components(separatedBy: "@")
        }
        var text = ""
        var index = 0
        while text.utf8.count < 8 << 20 {
            text += scripts[index % scripts.count].joined(separator: "r\(index)")
            index += 1
        }
        let bytes = Array(text.utf8)
        let runner = ScriptRunner()
        let start = processorTime()
        let source = Source(name: "large", bytes: bytes)
        let (tree, _) = Parser.parse(source)
        let parsed = processorTime()
        let (compiled, diagnostics) = Compiler.compile(tree, source: source, library: runner)
        let done = processorTime()
        guard compiled != nil else { fatalError(diagnostics.prefix(3).map { $0.rendered(in: source) }.joined()) }
        let megabytes = Double(bytes.count) / 1e6
        print(
            "loading \(Int(megabytes)) MB of script: " + String(format: "%.0f MB/s", megabytes / (done - start))
                + String(
                    format: " (text to tree %.0f, tree to program %.0f)", megabytes / (parsed - start),
                    megabytes / (done - parsed)))
    }
}
