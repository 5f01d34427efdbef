// The bytes of a spool: a header, then records one behind the other. Numbers are little-endian.
//
//     file     "SKSPOOL1"  salt (8)  crc (4)     and the same 20 bytes once more
//     record   "\u{A5}SkR"  length (4)  kind (1)  number (8)  crc (4) of the 17 bytes before      = 21 bytes
//              payload (length)  crc (4) of header and payload
//
//     kind 1   an event:  raised at (8), wall clock  event
//     kind 2   the event of that number is done with:  no payload
//
//     event    name  count of attributes (4)  attribute ...
//     text     length (4)  bytes
//     attribute   1 if named, else 0 (1)  name, if named  0 and number (8), or 1 and text
//
// The salt is a random number chosen when the file is made. Every checksum of a record begins with it, so that bytes
// inside an event, which a stranger may have written, cannot pass for a record when the search for the next good one
// goes through a damaged place.

/// An event that was kept on disk.
package struct SpooledEvent: Hashable, Sendable {
    /// Grows by one with each event; says in which order they were raised.
    package var number: UInt64
    /// Wall clock, in nanoseconds since 1970.
    package var raisedAt: Int64
    package var event: Event

    package init(number: UInt64, raisedAt: Int64, event: Event) {
        self.number = number
        self.raisedAt = raisedAt
        self.event = event
    }
}

enum SpoolRecord: Hashable, Sendable {
    case event(SpooledEvent)
    case done(UInt64)

    static let marker: [UInt8] = [0xA5, 0x53, 0x6B, 0x52]
    static let headerLength = 21
    static let checksumLength = 4
    /// The longest payload.
    static let longestPayload = 1 << 24

    /// The bytes of a record with an empty payload.
    static let emptyLength = headerLength + checksumLength

    /// Nil where the event is too long.
    func bytes(salt: UInt64) -> [UInt8]? {
        var payload: [UInt8] = []
        let kind: UInt8
        let number: UInt64
        switch self {
        case .event(let spooled):
            (kind, number) = (1, spooled.number)
            payload.append(littleEndian: UInt64(bitPattern: spooled.raisedAt), count: 8)
            guard EventBytes.append(spooled.event, to: &payload), payload.count <= SpoolRecord.longestPayload else {
                return nil
            }
        case .done(let done): (kind, number) = (2, done)
        }
        var record = SpoolRecord.marker
        record.reserveCapacity(SpoolRecord.emptyLength + payload.count)
        record.append(littleEndian: UInt64(payload.count), count: 4)
        record.append(kind)
        record.append(littleEndian: number, count: 8)
        var checksum = SpoolRecord.checksum(salt)
        checksum.update(record)
        record.append(littleEndian: UInt64(checksum.value), count: 4)
        checksum.update(record[17...])
        checksum.update(payload)
        record += payload
        record.append(littleEndian: UInt64(checksum.value), count: 4)
        return record
    }

    enum Reading {
        case record(SpoolRecord, end: Int)
        /// The header is good, and the file ends inside the record.
        case cut
        case damaged
    }

    /// Reads the record at a place.
    static func read(_ bytes: [UInt8], at start: Int, salt: UInt64) -> Reading {
        let payloadStart = start + headerLength
        guard start >= 0, payloadStart <= bytes.count else { return .damaged }
        guard bytes[start..<start + marker.count].elementsEqual(marker) else { return .damaged }
        var checksum = SpoolRecord.checksum(salt)
        checksum.update(bytes[start..<start + 17])
        guard bytes.littleEndian(at: start + 17, count: 4) == UInt64(checksum.value) else { return .damaged }
        let length = Int(bytes.littleEndian(at: start + 4, count: 4))
        let payloadEnd = payloadStart + length
        guard length <= longestPayload else { return .damaged }
        guard payloadEnd + checksumLength <= bytes.count else { return .cut }
        checksum.update(bytes[start + 17..<payloadEnd])
        guard bytes.littleEndian(at: payloadEnd, count: 4) == UInt64(checksum.value) else { return .damaged }
        let number = bytes.littleEndian(at: start + 9, count: 8)
        switch bytes[start + 8] {
        case 1:
            guard length >= 8, let event = EventBytes.read(bytes[(payloadStart + 8)..<payloadEnd]) else {
                return .damaged
            }
            let raisedAt = Int64(bitPattern: bytes.littleEndian(at: payloadStart, count: 8))
            let spooled = SpooledEvent(number: number, raisedAt: raisedAt, event: event)
            return .record(.event(spooled), end: payloadEnd + checksumLength)
        case 2 where length == 0: return .record(.done(number), end: payloadEnd + checksumLength)
        default: return .damaged
        }
    }

