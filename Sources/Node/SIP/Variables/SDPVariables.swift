import SIP
import Script

/// `$sdp` and the lines in it. What a script writes goes out with the message, and is read back.
///
/// A line is named by how it begins and, in brackets, which of those it is: `$sdp.line(a=rtpmap[1])`. Assigning
/// replaces it, null takes it away.
enum SDPVariables {
    static func all() -> [String: VariableAccess] {
        [
            "sdp": VariableAccess(get: read, set: write),
            "sdp.line": lines { SDPText.all($0) },
            "sdp.session": lines { SDPText.session($0) },
            "sdp.stream": VariableAccess(get: readStream, set: writeStream),
            "sdp.stream.idx": VariableAccess(get: { context in
                let name = context.nameBytes
                return withText(&context) { text, _ in
                    guard let stream = SDP(text).stream(medium: name) else { return .null }
                    // Counted in lines from the top.
                    return .number(Int32(text[ByteRange(0, stream.lower)].reduce(0) { $0 + ($1 == 0x0a ? 1 : 0) }))
                }
            }),
        ]
    }

    /// The current SDP; nil where the message has none.
    static func current(_ message: MessageContext) -> [UInt8]? {
        if let sdp = message.sdp { return sdp.isEmpty ? nil : sdp }
        let parts = BodyParts(message.message)
        guard message.message.body.count > 0,
            let part = parts.part(ofType: ("application/sdp" as StaticString).bytes, at: 0)
        else { return nil }
        return Array(message.message[part.body])
    }

    /// Puts a new SDP in place of the old one; nothing takes the body away.
    static func set(_ sdp: [UInt8], _ context: MessageContext) {
        let message = context.message
        let parts = BodyParts(message)
        context.sdp = sdp
        if message.body.count > 0, parts.isMultipart {
            guard let part = parts.part(ofType: ("application/sdp" as StaticString).bytes, at: 0) else { return }
            sdp.withUnsafeBufferPointer { context.changes.replace(part.body, with: $0) }
            return
        }
        sdp.withUnsafeBufferPointer { context.changes.setBody($0, of: message) }
        if message.header(.contentType) == nil, !sdp.isEmpty {
            context.changes.insert(("Content-Type: application/sdp\r\n" as StaticString).bytes, at: message.headersEnd)
        }
    }

    private static func withText(_ context: inout AccessContext, _ body: (Bytes, Arena) -> Value) -> Value {
        guard let sdp = current(context.sip) else { return .null }
        let text = context.scratch.copy(sdp).bytes
        return body(text, context.scratch)
    }

    private static func read(_ context: inout AccessContext) -> Value { withText(&context) { text, _ in .text(text) } }

    private static func write(_ context: inout AccessContext, _ value: Value, _ mode: WriteMode) -> Bool {
        guard value.isNull || value.isText && !value.isNumber else { return false }
        set(value.isNull ? [] : Array(value.bytes), context.sip)
        return true
    }

    // MARK: Lines

    private static func lines(_ scope: @escaping (Bytes) -> ByteRange) -> VariableAccess {
        VariableAccess(
            get: { context in
                let (prefix, index) = lineName(context.nameBytes, context.index)
                return withText(&context) { text, _ in
                    guard let line = SDPText.line(text, in: scope(text), prefix, index) else { return .null }
                    return .text(text[line])
                }
            },
            set: { context, value, _ in
                let (prefix, index) = lineName(context.nameBytes, context.index)
                return replaceLine(&context, value, scope, prefix, index)
            })
    }

    private static func replaceLine(
        _ context: inout AccessContext, _ value: Value, _ scope: (Bytes) -> ByteRange, _ prefix: Bytes, _ index: Int
    ) -> Bool {
        guard value.isNull || value.isText, let sdp = current(context.sip) else { return false }
        let new = value.isNull ? nil : Array(value.text(in: context.scratch))
        let changed: [UInt8]? = sdp.withUnsafeBufferPointer { text in
            guard let line = SDPText.line(text, in: scope(text), prefix, index) else { return nil }
            return SDPText.replacing(line, of: text, with: new)
        }
        guard let changed else { return false }
        set(changed, context.sip)
        return true
    }

    // MARK: Streams

