import SIP
import Script

/// The core variables that are about a message.
enum MessageVariables {
    static func all(_ sip: SIPLayer) -> [String: VariableAccess] {
        var all: [String: VariableAccess] = [:]
        for group in [
            request(sip), destination(), addresses(), general(sip), HeaderVariables.all(), BranchVariables.all(sip),
            SocketVariables.all(sip), CredentialVariables.all(), SDPVariables.all(), ErrorVariables.all(),
        ] {
            all.merge(group) { $1 }
        }
        return all
    }

    // MARK: Request line

    private static func request(_ sip: SIPLayer) -> [String: VariableAccess] {
        let current = VariableAccess(
            get: { context in
                let message = context.sip
                if message.main.uri.isEmpty {
                    guard message.message.uriOrNil != nil else { return broken(.requestURI, &context) }
                    return .text(message.message[message.message.requestURI])
                }
                let text = message.requestURI(in: context.scratch)
                return (try? URI(text)) == nil ? broken(.requestURI, &context) : .text(text)
            },
            set: { context, value, _ in
                guard value.isText, !value.isNumber else { return false }
                context.sip.setRequestURI(value.bytes)
                return true
            })
        let user = part(.user, \.user)
        let domain = part(.host, \.host)
        let original = VariableAccess(get: { context in
            let message = context.sip.message
            return message.uriOrNil == nil ? broken(.incomingURI, &context) : .text(message[message.requestURI])
        })
        return [
            "ru": current, "ruri": current, "rU": user, "ruri.user": user, "rd": domain, "ruri.domain": domain,
            "rp": VariableAccess(
                get: { context in currentURI(&context) { .number(Int32($1.portOrDefault(in: $0))) } },
                set: { context, value, _ in setPort(&context, value) { $0.replace(.port, with: $1) } }),
            "rP": VariableAccess(get: { context in currentURI(&context) { .text($1.transportName(in: $0)) } }),
            "ou": original, "ouri": original,
            "oU": originalURI { .present($0, $1.user) },
            "od": originalURI { .present($0, $1.host) },
            "op": originalURI { .number(Int32($1.portOrDefault(in: $0))) },
            "oP": originalURI { .text($1.transportName(in: $0)) },
            "ru_q": VariableAccess(
                get: { $0.sip.isRequest ? .number($0.sip.main.q) : .null },
                set: { context, value, _ in
                    guard value.isNumber else { return false }
                    if value.number > 1000 { context.warn("$ru_q is at most 1000") }
                    context.sip.main.q = min(value.number, 1000)
                    return true
                }),
            "rm": VariableAccess(get: { context in
                let message = context.sip.message
                if message.isRequest { return .text(message[message.firstLine.methodText]) }
                guard let cseq = try? message.cseq() else { return .null }
                return .text(message[cseq.methodText])
            }),
            "rs": VariableAccess(get: { context in
                let message = context.sip
                return message.isRequest ? .null : .number(Int32(message.status), in: context.scratch)
            }),
            "rr": VariableAccess(get: { context in
                let message = context.sip.message
                return message.isRequest ? .null : .text(message[message.firstLine.reason])
            }),
        ]
    }

    /// A part of the request URI that is a text.
    private static func part(_ part: URI.Part, _ range: @escaping (URI) -> ByteRange) -> VariableAccess {
        VariableAccess(
            get: { context in currentURI(&context) { .present($0, range($1)) } },
            set: { context, value, _ in
                if value.isNull { return part == .user && context.sip.replace(part, with: nil) }
                guard value.isText, !value.isNumber else { return false }
                return context.sip.replace(part, with: value.bytes)
            })
    }

    private static func currentURI(_ context: inout AccessContext, _ value: (Bytes, URI) -> Value) -> Value {
        let message = context.sip
        if message.main.uri.isEmpty {
            guard let uri = message.message.uriOrNil else { return broken(.requestURI, &context) }
            return value(message.message.bytes, uri)
        }
        let text = message.requestURI(in: context.scratch)
        guard let uri = try? URI(text) else { return broken(.requestURI, &context) }
        return value(text, uri)
    }

    /// The error route follows, as for headers that cannot be read.
    private static func broken(_ error: ScriptError, _ context: inout AccessContext) -> Value {
        if context.sip.isRequest { context.fiber.raise(error) }
        return .null
    }

    private static func originalURI(_ value: @escaping (Bytes, URI) -> Value) -> VariableAccess {
        VariableAccess(get: { context in
            let message = context.sip.message
            guard let uri = message.uriOrNil else { return broken(.incomingURI, &context) }
            return value(message.bytes, uri)
        })
    }

