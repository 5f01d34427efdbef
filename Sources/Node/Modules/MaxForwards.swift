import SIP
import Script
import Syntax

/// The Max-Forwards header (RFC 3261, 16.3 step 3 and 16.6 step 3).
final class MaxForwardsModule: Module {
    static let name = "maxfwd"

    private var limit = 256

    init(_ node: Node) {}

    func set(_ parameter: String, _ value: ModParam.Value) throws(ParameterError) {
        guard parameter == "max_limit", let number = value.number else { return }
        guard (1...256).contains(number) else { throw ParameterError("it lies between 1 and 256") }
        limit = Int(number)
    }

    var implementation: ModuleImplementation {
        ModuleImplementation(functions: [
            "mf_process_maxfwd_header": { [unowned self] call in
                guard let initial = call.number(0) else { return .code(-2) }
                let context = call.sip
                switch context.message.maxForwards {
                case .missing:
                    context.changes.countHop(of: context.message, initial: min(max(0, Int(initial)), limit))
                    return .code(2)
                case .hops:
                    context.changes.countHop(of: context.message, initial: limit)
                    return .code(1)
                case .exhausted: return .code(-1)
                case .broken: return .code(-2)
                }
            },
            "is_maxfwd_lt": { call in
                guard let limit = call.number(0) else { return .code(-2) }
                switch call.sip.message.maxForwards {
                case .missing: return .code(-2)
                case .hops(let hops): return .code(hops < Int(limit) ? 1 : -1)
                case .exhausted: return .code(limit > 0 ? 1 : -1)
                case .broken: return .code(-2)
                }
            },
        ])
    }
}
