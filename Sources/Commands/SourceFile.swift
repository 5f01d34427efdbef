import Glibc
import Syntax

/// Reads scripts with their includes from disk: an include is looked for from the working directory, then beside the
/// file that names it.
enum SourceFile {
    /// - Parameter texts: what stands in files in place of what is on disk.
    static func load(
        _ path: String, _ texts: [String: [UInt8]] = [:]
    ) -> (source: Source, diagnostics: [Diagnostic])? {
        func read(_ path: String) -> [UInt8]? { texts[path] ?? self.read(path) }
        guard let bytes = read(path) else { return nil }
        return Source.load(path, bytes) { name, from in
            if let bytes = read(name) { return (name, bytes) }
            guard !name.hasPrefix("/"), let slash = from.lastIndex(of: "/") else { return nil }
            let beside = from[...slash] + name
            return read(String(beside)).map { (String(beside), $0) }
        }
    }

    /// The bytes of a file; nil where it cannot be read.
    static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            bytes += buffer[..<count]
            if count < buffer.count { return ferror(file) == 0 ? bytes : nil }
        }
    }

    /// Writes a file; makes its folder where there is none.
    static func writeMakingFolder(_ bytes: [UInt8], to path: String) -> Bool {
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { mkdir(String(path[..<slash]), 0o777) }
        return write(bytes, to: path)
    }

    static func write(_ bytes: [UInt8], to path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        return fclose(file) == 0 && isWritten
    }
}
