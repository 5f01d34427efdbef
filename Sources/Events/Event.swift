/// An event as it is raised: a name, and attributes in the order in which `$param(1)`, `$param(2)` number them.
package struct Event: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case integer(Int)
        case bytes([UInt8])
    }

    package struct Attribute: Hashable, Sendable {
        /// Nil when the event was raised with values only.
        package var name: [UInt8]?
        package var value: Value

        package init(name: [UInt8]? = nil, value: Value) {
            self.name = name
            self.value = value
        }
    }

    package var name: [UInt8]
    package var attributes: [Attribute]

    package init(name: [UInt8], attributes: [Attribute] = []) {
        self.name = name
        self.attributes = attributes
    }

    /// The first attribute of that name; names heed case here, as `$param(name)` does.
    package func value(named name: [UInt8]) -> Value? {
        for attribute in attributes where attribute.name == name { return attribute.value }
        return nil
    }

    /// The attribute at a position, counted from 1 as in `$param(1)`.
    package func value(at position: Int) -> Value? {
        position >= 1 && position <= attributes.count ? attributes[position - 1].value : nil
    }
}

extension Event.Value {
    /// The value as text: integers in decimal.
    package var text: [UInt8] {
        switch self {
        case .bytes(let bytes): return bytes
        case .integer(let number):
            var text: [UInt8] = []
            text.append(decimal: number)
            return text
        }
    }
}

/// Why `raise_event` refuses its arguments.
package enum RaiseError: Error, Equatable, Sendable {
    /// A value without a name, in an event that has names. The other way round, the surplus names are dropped.
    case moreValuesThanNames(names: Int, values: Int)
}

extension Event {
    /// The event that `raise_event(name, names, values)` means.
    ///
    /// Both lists are in avp order, the value pushed last first. Without values there are no attributes, whatever names
    /// were given.
    ///
    /// - Parameters:
    ///   - names: nil where the argument was left out; the values stay unnamed then.
    ///   - values: nil where the argument was left out.
    package init(name: [UInt8], names: [Value]?, values: [Value]?) throws(RaiseError) {
        let values = values ?? []
        guard let names else {
            self.init(name: name, attributes: values.map { Attribute(value: $0) })
            return
        }
        if values.count > names.count { throw .moreValuesThanNames(names: names.count, values: values.count) }
        self.init(name: name, attributes: zip(names, values).map { Attribute(name: $0.text, value: $1) })
    }
}

extension [UInt8] {
    mutating func append(decimal number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let start = count
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        self[start...].reverse()
    }

    mutating func append(text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }
}
