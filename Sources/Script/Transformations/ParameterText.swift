import SIP

/// `name[=value]{;name[=value]}` up to the first comma, as `{param}` reads a text: names may be empty, values may not,
/// unless they are quoted, and where anything is wrong there is no list at all.
struct ParameterText {
    struct Parameter {
        var name: ByteRange
        /// Without quotes; absent for a name alone.
        var value: ByteRange
    }

    private let text: Bytes
    private(set) var count = 0

    init?(_ text: Bytes) {
        guard text.count > 0, !text[0].isSpace else { return nil }
        self.text = text
        var cursor: Int? = 0
        while let start = cursor {
            guard read(at: start, &cursor) != nil else { return nil }
            count &+= 1
        }
    }

    /// -1 is the last.
    func parameter(at index: Int) -> Parameter? {
        let wanted = index >= 0 ? index : index &+ count
        return first { place, _ in place == wanted }
    }

    func first(named name: Bytes) -> Parameter? {
        first { _, parameter in text[parameter.name].equalsIgnoringCase(name) }
    }

    private func first(where fits: (Int, Parameter) -> Bool) -> Parameter? {
        var cursor: Int? = 0
        var place = 0
        while let start = cursor, let parameter = read(at: start, &cursor) {
            if fits(place, parameter) { return parameter }
            place &+= 1
        }
        return nil
    }

    /// The parameter at a place; the cursor is nil behind the last.
    private func read(at start: Int, _ cursor: inout Int?) -> Parameter? {
        let end = text.count
        let nameStart = text.skipSpace(from: start, to: end)
        var i = nameStart
        while i < end, text[i] != UInt8(ascii: "="), !endsWord(i) { i &+= 1 }
        var parameter = Parameter(name: ByteRange(nameStart, i), value: .absent)
        i = text.skipSpace(from: i, to: end)
        if i < end, text[i] == UInt8(ascii: "=") {
            let valueStart = text.skipSpace(from: i &+ 1, to: end)
            i = valueStart
            if i < end, text[i] == UInt8(ascii: "\"") {
                guard let behind = try? text.skipQuoted(from: i, to: end) else { return nil }
                parameter.value = ByteRange(valueStart &+ 1, behind &- 1)
                i = behind
            } else {
                while i < end, !endsWord(i) { i &+= 1 }
                guard i > valueStart else { return nil }
                parameter.value = ByteRange(valueStart, i)
            }
            i = text.skipSpace(from: i, to: end)
        }
        switch i < end ? text[i] : UInt8(ascii: ",") {
        case UInt8(ascii: ","): cursor = nil
        case UInt8(ascii: ";") where text.skipSpace(from: i &+ 1, to: end) < end: cursor = i &+ 1
        default: return nil
        }
        return parameter
    }

    private func endsWord(_ index: Int) -> Bool {
        let byte = text[index]
        return byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") || byte.isSpace
    }
}
