/// What a name server says to a question.
///
///     0  id (2)  flags (2): QR, opcode, AA, TC, RD | RA, Z, RCODE
///     4  counts of questions, answers, authorities, additional records (2 each)
///     12 questions: name, type (2), class (2)
///        records: name, type (2), class (2), lifetime (4), length (2), data
package struct Response: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// Those that were asked for; none where the name or the kind does not exist.
        case records([Record])
        /// There is more than a datagram can hold.
        case truncated
        /// This server cannot say.
        case refused
    }

    package var outcome: Outcome
    /// Seconds that the answer may be kept.
    package var lifetime: UInt32

    static let internet: UInt8 = 1

    private enum RecordType {
        static let alias: UInt16 = 5
        static let authority: UInt16 = 6
    }

    /// Aliases (CNAME) that one answer may lead through.
    private static let maximalAliases = 8

    /// Reads an answer.
    /// - Returns: nil for what answers another query.
    package init?(
        _ message: UnsafeBufferPointer<UInt8>, to question: Question, id: UInt16
    ) throws(MalformedMessage) {
        var reader = MessageReader(message)
        let answered = try reader.number16()
        let flags = try reader.number16()
        guard answered == id, flags & 0xf800 == 0x8000 else { return nil }
        let questions = try reader.number16()
        let answers = try reader.number16()
        let authorities = try reader.number16()
        _ = try reader.number16()
        let code = flags & 0xf
        // A server that cannot read the question may leave it out.
        if questions == 0, code != 0 {
            self.init(outcome: .refused, lifetime: 0)
            return
        }
        guard questions == 1, try DomainName(&reader) == question.name,
            try reader.number16() == question.kind.rawValue, try reader.number16() == UInt16(Response.internet)
        else { return nil }
        if flags & 0x0200 != 0 {
            self.init(outcome: .truncated, lifetime: 0)
        } else if code == 0 || code == 3 {
            try self.init(&reader, question, answers, authorities)
        } else {
            self.init(outcome: .refused, lifetime: 0)
        }
    }

    private init(outcome: Outcome, lifetime: UInt32) {
        self.outcome = outcome
        self.lifetime = lifetime
    }

    private init(
        _ reader: inout MessageReader, _ question: Question, _ answers: UInt16, _ authorities: UInt16
    ) throws(MalformedMessage) {
        var found: [DomainName: [Record]] = [:]
        var aliases: [DomainName: DomainName] = [:]
        var shortest = UInt32.max
        for _ in 0..<answers {
            let header = try RecordHeader(&reader)
            let end = reader.position + header.length
            if header.isInternet, header.type == RecordType.alias {
                aliases[header.name] = try DomainName(&reader)
                shortest = min(shortest, header.lifetime)
            } else if header.isInternet, header.type == question.kind.rawValue {
                found[header.name, default: []].append(try Response.record(question.kind, &reader))
                shortest = min(shortest, header.lifetime)
            } else {
                reader.position = end
            }
            guard reader.position == end else { throw MalformedMessage() }
        }
        var name = question.name
        for _ in 0..<Response.maximalAliases {
            guard found[name] == nil, let next = aliases[name] else { break }
            name = next
        }
        if let records = found[name] {
            self.init(outcome: .records(records), lifetime: shortest)
        } else {
            self.init(outcome: .records([]), lifetime: try Response.negativeLifetime(&reader, authorities))
        }
    }

    private static func record(
        _ kind: Question.Kind, _ reader: inout MessageReader
    ) throws(MalformedMessage) -> Record {
        switch kind {
        case .srv:
            return .service(
                ServiceRecord(
                    priority: try reader.number16(), weight: try reader.number16(), port: try reader.number16(),
                    target: try DomainName(&reader)))
        case .naptr:
            let order = try reader.number16()
            let preference = try reader.number16()
            let flags = try reader.characters()
            let service = try reader.characters()
            _ = try reader.characters()
            return .namingAuthority(
                NamingAuthorityRecord(
                    order: order, preference: preference, flags: flags, service: service,
                    replacement: try DomainName(&reader)))
        }
    }

    /// How long it may be remembered that there is nothing: the authority of the zone says so (RFC 2308, 5).
    private static func negativeLifetime(
        _ reader: inout MessageReader, _ authorities: UInt16
    ) throws(MalformedMessage) -> UInt32 {
        for _ in 0..<authorities {
            let header = try RecordHeader(&reader)
            let end = reader.position + header.length
            if header.type == RecordType.authority {
                _ = try DomainName(&reader)
                _ = try DomainName(&reader)
                _ = try reader.bytes(16)
                return min(header.lifetime, try reader.number32())
            }
            reader.position = end
        }
        return 0
    }
}

private struct RecordHeader {
    let name: DomainName
    let type: UInt16
    let isInternet: Bool
    let lifetime: UInt32
    /// Bytes of data that follow.
    let length: Int

    init(_ reader: inout MessageReader) throws(MalformedMessage) {
        name = try DomainName(&reader)
        type = try reader.number16()
        isInternet = try reader.number16() == UInt16(Response.internet)
        // The highest bit is a sign that nobody uses (RFC 2181, 8).
        let lifetime = try reader.number32()
        self.lifetime = lifetime > Int32.max ? 0 : lifetime
        length = Int(try reader.number16())
        let start = reader.position
        _ = try reader.bytes(length)
        reader.position = start
    }
}