    /// `$sdp.stream(audio)` is its first line, `$sdp.stream(audio/a=rtpmap)` a line in it.
    private static func readStream(_ context: inout AccessContext) -> Value {
        let name = StreamName(context.nameBytes)
        let which = number(of: context.index)
        return withText(&context) { text, _ in
            guard let stream = name.stream(in: text, at: which),
                let line = SDPText.line(text, in: stream, name.prefix, name.line)
            else { return .null }
            return .text(text[line])
        }
    }

    private static func writeStream(_ context: inout AccessContext, _ value: Value, _ mode: WriteMode) -> Bool {
        let name = StreamName(context.nameBytes)
        let which = number(of: context.index)
        return replaceLine(
            &context, value, { name.stream(in: $0, at: which) ?? .absent }, name.prefix, name.line)
    }

    private static func number(of index: AccessContext.Index) -> Int {
        if case .number(let number) = index { Int(number) } else { 0 }
    }

    private static func lineName(_ name: Bytes, _ index: AccessContext.Index) -> (Bytes, Int) {
        let (prefix, inner) = SDPText.indexed(name)
        return (prefix, inner ?? number(of: index))
    }

    private struct StreamName {
        var medium: Bytes
        var mediumIndex: Int?
        var prefix = Bytes(start: nil, count: 0)
        var line = 0

        init(_ name: Bytes) {
            let slash = name.firstIndex(of: UInt8(ascii: "/")) ?? name.count
            (medium, mediumIndex) = SDPText.indexed(name[ByteRange(0, slash)])
            guard slash < name.count else { return }
            let (prefix, line) = SDPText.indexed(name[ByteRange(slash + 1, name.count)])
            self.prefix = prefix
            self.line = line ?? 0
        }

        func stream(in text: Bytes, at index: Int) -> ByteRange? {
            let sdp = SDP(text)
            var rest = mediumIndex ?? index
            for position in 0..<sdp.streamCount {
                guard let stream = sdp.stream(at: position) else { return nil }
                let start = stream.lower + 2
                let line = text[ByteRange(start, stream.upper)]
                let end = line.firstIndex { $0 == 0x20 || $0 == 0x0d || $0 == 0x0a } ?? line.count
                guard line[ByteRange(0, end)].equalsIgnoringCase(medium) else { continue }
                if rest == 0 { return stream }
                rest -= 1
            }
            return nil
        }
    }
}

/// Lines of a session description by how they begin.
enum SDPText {
    static func all(_ text: Bytes) -> ByteRange { ByteRange(0, text.count) }

    /// Everything before the first stream.
    static func session(_ text: Bytes) -> ByteRange {
        ByteRange(0, SDP(text).stream(at: 0)?.lower ?? text.count)
    }

    /// The line at `index` among those of a piece that begin with `prefix`, without its line end; -1 is the last.
    static func line(_ text: Bytes, in piece: ByteRange, _ prefix: Bytes, _ index: Int) -> ByteRange? {
        guard piece.isPresent else { return nil }
        var found: [ByteRange] = []
        var start = piece.lower
        while start < piece.upper {
            let rest = text[ByteRange(start, piece.upper)]
            let feed = rest.firstIndex(of: 0x0a).map { start + $0 } ?? piece.upper
            let end = feed > start && feed < piece.upper && text[feed - 1] == 0x0d ? feed - 1 : feed
            let line = ByteRange(start, end)
            if text[line].starts(with: prefix) {
                found.append(line)
                if index >= 0, found.count > index { return line }
            }
            start = feed + 1
        }
        let resolved = index < 0 ? index + found.count : index
        return found.indices.contains(resolved) ? found[resolved] : nil
    }

    /// A text without a line, or with another one in its place.
    static func replacing(_ line: ByteRange, of text: Bytes, with new: [UInt8]?) -> [UInt8] {
        var result = Array(text[ByteRange(0, line.lower)])
        if let new {
            result += new
            result.append(contentsOf: text[ByteRange(line.upper, text.count)])
        } else {
            var next = line.upper
            while next < text.count, text[next] != 0x0a { next += 1 }
            result.append(contentsOf: text[ByteRange(min(next + 1, text.count), text.count)])
        }
        return result
    }

    /// `name[3]` as its parts.
    static func indexed(_ name: Bytes) -> (Bytes, Int?) {
        guard name.last == UInt8(ascii: "]"), let open = name.lastIndex(of: UInt8(ascii: "[")),
            let index = Int32(decimal: name[ByteRange(open + 1, name.count - 1)])
        else { return (name, nil) }
        return (name[ByteRange(0, open)], Int(index))
    }
}
