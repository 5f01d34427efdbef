/// A filter of `wait_for_event` and `notify_on_event`: `name=pattern`.
///
/// Names ignore case, values heed it. A filter on an attribute that the event lacks is ignored
/// (golden async/filter-wildcards).
package struct EventFilter: Hashable, Sendable {
    /// In lower case.
    package let name: [UInt8]
    package let pattern: ShellPattern

    /// Nil for a text without an equals sign, or with nothing before it.
    package init?(_ text: [UInt8]) {
        guard let mark = text.firstIndex(of: UInt8(ascii: "=")), mark > 0 else { return nil }
        name = text[..<mark].map(\.lowercased)
        pattern = ShellPattern(Array(text[(mark + 1)...]))
    }
}

extension UInt8 {
    var lowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}

/// An event's named attributes as filters see them: names in lower case, values as text. Of attributes with the same
/// name, the first counts.
struct FilterView {
    private(set) var attributes: [(name: [UInt8], value: [UInt8])] = []

    init(_ event: Event) {
        for attribute in event.attributes {
            guard let name = attribute.name?.map(\.lowercased) else { continue }
            attributes.append((name, attribute.value.text))
        }
    }

    func value(named name: some Sequence<UInt8>) -> [UInt8]? {
        for attribute in attributes where attribute.name.elementsEqual(name) { return attribute.value }
        return nil
    }
}

/// The filters of one wait in a single allocation, since there may be a million waits.
///
///     for each filter:  name length (2)  kind (1)  pattern length (2)  name  pattern
struct PackedFilters: Sendable {
    private var bytes: [UInt8] = []

    static let none = PackedFilters()
    private init() {}

    /// Nil where a name or a pattern has more than 65535 bytes.
    init?(_ filters: [EventFilter]) {
        var packed: [UInt8] = []
        packed.reserveCapacity(filters.reduce(0) { $0 + $1.name.count + $1.pattern.text.count + 5 })
        for filter in filters {
            let text = filter.pattern.text
            guard let nameLength = UInt16(exactly: filter.name.count), let length = UInt16(exactly: text.count) else {
                return nil
            }
            packed.append(UInt8(truncatingIfNeeded: nameLength >> 8))
            packed.append(UInt8(truncatingIfNeeded: nameLength))
            packed.append(filter.pattern.isExact ? 1 : 0)
            packed.append(UInt8(truncatingIfNeeded: length >> 8))
            packed.append(UInt8(truncatingIfNeeded: length))
            packed += filter.name
            packed += text
        }
        bytes = packed
    }

    /// All filters hold.
    func match(_ event: FilterView) -> Bool {
        var at = 0
        while at + 5 <= bytes.count {
            let nameEnd = at + 5 + (Int(bytes[at]) << 8 | Int(bytes[at + 1]))
            let end = nameEnd + (Int(bytes[at + 3]) << 8 | Int(bytes[at + 4]))
            if let value = event.value(named: bytes[(at + 5)..<nameEnd]) {
                let pattern = bytes[nameEnd..<end]
                let holds = bytes[at + 2] == 1 ? pattern.elementsEqual(value) : ShellPattern.matches(pattern, value)
                if !holds { return false }
            }
            at = end
        }
        return true
    }
}

extension ShellPattern {
    fileprivate var text: [UInt8] {
        switch self {
        case .exact(let text), .wild(let text): text
        }
    }

    var isExact: Bool {
        if case .exact = self { true } else { false }
    }
}
