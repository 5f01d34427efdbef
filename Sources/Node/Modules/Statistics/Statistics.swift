import Catalog
import Script
import Syntax

/// Statistics that scripts make: `update_stat`, `$stat`, series, and walking over a group.
///
/// Differs from OpenSIPS: the names of groups and profiles are looked at when the function runs, an unknown one makes it
/// fail; a series stands in the group that its profile names (3.6 puts it into `dynamic`); assigning NULL or a
/// text to `$stat` fails (3.6 crashes); statistics of the core that nobody counts here, such as those of its memory,
/// read 0.
final class Statistics: Module {
    static let name = "statistics"

    private final class Series {
        var series: StatisticSeries
        init(_ profile: SeriesProfile) { series = StatisticSeries(profile) }
    }

    private struct SeriesKey: Hashable {
        var profile: String
        var name: [UInt8]
    }

    private unowned let node: Node
    private var groups: Set<[UInt8]> = []
    private var profiles: [String: SeriesProfile] = [:]
    private var series: [SeriesKey: Series] = [:]
    /// What `stat_iter_next` will give, by iterator, the next one last.
    private var iterators: [[UInt8]: [StatisticsTable.ID]] = [:]

    private static let script = Array("script".utf8)
    private static let dynamic = Array("dynamic".utf8)
    private static let maximalIterators = 1000

    init(_ node: Node) { self.node = node }

    var implementation: ModuleImplementation {
        ModuleImplementation(
            functions: [
                "update_stat": { [unowned self] in update(&$0) },
                "reset_stat": { [unowned self] in reset(&$0) },
                "update_stat_series": { [unowned self] in updateSeries(&$0) },
                "stat_iter_init": { [unowned self] in startIterating(&$0) },
                "stat_iter_next": { [unowned self] in iterate(&$0) },
            ],
            variables: [
                "stat": VariableAccess(
                    get: { [unowned self] context in
                        guard let id = find(Array(context.nameBytes)) else { return .null }
                        return .number(Int32(truncatingIfNeeded: node.statistics.value(id)))
                    }, set: { [unowned self] context, value, _ in assign(&context, value) })
            ])
    }

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        let text = value.text ?? ""
        switch parameter {
        case "variable":
            let parts = text.split(separator: "/").map { String($0.trimmingBlanks) }
            guard let name = parts.first, !name.isEmpty else { throw ParameterError("a statistic needs a name") }
            guard parts.dropFirst().allSatisfy({ $0 == "no_reset" }) else {
                throw ParameterError("the only flag of a statistic is no_reset")
            }
            node.statistics.add(Array(name.utf8), group: Statistics.script, isResettable: parts.count == 1)
        case "stat_groups":
            for group in text.split(separator: ",") { groups.insert(Array(group.trimmingBlanks.utf8)) }
        case "stat_series_profile":
            do {
                let profile = try SeriesProfile(text)
                profiles[profile.name] = profile
            } catch {
                throw ParameterError(error.reason)
            }
        default: break
        }
    }

    /// Statistics of OpenSIPS that nobody counts here read 0.
    func start() throws(StartError) {
        let startedAt = node.startedAt
        let host = node.host
        node.statistics.add(Array("timestamp".utf8), group: Array("core".utf8), isResettable: false) {
            (host.now - startedAt) / .seconds(1)
        }
        for facts in Catalog.core.statistics {
            node.statistics.add(Array(facts.name.utf8), group: Array(facts.group.utf8))
        }
    }

    // MARK: Names

    /// `name` or `group:name`
    private func find(_ text: [UInt8]) -> StatisticsTable.ID? {
        if let id = node.statistics.find(text) { return id }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        return node.statistics.find(Array(text[(colon + 1)...]), group: Array(text[..<colon]))
    }

    /// The statistic, made where it is missing; nil where its group is unknown.
    private func make(_ text: [UInt8]) -> StatisticsTable.ID? {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
            return node.statistics.find(text) ?? node.statistics.add(text, group: Statistics.dynamic)
        }
        let (group, name) = (Array(text[..<colon]), Array(text[(colon + 1)...]))
        if let id = node.statistics.find(name, group: group) { return id }
        return groups.contains(group) ? node.statistics.add(name, group: group) : nil
    }

    private func statistic(_ call: inout CallContext) -> StatisticsTable.ID? {
        guard let name = call.bytes(0), !name.isEmpty else { return nil }
        guard let id = make(name) else {
            let text = String(decoding: name, as: UTF8.self)
            call.warn("cannot make '\(text)'; groups are declared with modparam(\"statistics\", \"stat_groups\", ...)")
            return nil
        }
        return id
    }

    // MARK: Functions

    /// `update_stat(name, amount)`
    private func update(_ call: inout CallContext) -> Completion {
        guard let amount = call.number(1), let id = statistic(&call) else { return .code(-1) }
        node.statistics.update(id, by: Int64(amount))
        return .code(1)
    }

    private func reset(_ call: inout CallContext) -> Completion {
        guard let id = statistic(&call) else { return .code(-1) }
        node.statistics.reset(id)
        return .code(1)
    }

    private func assign(_ context: inout AccessContext, _ value: Value) -> Bool {
        guard value.isNumber, let id = make(Array(context.nameBytes)) else { return false }
        if value.number != 0 { context.warn("a statistic can only be set to 0") }
        node.statistics.reset(id)
        return true
    }

    /// `update_stat_series(profile, name, value)`
    private func updateSeries(_ call: inout CallContext) -> Completion {
        guard let profileName = call.string(0), let name = call.bytes(1), let value = call.number(2) else {
            return .code(-1)
        }
        guard let profile = profiles[profileName] else {
            call.warn("there is no profile '\(profileName)'")
            return .code(-1)
        }
        let key = SeriesKey(profile: profileName, name: name)
        if series[key] == nil {
            let made = Series(profile)
            let host = node.host
            let id = node.statistics.add(name, group: Array(profile.group.utf8), isResettable: false) {
                made.series.value(now: host.now)
            }
            guard id != nil else { return .code(-1) }
            series[key] = made
        }
        series[key]?.series.add(value, now: node.host.now)
        return .code(1)
    }

    /// `stat_iter_init(group, iterator)`
    private func startIterating(_ call: inout CallContext) -> Completion {
        guard let group = call.bytes(0), let iterator = call.bytes(1) else { return .code(-1) }
        guard groups.contains(group) || node.statistics.groups.contains(group) || group == Statistics.dynamic else {
            call.warn("there is no group '\(String(decoding: group, as: UTF8.self))'")
            return .code(-1)
        }
        guard iterators[iterator] != nil || iterators.count < Statistics.maximalIterators else { return .code(-1) }
        iterators[iterator] = node.statistics.all(in: group).reversed()
        return .code(1)
    }

    /// `stat_iter_next(name, value, iterator)`
    private func iterate(_ call: inout CallContext) -> Completion {
        guard let iterator = call.bytes(2), let id = iterators[iterator]?.popLast() else { return .code(-1) }
        let value = Int32(truncatingIfNeeded: node.statistics.value(id))
        return .code(call.set(0, call.scratch.copy(node.statistics[id].name)) && call.set(1, .number(value)) ? 1 : -1)
    }
}
