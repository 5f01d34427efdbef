import Foundation

/// `swift run -c release Benchmarks [SECTION|KERNEL] [--json FILE]`: the kernels against Lua 5.4, and what `sections`
/// lists; without a name, everything.
let arguments = Array(CommandLine.arguments.dropFirst())
let jsonFile = arguments.firstIndex(of: "--json").flatMap { arguments.dropFirst($0 + 1).first }
let filter = arguments.first { !$0.hasPrefix("--") && $0 != jsonFile }

/// What is measured besides the kernels, by name.
let sections: [(name: String, measure: () -> Void)] = [
    ("loading", Loading.measure),
    ("tests", ScriptTests.measure),
    ("waits", { Waits.measure(1_000_000) }),
    ("messages", Messages.measure),
    ("replies", Replies.measure),
    ("events", { EventDelivery.measure(1_000_000) }),
    ("cluster", ClusterTraffic.measure),
]

let chosen = sections.filter { filter == nil || $0.name == filter }
if filter == nil || chosen.isEmpty {
    let rows = Comparison.measure(Kernel.all.filter { filter.map($0.name.contains) ?? true })
    if let jsonFile {
        let data = try JSONSerialization.data(withJSONObject: rows, options: [.prettyPrinted, .sortedKeys])
        try data.write(to: URL(fileURLWithPath: jsonFile))
    }
}
for section in chosen { section.measure() }
