/// Cuts the byte stream of one connection into BIN packets, however the bytes were delivered.
///
///      0       4        8         10      12      12+n    16+n
///     | P4CK  | length | version | n     | name  | type  | body ...
///
/// It checks the marker and the length only. After a violation the connection has to be closed: nothing tells where
/// the next packet begins. Holds at most one incomplete packet and what was appended since the last `next`.
package struct PacketFramer: Sendable {
    package struct Limits: Equatable, Sendable {
        /// The longest packet accepted, in bytes, header included. OpenSIPS 4.0 takes 65515, others 65535.
        package var packetLength = Packet.maximumLength
        /// How many reads may leave one packet incomplete (`bin_max_msg_chunks`). Only a packet in pieces that are small
        /// on the average counts; OpenSIPS closes on a long one that a busy network brings in many fair pieces, too.
        package var chunks = 32
        /// The average of a fair piece, in bytes.
        package var fairPiece = 512
        /// How long a packet may stay incomplete.
        package var patience: Nanoseconds = 4_000_000_000

        package init() {}
    }

    private let limits: Limits
    private var buffer: [UInt8] = []
    /// Where the first packet that was not handed out begins in the buffer.
    private var head = 0
    private var incompleteReads = 0
    private var hasNewBytes = false
    private var incompleteSince: Nanoseconds?
    private var violation: FramingViolation?

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Takes the bytes of one read.
    package mutating func append(_ bytes: some Collection<UInt8>) {
        guard violation == nil else { return }
        buffer.append(contentsOf: bytes)
        hasNewBytes = true
    }

    /// The next whole packet, or nil until more bytes come. To be called until it answers nil after each `append`.
    package mutating func next(now: Nanoseconds) throws(FramingViolation) -> [UInt8]? {
        if let violation { throw violation }
        let available = buffer.count - head
        try checkMarker(available)
        guard available >= 8 else { return try wait(now) }
        let length = buffer.withUnsafeBytes { bytes in
            Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: head &+ 4, as: UInt32.self)))
        }
        guard length >= Packet.minimumLength else { throw fail(.tooShort(length)) }
        guard length <= limits.packetLength else { throw fail(.tooLong(length)) }
        guard available >= length else { return try wait(now) }
        incompleteReads = 0
        incompleteSince = nil
        return take(length)
    }

    /// When to call `next` again although nothing was read, to give up an incomplete packet.
    package var deadline: Nanoseconds? {
        incompleteSince.map { $0 &+ limits.patience }
    }

    private mutating func take(_ length: Int) -> [UInt8] {
        // The usual case, one packet in one read, hands the buffer over and copies nothing.
        if head == 0, buffer.count == length {
            let packet = buffer
            buffer = []
            return packet
        }
        let packet = Array(buffer[head..<(head + length)])
        head += length
        if head == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            head = 0
        }
        return packet
    }

    private mutating func checkMarker(_ available: Int) throws(FramingViolation) {
        for (offset, expected) in Packet.marker.prefix(available).enumerated() where buffer[head + offset] != expected {
            throw fail(.wrongMarker)
        }
    }

    private mutating func wait(_ now: Nanoseconds) throws(FramingViolation) -> [UInt8]? {
        buffer.removeSubrange(..<head)
        head = 0
        guard !buffer.isEmpty else { return nil }
        if hasNewBytes {
            hasNewBytes = false
            incompleteReads += 1
            if incompleteReads >= limits.chunks, buffer.count < incompleteReads &* limits.fairPiece {
                throw fail(.tooManyChunks)
            }
        }
        let since = incompleteSince ?? now
        incompleteSince = since
        if now &- since >= limits.patience { throw fail(.stalled) }
        return nil
    }

    private mutating func fail(_ violation: FramingViolation) -> FramingViolation {
        self.violation = violation
        buffer = []
        head = 0
        return violation
    }
}

/// Why a connection must be closed.
package enum FramingViolation: Error, Equatable, Sendable {
    case wrongMarker
    case tooShort(Int)
    case tooLong(Int)
    /// One packet came in more and smaller pieces than allowed.
    case tooManyChunks
    /// A packet stayed incomplete for too long.
    case stalled
}
