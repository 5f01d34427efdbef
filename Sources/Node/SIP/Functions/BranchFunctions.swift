import SIP
import Script

/// Adding, ordering and removing the targets of a request.
///
/// Numbers count the branches that the script added, from 0, other than in `$msg.branch.*` (golden sip/branches); a
/// number that is left out means the message's own target.
enum BranchFunctions {
    static func all(_ sip: SIPLayer) -> [String: Function.Body] {
        [
            "append_msg_branch": append, "append_branch": append, "append_branch_old": append,
            "remove_msg_branch": remove, "remove_branch": remove, "swap_msg_branches": swap, "move_msg_branch": move,
            "serialize_branches": { serialize(&$0) }, "next_branches": { next(&$0) },
        ]
    }

    /// `append_msg_branch(uri[, q])`; without a URI the current request URI and all that belongs to it.
    private static func append(_ call: inout CallContext) -> Completion {
        let message = call.sip
        var target = call.bytes(0).map { Target(branch: $0, flags: message.main.flags) } ?? whole(0, message)
        if let text = call.text(1), !text.isEmpty {
            guard let q = QValue.parse(text) else {
                call.warn("a preference is written 0.7")
                return .code(-1)
            }
            target.q = q
        }
        return .code(message.addBranch(target) ? 1 : -1)
    }

    private static func remove(_ call: inout CallContext) -> Completion {
        guard let number = call.number(0), call.sip.branches.indices.contains(Int(number)) else { return .code(-1) }
        call.sip.branches.remove(at: Int(number))
        return .code(1)
    }

    /// The two branches of a call, as `MessageContext` counts them.
    private static func pair(_ call: inout CallContext) -> (Int, Int)? {
        guard let first = index(0, &call), let second = index(1, &call) else {
            call.warn("there is no such branch; the script added \(call.sip.branches.count)")
            return nil
        }
        return (first, second)
    }

    private static func index(_ argument: Int, _ call: inout CallContext) -> Int? {
        guard call.has(argument) else { return 0 }
        guard let number = call.number(argument), call.sip.branches.indices.contains(Int(number)) else { return nil }
        return Int(number) + 1
    }

    private static func swap(_ call: inout CallContext) -> Completion {
        let message = call.sip
        guard let (first, second) = pair(&call) else { return .code(-1) }
        guard first != second else { return .code(1) }
        let left = whole(first, message)
        let right = whole(second, message)
        message[branch: first] = right
        message[branch: second] = left
        return .code(1)
    }

    /// Copies a branch over another one and takes the original away.
    private static func move(_ call: inout CallContext) -> Completion {
        let message = call.sip
        guard let (from, to) = pair(&call), from != to else { return .code(-1) }
        message[branch: to] = whole(from, message)
        if from > 0 { message.branches.remove(at: from - 1) }
        return .code(1)
    }

    /// A branch with its URI written out.
    private static func whole(_ index: Int, _ message: MessageContext) -> Target {
        var target = message[branch: index]
        target.uri = message.uri(ofBranch: index)
        return target
    }

    /// `serialize_branches(clear[, keep_order])`: groups the targets by preference, best first, for `next_branches`.
    private static func serialize(_ call: inout CallContext) -> Completion {
        let message = call.sip
        if call.number(0) ?? 0 != 0 { message.serialized = [] }
        let keepsOrder = call.number(1) ?? 0 != 0
        let targets = [whole(0, message)] + message.branches
        guard targets.count > 1 else { return .code(1) }
        message.branches = []
        if keepsOrder {
            message.serialized += targets.map { [$0] }
            return .code(1)
        }
        // Without a preference a target comes last.
        var groups: [[Target]] = []
        for q in Set(targets.map(\.q)).sorted(by: >) { groups.append(targets.filter { $0.q == q }) }
        message.serialized += groups
        return .code(1)
    }

    /// Makes the next group the message's targets; 1 while there are more, 2 for the last, -1 when all are used.
    private static func next(_ call: inout CallContext) -> Completion {
        let message = call.sip
        guard let group = message.serialized.first, let first = group.first else { return .code(-1) }
        message.serialized.removeFirst()
        message.main = first
        // The way through a path begins at its first hop.
        if first.destination.isEmpty, let hop = first.firstHop { message.main.destination = hop }
        message.branches = Array(group.dropFirst())
        return .code(message.serialized.isEmpty ? 2 : 1)
    }
}
