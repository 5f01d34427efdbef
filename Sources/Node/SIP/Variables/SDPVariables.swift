import SIP
import Script

/// `$sdp` and the lines in it. What a script writes goes out with the message, and is read back.
///
/// A place is written as a path: `$sdp.line(a=rtpmap[1])` is the second line that begins so, in the session part only
/// with `$sdp.session(...)`, in a stream with `$sdp.stream(audio[0]/a=rtpmap)`; one more step is a word of that line.
/// Assigning replaces what stands there, null takes a line away, and the indexes `[insert]` and `[insertAfter]` put a
/// line beside it.
///
/// Differs from OpenSIPS: assigning to a word of a line changes it, and to what is not there always fails.
enum SDPVariables {
    static func all() -> [String: VariableAccess] {
        [
            "sdp": VariableAccess(get: read, set: write),
            "sdp.line": place(in: .anywhere), "sdp.session": place(in: .session), "sdp.stream": place(in: .stream),
            "sdp.stream.idx": VariableAccess { name throws(SubnameError) in
                let place = try SDPPlace(name, in: .stream)
                let access = VariableAccess(get: { context in
                    find(place, &context) { text, range in
                        // Counted in lines from the top.
                        .number(Int32(text[ByteRange(0, range.lower)].count { $0 == 0x0a }))
                    }
                })
                return BoundVariable(access, inner: place.variables)
            },
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
        guard !value.isNull else {
            set([], context.sip)
            return true
        }
        guard value.isText, !value.isNumber, SDPText.isComplete(value.bytes) else {
            context.warn("this is no session description: it needs v=, o=, c= and m= lines")
            return false
        }
        set(Array(value.bytes), context.sip)
        return true
    }

    private static func find(
        _ place: SDPPlace, _ context: inout AccessContext, _ value: (Bytes, ByteRange) -> Value
    ) -> Value {
        let inner = context.inner
        return withText(&context) { text in place.find(in: text, inner).map { value(text, $0) } ?? .null }
    }

    private static func place(in part: SDPPlace.Part) -> VariableAccess {
        VariableAccess { name throws(SubnameError) in
            let place = try SDPPlace(name, in: part)
            var access = VariableAccess(
                get: { context in find(place, &context) { text, range in .text(text[range]) } },
                set: { context, value, _ in write(value, to: place, &context) })
            if !place.isWord { access.indexWords = [.insert, .insertAfter] }
            return BoundVariable(access, inner: place.variables)
        }
    }

    private static func write(_ value: Value, to place: SDPPlace, _ context: inout AccessContext) -> Bool {
        guard value.isNull || value.isText && !value.isNumber, let sdp = current(context.sip) else { return false }
        let new = value.isNull ? nil : value.bytes
        let changed: [UInt8]? = sdp.withUnsafeBufferPointer { text in
            guard let range = place.find(in: text, context.inner) else { return nil }
            if place.isWord {
                return text[ByteRange(0, range.lower)] + (new.map(Array.init) ?? [])
                    + text[ByteRange(range.upper, text.count)]
            }
            guard case .word(let word) = context.index else { return SDPText.editing(range, of: text, new, nil) }
            return SDPText.editing(range, of: text, new, word)
        }
        guard let changed else {
            context.warn("the session description has no such line")
            return false
        }
        set(changed, context.sip)
        return true
    }
}
