/// The offsets of a time zone, from a file of the zone database (RFC 8536).
struct ZoneFile {
    /// Ascending.
    private var transitions: [Int] = []
    /// The offset from each transition on, in seconds east of UTC.
    private var offsets: [Int] = []
    private var first = 0
    /// What holds after the last transition.
    private var rule: ZoneRule?

    /// Nil where the bytes are no zone.
    init?(_ bytes: [UInt8]) {
        guard let header = Header(bytes, at: 0) else { return nil }
        if header.version >= UInt8(ascii: "2") {
            let second = Header.count + header.bodyCount(timeSize: 4)
            guard let header = Header(bytes, at: second) else { return nil }
            read(bytes, header, at: second + Header.count, timeSize: 8)
            // The footer stands between two line ends.
            let footer = bytes.dropFirst(second + Header.count + header.bodyCount(timeSize: 8))
            rule = footer.first == 0x0a ? ZoneRule(footer.dropFirst().prefix { $0 != 0x0a }) : nil
        } else {
            read(bytes, header, at: Header.count, timeSize: 4)
        }
    }

    /// Seconds east of UTC at a time, in seconds since 1970.
    func offset(at time: Int) -> Int {
        if let rule, time >= transitions.last ?? .min { return rule.offset(at: time) }
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : offsets[low - 1]
    }

    /// "TZif", version, 15 bytes, then six counts of four bytes.
    private struct Header {
        static let count = 44
        var version: UInt8
        var utcIndicators, standardIndicators, leapSeconds, times, types, characters: Int

        init?(_ bytes: [UInt8], at start: Int) {
            guard start >= 0, start + Header.count <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8)
            else { return nil }
            version = bytes[start + 4]
            let counts = (0..<6).map { ZoneFile.number(bytes, start + 20 + $0 * 4, 4) }
            guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
            (utcIndicators, standardIndicators, leapSeconds) = (counts[0], counts[1], counts[2])
            (times, types, characters) = (counts[3], counts[4], counts[5])
            guard types > 0, start + Header.count + bodyCount(timeSize: 4) <= bytes.count else { return nil }
        }

        func bodyCount(timeSize: Int) -> Int {
            times * timeSize + times + types * 6 + characters + leapSeconds * (timeSize + 4) + standardIndicators
                + utcIndicators
        }
    }

    private mutating func read(_ bytes: [UInt8], _ header: Header, at start: Int, timeSize: Int) {
        guard start + header.bodyCount(timeSize: timeSize) <= bytes.count else { return }
        let indexes = start + header.times * timeSize
        let types = indexes + header.times
        let offset = { (type: Int) in type < header.types ? ZoneFile.number(bytes, types + type * 6, 4) : 0 }
        first = offset(0)
        for index in 0..<header.times {
            transitions.append(ZoneFile.number(bytes, start + index * timeSize, timeSize))
            offsets.append(offset(Int(bytes[indexes + index])))
        }
    }

    /// Signed, big-endian.
    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        let value = bytes[start..<start + count].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return count == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(truncatingIfNeeded: value))
    }
}
