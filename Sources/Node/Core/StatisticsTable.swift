/// The statistics of a node, by group and name: counters of the core and its modules, those that scripts make, and such
/// as are computed when they are read.
package struct StatisticsTable {
    package struct ID: Hashable, Sendable {
        fileprivate var index: Int
    }

    package struct Entry {
        package var group: [UInt8]
        package var name: [UInt8]
        package var value: Int64 = 0
        package var isResettable = true
        /// Computes the value.
        package var read: (() -> Int64)?
    }

    private struct Key: Hashable {
        var group: [UInt8]
        var name: [UInt8]
    }

    private var entries: [Entry] = []
    private var byKey: [Key: Int] = [:]
    /// The first one of that name in any group.
    private var byName: [[UInt8]: Int] = [:]

    /// Scripts can make up names, so their count is limited.
    private static let maximalCount = 1 << 18

    package init() {}

    /// Adds a statistic, or finds the one that is there; nil when there are too many.
    @discardableResult
    package mutating func add(
        _ name: [UInt8], group: [UInt8], isResettable: Bool = true, read: (() -> Int64)? = nil
    ) -> ID? {
        let key = Key(group: group, name: name)
        if let index = byKey[key] { return ID(index: index) }
        guard entries.count < StatisticsTable.maximalCount else { return nil }
        entries.append(Entry(group: group, name: name, isResettable: isResettable, read: read))
        byKey[key] = entries.count - 1
        if byName[name] == nil { byName[name] = entries.count - 1 }
        return ID(index: entries.count - 1)
    }

    /// Adds one that is kept somewhere else.
    package mutating func add(_ name: String, group: String, _ read: @escaping () -> Int) {
        add(Array(name.utf8), group: Array(group.utf8), isResettable: false) { Int64(read()) }
    }

    /// Forgets a statistic; its place is not used again.
    package mutating func remove(_ name: String, group: String) {
        guard let index = byKey.removeValue(forKey: Key(group: Array(group.utf8), name: Array(name.utf8))) else {
            return
        }
        if byName[entries[index].name] == index { byName[entries[index].name] = nil }
        entries[index] = Entry(group: [], name: [])
    }

    package func find(_ name: [UInt8]) -> ID? { byName[name].map(ID.init) }

    package func find(_ name: [UInt8], group: [UInt8]) -> ID? {
        byKey[Key(group: group, name: name)].map(ID.init)
    }

    package subscript(_ id: ID) -> Entry { entries[id.index] }

    package func value(_ id: ID) -> Int64 { entries[id.index].read?() ?? entries[id.index].value }

    package mutating func update(_ id: ID, by amount: Int64) { entries[id.index].value &+= amount }

    /// False where it must not be reset.
    @discardableResult
    package mutating func reset(_ id: ID) -> Bool {
        guard entries[id.index].isResettable else { return false }
        entries[id.index].value = 0
        return true
    }

    /// In the order of adding.
    package func all(in group: [UInt8]) -> [ID] {
        entries.indices.filter { entries[$0].group == group }.map(ID.init)
    }

    /// In the order of adding.
    package var all: [ID] { entries.indices.filter { !entries[$0].name.isEmpty }.map(ID.init) }

    package var groups: Set<[UInt8]> { Set(entries.map(\.group)) }
}
