import Foundation
import Script
import Syntax

/// How fast scripts are read: text to tree to program.
enum Loading {
    static func measure() {
        var text = ""
        var index = 0
        while text.utf8.count < 8 << 20 {
            text += Kernel.all[index % Kernel.all.count].script
                .replacingOccurrences(of: "route[", with: "route[r\(index)_")
                .replacingOccurrences(of: "route(", with: "route(r\(index)_")
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
