import Foundation

/// Lua 5.4 of the system, where there is one.
enum Lua {
    /// Nanoseconds per iteration, the best of several runs; nil without Lua.
    static func nanoseconds(of kernel: Kernel, iterations: Int) -> Double? {
        (0..<3).compactMap { _ in run(kernel.luaScript(iterations: iterations)) }.min()
    }

    private static func run(_ script: String) -> Double? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["lua5.4", "-e", script]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Double(String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
