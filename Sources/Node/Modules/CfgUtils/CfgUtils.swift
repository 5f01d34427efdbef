import Glibc
import Script
import Syntax

/// Odds and ends for scripts: shared variables, chance, time, sleeping and locks.
///
/// Differs from OpenSIPS: every lock has its own name (dynamic ones never share), a script's locks are released when
/// it ends, and asking for a lock that the script holds fails instead of hanging; `set_select_weight` fails where the
/// weights add up to nothing; recurrences count days and weeks from the end of the year right (`-1`), and a day of the
/// month among given months; `abort` stops the node and dumps nothing; `pkg_status` and `shm_status` have nothing to
/// show.
final class CfgUtils: Module {
    static let name = "cfgutils"

    private unowned let node: Node
    private let locks: ScriptLocks
    private(set) var shared = SharedVariables()
    /// `$var`s to set at the start.
    private var variables: [(name: [UInt8], content: SharedVariables.Content)] = []
    /// Percent.
    private var probability: Int32 = 10
    private var initialProbability: Int32 = 10
    private var zones: [String: ZoneFile?] = [:]

    init(_ node: Node) {
        self.node = node
        locks = ScriptLocks(node)
    }

    var implementation: ModuleImplementation {
        let all = [waiting, chance, lists, times, debugging].reduce([:]) { $0.merging($1) { first, _ in first } }
        return ModuleImplementation(functions: all, variables: pseudoVariables)
    }

