import Foundation

/// The table of the kernels: time per iteration, its ratio to Lua 5.4 measured in the same run, and heap allocations per
/// iteration.
enum Comparison {
    /// Prints the table; its rows for JSON.
    static func measure(_ kernels: [Kernel], iterations: Int = 1_000_000) -> [[String: Any]] {
        row("kernel", ["ns", "Lua ns", "ratio", "allocations"])
        var rows: [[String: Any]] = []
        var ratios: [Double] = []
        for kernel in kernels {
            let result = ScriptRunner().measure(kernel, iterations: iterations)
            let lua = Lua.nanoseconds(of: kernel, iterations: iterations)
            let ratio = lua.map { $0 / result.nanoseconds }
            if let ratio { ratios.append(ratio) }
            var values: [String: Any] = [
                "kernel": kernel.name, "nanoseconds": result.nanoseconds, "allocations": result.allocations,
            ]
            values["luaNanoseconds"] = lua
            rows.append(values)
            row(
                kernel.name,
                [
                    rounded(result.nanoseconds), lua.map { rounded($0) } ?? "-", ratio.map { rounded($0) } ?? "-",
                    rounded(result.allocations, 3),
                ])
            if kernel.isAllocationFree && result.allocations > 0.001 { print("    must not allocate!") }
        }
        if ratios.isEmpty {
            print("lua5.4 is not installed: no comparison")
        } else {
            let mean = exp(ratios.map { log($0) }.reduce(0, +) / Double(ratios.count))
            let slowest = rounded(ratios.min() ?? 0, 2)
            print("geometric mean: \(rounded(mean, 2)) times as fast as Lua 5.4; slowest \(slowest)")
        }
        return rows
    }

    private static func row(_ name: String, _ columns: [String]) {
        let padding = columns.map { String(repeating: " ", count: max(0, 13 - $0.count)) + $0 }
        print(name.padding(toLength: 26, withPad: " ", startingAt: 0) + padding.joined())
    }

    private static func rounded(_ number: Double, _ digits: Int = 1) -> String {
        String(format: "%.\(digits)f", number)
    }
}
