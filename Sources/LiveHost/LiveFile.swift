import Glibc
import Node

/// A file opened to append to. Others may append to the same file: each write is one system call.
final class LiveFile: AppendingFile {
    private let path: String
    private var descriptor: CInt

    init(_ path: String, permissions: UInt32 = 0o644) throws(HostError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, permissions)
        if descriptor < 0 { throw HostError.system(path) }
    }

    deinit { close() }

    func append(_ bytes: [UInt8]) throws(HostError) {
        if let error = bytes.withUnsafeBytes({ write($0).error }) { throw error }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> (count: Int, error: HostError?) {
        var start = 0
        while start < bytes.count {
            let written = Glibc.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
            if written > 0 {
                start += written
            } else if written == 0 || errno != EINTR {
                return (start, .system(path))
            }
        }
        return (start, nil)
    }

    var size: Int64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    }

    func cut(to size: Int64) throws(HostError) {
        if ftruncate(descriptor, off_t(max(0, size))) != 0 { throw HostError.system(path) }
    }

    var isDeleted: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_nlink == 0
    }

    func synchronize() throws(HostError) {
        // A pipe or a terminal has nothing to synchronise.
        if fdatasync(descriptor) != 0, errno != EINVAL, errno != EROFS { throw HostError.system(path) }
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Bytes of the largest file that `read` takes in.
    private static let maximalSize = 256 << 20

    static func read(_ path: String) throws(HostError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HostError.system(path) }
        defer { Glibc.close(descriptor) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw HostError.system(path)
            }
            if count == 0 { return content }
            content.append(contentsOf: chunk[..<count])
            if content.count > maximalSize { throw HostError.system(path, EFBIG) }
        }
    }

    static func replace(_ path: String, with content: [UInt8]) throws(HostError) {
        let aside = path + ".new"
        unlink(aside)
        let file = try LiveFile(aside)
        try file.append(content)
        try file.synchronize()
        file.close()
        guard rename(aside, path) == 0 else { throw HostError.system(path) }
        // The name is safe when its directory is.
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let directory = open(slash.map { String(path[...$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw HostError.system(path) }
        defer { Glibc.close(directory) }
        if fsync(directory) != 0, errno != EINVAL { throw HostError.system(path) }
    }
}
