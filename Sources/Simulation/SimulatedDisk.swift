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

    mutating func append(_ bytes: [UInt8], to path: String) throws(HostError) {
        try check(path)
        if let space {
            guard bytes.count <= space else { throw HostError(subject: path, reason: "No space left on device") }
            self.space = space - bytes.count
        }
        // The file may have been removed since it was opened: then nobody sees what is written.
        files[path]?.bytes.append(contentsOf: bytes)
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
        guard isOpen else { throw HostError(subject: path, reason: "Bad file descriptor") }
        try host.disk.append(bytes, to: path)
    }

    func synchronize() throws(HostError) {
        guard isOpen else { throw HostError(subject: path, reason: "Bad file descriptor") }
        try host.disk.synchronise(path)
    }

    func close() { isOpen = false }
}
