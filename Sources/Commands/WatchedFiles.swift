import Glibc
import Synchronization

/// The files that tests were made of, and whether one has changed since it was read.
final class WatchedFiles: Sendable {
    /// What tells that a file was written; all zero where there is none.
    private struct State: Hashable {
        var seconds = 0
        var nanoseconds = 0
        var size: Int64 = 0
        var number: UInt = 0

        init(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return }
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
            size = Int64(status.st_size)
            number = UInt(status.st_ino)
        }
    }

    private let states = Mutex<[String: State]>([:])

    var count: Int { states.withLock { $0.count } }

    /// The bytes of a file; nil where it cannot be read. From here on it is watched, even if there is none yet.
    func read(_ path: String) -> [UInt8]? {
        let state = State(path)
        states.withLock { $0[path] = state }
        return SourceFile.read(path)
    }

    /// Looks five times a second. Forgets all files then, as they are about to be read again.
    /// - Parameter condition: another reason to go on.
    func waitForChange(or condition: () -> Bool) {
        while true {
            usleep(200_000)
            if condition() { return states.withLock { $0 = [:] } }
            let hasChanged = states.withLock { states in
                guard states.contains(where: { State($0.key) != $0.value }) else { return false }
                states = [:]
                return true
            }
            if hasChanged { return }
        }
    }
}
