import Foundation

/// `swift run -c release Benchmarks [FILTER] [--json FILE]`: time per iteration of each kernel, its ratio to Lua 5.4
/// measured in the same run, and heap allocations per iteration.
let arguments = Array(CommandLine.arguments.dropFirst())
let jsonFile = arguments.firstIndex(of: "--json").flatMap { arguments.dropFirst($0 + 1).first }
let filter = arguments.first { !$0.hasPrefix("--") && $0 != jsonFile }

func padded(_ text: String, _ width: Int) -> String {
    text.count < width ? String(repeating: " ", count: width - text.count) + text : text
}

func rounded(_ number: Double, _ digits: Int = 1) -> String { String(format: "%.\(digits)f", number) }

var rows: [[String: Any]] = []
var ratios: [Double] = []
let kernels = Kernel.all.filter { filter.map($0.name.contains) ?? true }
print(
    "kernel".padding(toLength: 26, withPad: " ", startingAt: 0) + padded("ns", 9) + padded("Lua ns", 9)
        + padded("ratio", 8)
        + padded("allocations", 13))
for kernel in kernels {
    let iterations = 1_000_000
    let result = ScriptRunner().measure(kernel, iterations: iterations)
    let lua = Lua.nanoseconds(of: kernel, iterations: iterations)
    let ratio = lua.map { $0 / result.nanoseconds }
    if let ratio { ratios.append(ratio) }
    var row: [String: Any] = [
        "kernel": kernel.name, "nanoseconds": result.nanoseconds, "allocations": result.allocations,
    ]
    row["luaNanoseconds"] = lua
    rows.append(row)
    print(
        kernel.name.padding(toLength: 26, withPad: " ", startingAt: 0) + padded(rounded(result.nanoseconds), 9)
            + padded(lua.map { rounded($0) } ?? "-", 9) + padded(ratio.map { rounded($0) } ?? "-", 8)
            + padded(rounded(result.allocations, 3), 13))
    if kernel.isAllocationFree && result.allocations > 0.001 { print("    must not allocate!") }
}
if ratios.isEmpty {
    print("lua5.4 is not installed: no comparison")
} else {
    let mean = exp(ratios.map { log($0) }.reduce(0, +) / Double(ratios.count))
    print("geometric mean: \(rounded(mean, 2)) times as fast as Lua 5.4; slowest \(rounded(ratios.min() ?? 0, 2))")
}
if let jsonFile {
    let data = try JSONSerialization.data(withJSONObject: rows, options: [.prettyPrinted, .sortedKeys])
    try data.write(to: URL(fileURLWithPath: jsonFile))
}
if filter == nil {
    Loading.measure()
    Waits.measure(1_000_000)
}
