/// The numbers that `$stat(name)` shows, by name; each is read where it is kept.
package struct Statistics {
    package struct Entry {
        package var group: String
        package var read: () -> Int
        /// Nil for what cannot be reset.
        package var reset: (() -> Void)?
    }

    private var entries: [String: Entry] = [:]

    package init() {}

    package subscript(name: String) -> Entry? { entries[name] }

    package var names: [String] { entries.keys.sorted() }

    package mutating func add(
        _ name: String, group: String, reset: (() -> Void)? = nil, _ read: @escaping () -> Int
    ) {
        entries[name] = Entry(group: group, read: read, reset: reset)
    }

    package mutating func remove(_ name: String) { entries[name] = nil }
}
