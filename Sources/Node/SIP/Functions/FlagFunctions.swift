import SIP
import Script

/// `setflag`, `setbflag` and their kin. Branch flags take the number of a branch, 0 by default.
enum FlagFunctions {
    private enum Change { case set, reset, test }

    static func all(_ sip: SIPLayer) -> [String: Function.Body] {
        func message(_ change: Change) -> Function.Body {
            return { [unowned sip] call in
                guard let name = call.text(0), let bit = sip.messageFlags.bit(of: name) else { return .code(-1) }
                return .code(apply(change, bit, &call.sip.flags))
            }
        }
        func branch(_ change: Change) -> Function.Body {
            return { [unowned sip] call in
                let message = call.sip
                guard let name = call.text(0), let bit = sip.branchFlags.bit(of: name),
                    let index = message.branchIndex(Int(call.number(1) ?? 0))
                else { return .code(-1) }
                return .code(apply(change, bit, &message[branch: index].flags))
            }
        }
        return [
            "setflag": message(.set), "resetflag": message(.reset), "isflagset": message(.test),
            "setbflag": branch(.set), "resetbflag": branch(.reset), "isbflagset": branch(.test),
            "setbranchflag": branch(.set), "resetbranchflag": branch(.reset), "isbranchflagset": branch(.test),
        ]
    }

    private static func apply(_ change: Change, _ bit: UInt32, _ flags: inout UInt32) -> Int32 {
        switch change {
        case .set: flags |= bit
        case .reset: flags &= ~bit
        case .test: return flags & bit != 0 ? 1 : -1
        }
        return 1
    }
}
