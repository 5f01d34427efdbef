import SIP

/// Names of flags in order of their first use; a flag is a bit of a message or a branch.
struct FlagNames {
    static let limit = 32

    private var names: [[UInt8]] = []

    /// The bit of a flag; nil where there are too many.
    mutating func bit(of name: Bytes) -> UInt32? {
        if let bit = known(name) { return bit }
        guard names.count < FlagNames.limit else { return nil }
        names.append(Array(name))
        return 1 << UInt32(names.count - 1)
    }

    /// The bit of a flag that was used before.
    func known(_ name: Bytes) -> UInt32? {
        for (index, known) in names.enumerated() where known.count == name.count && known.elementsEqual(name) {
            return 1 << UInt32(index)
        }
        return nil
    }

    /// The names of the flags that are set, the newest first, with blanks between.
    func write(_ flags: UInt32, into output: inout [UInt8]) {
        var isFirst = true
        for index in names.indices.reversed() where flags & (1 << UInt32(index)) != 0 {
            if !isFirst { output.append(UInt8(ascii: " ")) }
            isFirst = false
            output += names[index]
        }
    }

    /// The bits of a text as `write` makes it.
    mutating func bits(of text: Bytes) -> UInt32 {
        var flags: UInt32 = 0
        for name in text.split(separator: UInt8(ascii: " ")) {
            flags |= bit(of: Bytes(rebasing: name)) ?? 0
        }
        return flags
    }
}
