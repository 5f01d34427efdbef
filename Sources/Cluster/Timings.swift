/// The timers of a node. The defaults are those of OpenSIPS, as far as OpenSIPS has them.
package struct Timings: Equatable, Sendable {
    static let second: Nanoseconds = 1_000_000_000
    static let millisecond: Nanoseconds = 1_000_000

    /// Between regular pings of a link that is up (`ping_interval`).
    package let pingInterval: Nanoseconds
    /// How long a pong may take (`ping_timeout`).
    package let pingTimeout: Nanoseconds
    /// Between the probes of a link that is down (`node_timeout`).
    package let nodeTimeout: Nanoseconds
    /// The period at which all of the above are looked at.
    package let heartbeat: Nanoseconds

    /// How long a donor may keep silent before a synchronisation is given up (`sync_timeout`).
    package var syncTimeout: Nanoseconds = 15 * second
    /// After how long without a donor a seed node calls itself synced (`seed_fallback_interval`).
    package var seedFallback: Nanoseconds = 5 * second

    /// How late probing pings are answered. OpenSIPS forgets a pong which it handles before it has noted its own
    /// ping, and then does not ping again for good.
    package var probeAnswerDelay: Nanoseconds = 3 * millisecond
    /// When a node that got our pong to its probe neither sends its topology nor pings again for this long, it has
    /// forgotten the pong; an UNKNOWN_ID starts it again. Longer than a node waits between its pings: the probe may have
    /// been meant for, or made by, another node of that id or address.
    package var lostPongPatience: Nanoseconds

    /// How long after a node became reachable the own links are told to everybody again; nil for never. Who joins
    /// learns of far links only what his neighbours pass on, and that can be incomplete (see `refreshTopology`).
    package var refreshDelay: Nanoseconds?

    /// Two announcements of one sharing tag that are less than this apart may have crossed on the wire.
    package var crossingWindow: Nanoseconds = 250 * millisecond
    /// After how long a contested sharing tag is announced again by its holder. Who had to give it up takes it back
    /// when it hears no such confirmation for twice as long.
    package var confirmationDelay: Nanoseconds = second

    /// - Parameters:
    ///   - pingInterval: in seconds
    ///   - pingTimeout: in milliseconds
    ///   - nodeTimeout: in seconds
    package init(
        pingInterval: Int32 = 4, pingTimeout: Int32 = 1000, nodeTimeout: Int32 = 60
    ) throws(ConfigurationError) {
        guard pingInterval > 0 else { throw .notPositive("ping_interval") }
        guard pingTimeout > 0 else { throw .notPositive("ping_timeout") }
        guard nodeTimeout > 0 else { throw .notPositive("node_timeout") }
        self.pingInterval = Nanoseconds(pingInterval) * Timings.second
        self.pingTimeout = Nanoseconds(pingTimeout) * Timings.millisecond
        self.nodeTimeout = Nanoseconds(nodeTimeout) * Timings.second
        refreshDelay = self.pingInterval
        heartbeat = [self.pingTimeout, self.nodeTimeout].reduce(self.pingInterval, greatestCommonDivisor)
        lostPongPatience = self.pingInterval + self.pingTimeout + heartbeat
    }

    /// Up to a tenth of `node_timeout`: not all nodes shall dial at once one that is dead.
    func jitter(using random: inout some RandomNumberGenerator) -> Nanoseconds {
        Nanoseconds.random(in: 0...nodeTimeout / 10, using: &random)
    }
}

private func greatestCommonDivisor(_ a: Nanoseconds, _ b: Nanoseconds) -> Nanoseconds {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
}