    private static func checksum(_ salt: UInt64) -> CRC32 {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: salt, count: 8)
        var checksum = CRC32()
        checksum.update(bytes)
        return checksum
    }
}

enum SpoolHeader {
    static let magic = Array("SKSPOOL1".utf8)
    static let length = 40
    private static let half = 20

    static func bytes(salt: UInt64) -> [UInt8] {
        var bytes = magic
        bytes.append(littleEndian: salt, count: 8)
        var checksum = CRC32()
        checksum.update(bytes)
        bytes.append(littleEndian: UInt64(checksum.value), count: 4)
        return bytes + bytes
    }

    /// The salt, if one of the two copies is good.
    static func salt(of bytes: [UInt8]) -> UInt64? {
        for start in [0, half] where bytes.count >= start + half {
            guard bytes[start..<start + magic.count].elementsEqual(magic) else { continue }
            var checksum = CRC32()
            checksum.update(bytes[start..<start + 16])
            guard bytes.littleEndian(at: start + 16, count: 4) == UInt64(checksum.value) else { continue }
            return bytes.littleEndian(at: start + 8, count: 8)
        }
        return nil
    }
}

/// Events as bytes, and back.
enum EventBytes {
    /// False where a text is too long.
    static func append(_ event: Event, to bytes: inout [UInt8]) -> Bool {
        guard append(text: event.name, to: &bytes), let count = UInt32(exactly: event.attributes.count) else {
            return false
        }
        bytes.append(littleEndian: UInt64(count), count: 4)
        for attribute in event.attributes {
            bytes.append(attribute.name == nil ? 0 : 1)
            if let name = attribute.name, !append(text: name, to: &bytes) { return false }
            switch attribute.value {
            case .integer(let number):
                bytes.append(0)
                bytes.append(littleEndian: UInt64(bitPattern: Int64(number)), count: 8)
            case .bytes(let text):
                bytes.append(1)
                if !append(text: text, to: &bytes) { return false }
            }
        }
        return true
    }

    private static func append(text: [UInt8], to bytes: inout [UInt8]) -> Bool {
        guard let length = UInt32(exactly: text.count) else { return false }
        bytes.append(littleEndian: UInt64(length), count: 4)
        bytes += text
        return true
    }

    /// Nil where the bytes are no event, or more than one.
    static func read(_ bytes: ArraySlice<UInt8>) -> Event? {
        var rest = bytes
        guard let name = text(&rest), let count = number(&rest, 4) else { return nil }
        var event = Event(name: name)
        for _ in 0..<count {
            guard let isNamed = rest.popFirst(), isNamed <= 1 else { return nil }
            var attribute = Event.Attribute(value: .integer(0))
            if isNamed == 1 {
                guard let name = text(&rest) else { return nil }
                attribute.name = name
            }
            switch rest.popFirst() {
            case 0?:
                guard let number = number(&rest, 8) else { return nil }
                attribute.value = .integer(Int(Int64(bitPattern: number)))
            case 1?:
                guard let value = text(&rest) else { return nil }
                attribute.value = .bytes(value)
            default: return nil
            }
            event.attributes.append(attribute)
        }
        return rest.isEmpty ? event : nil
    }

    private static func text(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let length = number(&rest, 4), length <= UInt64(rest.count) else { return nil }
        let text = rest.prefix(Int(length))
        rest = rest.dropFirst(Int(length))
        return Array(text)
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> UInt64? {
        guard rest.count >= count else { return nil }
        let number = rest.prefix(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(count)
        return number
    }
}

extension [UInt8] {
    mutating func append(littleEndian number: UInt64, count: Int) {
        for index in 0..<count { append(UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))) }
    }

    /// The number in the bytes from an index; the caller has checked that they are there.
    func littleEndian(at index: Int, count: Int) -> UInt64 {
        self[index..<index + count].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
}
