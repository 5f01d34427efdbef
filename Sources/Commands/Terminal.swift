import Glibc

/// The standard streams of the process.
enum Terminal {
    static let isColoured = isatty(STDERR_FILENO) == 1 && getenv("NO_COLOR") == nil

    static let isOutputTerminal = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil

    static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) { write(Array(text.utf8), to: descriptor) }

    static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }

    /// A line for people, on standard error.
    static func say(_ line: String) { write(line + "\n", to: STDERR_FILENO) }
}
