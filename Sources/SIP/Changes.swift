/// What a script wants to be different in a message when it goes out. The message itself stays as it came: `$hdr` does
/// not see what `append_hf` added (golden sip/append-remove-not-seen). Changes name places of one message and mean
/// nothing for another.
package struct Changes {
    struct Edit {
        var offset: Int
        var removed: Int
        /// Where the new bytes stand in `text`.
        var added: ByteRange
    }

    /// In the order of the message; at the same place in the order they were asked for.
    private(set) var edits: [Edit] = []
    private(set) var text: [UInt8] = []

    package init() {}

    /// Room for a few short changes, made at once.
    init(reserving bytes: Int) {
        edits.reserveCapacity(4)
        text.reserveCapacity(bytes)
    }

    package var isEmpty: Bool { edits.isEmpty }

    /// Back to no changes; keeps the memory.
    package mutating func reset() {
        edits.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
    }

    /// Puts `bytes` in before the byte at `offset`.
    package mutating func insert(_ bytes: Bytes, at offset: Int) {
        insert(at: offset) { $0.append(contentsOf: bytes) }
    }

    /// Puts in what `write` appends before the byte at `offset`.
    package mutating func insert(at offset: Int, _ write: (inout [UInt8]) -> Void) {
        edit(offset, 0, write)
    }

    package mutating func remove(_ range: ByteRange) {
        guard range.isPresent, range.count > 0 else { return }
        edit(range.lower, Int(range.count)) { _ in }
    }

    /// Puts `bytes` in place of a range. The same range replaced again gets the newest bytes.
    package mutating func replace(_ range: ByteRange, with bytes: Bytes) {
        replace(range) { $0.append(contentsOf: bytes) }
    }

    /// Puts what `write` appends in place of a range.
    package mutating func replace(_ range: ByteRange, _ write: (inout [UInt8]) -> Void) {
        guard range.isPresent else { return }
        if range.count > 0,
            let old = edits.firstIndex(where: { $0.offset == range.lower && $0.removed == Int(range.count) })
        {
            edits[old].added = store(write)
        } else {
            edit(range.lower, Int(range.count), write)
        }
    }

    /// Takes back the replacement or removal of exactly this range.
    package mutating func restore(_ range: ByteRange) {
        edits.removeAll { $0.offset == range.lower && $0.removed == Int(range.count) }
    }

    /// Whether a removal or replacement covers all of a range.
    package func covers(_ range: ByteRange) -> Bool {
        edits.contains { $0.removed > 0 && $0.offset <= range.lower && $0.offset &+ $0.removed >= range.upper }
    }

    /// Drops every change that begins inside a range or at its end.
    mutating func dropAll(in range: ByteRange) {
        edits.removeAll { $0.offset >= range.lower && $0.offset <= range.upper }
    }

    private mutating func edit(_ offset: Int, _ removed: Int, _ write: (inout [UInt8]) -> Void) {
        guard offset >= 0 else { return }
        let added = store(write)
        guard removed > 0 || added.count > 0 else { return }
        var index = edits.count
        while index > 0, edits[index &- 1].offset > offset { index &-= 1 }
        edits.insert(Edit(offset: offset, removed: removed, added: added), at: index)
    }

    private mutating func store(_ write: (inout [UInt8]) -> Void) -> ByteRange {
        let start = text.count
        write(&text)
        return ByteRange(start, text.count)
    }
}

// MARK: Headers

extension Changes {
    /// Adds a header line (with its line end) behind all others.
    package mutating func append(header line: Bytes, to message: Message) { insert(line, at: message.headersEnd) }

    package mutating func insert(_ line: Bytes, before header: Header) { insert(line, at: header.line.lower) }

    package mutating func insert(_ line: Bytes, after header: Header) { insert(line, at: header.line.upper) }

    package mutating func remove(_ header: Header) { remove(header.line) }

    /// A new request URI; nothing happens to a reply.
    package mutating func setRequestURI(_ uri: Bytes, of message: Message) {
        replace(message.requestURI, with: uri)
    }

    /// A new body in place of the old one; Content-Length follows when the message is serialised.
    package mutating func setBody(_ body: Bytes, of message: Message) {
        if message.body.count > 0 {
            replace(message.body, with: body)
        } else {
            insert(body, at: message.body.lower)
        }
    }
}
