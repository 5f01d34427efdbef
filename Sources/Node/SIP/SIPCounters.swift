/// What a node's SIP layer did, the statistics of the core.
struct SIPCounters {
    var requests: UInt64 = 0
    var replies: UInt64 = 0
    var forwardedRequests: UInt64 = 0
    var forwardedReplies: UInt64 = 0
    /// Requests that should go on, and found no place that takes them.
    var failedForwards: UInt64 = 0
    /// Requests that could not be read, or that nobody can answer.
    var brokenRequests: UInt64 = 0
    /// Replies that could not be read, or that lead nowhere.
    var brokenReplies: UInt64 = 0
    /// Messages with headers that nobody can read.
    var badHeaders: UInt64 = 0
    /// Stateless replies by the first digit of their number.
    var sent: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
    /// ACKs of stateless replies.
    var absorbedACKs: UInt64 = 0

    /// Counts a stateless reply.
    mutating func count(status: Int) {
        switch status / 100 {
        case 1: sent.0 &+= 1
        case 2: sent.1 &+= 1
        case 3: sent.2 &+= 1
        case 4: sent.3 &+= 1
        case 5: sent.4 &+= 1
        default: sent.5 &+= 1
        }
    }
}

extension SIPLayer {
    /// The names are those of OpenSIPS, but for `failed_forwards`.
    func addStatistics() {
        func add(_ name: String, _ group: String, _ value: @escaping (SIPCounters) -> UInt64) {
            node.statistics.add(name, group: group) { [unowned self] in Int(truncatingIfNeeded: value(counters)) }
        }
        add("rcv_requests", "core") { $0.requests }
        add("rcv_replies", "core") { $0.replies }
        add("fwd_requests", "core") { $0.forwardedRequests }
        add("fwd_replies", "core") { $0.forwardedReplies }
        add("failed_forwards", "core") { $0.failedForwards }
        add("err_requests", "core") { $0.brokenRequests }
        add("err_replies", "core") { $0.brokenReplies }
        add("bad_msg_hdr", "core") { $0.badHeaders }
        guard node.module(Sl.self) != nil else { return }
        add("1xx_replies", "sl") { $0.sent.0 }
        add("2xx_replies", "sl") { $0.sent.1 }
        add("3xx_replies", "sl") { $0.sent.2 }
        add("4xx_replies", "sl") { $0.sent.3 }
        add("5xx_replies", "sl") { $0.sent.4 }
        add("6xx_replies", "sl") { $0.sent.5 }
        add("sent_replies", "sl") { $0.sent.0 &+ $0.sent.1 &+ $0.sent.2 &+ $0.sent.3 &+ $0.sent.4 &+ $0.sent.5 }
        add("received_ACKs", "sl") { $0.absorbedACKs }
    }
}
