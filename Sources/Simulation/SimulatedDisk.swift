import Node

/// The files of a simulated host, and what is wrong with them.
package struct SimulatedDisk: Sendable {
    private struct Content: Sendable {
        var bytes: [UInt8]
        /// As many of the bytes survive a loss of power.
        var synchronised: Int
    }

    private var files: [String: Content] = [:]
    /// Bytes that may still be written; nil for any number.
    package var space: Int?
    /// Paths where every operation fails, with the system's words: `Permission denied`.
    package var failures: [String: String] = [:]

    package subscript(path: String) -> [UInt8]? {
        get { files[path]?.bytes }
        set { files[path] = newValue.map { Content(bytes: $0, synchronised: $0.count) } }
    }

    func read(_ path: String) throws(HostError) -> [UInt8] {
        try check(path)
        guard let content = files[path] else { throw HostError(subject: path, reason: "No such file or directory") }
        return content.bytes
    }

    mutating func open(_ path: String) throws(HostError) {
        try check(path)
        if files[path] == nil { files[path] = Content(bytes: [], synchronised: 0) }
    }

    /// Takes what there is room for.
    mutating func append(_ bytes: UnsafeRawBufferPointer, to path: String) -> (count: Int, error: HostError?) {
        do { try check(path) } catch { return (0, error) }
        let count = min(bytes.count, space ?? bytes.count)
        if let space { self.space = space - count }
        // The file may have been removed since it was opened: then nobody sees what is written.
        files[path]?.bytes.append(contentsOf: bytes[..<count])
        return (count, count == bytes.count ? nil : HostError(subject: path, reason: "No space left on device"))
    }

    mutating func cut(_ path: String, to size: Int64) throws(HostError) {
        try check(path)
        guard let content = files[path], size >= 0, size < content.bytes.count else { return }
        if let space { self.space = space + content.bytes.count - Int(size) }
        files[path]?.bytes.removeLast(content.bytes.count - Int(size))
        files[path]?.synchronised = min(content.synchronised, Int(size))
    }

    mutating func replace(_ path: String, with content: [UInt8]) throws(HostError) {
        try check(path)
        if let space {
            let more = content.count - (files[path]?.bytes.count ?? 0)
            guard more <= space else { throw HostError(subject: path, reason: "No space left on device") }
            self.space = space - more
        }
        self[path] = content
    }

    mutating func synchronise(_ path: String) throws(HostError) {
        try check(path)
        if let count = files[path]?.bytes.count { files[path]?.synchronised = count }
    }

    mutating func loseUnsynchronised() {
        files = files.mapValues { content in
            Content(bytes: Array(content.bytes.prefix(content.synchronised)), synchronised: content.synchronised)
        }
    }

    private func check(_ path: String) throws(HostError) {
        if let reason = failures[path] { throw HostError(subject: path, reason: reason) }
    }
}

final class SimulatedFile: AppendingFile {
    private let path: String
    private let host: SimulatedHost
    private var isOpen = true

    init(_ path: String, _ host: SimulatedHost) throws(HostError) {
        self.path = path
        self.host = host
        try host.disk.open(path)
    }

    func append(_ bytes: [UInt8]) throws(HostError) {
        if let error = bytes.withUnsafeBytes({ write($0).error }) { throw error }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> (count: Int, error: HostError?) {
        guard isOpen else { return (0, HostError(subject: path, reason: "Bad file descriptor")) }
        return host.disk.append(bytes, to: path)
    }

    var size: Int64 { Int64(host.disk[path]?.count ?? 0) }

    func cut(to size: Int64) throws(HostError) { try host.disk.cut(path, to: size) }

    var isDeleted: Bool { host.disk[path] == nil }

    func synchronize() throws(HostError) {
        guard isOpen else { throw HostError(subject: path, reason: "Bad file descriptor") }
        try host.disk.synchronise(path)
    }

    func close() { isOpen = false }
}
