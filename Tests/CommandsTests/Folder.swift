import Commands
import Foundation

/// A folder of its own for each test.
final class Folder {
    let path = NSTemporaryDirectory() + "siskin-" + UUID().uuidString

    init(_ files: [String: String]) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    }

    func read(_ name: String) -> String? { try? String(contentsOfFile: path + "/" + name, encoding: .utf8) }

    /// The exit status of `siskin test` on it.
    func test(_ arguments: String...) -> Int32 { Siskin.main(arguments: ["test", path] + arguments) }
}
