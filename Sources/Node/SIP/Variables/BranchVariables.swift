import SIP
import Script

/// `$msg.branch.*`, `$branch(...)`, `$branch`, `$ds`, `$branch.flag`.
///
/// `$msg.branch.*` counts the message's own target as branch 0, the older `$branch(...)` begins with the first one
/// that was added.
enum BranchVariables {
    /// What can be read and written of a branch.
    private enum Field {
        case uri, destination, path, q, flags, socket

        init?(_ name: Bytes) {
            switch String(decoding: name, as: UTF8.self) {
            case "uri": self = .uri
            case "duri": self = .destination
            case "path": self = .path
            case "q": self = .q
            case "flags": self = .flags
            case "socket": self = .socket
            default: return nil
            }
        }
    }

    static func all(_ sip: SIPLayer) -> [String: VariableAccess] {
        func field(_ field: Field) -> VariableAccess {
            VariableAccess(
                get: { [unowned sip] context in read(field, &context, sip, base: 0) },
                set: { [unowned sip] context, value, _ in write(field, value, &context, sip, base: 0) })
        }
        let adding = VariableAccess(
            get: { context in
                guard let last = context.sip.branches.last else { return .null }
                return context.scratch.copy(last.uri)
            }, set: { context, value, _ in add(value, &context) })
        return [
            "msg.branch": adding,
            "msg.branch.uri": field(.uri), "msg.branch.duri": field(.destination), "msg.branch.path": field(.path),
            "msg.branch.q": field(.q), "msg.branch.flags": field(.flags), "msg.branch.socket": field(.socket),
            "msg.branch.last_idx": VariableAccess(get: { .number(Int32($0.sip.branches.count)) }),
            "msg.branch.attr": attribute(), "msg.branch.flag": flag(sip, base: 0),
            "branch.flag": flag(sip, base: 0),
            "branch": VariableAccess(
                get: { [unowned sip] context in
                    if let field = Field(context.nameBytes) { return read(field, &context, sip, base: 1) }
                    guard context.nameBytes.isEmpty, let first = context.sip.branches.first else { return .null }
                    return context.scratch.copy(first.uri)
                },
                set: { [unowned sip] context, value, _ in
                    if let field = Field(context.nameBytes) { return write(field, value, &context, sip, base: 1) }
                    return context.nameBytes.isEmpty && add(value, &context)
                }),
            "ds": VariableAccess(get: { [unowned sip] context in
                // The message's own target counts where the script has changed it.
                let main = context.sip.main
                let targets = (main.uri.isEmpty ? [] : [main]) + context.sip.branches
                guard !targets.isEmpty else { return .null }
                var text = Array("Contact: ".utf8)
                sip.writeContacts(of: targets, into: &text)
                return context.scratch.copy(text)
            }),
        ]
    }

    private static func add(_ value: Value, _ context: inout AccessContext) -> Bool {
        guard value.isText, !value.isNumber, value.count > 0 else { return false }
        let target = Target(branch: Array(value.bytes), flags: context.sip.main.flags)
        return context.sip.addBranch(target)
    }

    /// The branch that the index names, as `MessageContext` counts; without an index the newest of those that were
    /// added, else the message's own.
    private static func index(_ context: inout AccessContext, base: Int) -> Int? {
        let count = context.sip.branches.count
        switch context.index {
        case .none: return base == 0 ? count : (count > 0 ? 1 : nil)
        case .number(let number):
            if number < 0 {
                let resolved = count + 1 + Int(number)
                return resolved >= base ? resolved : nil
            }
            let resolved = Int(number) + base
            return resolved <= count ? resolved : nil
        case .all, .word, .invalid: return nil
        }
    }

