import SIP
import Script

/// Codecs and streams of session descriptions. Changes are seen by the next of these functions and by `$sdp`.
enum CodecFunctions {
    static func all() -> [String: Function.Body] {
        [
            "codec_exists": { exists(&$0, named(&$0)) }, "codec_exists_re": { exists(&$0, matching(&$0)) },
            "codec_delete": { edit(&$0, named(&$0)) { $0.delete($1) } },
            "codec_delete_re": { edit(&$0, matching(&$0)) { $0.delete($1) } },
            "codec_delete_except_re": { call in
                let isKept = matching(&call)
                return edit(&call, isKept.map { isKept in { !isKept($0) } }) { $0.delete($1) }
            },
            "codec_move_up": { edit(&$0, named(&$0)) { $0.move($1, .up) } },
            "codec_move_up_re": { edit(&$0, matching(&$0)) { $0.move($1, .up) } },
            "codec_move_down": { edit(&$0, named(&$0)) { $0.move($1, .down) } },
            "codec_move_down_re": { edit(&$0, matching(&$0)) { $0.move($1, .down) } },
            "stream_exists": { call in
                guard let sdp = session(call), let isMeant = streams(&call) else { return .code(-1) }
                return .code(sdp.streams.contains(where: isMeant) ? 1 : -1)
            },
            "stream_delete": { call in
                guard var sdp = session(call), let isMeant = streams(&call), sdp.streams.contains(where: isMeant) else {
                    return .code(-1)
                }
                sdp.streams.removeAll(where: isMeant)
                SDPVariables.set(sdp.text, call.sip)
                return .code(1)
            },
            "is_audio_on_hold": { .code(session($0)?.isAudioOnHold == true ? 1 : -1) },
        ]
    }

    private typealias IsMeant = (SessionCodecs.Codec) -> Bool

    private static func session(_ call: CallContext) -> SessionCodecs? {
        SDPVariables.current(call.sip).map(SessionCodecs.init)
    }

    /// A codec by name and, where it is given, clock rate.
    private static func named(_ call: inout CallContext) -> IsMeant? {
        guard let name = call.bytes(0) else { return nil }
        let clock = call.bytes(1)
        return { codec in
            codec.name.equalsIgnoringCase(name) && (clock == nil || codec.clock == clock)
        }
    }

    private static func matching(_ call: inout CallContext) -> IsMeant? {
        guard let pattern = call.pattern(0) else { return nil }
        let matcher = call.machine.matcher
        return { codec in codec.name.withUnsafeBufferPointer { matcher.match(pattern, $0) == .matched } }
    }

    private static func streams(_ call: inout CallContext) -> ((SessionCodecs.Stream) -> Bool)? {
        guard let medium = call.pattern(0) else { return nil }
        let transport = call.pattern(1)
        let matcher = call.machine.matcher
        return { stream in
            guard stream.medium.withUnsafeBufferPointer({ matcher.match(medium, $0) }) == .matched else { return false }
            guard let transport else { return true }
            return stream.transport.withUnsafeBufferPointer { matcher.match(transport, $0) } == .matched
        }
    }

    private static func exists(_ call: inout CallContext, _ isMeant: IsMeant?) -> Completion {
        guard let isMeant, let sdp = session(call) else { return .code(-1) }
        return .code(sdp.streams.contains { $0.codecs.contains(where: isMeant) } ? 1 : -1)
    }

    private static func edit(
        _ call: inout CallContext, _ isMeant: IsMeant?, _ change: (inout SessionCodecs.Stream, IsMeant) -> Bool
    ) -> Completion {
        guard let isMeant, var sdp = session(call) else { return .code(-1) }
        var found = false
        for index in sdp.streams.indices where change(&sdp.streams[index], isMeant) { found = true }
        guard found else { return .code(-1) }
        SDPVariables.set(sdp.text, call.sip)
        return .code(1)
    }
}

extension [UInt8] {
    func equalsIgnoringCase(_ other: [UInt8]) -> Bool {
        withUnsafeBufferPointer { left in other.withUnsafeBufferPointer { left.equalsIgnoringCase($0) } }
    }
}
