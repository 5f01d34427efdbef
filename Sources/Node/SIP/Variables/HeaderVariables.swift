import SIP
import Script

/// `$hdr`, `$hdrcnt`, `$hdr_name`, `$ct`, `$ct.fields`, `$cT`, `$rb`.
enum HeaderVariables {
    static func all() -> [String: VariableAccess] {
        [
            "hdr": VariableAccess(get: header), "hdrcnt": VariableAccess(get: count),
            "hdr_name": VariableAccess(get: name), "ct": VariableAccess(get: contact),
            "ct.fields": VariableAccess(get: contactField), "cT": VariableAccess(get: contentType),
            "rb": VariableAccess(get: body),
        ]
    }

    /// What a script's name of a header stands for. Of the compact forms the script knows fewer than the wire does.
    static func kind(of name: Bytes) -> HeaderKind {
        if name.count == 1 {
            switch name[0] | 0x20 {
            case UInt8(ascii: "e"), UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "a"), UInt8(ascii: "j"),
                UInt8(ascii: "r"), UInt8(ascii: "b"):
                return .other
            case UInt8(ascii: "x"): return .sessionExpires
            default: break
            }
        }
        return HeaderKind(name: name)
    }

    private static func header(_ context: inout AccessContext) -> Value {
        let message = context.sip.message
        let name = context.nameBytes
        let kind = kind(of: name)
        func find(from start: Int) -> Int? { message.index(of: kind, orNamed: name, from: start) }
        guard let first = find(from: 0) else { return .null }
        var rest = 0
        switch context.index {
        case .none: return .present(message.bytes, message.header(at: first)?.value ?? .absent)
        case .number(let number): rest = Int(number)
        case .all:
            var text: [UInt8] = []
            var next: Int? = first
            while let index = next, let header = message.header(at: index) {
                if index != first { text.append(", ") }
                text.append(contentsOf: message[header.value])
                next = find(from: index + 1)
            }
            return text.count > Value.maximalCount ? .null : context.scratch.copy(text)
        case .word, .invalid: return .null
        }
        if rest < 0 { rest += kind == .other ? message.count(named: name) : message.count(of: kind) }
        guard rest >= 0 else { return .null }
        var next: Int? = first
        while let index = next {
            if rest == 0 { return .present(message.bytes, message.header(at: index)?.value ?? .absent) }
            rest -= 1
            next = find(from: index + 1)
        }
        return .null
    }

    private static func count(_ context: inout AccessContext) -> Value {
        let message = context.sip.message
        let name = context.nameBytes
        let kind = kind(of: name)
        return .number(Int32(kind == .other ? message.count(named: name) : message.count(of: kind)))
    }

    private static func name(_ context: inout AccessContext) -> Value {
        let message = context.sip.message
        switch context.index {
        case .none: return .present(message.bytes, message.header(at: 0)?.name ?? .absent)
        case .number(let number):
            let index = number < 0 ? message.headerCount + Int(number) : Int(number)
            return .present(message.bytes, message.header(at: index)?.name ?? .absent)
        case .all:
            var text: [UInt8] = []
            for index in 0..<message.headerCount {
                if index > 0 { text.append(", ") }
                text.append(contentsOf: message[message.header(at: index)?.name ?? .absent])
            }
            return context.scratch.copy(text)
        case .word, .invalid: return .null
        }
    }

    // MARK: Contact

    /// Calls `value` for the contacts that the index means; several are joined.
    private static func contacts(
        _ context: inout AccessContext, _ value: (Bytes, NameAddress) -> Value
    ) -> Value {
        let message = context.sip.message
        var index = 0
        switch context.index {
        case .none: break
        case .number(let number): index = Int(number)
        case .all: return allContacts(&context, value)
        case .word, .invalid: return .null
        }
        do {
            guard let address = try message.address(of: .contact, at: index) else { return .null }
            return value(message.bytes, address)
        } catch {
            context.fiber.raise(badHeader: .contact)
            return .null
        }
    }

    private static func allContacts(
        _ context: inout AccessContext, _ value: (Bytes, NameAddress) -> Value
    ) -> Value {
        let message = context.sip.message
        var text: [UInt8] = []
        var index = 0
        do {
            while let address = try message.address(of: .contact, at: index) {
                if index > 0 { text.append(", ") }
                let piece = value(message.bytes, address)
                if !piece.isNull { text.append(contentsOf: piece.text(in: context.scratch)) }
                index += 1
                if text.count > Value.maximalCount { return .null }
            }
        } catch {
            context.fiber.raise(badHeader: .contact)
            return .null
        }
        return index == 0 ? .null : context.scratch.copy(text)
    }

    private static func contact(_ context: inout AccessContext) -> Value {
        contacts(&context) { bytes, address in .present(bytes, address.whole) }
    }

    private static func contactField(_ context: inout AccessContext) -> Value {
        let field = context.nameBytes
        return contacts(&context) { bytes, address in
            if field.equalsIgnoringCase("uri") { return address.isWildcard ? .null : .present(bytes, address.uri) }
            if field.equalsIgnoringCase("name") { return .present(bytes, address.name) }
            if field.equalsIgnoringCase("params") { return .present(bytes, address.parameters) }
            guard let parameter = ParameterList(bytes, in: address.parameters).first(named: field) else { return .null }
            return .text(bytes[parameter.value])
        }
    }

    // MARK: Body

    /// `$cT`; with `[*]` the types of all body parts follow.
    private static func contentType(_ context: inout AccessContext) -> Value {
        let message = context.sip.message
        let type = message.trimmed(.contentType)
        guard type.isPresent else { return .null }
        switch context.index {
        case .none: return .text(message[type])
        case .number(let number):
            let parts = BodyParts(message)
            guard let part = parts.part(at: Int(number)) else { return .null }
            return .text(message[part.type])
        case .all:
            var text = Array(message[type])
            var parts = BodyParts(message)
            while let part = parts.next() {
                text.append(UInt8(ascii: ","))
                text.append(contentsOf: message[part.type])
            }
            return context.scratch.copy(text)
        case .word, .invalid: return .null
        }
    }

    /// `$rb`, or a part of it by type and number.
    private static func body(_ context: inout AccessContext) -> Value {
        let message = context.sip.message
        let body = message.body
        let type = context.nameBytes
        if let sdp = context.sip.sdp, case .none = context.index,
            type.isEmpty ? !BodyParts(message).isMultipart : type.equalsIgnoringCase("application/sdp")
        {
            return sdp.isEmpty ? .null : context.scratch.copy(sdp)
        }
        guard body.count > 0 else { return .null }
        var index = 0
        switch context.index {
        case .none, .all: if type.isEmpty { return .text(message[body]) }
        case .number(let number): index = Int(number)
        case .word, .invalid: return .null
        }
        let parts = BodyParts(message)
        guard let part = type.isEmpty ? parts.part(at: index) : parts.part(ofType: type, at: index) else {
            return .null
        }
        return .text(message[part.body])
    }
}
