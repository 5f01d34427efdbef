/// Where the labels of a `switch` lead, when they are all numbers or all texts: a hash table on plain memory, which
/// somebody has to free.
package struct SwitchTable {
    private struct Entry {
        var number: Int32
        var text: Int32
        var count: Int32
        var target: Int32
    }

    private let entries: UnsafeMutablePointer<Entry>
    private let mask: Int
    private let bytes: UnsafeMutablePointer<UInt8>
    private let isNumeric: Bool
    package let otherwise: Int32

    /// - Parameter labels: the first of equal ones wins, as when they are tried in order.
    package init(numbers labels: [(Int32, target: Int32)], otherwise: Int32) {
        (entries, mask) = SwitchTable.table(for: labels.count)
        bytes = .allocate(capacity: 1)
        isNumeric = true
        self.otherwise = otherwise
        for (number, target) in labels {
            let position = find(hash: SwitchTable.hash(number)) { $0.number == number }
            if entries[position].target < 0 {
                entries[position] = Entry(number: number, text: 0, count: 0, target: target)
            }
        }
    }

    package init(texts labels: [([UInt8], target: Int32)], otherwise: Int32) {
        (entries, mask) = SwitchTable.table(for: labels.count)
        bytes = .allocate(capacity: max(1, labels.reduce(0) { $0 + $1.0.count }))
        isNumeric = false
        self.otherwise = otherwise
        var offset = 0
        for (text, target) in labels {
            text.withUnsafeBufferPointer { text in
                let position = find(hash: SwitchTable.hash(text)) { matches($0, text) }
                guard entries[position].target < 0 else { return }
                if let base = text.baseAddress { (bytes + offset).initialize(from: base, count: text.count) }
                entries[position] = Entry(number: 0, text: Int32(offset), count: Int32(text.count), target: target)
                offset += text.count
            }
        }
    }

    /// The machine that loaded the program does this in the end.
    func deallocate() {
        entries.deallocate()
        bytes.deallocate()
    }

    func target(of value: Value, scratch: Arena) -> Int32 {
        let target: Int32
        if isNumeric {
            guard value.hasNumber else { return otherwise }
            target = entries[find(hash: SwitchTable.hash(value.number)) { $0.number == value.number }].target
        } else {
            guard value.isText else { return otherwise }
            let text = value.text(in: scratch)
            target = entries[find(hash: SwitchTable.hash(text)) { matches($0, text) }].target
        }
        return target < 0 ? otherwise : target
    }

    /// The entry that matches, or the free one where it would be.
    @inline(__always)
    private func find(hash: Int, _ matches: (Entry) -> Bool) -> Int {
        var position = hash & mask
        while entries[position].target >= 0 && !matches(entries[position]) { position = (position + 1) & mask }
        return position
    }

    private func matches(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard Int(entry.count) == text.count else { return false }
        return compareIgnoringCase(UnsafeBufferPointer(start: bytes + Int(entry.text), count: text.count), text) == 0
    }

    private static func table(for count: Int) -> (UnsafeMutablePointer<Entry>, Int) {
        var capacity = 4
        while capacity < count * 2 { capacity *= 2 }
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
        entries.initialize(repeating: Entry(number: 0, text: 0, count: 0, target: -1), count: capacity)
        return (entries, capacity - 1)
    }

    @inline(__always)
    private static func hash(_ number: Int32) -> Int { Int(UInt32(bitPattern: number) &* 0x9e37_79b1 >> 8) }

    /// FNV-1a over the text in lower case.
    @inline(__always)
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt32 = 0x811c_9dc5
        for byte in text { hash = (hash ^ UInt32(lowercase(byte))) &* 0x0100_0193 }
        return Int(hash ^ hash >> 15)
    }
}
