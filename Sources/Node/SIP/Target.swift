import SIP

/// One place where a request goes: its request URI and how to get there. Branch 0 is the message's own, the others are
/// added by the script.
struct Target {
    /// Empty in branch 0 while the script has not changed it.
    var uri: [UInt8] = []
    /// Next hop in place of the URI (`$du`); empty for none.
    var destination: [UInt8] = []
    /// Route set that goes in front of the request's own; empty for none.
    var path: [UInt8] = []
    /// Thousandths; -1 where nobody said.
    var q: Int32 = -1
    /// By the bits of the node's branch flags.
    var flags: UInt32 = 0
    var socket: SIPSocket?
    var attributes: [Attribute] = []

    struct Attribute {
        var name: [UInt8]
        var value: Content

        enum Content {
            case number(Int32)
            case text([UInt8])
        }
    }

    init() {}

    /// A branch that a script adds; it begins with the branch flags of the message.
    init(branch uri: [UInt8], flags: UInt32) {
        self.uri = uri
        self.flags = flags
    }

    /// Keeps the memory.
    mutating func reset() {
        uri.removeAll(keepingCapacity: true)
        destination.removeAll(keepingCapacity: true)
        path.removeAll(keepingCapacity: true)
        q = -1
        flags = 0
        socket = nil
        if !attributes.isEmpty { attributes = [] }
    }

    /// The first URI of the path.
    var firstHop: [UInt8]? {
        path.withUnsafeBufferPointer { path in (try? NameAddress(path)).map { Array(path[$0.uri]) } }
    }

    func attribute(_ name: Bytes) -> Attribute.Content? {
        attributes.first { $0.name.elementsEqual(name) }?.value
    }

    mutating func setAttribute(_ name: Bytes, _ value: Attribute.Content?) {
        attributes.removeAll { $0.name.elementsEqual(name) }
        if let value { attributes.append(Attribute(name: Array(name), value: value)) }
    }
}

/// The preference of a target among others (RFC 3261, 20.10), in thousandths.
enum QValue {
    /// Reads `1`, `0.7`, `0.125`; nil for anything else.
    static func parse(_ text: Bytes) -> Int32? {
        guard let first = text.first,
            first == UInt8(ascii: "0") || first == UInt8(ascii: "1") || first == UInt8(ascii: ".")
        else { return nil }
        var index = 0
        var value: Int32 = 0
        if first != UInt8(ascii: ".") {
            value = Int32(first &- UInt8(ascii: "0")) &* 1000
            index = 1
        }
        guard index < text.count else { return value }
        guard text[index] == UInt8(ascii: "."), text.count - index <= 4 else { return nil }
        var place: Int32 = 100
        index += 1
        while index < text.count {
            guard text[index] &- 48 < 10 else { return nil }
            value &+= Int32(text[index] &- 48) &* place
            place /= 10
            index += 1
        }
        return value <= 1000 ? value : nil
    }

    /// `0.7`, `1`, `0.125`
    static func write(_ q: Int32, into output: inout [UInt8]) {
        let q = min(max(q, 0), 1000)
        output.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: q / 1000))
        var rest = q % 1000
        guard rest > 0 else { return }
        output.append(UInt8(ascii: "."))
        while rest > 0 {
            output.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest / 100))
            rest = rest % 100 &* 10
        }
    }
}