    // MARK: Parameters

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch parameter {
        case "shvset":
            let (name, content) = try declaration(value.text ?? "")
            _ = shared.set(name, content)
        case "varset": variables.append(try declaration(value.text ?? ""))
        case "initial_probability":
            guard let percent = value.number, (0...100).contains(percent) else {
                throw ParameterError("a probability is 0 to 100 percent")
            }
            (initialProbability, probability) = (percent, percent)
        default: break
        }
    }

    /// `name=i:5` or `name=s:text`
    private func declaration(_ text: String) throws(ParameterError) -> ([UInt8], SharedVariables.Content) {
        guard let (name, value) = text.splitOnce("="), !name.isEmpty,
            let content = SharedVariables.Content(declared: value)
        else { throw ParameterError("'\(text)' is not of the form name=i:number or name=s:text") }
        return (Array(name.utf8), content)
    }

    func start() throws(StartError) {
        guard let machine = node.machine else { return }
        let fiber = machine.makeFiber()
        for (name, content) in variables {
            // A variable that the script never mentions cannot be read.
            guard let operand = machine.program.statics.variable(name) else { continue }
            _ = machine.write(.slot(operand), content.value(in: fiber.arena), .set, fiber)
        }
        machine.recycle(fiber)
    }

    // MARK: Variables

    private var pseudoVariables: [String: VariableAccess] {
        [
            "shv": VariableAccess(
                get: { [unowned self] in shared[Array($0.nameBytes)].value(in: $0.scratch) },
                set: { [unowned self] context, value, _ in
                    shared.set(Array(context.nameBytes), SharedVariables.Content(value, context.scratch))
                }),
            "env": VariableAccess(get: { [unowned self] context in
                let name = String(decoding: context.nameBytes, as: UTF8.self)
                return node.host.environment(name).map { context.scratch.copy($0) } ?? .null
            }),
            "RANDOM": VariableAccess(get: { [unowned self] _ in
                .number(Int32(truncatingIfNeeded: node.host.random() >> 33))
            }),
            "ctime": VariableAccess(get: { [unowned self] context in
                LocalTime(node.host.wallClock / 1_000_000).field(String(decoding: context.nameBytes, as: UTF8.self))
                    .map { .number($0) } ?? .null
            }),
        ]
    }

    // MARK: Waiting and locks

    private var waiting: [String: Function.Body] {
        let lock: Function.Body = { [unowned self] call in
            call.bytes(0).map { locks.acquire($0, &call) } ?? .code(-1)
        }
        let unlock: Function.Body = { [unowned self] call in
            call.bytes(0).map { locks.release($0) }
            return .code(1)
        }
        return [
            "sleep": { [unowned self] call in
                call.number(0).map { node.sleep(.seconds(max(0, Int($0)))) } ?? .code(-1)
            },
            "usleep": { [unowned self] call in
                call.number(0).map { node.sleep(Nanoseconds(max(0, $0)) * 1000) } ?? .code(-1)
            },
            "get_static_lock": lock, "get_dynamic_lock": lock,
            "release_static_lock": unlock, "release_dynamic_lock": unlock,
            "strings_share_lock": { _ in .code(-1) },
        ]
    }

    // MARK: Chance

    private var chance: [String: Function.Body] {
        [
            "rand_set_prob": { [unowned self] call in
                guard let percent = call.number(0) else { return .code(-1) }
                probability = percent
                return .code(1)
            },
            "rand_reset_prob": { [unowned self] _ in
                probability = initialProbability
                return .code(1)
            },
            "rand_get_prob": { [unowned self] _ in .code(probability) },
            "rand_event": { [unowned self] call in
                let percent = call.has(0) ? call.number(0) ?? 0 : probability
                return .code(UInt32(truncatingIfNeeded: node.host.random() >> 32) % 100 < max(0, percent) ? 1 : -1)
            },
        ]
    }

    /// A number below the bound, which is at least 1.
    private func random(below bound: Int) -> Int { Int(node.host.random() % UInt64(max(1, bound))) }

    // MARK: Lists

    private var lists: [String: Function.Body] {
        [
            "set_count": { call in
                guard let target = call.target(0) else { return .code(-1) }
                let count =
                    call.machine.avpNumber(of: target, call.fiber).map { call.fiber.avps.count($0) }
                    ?? (call.value(0).isNull ? 0 : 1)
                return .code(call.set(1, .number(count)) ? 1 : -1)
            },
            "shuffle_avps": { [unowned self] call in
                guard let target = call.target(0), let name = call.machine.avpNumber(of: target, call.fiber) else {
                    return .code(-1)
                }
                shuffle(name, call.fiber)
                return .code(1)
            },
            "set_select_weight": { [unowned self] in selectWeight(&$0) },
        ]
    }

    private func shuffle(_ name: Int, _ fiber: Fiber) {
        let mark = fiber.arena.mark
        defer { fiber.arena.reset(to: mark) }
        var values = (0..<fiber.avps.count(name)).map { index -> Value in
            let value = fiber.avps.value(name, at: index)
            return value.hasOwnText ? fiber.arena.copy(value.bytes) : value
        }
        for index in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(index, random(below: index + 1)) }
        for (index, value) in values.enumerated() {
            _ = fiber.avps.replace(name, at: Int32(truncatingIfNeeded: index), value)
        }
    }

    /// The index of one of the AVP's values, each as likely as it is large.
    private func selectWeight(_ call: inout CallContext) -> Completion {
        guard let target = call.target(0), let name = call.machine.avpNumber(of: target, call.fiber) else {
            return .code(-1)
        }
        let values = (0..<call.fiber.avps.count(name)).map { call.fiber.avps.value(name, at: $0) }
        guard values.allSatisfy({ $0.isNumber && $0.number >= 0 }) else {
            call.warn("weights are numbers from 0 up")
            return .code(-1)
        }
        let total = values.reduce(0) { $0 + Int($1.number) }
        guard total > 0 else { return .code(-1) }
        var rest = random(below: total)
        for (index, value) in values.enumerated() {
            if rest < Int(value.number) { return .code(Int32(truncatingIfNeeded: index)) }
            rest -= Int(value.number)
        }
        return .code(-1)
    }

    // MARK: Time

    private var times: [String: Function.Body] {
        [
            "ts_usec_delta": { call in
                guard let numbers = CfgUtils.numbers(call, 4) else { return .code(-1) }
                let delta = abs((numbers[0] - numbers[2]) * 1_000_000 + numbers[1] - numbers[3])
                if call.has(4) { call.set(4, call.scratch.copy(String(delta))) }
                guard call.has(5) else { return .code(1) }
                guard let short = Int32(exactly: delta) else {
                    call.warn("\(delta) microseconds do not fit a number; take the text")
                    return .code(-1)
                }
                return .code(call.set(5, .number(short)) ? 1 : -1)
            },
            "get_accurate_time": { [unowned self] call in
                let now = node.host.wallClock
                let (seconds, rest) = (now / 1_000_000, now % 1_000_000)
                call.set(0, .number(Int32(truncatingIfNeeded: seconds)))
                call.set(1, .number(Int32(truncatingIfNeeded: rest)))
                if call.has(2) { call.set(2, call.scratch.copy("\(seconds).\(String(1_000_000 + rest).dropFirst())")) }
                return .code(1)
            },
            "check_time_rec": { [unowned self] in checkRecurrence(&$0) },
        ]
    }

    private static func numbers(_ call: CallContext, _ count: Int) -> [Int]? {
        let numbers = (0..<count).compactMap { call.number($0).map { Int($0) } }
        return numbers.count == count ? numbers : nil
    }

    private func checkRecurrence(_ call: inout CallContext) -> Completion {
        guard let text = call.string(0), !text.isEmpty else { return .code(-1) }
        let time = call.has(1) ? Int(call.number(1) ?? 0) : Int(node.host.wallClock / 1_000_000)
        do throws(TimeRecurrence.Failure) {
            let expression = try RecurrenceExpression(text)
            return .code(expression.contains { time + offset(of: $0, at: time) } ? 1 : -1)
        } catch {
            call.warn("'\(text)' is no time recurrence")
            return .code(error.rawValue)
        }
    }

    /// Seconds east of UTC. A zone that is not known is UTC, as in OpenSIPS.
    private func offset(of zone: String?, at time: Int) -> Int {
        guard let zone else { return LocalTime(Int64(time)).offset }
        if let known = zones[zone] { return known?.offset(at: time) ?? 0 }
        if zones.count >= 1000 { zones.removeAll() }
        // The name comes from the script, maybe from a message: no way out of the folder.
        let isName = !zone.hasPrefix("/") && !zone.split(separator: "/").contains { $0.hasPrefix(".") }
        let file = isName ? try? ZoneFile(node.host.readFile("/usr/share/zoneinfo/" + zone)) : nil
        zones[zone] = .some(file)
        return file?.offset(at: time) ?? 0
    }

    // MARK: Debugging

    private var debugging: [String: Function.Body] {
        [
            "pkg_status": { _ in .code(1) },
            "shm_status": { _ in .code(1) },
            "abort": { [unowned self] _ in
                node.log(.critical, "abort() stops the node")
                node.stop()
                return .exit
            },
        ]
    }
}

/// The local time of the host.
struct LocalTime {
    private var parts = tm()

    /// - Parameter seconds: since 1970.
    init(_ seconds: Int64) {
        var time = time_t(seconds)
        localtime_r(&time, &parts)
    }

    /// Seconds east of UTC.
    var offset: Int { parts.tm_gmtoff }

    /// Months, weekdays (Sunday is 1) and days of the year count from 1, years from 0.
    func field(_ name: String) -> Int32? {
        switch name {
        case "sec": parts.tm_sec
        case "min": parts.tm_min
        case "hour": parts.tm_hour
        case "mday": parts.tm_mday
        case "mon": parts.tm_mon + 1
        case "year": parts.tm_year + 1900
        case "wday": parts.tm_wday + 1
        case "yday": parts.tm_yday + 1
        case "isdst": parts.tm_isdst
        default: nil
        }
    }
}
