/// The log of events that wait on disk, as a pure codec: it answers the bytes to append, and reads back what a crash has
/// left. Whoever owns the file appends them in the order given.
///
/// An event is in the spool from the moment its bytes are on the disk until the bytes of its acknowledgement are. A
/// crash in between brings it back; a crash while bytes are written leaves a cut record at the end, which is not read.
package struct Spool: Sendable {
    package struct Limits: Hashable, Sendable {
        /// The longest that the file may become, in bytes.
        package var bytes = 268_435_456
        /// The most events in it.
        package var events = 1_000_000
        /// A file shorter than this is not worth compacting.
        package var compactionThreshold = 1_048_576

        package init() {}
    }

    package enum Fault: Error, Hashable, Sendable {
        case tooManyEvents
        case fileTooLong
        case eventTooLong
    }

    private let salt: UInt64
    private let limits: Limits
    /// The lengths of the records of the events that are in it.
    private var lengths: [UInt64: Int] = [:]
    private var liveBytes = 0
    private var nextNumber: UInt64

    /// The length of the file once all bytes answered so far are in it.
    package private(set) var length: Int

    /// Events in it.
    package var count: Int { lengths.count }

    /// A new spool. `header` is what its file begins with.
    ///
    /// - Parameter salt: a random number that nobody can guess.
    package init(salt: UInt64, limits: Limits = Limits()) {
        self.salt = salt
        self.limits = limits
        nextNumber = 0
        length = SpoolHeader.length
    }

    package var header: [UInt8] { SpoolHeader.bytes(salt: salt) }

    /// The bytes that add an event to the log, and its number. The log is as before where there is no room.
    ///
    /// - Parameter raisedAt: wall clock, in nanoseconds since 1970.
    package mutating func append(
        _ event: Event, raisedAt: Int64
    ) throws(Fault) -> (number: UInt64, bytes: [UInt8]) {
        if lengths.count >= limits.events { throw .tooManyEvents }
        let spooled = SpooledEvent(number: nextNumber, raisedAt: raisedAt, event: event)
        guard let bytes = SpoolRecord.event(spooled).bytes(salt: salt) else { throw .eventTooLong }
        // The acknowledgement of every event has to fit as well.
        let reserved = (lengths.count + 1) * SpoolRecord.emptyLength
        if length + bytes.count + reserved > limits.bytes { throw .fileTooLong }
        lengths[nextNumber] = bytes.count
        liveBytes += bytes.count
        length += bytes.count
        nextNumber &+= 1
        return (spooled.number, bytes)
    }

    /// The bytes that tell that an event is done with; empty where it is not in the log.
    package mutating func acknowledge(_ number: UInt64) -> [UInt8] {
        guard let eventLength = lengths.removeValue(forKey: number) else { return [] }
        liveBytes -= eventLength
        let bytes = SpoolRecord.done(number).bytes(salt: salt) ?? []
        length += bytes.count
        return bytes
    }

    /// The file is long enough, and more than half of it is about events that are done with.
    package var wantsCompaction: Bool {
        length > limits.compactionThreshold && (length - SpoolHeader.length) / 2 > liveBytes
    }

    /// The file anew, with nothing in it but the events that are not done with. It is to be written aside, made safe and
    /// put in the place of the old one; the old one stays good until then.
    ///
    /// - Parameter file: the old file, with all bytes answered so far in it.
    /// - Returns: nil where the file is not this spool's.
    package mutating func compacted(_ file: [UInt8]) -> [UInt8]? {
        let recovery = SpoolRecovery(file)
        guard recovery.salt == salt else { return nil }
        var bytes = header
        var lengths: [UInt64: Int] = [:]
        for spooled in recovery.events where self.lengths[spooled.number] != nil {
            guard let record = SpoolRecord.event(spooled).bytes(salt: salt) else { continue }
            lengths[spooled.number] = record.count
            bytes += record
        }
        self.lengths = lengths
        liveBytes = bytes.count - SpoolHeader.length
        length = bytes.count
        return bytes
    }
}

extension Spool {
    /// Goes on with a recovered file, whose events are in the spool. The file is to be cut to `recovery.length` first.
    ///
    /// - Returns: nil where the file is not a spool; then a new one is to be made.
    package init?(_ recovery: SpoolRecovery, limits: Limits = Limits()) {
        guard let salt = recovery.salt else { return nil }
        self.init(salt: salt, limits: limits)
        length = recovery.length
        nextNumber = recovery.nextNumber
        for spooled in recovery.events {
            let recordLength = SpoolRecord.event(spooled).bytes(salt: salt)?.count ?? 0
            lengths[spooled.number] = recordLength
            liveBytes += recordLength
        }
    }
}

/// What can be read back from a file, whatever has happened to it.
package struct SpoolRecovery: Hashable, Sendable {
    /// Nil where the file does not begin as a spool does.
    package private(set) var salt: UInt64?
    /// The events that are not done with, in the order raised.
    package private(set) var events: [SpooledEvent] = []
    /// Where the next record goes. What is behind is the beginning of a record that was not written to its end.
    package private(set) var length = 0
    /// The number of the next event.
    package private(set) var nextNumber: UInt64 = 0
    /// Bytes before `length` that are no good record. A crash alone leaves none.
    package private(set) var damagedBytes = 0

    package init(_ file: [UInt8]) {
        salt = SpoolHeader.salt(of: file)
        guard let salt, file.count >= SpoolHeader.length else {
            self.salt = nil
            return
        }
        var live: [UInt64: SpooledEvent] = [:]
        var done: Set<UInt64> = []
        var at = SpoolHeader.length
        var end = at
        while at < file.count {
            guard case .record(let record, let next) = SpoolRecord.read(file, at: at, salt: salt) else {
                at = SpoolRecovery.nextMarker(file, from: at + 1)
                continue
            }
            damagedBytes += at - end
            (at, end) = (next, next)
            switch record {
            case .event(let spooled):
                if !done.contains(spooled.number) { live[spooled.number] = spooled }
                nextNumber = max(nextNumber, spooled.number &+ 1)
            case .done(let number):
                live[number] = nil
                done.insert(number)
                nextNumber = max(nextNumber, number &+ 1)
            }
        }
        length = end
        events = live.values.sorted { $0.number < $1.number }
    }

    private static func nextMarker(_ file: [UInt8], from start: Int) -> Int {
        var at = start
        while at < file.count {
            if file[at] == SpoolRecord.marker[0], file[at...].starts(with: SpoolRecord.marker) { return at }
            at += 1
        }
        return file.count
    }
}
