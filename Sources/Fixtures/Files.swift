import Syntax

/// Where tests find their scripts and messages. Paths are relative to the file that names them.
package struct Files: Sendable {
    /// The bytes of a file; nil where it cannot be read.
    package var read: @Sendable (_ path: String) -> [UInt8]?

    /// Makes a file, and its folder where there is none; false where that cannot be done.
    package var write: @Sendable (_ path: String, _ bytes: [UInt8]) -> Bool

    package init(
        read: @escaping @Sendable (_ path: String) -> [UInt8]?,
        write: @escaping @Sendable (_ path: String, _ bytes: [UInt8]) -> Bool = { _, _ in false }
    ) {
        self.read = read
        self.write = write
    }

    /// `edge.cfg` beside `tests/edge.test.cfg` is `tests/edge.cfg`.
    func path(of name: String, beside file: String) -> String {
        guard !name.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return name }
        return String(file[...slash]) + name
    }

    /// A script with its includes.
    func load(_ name: String, _ bytes: [UInt8]) -> (source: Source, diagnostics: [Diagnostic]) {
        Source.load(name, bytes) { find($0, from: $1) }
    }

    /// An include: it is looked for as `siskin run` does, as written, then beside the includer.
    func find(_ include: String, from file: String) -> (name: String, bytes: [UInt8])? {
        if let bytes = read(include) { return (include, bytes) }
        let beside = path(of: include, beside: file)
        return read(beside).map { (beside, $0) }
    }
}
