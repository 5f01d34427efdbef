import DNS
import SIP
import Syntax

/// The global parameters that concern SIP.
struct SIPOptions {
    /// Names that are us besides the sockets' own addresses.
    struct Alias {
        /// Nil for any.
        var transport: SIP.Transport?
        /// Small letters.
        var host: [UInt8]
        /// 0 for any.
        var port: Int
        var acceptsSubdomains = false
    }

    var aliases: [Alias] = []
    var blacklists: [Blacklist] = []
    var advertisedHost: [UInt8] = []
    var advertisedPort: [UInt8] = []
    /// A whole line with its line end; empty for none.
    var serverHeader: [UInt8] = Array("Server: Siskin\r\n".utf8)
    /// A reply has to come to the Via that we put on.
    var checksVia = false
    /// `disable_stateless_fwd`, the other way round.
    var passesReplies: Bool?
    /// A 503 is about the next hop; it goes on as a 500 (RFC 3261, 16.7 step 6).
    var translates503 = true
    /// Replies go where the Via says, not to the source address.
    var repliesToVia = false

    // Name servers
    /// Nil for what the system is set to.
    var patience: Patience?
    var usesNAPTR = true
    var usesIPv6 = true
    /// Goes on to the next address, or server, when one cannot be reached.
    var failsOver = true

    // TCP
    var maximalConnections = 2048
    /// Seconds without a message before a connection is closed.
    var connectionLifetime = 120
    /// Milliseconds that dialling may take.
    var connectTimeout = 3000
    /// Seconds that a message may take to arrive.
    var maximalMessageTime = 4

    init() {}

    init(_ globals: [Global]) {
        for global in globals {
            switch global.value {
            case .number(let number): set(global.name.text, Int(number.value))
            case .text(let literal): set(global.name.text, literal.bytes)
            case .word(let name): set(global.name.text, Array(name.text.utf8))
            case .words(let words) where global.name.text == "alias": addAliases(words.map(\.text))
            case .words(let words) where global.name.text == "dst_blacklist": blacklists.append(Blacklist(words))
            case .words, .socket: break
            }
        }
    }

    private mutating func set(_ name: String, _ value: Int) {
        switch name {
        case "disable_stateless_fwd": passesReplies = value == 0
        case "disable_503_translation": translates503 = value == 0
        case "check_via": checksVia = value != 0
        case "reply_to_via": repliesToVia = value != 0
        case "server_signature": if value == 0 { serverHeader = [] }
        case "advertised_port": advertisedPort = Array(String(value).utf8)
        case "dns_retr_time": patience = Patience(timeout: max(1, value), tries: patience?.tries ?? Patience().tries)
        case "dns_retr_no": patience = Patience(timeout: patience?.timeout ?? Patience().timeout, tries: max(1, value))
        case "dns_try_naptr": usesNAPTR = value != 0
        case "dns_try_ipv6": usesIPv6 = value != 0
        case "disable_dns_failover": failsOver = value == 0
        case "tcp_max_connections": maximalConnections = max(0, value)
        case "tcp_connection_lifetime": connectionLifetime = max(1, value)
        case "tcp_connect_timeout": connectTimeout = max(1, value)
        case "tcp_max_msg_time": maximalMessageTime = max(1, value)
        default: break
        }
    }

    private mutating func set(_ name: String, _ value: [UInt8]) {
        switch name {
        case "server_header": serverHeader = value + [0x0d, 0x0a]
        case "advertised_address": advertisedHost = value
        case "advertised_port": advertisedPort = value
        default: break
        }
    }

    /// `host`, `proto : host` and `proto : host : port`, word by word.
    private mutating func addAliases(_ words: [String]) {
        var index = 0
        while index < words.count {
            var alias = Alias(transport: nil, host: Array(words[index].lowercased().utf8), port: 0)
            index += 1
            if index + 1 < words.count, words[index] == ":" {
                alias.transport = alias.host.withUnsafeBufferPointer { SIP.Transport($0) }
                alias.host = Array(words[index + 1].lowercased().utf8)
                index += 2
                if index + 1 < words.count, words[index] == ":" {
                    alias.port = Int(words[index + 1]) ?? 0
                    index += 2
                }
            }
            if index < words.count, words[index].lowercased() == "accept_subdomain" {
                alias.acceptsSubdomains = true
                index += 1
            }
            aliases.append(alias)
        }
    }
}
