import Script

/// A module behind the `cache_*` functions, which name it `system` or `system:group`.
protocol CacheBackend: Module {
    /// `local` for `cachedb_local`.
    static var system: String { get }
    /// The store of a group (empty for none); nil where there is no connection for it.
    func store(for group: [UInt8]) -> (any CacheStore)?
}

/// Keys and values, which may expire.
protocol CacheStore: AnyObject {
    /// - Parameter seconds: 0 or less for no end.
    func set(_ key: [UInt8], _ value: [UInt8], seconds: Int32) throws(CacheError)
    func value(_ key: [UInt8]) throws(CacheError) -> [UInt8]
    /// Removing what is not there is fine.
    func remove(_ key: [UInt8]) throws(CacheError)
    /// Adds to a counter, which begins at 0; what it is then. The time to live counts for a new one only.
    func add(_ amount: Int32, to key: [UInt8], seconds: Int32) throws(CacheError) -> Int32
    func counter(_ key: [UInt8]) throws(CacheError) -> Int32
}

/// Why a store cannot do what it is asked; the raw value is the code that the script gets.
enum CacheError: Int32, Error {
    case failed = -1
    case noSuchKey = -2
    case noCounter = -3
}

/// `cache_store`, `cache_fetch` and the like.
enum Caches {
    static func functions(_ node: Node) -> [String: Function.Body] {
        [
            "cache_store": { [unowned node] call in
                guard let value = call.bytes(2) else { return .code(-1) }
                return run(&call, node) { store, key, call throws(CacheError) in
                    try store.set(key, value, seconds: call.number(3) ?? 0)
                }
            },
            "cache_fetch": { [unowned node] call in
                run(&call, node) { store, key, call throws(CacheError) in
                    call.set(2, call.scratch.copy(try store.value(key)))
                }
            },
            "cache_remove": { [unowned node] call in
                run(&call, node) { store, key, _ throws(CacheError) in try store.remove(key) }
            },
            "cache_add": { [unowned node] in count(&$0, node, sign: 1) },
            "cache_sub": { [unowned node] in count(&$0, node, sign: -1) },
            "cache_counter_fetch": { [unowned node] call in
                run(&call, node) { store, key, call throws(CacheError) in call.set(2, .number(try store.counter(key))) }
            },
            "cache_raw_query": { call in
                call.warn("\(call.string(0) ?? "<null>") takes no queries of its own")
                return .code(-1)
            },
        ]
    }

    private static func count(_ call: inout CallContext, _ node: Node, sign: Int32) -> Completion {
        guard let amount = call.number(2), let seconds = call.number(3) else { return .code(-1) }
        return run(&call, node) { store, key, call throws(CacheError) in
            let value = try store.add(amount &* sign, to: key, seconds: seconds)
            if call.has(4) { call.set(4, .number(value)) }
        }
    }

    private static func run(
        _ call: inout CallContext, _ node: Node,
        _ body: (any CacheStore, [UInt8], inout CallContext) throws(CacheError) -> Void
    ) -> Completion {
        guard let name = call.bytes(0), let key = call.bytes(1) else { return .code(-1) }
        guard !key.isEmpty else {
            call.warn("the key is empty")
            return .code(-1)
        }
        guard let store = store(named: name, node) else {
            call.warn("there is no cache '\(String(decoding: name, as: UTF8.self))'")
            return .code(-1)
        }
        do throws(CacheError) {
            try body(store, key, &call)
            return .code(1)
        } catch {
            return .code(error.rawValue)
        }
    }

    private static func store(named name: [UInt8], _ node: Node) -> (any CacheStore)? {
        let system = name.prefix { $0 != UInt8(ascii: ":") }
        let backend = node.module("cachedb_" + String(decoding: system, as: UTF8.self)) as? any CacheBackend
        return backend?.store(for: Array(name.dropFirst(system.count + 1)))
    }
}
