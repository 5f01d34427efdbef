/// How long a name server may take, and how often each is asked.
package struct Patience: Hashable, Sendable {
    /// Seconds for one answer.
    package var timeout: Int
    /// Rounds through all servers.
    package var tries: Int

    package init(timeout: Int = 5, tries: Int = 2) {
        self.timeout = timeout
        self.tries = tries
    }
}

/// One question on its way through the name servers: first to the first, and to the next when nothing useful comes.
/// An answer that a datagram could not hold is asked for again over a stream (RFC 7766, 5).
package struct Lookup: Sendable {
    package enum Step: Hashable, Sendable {
        /// Ask the server with this number, and wait.
        case ask(server: Int, Carrier)
        /// What came meant nothing; go on waiting.
        case wait
        /// Seconds that it may be kept.
        case found([Record], lifetime: UInt32)
        case failed
    }

    package enum Carrier: Hashable, Sendable { case datagram, stream }

    package let question: Question
    package let id: UInt16
    private let servers: Int
    private var remaining: Int
    private var server = -1
    private var carrier = Carrier.datagram

    /// - Parameter id: a number that nobody can guess.
    package init(_ question: Question, id: UInt16, servers: Int, _ patience: Patience) {
        self.question = question
        self.id = id
        self.servers = servers
        remaining = servers * max(patience.tries, 1)
    }

    package var query: [UInt8] { question.query(id: id) }

    /// Also for a server that did not answer in time, or cannot be reached.
    package mutating func askNext() -> Step {
        guard remaining > 0 else { return .failed }
        remaining -= 1
        server = (server + 1) % servers
        carrier = .datagram
        return .ask(server: server, .datagram)
    }

    /// A message came from a server that was asked.
    package mutating func onMessage(_ message: UnsafeBufferPointer<UInt8>, over carrier: Carrier) -> Step {
        // Anybody can send a datagram in a server's name: what is not an answer to this query counts for nothing.
        guard let response = try? Response(message, to: question, id: id) else { return .wait }
        switch response.outcome {
        case .records(let records): return .found(records, lifetime: response.lifetime)
        case .refused: return askNext()
        case .truncated:
            guard carrier == .datagram, self.carrier == .datagram else { return askNext() }
            self.carrier = .stream
            return .ask(server: server, .stream)
        }
    }
}
