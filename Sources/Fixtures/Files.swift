import Syntax

/// Where tests find their scripts and messages. Paths are relative to the file that names them.
package struct Files: Sendable {
    /// The bytes of a file; nil where it cannot be read.
    package var read: @Sendable (_ path: String) -> [UInt8]?

    package init(read: @escaping @Sendable (_ path: String) -> [UInt8]?) { self.read = read }

    /// `edge.cfg` beside `tests/edge.test.cfg` is `tests/edge.cfg`.
    func path(of name: String, beside file: String) -> String {
        guard !name.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return name }
        return String(file[...slash]) + name
    }

    /// A script with its includes, which are looked for as `siskin run` does: as written, then beside the includer.
    func load(_ name: String, _ bytes: [UInt8]) -> (source: Source, diagnostics: [Diagnostic]) {
        Source.load(name, bytes) { include, from in
            if let bytes = read(include) { return (include, bytes) }
            let beside = path(of: include, beside: from)
            return read(beside).map { (beside, $0) }
        }
    }
}