    private static func read(_ field: Field, _ context: inout AccessContext, _ sip: SIPLayer, base: Int) -> Value {
        if case .all = context.index {
            guard context.sip.branches.count >= base else { return .null }
            let texts = (base...context.sip.branches.count).map { bytes(field, $0, context.sip, sip) ?? [] }
            return context.scratch.copy(Array(texts.joined(separator: ", ".utf8)))
        }
        guard let index = index(&context, base: base), let bytes = bytes(field, index, context.sip, sip) else {
            return .null
        }
        return context.scratch.copy(bytes)
    }

    /// The text of a field; nil for null.
    private static func bytes(_ field: Field, _ index: Int, _ message: MessageContext, _ sip: SIPLayer) -> [UInt8]? {
        if field == .uri { return message.uri(ofBranch: index) }
        let target = message[branch: index]
        switch field {
        case .uri: return nil
        case .destination: return target.destination.isEmpty ? nil : target.destination
        case .path: return target.path.isEmpty ? nil : target.path
        case .q:
            var text: [UInt8] = []
            if target.q >= 0 { QValue.write(target.q, into: &text) }
            return text
        case .flags:
            var text: [UInt8] = []
            sip.branchFlags.write(target.flags, into: &text)
            return text
        case .socket: return target.socket?.label
        }
    }

    private static func write(
        _ field: Field, _ value: Value, _ context: inout AccessContext, _ sip: SIPLayer, base: Int
    ) -> Bool {
        guard let index = index(&context, base: base) else {
            context.warn("there is no such branch")
            return false
        }
        let message = context.sip
        if field == .q {
            guard value.isNumber || value.isNull else { return false }
            message[branch: index].q = value.isNull ? -1 : min(max(value.number, 0), 1000)
            return true
        }
        guard value.isNull || value.isText && !value.isNumber else { return false }
        let text = value.isNull ? [] : Array(value.bytes)
        switch field {
        case .uri:
            guard !text.isEmpty else { return false }
            message[branch: index].uri = text
        case .destination: message[branch: index].destination = text
        case .path: message[branch: index].path = text
        case .flags: message[branch: index].flags = text.withUnsafeBufferPointer { sip.branchFlags.bits(of: $0) }
        case .socket:
            guard !text.isEmpty else {
                message[branch: index].socket = nil
                return true
            }
            guard let socket = text.withUnsafeBufferPointer({ sip.socket(named: $0) }) else {
                context.warn("there is no such socket")
                return false
            }
            message[branch: index].socket = socket
        case .q: break
        }
        return true
    }

    private static func attribute() -> VariableAccess {
        VariableAccess(
            get: { context in
                guard let index = index(&context, base: 0),
                    let value = context.sip[branch: index].attribute(context.nameBytes)
                else { return .null }
                switch value {
                case .number(let number): return .number(number)
                case .text(let text): return context.scratch.copy(text)
                }
            },
            set: { context, value, _ in
                guard let index = index(&context, base: 0) else { return false }
                let content: Target.Attribute.Content? =
                    value.isNull ? nil : value.isNumber ? .number(value.number) : .text(Array(value.bytes))
                let name = context.nameBytes
                context.sip[branch: index].setAttribute(name, content)
                return true
            })
    }

    private static func flag(_ sip: SIPLayer, base: Int) -> VariableAccess {
        VariableAccess(
            get: { [unowned sip] context in
                if case .none = context.index {
                    guard let bit = sip.branchFlags.bit(of: context.nameBytes) else { return .null }
                    return .flag(context.sip.main.flags & bit != 0)
                }
                guard let index = index(&context, base: base), let bit = sip.branchFlags.bit(of: context.nameBytes)
                else { return .null }
                return .flag(context.sip[branch: index].flags & bit != 0)
            },
            set: { [unowned sip] context, value, _ in
                var index: Int? = 0
                if case .none = context.index {} else { index = self.index(&context, base: base) }
                guard value.isNumber, let index, let bit = sip.branchFlags.bit(of: context.nameBytes) else {
                    return false
                }
                if value.number != 0 {
                    context.sip[branch: index].flags |= bit
                } else {
                    context.sip[branch: index].flags &= ~bit
                }
                return true
            })
    }
}
