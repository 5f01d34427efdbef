import Glibc
import Node

/// A file opened to append to. Others may append to the same file: each write is one system call.
final class LiveFile: AppendingFile {
    private let path: String
    private var descriptor: CInt

    init(_ path: String) throws(HostError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        if descriptor < 0 { throw HostError.system(path) }
    }

    deinit { close() }

    func append(_ bytes: [UInt8]) throws(HostError) {
        var start = 0
        while start < bytes.count {
            let written = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start)
            }
            if written > 0 {
                start += written
            } else if written == 0 || errno != EINTR {
                throw HostError.system(path)
            }
        }
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
}
