import SIP

/// A session description cut into its streams and their codecs (RFC 4566).
///
///     m=audio 4000 RTP/AVP 0 8
///       medium port transport payload types
///     a=rtpmap:8 PCMA/8000
struct SessionCodecs {
    struct Codec {
        /// The payload type, as it is written.
        var payload: [UInt8]
        /// Empty where neither the stream nor RFC 3551 names it.
        var name: [UInt8]
        var clock: [UInt8]
    }

    struct Stream {
        var medium: [UInt8]
        var port: [UInt8]
        var transport: [UInt8]
        var codecs: [Codec]
        /// All lines but the first, with their line ends.
        var lines: [[UInt8]]
        /// The end of the first line.
        var lineEnd: [UInt8]

        enum Direction { case up, down }

        /// Takes codecs away with the attributes that speak of them; false where there are none of them.
        mutating func delete(_ isMeant: (Codec) -> Bool) -> Bool {
            let gone = codecs.filter(isMeant).map(\.payload)
            guard !gone.isEmpty else { return false }
            codecs.removeAll(where: isMeant)
            lines.removeAll { line in gone.contains { SessionCodecs.attribute(line, isAbout: $0) } }
            // A stream that nothing can be sent in is refused (RFC 3264, 6).
            if codecs.isEmpty { port = [UInt8(ascii: "0")] }
            return true
        }

        /// Brings codecs to the front, the last one first, or to the end.
        mutating func move(_ isMeant: (Codec) -> Bool, _ direction: Direction) -> Bool {
            let moved = codecs.filter(isMeant)
            guard !moved.isEmpty else { return false }
            codecs.removeAll(where: isMeant)
            switch direction {
            case .up: codecs = moved.reversed() + codecs
            case .down: codecs += moved
            }
            return true
        }

        var text: [UInt8] {
            var text: [UInt8] = Array("m=".utf8) + medium + [0x20] + port + [0x20] + transport
            for codec in codecs { text += [0x20] + codec.payload }
            text += lineEnd
            for line in lines { text += line }
            return text
        }

        func has(_ attribute: String) -> Bool {
            lines.contains { $0.withUnsafeBufferPointer { $0.trimmed.elementsEqual(attribute.utf8) } }
        }
    }

    /// The lines above the first stream.
    var session: [[UInt8]] = []
    var streams: [Stream] = []

    init(_ sdp: [UInt8]) {
        var start = 0
        while start < sdp.count {
            let end = sdp[start...].firstIndex(of: 0x0a).map { $0 + 1 } ?? sdp.count
            let line = Array(sdp[start..<end])
            if line.starts(with: "m=".utf8) {
                streams.append(SessionCodecs.stream(line))
            } else if streams.isEmpty {
                session.append(line)
            } else {
                streams[streams.count - 1].lines.append(line)
            }
            start = end
        }
        for index in streams.indices { streams[index].nameCodecs() }
    }

    var text: [UInt8] { session.flatMap { $0 } + streams.flatMap(\.text) }

    private static func stream(_ line: [UInt8]) -> Stream {
        let end = line.lastIndex { $0 != 0x0d && $0 != 0x0a }.map { $0 + 1 } ?? 0
        let words = line[min(2, end)..<end].split(separator: 0x20).map { Array($0) }
        return Stream(
            medium: words.first ?? [], port: words.count > 1 ? words[1] : [],
            transport: words.count > 2 ? words[2] : [],
            codecs: words.dropFirst(3).map { Codec(payload: $0, name: [], clock: []) }, lines: [],
            lineEnd: Array(line[end...]))
    }

    /// Whether a line is an attribute of a payload type: `a=rtpmap:8 ...`, `a=fmtp:8 ...`, `a=rtcp-fb:8 ...`.
    fileprivate static func attribute(_ line: [UInt8], isAbout payload: [UInt8]) -> Bool {
        for name in ["a=rtpmap:", "a=fmtp:", "a=rtcp-fb:"] where line.starts(with: name.utf8) {
            return line.dropFirst(name.utf8.count).prefix { $0 > 0x20 }.elementsEqual(payload)
        }
        return false
    }

    /// No sound from the other side: a null address, or only one way (RFC 3264, 8.4).
    var isAudioOnHold: Bool {
        let null = Array("c=IN IP4 0.0.0.0".utf8)
        return streams.contains { stream in
            guard stream.medium.elementsEqual("audio".utf8) else { return false }
            if stream.has("a=sendonly") || stream.has("a=inactive") { return true }
            let connection =
                stream.lines.first { $0.starts(with: "c=".utf8) } ?? session.first { $0.starts(with: "c=".utf8) }
            return connection?.starts(with: null) == true
        }
    }
}

extension SessionCodecs.Stream {
    /// Names from `a=rtpmap`, else those of RFC 3551, 6.
    fileprivate mutating func nameCodecs() {
        for index in codecs.indices {
            let payload = codecs[index].payload
            if let map = lines.first(where: {
                $0.starts(with: "a=rtpmap:".utf8) && SessionCodecs.attribute($0, isAbout: payload)
            }) {
                let words = map.split { $0 <= 0x20 }
                let parts = (words.count > 1 ? words[1] : []).split(separator: UInt8(ascii: "/"))
                codecs[index].name = parts.first.map { Array($0) } ?? []
                codecs[index].clock = parts.count > 1 ? Array(parts[1]) : []
            } else if let known = SessionCodecs.standard.first(where: { $0.payload.utf8.elementsEqual(payload) }) {
                codecs[index].name = Array(known.name.utf8)
                codecs[index].clock = Array(known.clock.utf8)
            }
        }
    }
}

extension SessionCodecs {
    fileprivate static let standard: [(payload: String, name: String, clock: String)] = [
        ("0", "PCMU", "8000"), ("3", "GSM", "8000"), ("4", "G723", "8000"), ("5", "DVI4", "8000"),
        ("6", "DVI4", "16000"), ("7", "LPC", "8000"), ("8", "PCMA", "8000"), ("9", "G722", "8000"),
        ("10", "L16", "44100"), ("11", "L16", "44100"), ("12", "QCELP", "8000"), ("13", "CN", "8000"),
        ("14", "MPA", "90000"), ("15", "G728", "8000"), ("16", "DVI4", "11025"), ("17", "DVI4", "22050"),
        ("18", "G729", "8000"), ("25", "CelB", "90000"), ("26", "JPEG", "90000"), ("28", "nv", "90000"),
        ("31", "H261", "90000"), ("32", "MPV", "90000"), ("33", "MP2T", "90000"), ("34", "H263", "90000"),
    ]
}
