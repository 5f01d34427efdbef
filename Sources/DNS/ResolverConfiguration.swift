/// What `/etc/resolv.conf` says (resolv.conf(5)).
package struct ResolverConfiguration: Hashable, Sendable {
    /// Addresses of name servers, the first to be asked first.
    package var servers: [String] = []
    package var patience = Patience()

    /// As many as the system's own resolver uses.
    private static let maximalServers = 3

    package init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.prefix { $0 != "#" && $0 != ";" }.split(whereSeparator: \.isWhitespace)
            switch words.first {
            case "nameserver" where words.count > 1 && servers.count < Self.maximalServers:
                servers.append(String(words[1]))
            case "options": for word in words.dropFirst() { set(word) }
            default: break
            }
        }
        if servers.isEmpty { servers = ["127.0.0.1"] }
    }

    private mutating func set(_ option: Substring) {
        let parts = option.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let number = Int(parts[1]), number > 0 else { return }
        switch parts[0] {
        case "timeout": patience.timeout = min(number, 30)
        case "attempts": patience.tries = min(number, 5)
        default: break
        }
    }
}