    /// A port is a number or its digits; null takes it away.
    private static func setPort(
        _ context: inout AccessContext, _ value: Value, _ set: (MessageContext, Bytes?) -> Bool
    ) -> Bool {
        if value.isNull { return set(context.sip, nil) }
        guard value.isText || value.isNumber else { return false }
        let digits = value.text(in: context.scratch)
        guard digits.isEmpty || digits.decimal(atMost: 65_535) != nil else {
            context.warn("a port is a number up to 65535")
            return false
        }
        return set(context.sip, digits)
    }

    // MARK: Destination

    private static func destination() -> [String: VariableAccess] {
        let whole = VariableAccess(
            get: { context in
                let target = context.sip.main.destination
                return target.isEmpty ? .null : context.scratch.copy(target)
            },
            set: { context, value, _ in
                if value.isNull {
                    context.sip.main.destination.removeAll(keepingCapacity: true)
                    return true
                }
                guard value.isText, !value.isNumber else { return false }
                context.sip.main.destination = Array(value.bytes)
                return true
            })
        func read(_ value: @escaping (Bytes, URI) -> Value) -> (inout AccessContext) -> Value {
            return { context in
                let target = context.sip.main.destination
                guard !target.isEmpty else { return .null }
                let text = context.scratch.copy(target).bytes
                guard let uri = try? URI(text) else { return .null }
                return value(text, uri)
            }
        }
        func write(_ context: inout AccessContext, _ part: URI.Part, _ value: Bytes?) -> Bool {
            var output: [UInt8] = []
            let isDone = context.sip.main.destination.withUnsafeBufferPointer { text in
                guard let uri = try? URI(text) else { return false }
                return uri.write(text, replacing: part, with: value, into: &output)
            }
            if isDone { context.sip.main.destination = output }
            return isDone
        }
        return [
            "du": whole, "duri": whole,
            "dd": VariableAccess(
                get: read { .present($0, $1.host) },
                set: { context, value, _ in
                    guard value.isText, !value.isNumber else { return false }
                    return write(&context, .host, value.bytes)
                }),
            "dp": VariableAccess(
                get: read { .number(Int32($1.portOrDefault(in: $0))) },
                set: { context, value, _ in
                    if value.isNull { return write(&context, .port, nil) }
                    let digits = value.text(in: context.scratch)
                    guard digits.decimal(atMost: 65_535) != nil else { return false }
                    return write(&context, .port, digits)
                }),
            "dP": VariableAccess(get: read { .text($1.transportName(in: $0)) }),
        ]
    }

    // MARK: From, To and their like

    private static func addresses() -> [String: VariableAccess] {
        [
            "fu": from { .present($0, $1.uri) }, "from": from { .present($0, $1.uri) },
            "fU": from { user($0, $1) }, "from.user": from { user($0, $1) },
            "fd": from { host($0, $1) }, "from.domain": from { host($0, $1) },
            "fn": from { .present($0, $1.name) }, "ft": from { .present($0, $1.tag) },
            "Au": VariableAccess(get: account),
            "tu": to { .present($0, $1.uri) }, "to": to { .present($0, $1.uri) },
            "tU": to { user($0, $1) }, "to.user": to { user($0, $1) },
            "td": to { host($0, $1) }, "to.domain": to { host($0, $1) },
            "tn": to { .present($0, $1.name) }, "tt": to { .present($0, $1.tag) },
            "ai": first(.pAssertedIdentity) { .present($0, $1.uri) },
            "re": first(.remotePartyID) { .present($0, $1.uri) },
            "rt": first(.referTo) { .present($0, $1.uri) },
            "pu": first(.pPreferredIdentity) { .present($0, $1.uri) },
            "pU": first(.pPreferredIdentity) { user($0, $1) },
            "pd": first(.pPreferredIdentity) { host($0, $1) },
            "pn": first(.pPreferredIdentity) { .present($0, $1.name) },
            "di": first(.diversion) { .present($0, $1.uri) },
            "dir": first(.diversion) { .parameter("reason", $0, $1) },
            "dip": first(.diversion) { .parameter("privacy", $0, $1) },
        ]
    }

    /// Who pays: `user@host` of From.
    private static func account(_ context: inout AccessContext) -> Value {
        let message = context.sip.message
        guard let address = (try? message.from()) ?? nil, let uri = try? URI(message.bytes, in: address.uri) else {
            return .null
        }
        return context.scratch.copy(Array(message[uri.user]) + [UInt8(ascii: "@")] + Array(message[uri.host]))
    }

    private static func from(_ value: @escaping (Bytes, NameAddress) -> Value) -> VariableAccess {
        VariableAccess(get: { context in
            let message = context.sip.message
            do {
                guard let address = try message.from() else { return .null }
                return value(message.bytes, address)
            } catch {
                context.fiber.raise(badHeader: .from)
                return .null
            }
        })
    }

