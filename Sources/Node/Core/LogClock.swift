import Glibc

/// Dates as the log and `$time` show them; local time.
final class LogClock {
    private var second: Int64 = .min
    private var date: [UInt8] = []

    /// `Nov 21 02:49:34 [4711] `, as OpenSIPS begins its lines on standard error.
    func prefix(at time: Int64, process: Int32) -> [UInt8] {
        let now = time / 1_000_000
        if now != second {
            second = now
            date = LogClock.format("%b %e %H:%M:%S", at: now) + Array(" [\(process)] ".utf8)
        }
        return date
    }

    /// `strftime` of a time in seconds since 1970; cut at 1023 bytes.
    static func format(_ pattern: String, at seconds: Int64, isUTC: Bool = false) -> [UInt8] {
        var time = time_t(seconds)
        var parts = tm()
        if isUTC { gmtime_r(&time, &parts) } else { localtime_r(&time, &parts) }
        return [UInt8](unsafeUninitializedCapacity: 1024) { buffer, count in
            count = buffer.withMemoryRebound(to: CChar.self) { strftime($0.baseAddress!, 1024, pattern, &parts) }
        }
    }
}

extension LogLevel {
    /// The nearest level to any number a script can give.
    init(clamping number: Int32) {
        self = LogLevel(rawValue: number) ?? (number < -3 ? .alert : number > 4 ? .debug : .warning)
    }

    /// As it stands in log lines.
    package var name: String {
        switch self {
        case .alert: "ALERT"
        case .critical: "CRITICAL"
        case .error: "ERROR"
        case .warning: "WARNING"
        case .notice: "NOTICE"
        case .info: "INFO"
        case .debug: "DBG"
        }
    }
}
