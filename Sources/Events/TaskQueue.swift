/// Tasks that wait in one place, ordered by event number. New ones come at the end, those that come back go to their
/// old place near the front.
struct TaskQueue: Sendable {
    struct Entry: Sendable {
        var number: EventNumber
        var task: Int
    }

    private var entries: [Entry] = []
    private var head = 0
    /// Tasks that wait here although a backend may take them soon; the others wait for one that is well.
    var live = 0

    var isEmpty: Bool { head == entries.count }
    var count: Int { entries.count - head }
    var first: Entry? { isEmpty ? nil : entries[head] }
    var last: Entry? { isEmpty ? nil : entries.last }

    /// The entry at a distance from the front.
    subscript(offset: Int) -> Entry { entries[head + offset] }

    mutating func insert(_ entry: Entry) {
        guard let last, entry.number < last.number else {
            entries.append(entry)
            return
        }
        var (low, high) = (head, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].number < entry.number { low = middle + 1 } else { high = middle }
        }
        // What is in front moves into the gap that taken entries have left, where that is less to move.
        if head > 0, low - head < entries.count - low {
            for index in head..<low { entries[index - 1] = entries[index] }
            head -= 1
            entries[low - 1] = entry
        } else {
            entries.insert(entry, at: low)
        }
    }

    mutating func removeFirst() {
        guard !isEmpty else { return }
        head += 1
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 64, head > entries.count / 2 {
            entries.removeFirst(head)
            head = 0
        }
    }

    mutating func removeLast() {
        guard !isEmpty else { return }
        entries.removeLast()
        if isEmpty { removeAll() }
    }

    mutating func remove(at offset: Int) {
        if offset == 0 { removeFirst() } else { entries.remove(at: head + offset) }
    }

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        head = 0
        live = 0
    }

    /// Takes out the entries that a condition chooses, in order.
    mutating func extract(where isChosen: (Entry) -> Bool) -> [Entry] {
        let chosen = entries[head...].filter(isChosen)
        if chosen.isEmpty { return [] }
        entries = entries[head...].filter { !isChosen($0) }
        head = 0
        return chosen
    }
}
