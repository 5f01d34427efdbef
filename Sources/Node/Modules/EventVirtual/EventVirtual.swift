import Events
import Script
import Syntax

/// `virtual:PARALLEL|FAILOVER|ROUND-ROBIN socket socket ...`, and the bounds of every event socket.
///
/// Siskin's own parameters, which hold for plain sockets too while this module is loaded:
/// - `queue`: events that wait in one place at most (10000; 0: an event that cannot be sent has failed)
/// - `overflow`: `drop-oldest` (the default) or `drop-newest`
/// - `time_to_live`: seconds after which an event is not sent any more (300)
/// - `retry_interval`: milliseconds until a failed socket without an alternative is tried again (1000)
/// - `attempts`: deliveries of one event that may fail in one place until it is given up (10)
/// - `window`: deliveries to one socket under way at a time (512)
/// - `spool`: a directory where events that nobody can take wait on disk
///
/// Differs from OpenSIPS: PARALLEL goes on behind a backend that fails, ROUND-ROBIN passes over the failed ones,
/// FAILOVER hands on what fails late, a failed backend is tried with one event and not with all, and nested virtual
/// sockets work.
final class EventVirtual: EventTransport {
    static let name = "event_virtual"
    static let transports = ["virtual"]

    private unowned let node: Node

    init(_ node: Node) {
        self.node = node
        node.events.transports["virtual"] = self
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(
            own: """
                param int queue time_to_live retry_interval attempts window
                param string overflow spool
                """)
    }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        let number = value.number.map { Int($0) } ?? 0
        switch parameter {
        case "failover_timeout": node.events.limits.failoverTimeout = .seconds(try positive(number))
        case "queue":
            guard number >= 0 else { throw ParameterError("0 or more events") }
            node.events.limits.queue = number
        case "time_to_live": node.events.limits.timeToLive = .seconds(try positive(number))
        case "retry_interval": node.events.limits.retryInterval = .milliseconds(try positive(number))
        case "attempts": node.events.limits.attempts = try positive(number)
        case "window": node.events.limits.window = try positive(number)
        case "overflow":
            switch value.text {
            case "drop-oldest": node.events.limits.overflow = .dropOldest
            case "drop-newest": node.events.limits.overflow = .dropNewest
            default: throw ParameterError("drop-oldest or drop-newest")
            }
        case "spool": node.events.spoolDirectory = value.text
        default: break
        }
    }

    private func positive(_ number: Int) throws(ParameterError) -> Int {
        guard number > 0 else { throw ParameterError("a number above 0") }
        return number
    }

    /// The sockets of a virtual socket are opened, not it.
    func open(_ address: SocketAddress, _ port: BackendPort) throws(SubscribeError) -> any EventBackend {
        AbsentBackend()
    }
}