    private static func to(_ value: @escaping (Bytes, NameAddress) -> Value) -> VariableAccess {
        VariableAccess(get: { context in
            let message = context.sip.message
            do {
                guard let address = try message.to() else { return .null }
                return value(message.bytes, address)
            } catch {
                context.fiber.raise(badHeader: .to)
                return .null
            }
        })
    }

    private static func first(
        _ kind: HeaderKind, _ value: @escaping (Bytes, NameAddress) -> Value
    ) -> VariableAccess {
        VariableAccess(get: { context in
            let message = context.sip.message
            do {
                guard let address = try message.address(of: kind) else { return .null }
                return value(message.bytes, address)
            } catch {
                context.fiber.raise(badHeader: kind)
                return .null
            }
        })
    }

    private static func user(_ bytes: Bytes, _ address: NameAddress) -> Value {
        guard let uri = try? URI(bytes, in: address.uri) else { return .null }
        return .present(bytes, uri.user)
    }

    private static func host(_ bytes: Bytes, _ address: NameAddress) -> Value {
        guard let uri = try? URI(bytes, in: address.uri) else { return .null }
        return .present(bytes, uri.host)
    }

    // MARK: The rest

    private static func general(_ sip: SIPLayer) -> [String: VariableAccess] {
        func header(_ kind: HeaderKind) -> VariableAccess {
            VariableAccess(get: { context in .present(context.sip.message.bytes, context.sip.message.trimmed(kind)) })
        }
        return [
            "ci": header(.callID), "ua": header(.userAgent),
            "cs": VariableAccess(get: { context in
                let message = context.sip.message
                if let cseq = try? message.cseq() { return .present(message.bytes, cseq.numberText) }
                // Whatever stands in its place.
                let text = message[message.trimmed(.cseq)]
                return text.isEmpty ? .null : .text(Bytes(rebasing: text.prefix { $0 != 0x20 && $0 != 0x09 }))
            }),
            "cl": VariableAccess(get: { context in
                let message = context.sip.message
                guard let length = try? message.contentLength() else { return .null }
                return .number(Int32(truncatingIfNeeded: length))
            }),
            "ml": VariableAccess(get: { context in .number(Int32(truncatingIfNeeded: context.sip.message.count)) }),
            "mi": VariableAccess(get: { context in .number(context.sip.number) }),
            "mb": VariableAccess(get: { context in .text(context.sip.message.bytes) }),
            "mf": VariableAccess(get: { [unowned sip] context in
                var text: [UInt8] = []
                sip.messageFlags.write(context.sip.flags, into: &text)
                return context.scratch.copy(text)
            }),
            "bf": VariableAccess(get: { [unowned sip] context in
                var text: [UInt8] = []
                sip.branchFlags.write(context.sip.main.flags, into: &text)
                return context.scratch.copy(text)
            }),
            "path": VariableAccess(get: { context in
                let path = context.sip.main.path
                return path.isEmpty ? .null : context.scratch.copy(path)
            }),
            "msg.type": VariableAccess(get: { context in
                .text(context.sip.isRequest ? ("request" as StaticString).bytes : ("reply" as StaticString).bytes)
            }),
            "msg.is_request": VariableAccess(get: { context in .flag(context.sip.isRequest) }),
            "msg.flag": flag(sip),
        ]
    }

    private static func flag(_ sip: SIPLayer) -> VariableAccess {
        VariableAccess(
            get: { [unowned sip] context in
                guard let bit = sip.messageFlags.bit(of: context.nameBytes) else { return .null }
                return .flag(context.sip.flags & bit != 0)
            },
            set: { [unowned sip] context, value, _ in
                guard value.isNumber, let bit = sip.messageFlags.bit(of: context.nameBytes) else { return false }
                if value.number != 0 { context.sip.flags |= bit } else { context.sip.flags &= ~bit }
                return true
            })
    }
}

extension Message {
    /// The request URI in its parts, if it has any.
    var uriOrNil: URI? { (try? uri()) ?? nil }
}

extension Value {
    /// A piece of a text; null where it is absent.
    static func present(_ bytes: Bytes, _ range: ByteRange) -> Value {
        range.isPresent ? .text(bytes[range]) : .null
    }

    static func parameter(_ name: StaticString, _ bytes: Bytes, _ address: NameAddress) -> Value {
        guard let parameter = address.parameter(name, in: bytes) else { return .null }
        return .text(bytes[parameter.value])
    }

    /// `true` and `false`, which are 1 and 0 as numbers.
    static func flag(_ isSet: Bool) -> Value {
        isSet
            ? .number(1, writtenAs: .text(("true" as StaticString).bytes))
            : .number(0, writtenAs: .text(("false" as StaticString).bytes))
    }

    /// A number with its digits as a text of its own.
    static func number(_ number: Int32, in scratch: Arena) -> Value {
        .number(number, writtenAs: .text(scratch.decimal(number)))
    }
}
