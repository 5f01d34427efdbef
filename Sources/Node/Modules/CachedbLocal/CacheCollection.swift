/// One collection of the local cache: values in memory, some of which expire.
final class CacheCollection: CacheStore {
    private struct Entry {
        var value: [UInt8]
        /// On the host's clock; `.max` for never.
        var end: Nanoseconds
    }

    /// Bytes that a collection holds, keys and values, before it takes no more.
    static let maximalBytes = 256 << 20
    /// What an entry takes beside its bytes.
    private static let overhead = 96

    private let host: any Host
    private var entries: [[UInt8]: Entry] = [:]
    private var bytes = 0
    /// Entries that expire.
    private(set) var expiring = 0

    init(host: any Host) { self.host = host }

    var count: Int { entries.count }

    func set(_ key: [UInt8], _ value: [UInt8], seconds: Int32) throws(CacheError) {
        try put(key, Entry(value: value, end: end(after: seconds)))
    }

    func value(_ key: [UInt8]) throws(CacheError) -> [UInt8] {
        guard let entry = live(key) else { throw .noSuchKey }
        return entry.value
    }

    func remove(_ key: [UInt8]) { take(key) }

    func add(_ amount: Int32, to key: [UInt8], seconds: Int32) throws(CacheError) -> Int32 {
        guard var entry = live(key) else {
            try put(key, Entry(value: Array(String(amount).utf8), end: end(after: seconds)))
            return amount
        }
        guard let old = number(entry.value) else { throw .failed }
        entry.value = Array(String(old &+ amount).utf8)
        try put(key, entry)
        return old &+ amount
    }

    func counter(_ key: [UInt8]) throws(CacheError) -> Int32 {
        guard let entry = live(key) else { throw .noSuchKey }
        guard let number = number(entry.value) else { throw .noCounter }
        return number
    }

    /// Keys and values whose keys fit, in the order of the keys.
    func entries(where isWanted: ([UInt8]) -> Bool) -> [(key: [UInt8], value: [UInt8])] {
        let now = host.now
        return entries.filter { $0.value.end > now && isWanted($0.key) }
            .map { (key: $0.key, value: $0.value.value) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    func removeAll(where isUnwanted: ([UInt8]) -> Bool) {
        for key in entries.keys where isUnwanted(key) { take(key) }
    }

    /// Drops what has expired.
    func clean() {
        let now = host.now
        for (key, entry) in entries where entry.end <= now { take(key) }
    }

    // MARK: Entries

    private func live(_ key: [UInt8]) -> Entry? {
        guard let entry = entries[key] else { return nil }
        if entry.end > host.now { return entry }
        take(key)
        return nil
    }

    private func put(_ key: [UInt8], _ entry: Entry) throws(CacheError) {
        let size = key.count + entry.value.count + CacheCollection.overhead
        let freed = entries[key].map { key.count + $0.value.count + CacheCollection.overhead } ?? 0
        guard bytes - freed + size <= CacheCollection.maximalBytes else { throw .failed }
        take(key)
        bytes += size
        if entry.end != .max { expiring += 1 }
        entries[key] = entry
    }

    private func take(_ key: [UInt8]) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        bytes -= key.count + entry.value.count + CacheCollection.overhead
        if entry.end != .max { expiring -= 1 }
    }

    private func end(after seconds: Int32) -> Nanoseconds {
        seconds > 0 ? host.now &+ .seconds(Int(seconds)) : .max
    }

    private func number(_ value: [UInt8]) -> Int32? { value.withUnsafeBufferPointer { Int32(decimal: $0) } }
}
