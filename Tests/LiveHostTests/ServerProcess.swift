import Glibc

/// A program that a test starts and kills, with all its children.
final class ServerProcess {
    private var process: pid_t = 0

    /// - Parameter output: a file for what it says.
    init?(_ arguments: [String], environment: [String: String] = [:], output: String = "/dev/null") {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        defer {
            posix_spawnattr_destroy(&attributes)
            posix_spawn_file_actions_destroy(&actions)
        }
        var variables = environment
        variables["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        guard posix_spawn(&process, arguments[0], &actions, &attributes, &argv, &envp) == 0 else { return nil }
    }

    func kill() {
        guard process > 0 else { return }
        Glibc.kill(-process, SIGKILL)
        var status: CInt = 0
        waitpid(process, &status, 0)
        process = 0
    }

    /// Until it ends by itself.
    func wait() {
        guard process > 0 else { return }
        var status: CInt = 0
        waitpid(process, &status, 0)
        process = 0
    }

    /// `siskin` beside the tests' own program.
    static let siskin: String = {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own[...(own.lastIndex(of: "/") ?? own.startIndex)] + "siskin"
    }()

    deinit { kill() }

    static func exists(_ path: String) -> Bool { access(path, X_OK) == 0 }
}
