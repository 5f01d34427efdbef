/// A known event; small numbers in the order of their first mention.
package struct EventID: Hashable, Sendable {
    package let number: Int
}

/// The events that somebody raises, subscribes to or has a route for. Waiting for any other fails at once
/// (golden async/wait-unknown-event).
package struct EventNames: Sendable {
    private var names: [[UInt8]] = []
    private var ids: [[UInt8]: EventID] = [:]

    package init() {}

    package var count: Int { names.count }
    /// By number.
    package var all: [[UInt8]] { names }

    /// The id of a name, which is known from now on. Names heed case.
    package mutating func intern(_ name: [UInt8]) -> EventID {
        if let id = ids[name] { return id }
        let id = EventID(number: names.count)
        names.append(name)
        ids[name] = id
        return id
    }

    /// The id of a known name.
    package func id(of name: [UInt8]) -> EventID? { ids[name] }

    package func name(of id: EventID) -> [UInt8] {
        names.indices.contains(id.number) ? names[id.number] : []
    }
}
