import Script
import Syntax

/// Limits how often something happens: `rl_check` counts on a named pipe and says whether the limit is kept.
///
/// Differs from OpenSIPS: `NETWORK` and `FEEDBACK` count, but let everything pass, because a node sees neither the
/// queues of the network nor the load of the processor; pipes are not shared over `cachedb_url` or a cluster;
/// intervals follow the clock and not a timer.
final class RateLimit: Module {
    static let name = "ratelimit"

    private unowned let node: Node
    private var pipes: [[UInt8]: RatePipe] = [:]
    private var timing = RatePipe.Timing()
    private var standardAlgorithm = RatePipe.Algorithm.taildrop
    /// How long a pipe is kept that nobody uses.
    private var expiry = Nanoseconds.seconds(3600)
    private var nextSweep: Nanoseconds = .min

    private static let maximalPipes = 1_000_000

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: [
                "rl_check": { [unowned self] in check(&$0) },
                "rl_dec_count": { [unowned self] in change(&$0) { $0.decrement(now: $1, $2) } },
                "rl_reset_count": { [unowned self] in change(&$0) { pipe, _, _ in pipe.reset() } },
                "rl_values": { [unowned self] in values(&$0) },
            ],
            variables: [
                "rl_count": VariableAccess(get: { [unowned self] context in
                    let count = pipes[Array(context.nameBytes)]?.count(now: node.host.now, timing)
                    return count.map { .number(Int32(truncatingIfNeeded: $0)) } ?? .null
                })
            ])
    }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch parameter {
        case "timer_interval": timing.interval = .seconds(try positive(value, parameter))
        case "expire_time": expiry = .seconds(try positive(value, parameter))
        case "limit_per_interval": timing.isLimitPerInterval = value.number != 0
        case "window_size": timing.window = .seconds(try positive(value, parameter))
        case "slot_period": timing.slot = .milliseconds(try positive(value, parameter))
        case "default_algorithm":
            guard let algorithm = RatePipe.Algorithm(rawValue: (value.text ?? "").uppercased()) else {
                throw ParameterError("'\(value.text ?? "")' is no algorithm")
            }
            standardAlgorithm = algorithm
        default: break
        }
    }

    private func positive(_ value: ModParam.Value, _ name: String) throws(ParameterError) -> Int {
        guard let number = value.number, number > 0 else { throw ParameterError("\(name) is a number above 0") }
        return Int(number)
    }

    /// `rl_check(pipe, limit[, algorithm])`
    private func check(_ call: inout CallContext) -> Completion {
        guard let name = call.bytes(0), let limit = call.number(1) else { return .code(-1) }
        let now = node.host.now
        let asked = call.string(2).map { RatePipe.Algorithm(rawValue: $0.uppercased()) ?? standardAlgorithm }
        if let pipe = pipes[name] {
            pipes[name]?.limit = limit
            if let asked, asked != pipe.algorithm {
                call.warn("the pipe keeps its algorithm, \(pipe.algorithm.rawValue)")
            }
        } else {
            sweep(now)
            guard pipes.count < RateLimit.maximalPipes else {
                call.warn("there are too many pipes")
                return .code(-1)
            }
            let algorithm = asked ?? standardAlgorithm
            if algorithm == .network || algorithm == .feedback {
                node.warnOnce("ratelimit: \(algorithm.rawValue) lets everything pass in siskin")
            }
            pipes[name] = RatePipe(algorithm, limit: limit, now: now, timing)
        }
        return .code(pipes[name]?.check(now: now, timing) == true ? 1 : -1)
    }

    private func change(
        _ call: inout CallContext, _ body: (inout RatePipe, Nanoseconds, RatePipe.Timing) -> Void
    ) -> Completion {
        guard let name = call.bytes(0), var pipe = pipes[name] else {
            call.warn("there is no pipe '\(call.string(0) ?? "<null>")'")
            return .code(-1)
        }
        body(&pipe, node.host.now, timing)
        pipes[name] = pipe
        return .code(1)
    }

    /// `rl_values(names[, pattern])`
    private func values(_ call: inout CallContext) -> Completion {
        guard let target = call.target(0) else { return .code(-1) }
        let pattern = call.has(1) ? call.pattern(1) : nil
        if call.has(1) && pattern == nil { return .code(-1) }
        for name in pipes.keys.sorted(by: { $1.lexicographicallyPrecedes($0) }) {
            let isWanted = pattern.map { pattern in
                name.withUnsafeBufferPointer { call.machine.matcher.match(pattern, $0) == .matched }
            }
            guard isWanted ?? true else { continue }
            _ = call.machine.write(target, call.scratch.copy(name), .set, call.fiber)
        }
        return .code(1)
    }

    /// Drops what nobody used for long, once an interval.
    private func sweep(_ now: Nanoseconds) {
        guard now >= nextSweep else { return }
        nextSweep = now &+ timing.interval
        pipes = pipes.filter { now - $0.value.lastUse < expiry }
    }
}
