import Foundation
import Script
import Syntax

/// How fast scripts are read: text to tree to program. The script is a large one of half a megabyte, 10,000 lines, read
/// again and again.
enum Loading {
    private static let size = 1 << 19
    private static let rounds = 16

    static func measure() {
        let bytes = script()
        var reading = 0.0
        var compiling = 0.0
        var freeing = 0.0
        for round in 0...rounds {
            let start = processorTime()
            let source = Source(name: "large", bytes: bytes)
            let (tree, _) = Parser.parse(source)
            let parsed = processorTime()
            let (compiled, diagnostics) = Compiler.compile(tree, source: source, library: ScriptRunner())
            let done = processorTime()
            withExtendedLifetime(tree) {}
            let freed = processorTime()
            guard compiled != nil else { fatalError(diagnostics.prefix(3).map { $0.rendered(in: source) }.joined()) }
            // The first round warms up.
            guard round > 0 else { continue }
            reading += parsed - start
            compiling += done - parsed
            freeing += freed - done
        }
        let megabytes = Double(bytes.count * rounds) / 1e6
        let times = [reading + compiling, reading, compiling, reading + compiling + freeing]
        let speeds = times.map { String(format: "%.0f", megabytes / $0) }
        print(
            "loading scripts: \(speeds[0]) MB/s (text to tree \(speeds[1]), tree to program \(speeds[2]); "
                + "\(speeds[3]) with the tree freed)")
    }

    /// The kernels over and over, the routes of each copy under names of their own.
    private static func script() -> [UInt8] {
        let scripts = Kernel.all.map { kernel in
            kernel.script.replacingOccurrences(of: "route[", with: "route[@_")
                .replacingOccurrences(of: "route(", with: "route(@_").components(separatedBy: "@")
        }
        var text = ""
        var index = 0
        while text.utf8.count < size {
            text += scripts[index % scripts.count].joined(separator: "r\(index)")
            index += 1
        }
        return Array(text.utf8)
    }
}
