/// The kinds of route blocks, as a set: where a function may be called, or which kind one block is.
package struct RouteTypes: OptionSet, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let request = RouteTypes(rawValue: 1 << 0)
    package static let failure = RouteTypes(rawValue: 1 << 1)
    package static let onreply = RouteTypes(rawValue: 1 << 2)
    package static let branch = RouteTypes(rawValue: 1 << 3)
    package static let error = RouteTypes(rawValue: 1 << 4)
    package static let local = RouteTypes(rawValue: 1 << 5)
    package static let startup = RouteTypes(rawValue: 1 << 6)
    package static let timer = RouteTypes(rawValue: 1 << 7)
    package static let event = RouteTypes(rawValue: 1 << 8)
    package static let any = RouteTypes(rawValue: (1 << 9) - 1)

    /// Each kind with the keyword of its block and its letter in the facts, in the order of the bits.
    static let table: [(type: RouteTypes, keyword: String, letter: UInt8)] = [
        (.request, "route", UInt8(ascii: "q")),
        (.failure, "failure_route", UInt8(ascii: "f")),
        (.onreply, "onreply_route", UInt8(ascii: "r")),
        (.branch, "branch_route", UInt8(ascii: "b")),
        (.error, "error_route", UInt8(ascii: "e")),
        (.local, "local_route", UInt8(ascii: "l")),
        (.startup, "startup_route", UInt8(ascii: "s")),
        (.timer, "timer_route", UInt8(ascii: "t")),
        (.event, "event_route", UInt8(ascii: "v")),
    ]

    /// The kind of a block from its keyword: "route" is `.request`, "failure_route" is `.failure`.
    package init?(keyword: String) {
        guard let row = RouteTypes.table.first(where: { $0.keyword == keyword }) else { return nil }
        self = row.type
    }

    /// Reads the letters of the facts, `*` for all kinds.
    init?(letters: Substring) {
        if letters == "*" {
            self = .any
            return
        }
        var types: RouteTypes = []
        for letter in letters.utf8 {
            guard let row = RouteTypes.table.first(where: { $0.letter == letter }) else { return nil }
            types.insert(row.type)
        }
        self = types
    }

    /// The keywords of the blocks in the set: ["route", "failure_route"].
    package var keywords: [String] { RouteTypes.table.filter { contains($0.type) }.map(\.keyword) }

    /// "route, failure_route", or "any route".
    package var description: String { self == .any ? "any route" : keywords.joined(separator: ", ") }
}
