import Events
import SIP
import Syntax

/// Places that requests must not be forwarded to, while a script uses the list: `dst_blacklist`. What `send` sends goes
/// anywhere.
///
/// The flag `default` changes nothing for `forward`, as in OpenSIPS 3.6.8.
struct Blacklist {
    struct Rule: Equatable {
        /// What does not match is forbidden.
        var isNegated = false
        /// Nil for any.
        var transport: SIP.Transport?
        var network: Network
        /// 0 for any.
        var port = 0
        /// As for file names, over the whole message; empty for any.
        var pattern: [UInt8] = []

        /// - Parameter text: what goes there.
        func forbids(_ transport: SIP.Transport?, _ ip: IPAddress, port: Int, _ text: [UInt8]) -> Bool {
            let matches =
                (self.transport == nil || self.transport == transport) && network.contains(ip) == true
                && (self.port == 0 || self.port == port)
                && (pattern.isEmpty || ShellPattern(pattern).matches(text))
            return matches != isNegated
        }
    }

    let name: [UInt8]
    /// Rules may be added and taken away while the node runs (`/expire`).
    let isChangeable: Bool
    private(set) var rules: [(rule: Rule, end: Nanoseconds?)] = []

    func forbids(
        _ transport: SIP.Transport?, _ ip: IPAddress, port: Int, _ text: [UInt8], at now: Nanoseconds
    ) -> Bool {
        rules.contains { rule, end in end ?? .max > now && rule.forbids(transport, ip, port: port, text) }
    }

    mutating func add(_ rule: Rule, until end: Nanoseconds?, at now: Nanoseconds) {
        rules.removeAll { $0.rule == rule || $0.end ?? .max <= now }
        rules.append((rule, end))
    }

    /// - Returns: whether there was such a rule.
    mutating func remove(_ rule: Rule) -> Bool {
        let before = rules.count
        rules.removeAll { $0.rule == rule }
        return rules.count < before
    }
}

extension Blacklist {
    /// Reads `name[/flag, flag][:{rule, rule}]`, word by word; a rule is `[!] net` or
    /// `[!] ([proto,] net [, port [, "pattern"]])`.
    init(_ words: [Name]) {
        var rest = words.dropFirst()
        name = Array(words.first?.text.utf8 ?? "".utf8)
        let flags = rest.prefix { $0.text != ":" || $0.form == .quoted }
        isChangeable = flags.contains { $0.text == "expire" }
        rest = rest.dropFirst(flags.count + 2)
        while let rule = Rule(&rest) { rules.append((rule, nil)) }
    }
}

extension Blacklist.Rule {
    /// Takes a rule and the comma behind it from the words.
    fileprivate init?(_ words: inout ArraySlice<Name>) {
        func isMark(_ mark: String) -> Bool { words.first.map { $0.form != .quoted && $0.text == mark } ?? false }
        var isNegated = false
        if isMark("!") {
            isNegated = true
            words.removeFirst()
        }
        var fields: [Name] = []
        if isMark("(") {
            fields = words.dropFirst().prefix { $0.form == .quoted || $0.text != ")" }
                .filter { $0.form == .quoted || $0.text != "," }
            words = words.drop { $0.form == .quoted || $0.text != ")" }.dropFirst()
        } else if let first = words.popFirst() {
            fields = [first]
        }
        if isMark(",") { words.removeFirst() }
        var transport: SIP.Transport?
        if let first = fields.first, Self.network(first.text) == nil {
            transport = Array(first.text.utf8).withUnsafeBufferPointer { SIP.Transport($0) }
            fields.removeFirst()
        }
        guard let network = fields.first.flatMap({ Self.network($0.text) }) else { return nil }
        self.init(
            isNegated: isNegated, transport: transport, network: network,
            port: fields.count > 1 ? Int(fields[1].text) ?? 0 : 0,
            pattern: fields.count > 2 ? Array(fields[2].text.utf8) : [])
    }

    private static func network(_ text: String) -> Network? {
        Array(text.utf8).withUnsafeBufferPointer { Network(text: $0) }
    }
}
