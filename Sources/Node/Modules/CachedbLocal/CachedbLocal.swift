import Events
import Script
import Syntax

/// The cache in memory: collections of keys and values behind the `cache_*` functions of the core.
///
/// Differs from OpenSIPS: entries expire to the moment, not to the second; a collection takes up to 256 MiB and then
/// refuses; replication (`cluster_id`) and persistency over restarts are accepted and do nothing.
final class CachedbLocal: Module, CacheBackend {
    static let name = "cachedb_local"
    static let system = "local"

    private let host: any Host
    private var collections: [[UInt8]: CacheCollection] = [:]
    /// Collection by group, as the `cachedb_url`s say; the empty group is that of plain `local`.
    private var groups: [[UInt8]: [UInt8]] = [:]
    /// Seconds between two rounds that drop what has expired.
    private var cleanPeriod: Int32 = 600
    private var timer: Timer?

    private static let standard = Array("default".utf8)

    init(_ node: Node) {
        host = node.host
        collections[CachedbLocal.standard] = CacheCollection(host: host)
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: ["cache_remove_chunk": { [unowned self] in removeChunk(&$0) }])
    }

    // MARK: Parameters

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        switch parameter {
        case "cache_collections": try define(value.text ?? "")
        case "cachedb_url": try connect(value.text ?? "")
        case "cache_clean_period": cleanPeriod = max(1, value.number ?? 600)
        default: break
        }
    }

    /// `name[/r][=size]; ...`: the size of its table is the matter of a collection here.
    private func define(_ list: String) throws(ParameterError) {
        for item in list.split(separator: ";") {
            let parts = item.split(separator: "=", maxSplits: 1).map { $0.trimmingBlanks }
            guard let first = parts.first?.split(separator: "/").first, !first.isEmpty else { continue }
            if parts.count == 2, Int(parts[1].split(separator: "/").first ?? "") == nil {
                throw ParameterError("'\(parts[1])' is no size for collection \(first)")
            }
            let name = Array(first.trimmingBlanks.utf8)
            if collections[name] == nil { collections[name] = CacheCollection(host: host) }
        }
    }

    /// `local[:group]://[host]/[collection]`
    private func connect(_ url: String) throws(ParameterError) {
        guard let (scheme, rest) = url.splitOnce("://") else { throw ParameterError("'\(url)' is no URL") }
        let parts = scheme.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.first == "local" else { throw ParameterError("'\(url)' does not begin with local:") }
        let collection = rest.split(separator: "/", omittingEmptySubsequences: false).dropFirst().first ?? ""
        groups[parts.count > 1 ? Array(parts[1].utf8) : []] =
            collection.isEmpty ? CachedbLocal.standard : Array(collection.utf8)
    }

    func start() throws(StartError) {
        if groups.isEmpty { groups[[]] = CachedbLocal.standard }
        for collection in groups.values where collections[collection] == nil {
            throw StartError("cachedb_local: there is no collection '\(String(decoding: collection, as: UTF8.self))'")
        }
        scheduleCleaning()
    }

    func stop() {
        if let timer { host.cancel(timer) }
        timer = nil
    }

    private func scheduleCleaning() {
        timer = host.schedule(after: .seconds(Int(cleanPeriod))) { [weak self] in
            guard let self else { return }
            for collection in collections.values where collection.expiring > 0 { collection.clean() }
            scheduleCleaning()
        }
    }

    // MARK: Use

    func store(for group: [UInt8]) -> (any CacheStore)? { groups[group].flatMap { collections[$0] } }

    func collection(_ name: [UInt8]) -> CacheCollection? { collections[name] }

    /// `cache_remove_chunk([collection,] pattern)`
    private func removeChunk(_ call: inout CallContext) -> Completion {
        let name = call.has(0) ? call.bytes(0) ?? [] : CachedbLocal.standard
        guard let collection = collections[name] else {
            call.warn("there is no collection '\(String(decoding: name, as: UTF8.self))'")
            return .code(-1)
        }
        guard let text = call.bytes(1) else { return .code(-1) }
        let pattern = ShellPattern(text)
        collection.removeAll { pattern.matches($0) }
        return .code(1)
    }
}
