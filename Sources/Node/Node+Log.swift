import Script
import Syntax

/// What a node says: lines of its own, of its scripts, and about them.
extension Node {
    /// A finding about the script that does not keep it from running.
    package func report(_ diagnostic: Diagnostic, in source: Source) {
        report(diagnostic.severity, diagnostic.message, at: source.location(of: diagnostic.span.start))
    }

    package func warnOnce(_ message: String) {
        if warned.insert(message).inserted { log(.warning, message) }
    }

    /// A line of the node itself.
    package func log(_ level: LogLevel, _ message: String) {
        guard level.rawValue <= globals.logLevel else { return }
        write(level, message)
    }

    private func write(_ level: LogLevel, _ text: String) {
        var text = text
        text.withUTF8 { write(level, $0) }
    }

    private func write(_ level: LogLevel, _ text: UnsafeBufferPointer<UInt8>) {
        let text = text.last == UInt8(ascii: "\n") ? UnsafeBufferPointer(rebasing: text.dropLast()) : text
        if observer?.takes(level, text) == true { return }
        var line = Array(label.utf8)
        line += clock.prefix(at: host.wallClock, process: host.processID)
        line += level.name.utf8
        line.append(UInt8(ascii: ":"))
        line.append(contentsOf: text)
        line.withUnsafeBufferPointer { host.log(level, $0) }
    }

    package func log(_ level: Int32, _ text: UnsafeBufferPointer<UInt8>) {
        write(LogLevel(clamping: level), text)
    }

    package func report(_ severity: Diagnostic.Severity, _ message: String, at location: Source.Location) {
        log(severity == .error ? .error : .warning, "\(location.file):\(location.line):\(location.column): \(message)")
    }
}
