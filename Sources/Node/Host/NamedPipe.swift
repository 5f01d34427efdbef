/// A named pipe (FIFO) that a node made and reads: any process with the right to may write into it.
package protocol NamedPipe: AnyObject {
    /// No path leads to it any more: nobody can write into it.
    var isDeleted: Bool { get }
    /// Takes it away, where it still is.
    func close()
}

/// How a named pipe is made.
package struct PipeSettings {
    package var path: String
    /// As in `chmod`; the process's mask takes nothing away.
    package var permissions: UInt32
    /// By name or number; nil for those of the process.
    package var user: String?
    package var group: String?

    package init(path: String, permissions: UInt32, user: String? = nil, group: String? = nil) {
        self.path = path
        self.permissions = permissions
        self.user = user
        self.group = group
    }
}
