import SIP
import Script

/// `$sdp` and the lines in it. What a script writes goes out with the message, and is read back.
///
/// A place is written as a path: `$sdp.line(a=rtpmap[1])` is the second line that begins so, in the session part only
/// with `$sdp.session(...)`, in a stream with `$sdp.stream(audio[0]/a=rtpmap)`; one more step is a word of that line.
/// Assigning replaces what stands there, null takes a line away.
///
/// Differs from OpenSIPS: assigning to a word of a line changes it.
enum SDPVariables {
    static func all() -> [String: VariableAccess] {
        [
            "sdp": VariableAccess(get: read, set: write),
            "sdp.line": lines { SDPText.all($0) },
            "sdp.session": lines { SDPText.session($0) },
            "sdp.stream": places({ SDPPlace(stream: $0) }, scope: { SDPText.all($0) }),
            "sdp.stream.idx": VariableAccess(get: { context in
                let place = SDPPlace(stream: context.nameBytes)
                return withText(&context) { text in
                    guard let range = place.find(in: text, SDPText.all(text)) else { return .null }
                    // Counted in lines from the top.
                    return .number(Int32(text[ByteRange(0, range.lower)].reduce(0) { $0 + ($1 == 0x0a ? 1 : 0) }))
                }
            }),
        ]
    }

    /// The current SDP; nil where the message has none.
    static func current(_ context: MessageContext) -> [UInt8]? {
        if let sdp = context.sdp { return sdp.isEmpty ? nil : sdp }
        let message = context.message
        guard message.body.count > 0,
            let part = BodyParts(message).part(ofType: ("application/sdp" as StaticString).bytes, at: 0)
        else { return nil }
        return Array(message[part.body])
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

    private static func withText(_ context: inout AccessContext, _ body: (Bytes) -> Value) -> Value {
        guard let sdp = current(context.sip) else { return .null }
        return body(context.scratch.copy(sdp).bytes)
    }

    private static func read(_ context: inout AccessContext) -> Value { withText(&context) { .text($0) } }

    private static func write(_ context: inout AccessContext, _ value: Value, _ mode: WriteMode) -> Bool {
        guard value.isNull || value.isText && !value.isNumber else { return false }
        set(value.isNull ? [] : Array(value.bytes), context.sip)
        return true
    }

    private static func lines(_ scope: @escaping (Bytes) -> ByteRange) -> VariableAccess {
        places({ SDPPlace(line: $0) }, scope: scope)
    }

    private static func places(
        _ place: @escaping (Bytes) -> SDPPlace, scope: @escaping (Bytes) -> ByteRange
    ) -> VariableAccess {
        VariableAccess(
            get: { context in
                let place = place(context.nameBytes)
                return withText(&context) { text in
                    place.find(in: text, scope(text)).map { .text(text[$0]) } ?? .null
                }
            },
            set: { context, value, _ in
                let place = place(context.nameBytes)
                guard value.isNull || value.isText && !value.isNumber, let sdp = current(context.sip) else {
                    return false
                }
                let changed: [UInt8]? = sdp.withUnsafeBufferPointer { text in
                    guard let range = place.find(in: text, scope(text)) else { return nil }
                    return SDPText.replacing(
                        range, of: text, with: value.isNull ? nil : value.bytes, isLine: place.word == nil)
                }
                guard let changed else {
                    context.warn("the session description has no such line")
                    return false
                }
                set(changed, context.sip)
                return true
            })
    }
}
