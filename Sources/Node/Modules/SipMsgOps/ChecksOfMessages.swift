import SIP
import Script

/// Questions about a message: its method, its tags, whether it is in order; and all of it as JSON.
enum ChecksOfMessages {
    static func all() -> [String: Function.Body] {
        [
            "is_method": { call in
                guard let methods = call.text(0) else { return .code(-1) }
                let message = call.sip.message
                let own = message.isRequest ? message.firstLine.methodText : ((try? message.cseq()) ?? nil)?.methodText
                guard let own else { return .code(-1) }
                let isOne = methods.split(separator: UInt8(ascii: "|")).contains {
                    message[own].equalsIgnoringCase(Bytes(rebasing: $0).trimmed)
                }
                return .code(isOne ? 1 : -1)
            },
            "has_totag": { call in
                do {
                    return .code((try call.sip.message.to())?.tag.isPresent == true ? 1 : -1)
                } catch {
                    call.fiber.raise(badHeader: .to)
                    return .code(-1)
                }
            },
            "sipmsg_validate": { call in
                guard let fault = fault(of: call.sip.message, flags: call.text(0)) else { return .code(1) }
                call.set(1, call.scratch.copy(fault.reason))
                return .code(fault.code)
            },
            "sip_to_json": { .code($0.set(0, $0.scratch.copy(json($0.sip.message))) ? 1 : -1) },
        ]
    }

    /// What is wrong with a message, by the numbers of OpenSIPS; `flags` ask for more: `s` SDP, `h` all headers, `m`
    /// Max-Forwards may be missing, `r` request URI, `f` From, `t` To, `c` Contact.
    private static func fault(of message: Message, flags: Bytes?) -> (code: Int32, reason: String)? {
        func asks(_ flag: Character) -> Bool { flags?.contains(flag.asciiValue ?? 0) == true }
        if message.callID.count == 0 { return (-3, "message doesn't have callid") }
        if message.header(.cseq) == nil { return (-7, "message doesn't have cseq") }
        if message.header(.from) == nil { return (-8, "message doesn't have from") }
        if message.header(.to) == nil { return (-9, "message doesn't have to") }
        if let length = (try? message.contentLength()) ?? nil {
            let body = message.count - message.body.lower
            if length != body {
                return (-5, "invalid body - content length \(length) different than actual body \(body)")
            }
        }
        if message.isRequest, message.header(.maxForwards) == nil, !asks("m") {
            return (-13, "message doesn't have Max-Forwards")
        }
        if asks("s"), !hasSoundSDP(message) { return (-6, "failed to parse SDP message") }
        if asks("h"), (try? message.check()) == nil { return (-2, "failed to parse headers") }
        if asks("r"), message.isRequest, message.uriOrNil == nil { return (-11, "failed to parse R-URI") }
        if asks("t"), !isSound(try? message.to(), message) { return (-22, "failed to parse 'To' header") }
        if asks("f"), !isSound(try? message.from(), message) { return (-24, "failed to parse 'From' header") }
        if asks("c"), (try? message.addressCount(of: .contact)) == nil {
            return (-26, "failed to parse 'Contact' header")
        }
        return nil
    }

    private static func isSound(_ address: NameAddress??, _ message: Message) -> Bool {
        guard case .some(.some(let address)) = address else { return false }
        return (try? URI(message.bytes, in: address.uri)) != nil
    }

    /// A description begins with its version and has an origin (RFC 4566, 5).
    private static func hasSoundSDP(_ message: Message) -> Bool {
        guard let part = BodyParts(message).part(ofType: ("application/sdp" as StaticString).bytes, at: 0),
            message.body.count > 0
        else { return true }
        let sdp = SDP(message[part.body])
        return sdp.line(UInt8(ascii: "v")) != nil && sdp.line(UInt8(ascii: "o")) != nil
            && sdp.line(UInt8(ascii: "s")) != nil
    }

    // MARK: JSON

    /// `{"first_line":"...","headers":{"Via":["..."]},"body":"..."}`
    private static func json(_ message: Message) -> [UInt8] {
        var text = Array("{\"first_line\":".utf8)
        quote(message[message.firstLine.line], into: &text)
        text += Array(",\"headers\":{".utf8)
        var isFirst = true
        for index in 0..<message.headerCount {
            guard let header = message.header(at: index), isFirstOfName(header, index, message) else { continue }
            if !isFirst { text.append(",") }
            isFirst = false
            quote(message[header.name], into: &text)
            text.append(":[")
            quote(message[header.value], into: &text)
            var next = message.index(named: message[header.name], from: index + 1)
            while let more = next {
                text.append(",")
                quote(message[message.header(at: more)?.value ?? .absent], into: &text)
                next = message.index(named: message[header.name], from: more + 1)
            }
            text.append("]")
        }
        text.append("}")
        if message.body.count > 0 {
            text += Array(",\"body\":".utf8)
            quote(message[message.body], into: &text)
        }
        text.append("}")
        return text
    }

    private static func isFirstOfName(_ header: Header, _ index: Int, _ message: Message) -> Bool {
        message.index(named: message[header.name]) == index
    }

    private static func quote(_ bytes: Bytes, into text: inout [UInt8]) {
        text.append("\"")
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""): text.append("\\\"")
            case UInt8(ascii: "\\"): text.append("\\\\")
            case 0x0d: text.append("\\r")
            case 0x0a: text.append("\\n")
            case 0x09: text.append("\\t")
            case 0..<0x20:
                text.append("\\u00")
                let digits: StaticString = "0123456789abcdef"
                text.append(digits.bytes[Int(byte >> 4)])
                text.append(digits.bytes[Int(byte & 15)])
            default: text.append(byte)
            }
        }
        text.append("\"")
    }
}
