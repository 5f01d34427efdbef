import SIP
import Script

/// A session description as lines of text (RFC 4566), which end in CRLF or LF.
enum SDPText {
    /// Everything before the first stream.
    static func session(_ text: Bytes) -> ByteRange {
        ByteRange(0, SDP(text).stream(at: 0)?.lower ?? text.count)
    }

    /// The text with a line replaced, taken away (where `new` is nil), or with one put before or behind it. All lines
    /// then end as the first one does.
    static func editing(_ line: ByteRange, of text: Bytes, _ new: Bytes?, _ place: IndexWord?) -> [UInt8] {
        let first = text.firstIndex(of: 0x0a) ?? 0
        let lineEnd: [UInt8] = first > 0 && text[first - 1] != 0x0d ? [0x0a] : [0x0d, 0x0a]
        let old = Array(text[line])
        let new = new.map { Array($0.prefix { $0 != 0x0d && $0 != 0x0a }) }
        let edited =
            switch (place, new) {
            case (.insert, let new?): [new, old]
            case (.insertAfter, let new?): [old, new]
            default: [new].compactMap(\.self)
            }
        return SDP(text).lines()
            .flatMap { $0.lower == line.lower ? edited : [Array(text[$0])] }
            .flatMap { $0 + lineEnd }
    }

    /// What OpenSIPS takes for a session description: an origin, and streams with a port, a transport and a place to
    /// send to, of their own or of the session.
    static func isComplete(_ text: Bytes) -> Bool {
        guard text.starts(with: "v=".utf8), let origin = SDP(text).line(UInt8(ascii: "o")),
            namesNetwork(text, origin)
        else { return false }
        let isAddressed = isAddressed(text[session(text)])
        let streams = SDP(text).streams
        return isAddressed != false && !streams.isEmpty
            && streams.allSatisfy { stream in
                let media = SDP(text).lines(from: stream.lower)[0]
                return SDP(text).words(of: media).count > 2
                    && (self.isAddressed(text[stream]) ?? (isAddressed != nil))
            }
    }

    /// Whether the `c=` of a piece can be understood; nil where there is none.
    private static func isAddressed(_ piece: Bytes) -> Bool? {
        SDP(piece).line(UInt8(ascii: "c")).map { namesNetwork(piece, $0) }
    }

    private static func namesNetwork(_ text: Bytes, _ line: ByteRange) -> Bool {
        SDP(text).words(of: line).contains { text[$0].equalsIgnoringCase("IP4") || text[$0].equalsIgnoringCase("IP6") }
    }
}
