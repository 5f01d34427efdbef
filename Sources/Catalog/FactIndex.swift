/// Where each module block of the compiled-in texts stands; found by one scan at first use.
struct FactIndex: Sendable {
    struct Block: Sendable {
        let text: StaticString
        let bytes: Range<Int>

        var substring: Substring {
            text.withUTF8Buffer { Substring(String(decoding: UnsafeBufferPointer(rebasing: $0[bytes]), as: UTF8.self)) }
        }
    }

    let blocks: [String: Block]

    init(_ texts: [StaticString]) {
        var blocks: [String: Block] = [:]
        for text in texts {
            text.withUTF8Buffer { buffer in
                var open: (name: String, start: Int)?
                for start in FactIndex.headings(in: buffer) {
                    if let open { blocks[open.name] = Block(text: text, bytes: open.start..<start) }
                    let name = buffer[(start + FactIndex.heading.count)...].prefix { $0 > 0x20 }
                    open = (String(decoding: name, as: UTF8.self), start)
                }
                if let open { blocks[open.name] = Block(text: text, bytes: open.start..<buffer.count) }
            }
        }
        self.blocks = blocks
    }

    private static let heading = Array("module ".utf8)

    /// The offsets of the lines that begin a block.
    private static func headings(in buffer: UnsafeBufferPointer<UInt8>) -> [Int] {
        var found: [Int] = []
        var start = 0
        while start < buffer.count {
            if buffer[start] == heading[0], buffer[start...].starts(with: heading) { found.append(start) }
            guard let end = buffer[start...].firstIndex(of: 0x0A) else { break }
            start = end + 1
        }
        return found
    }
}
