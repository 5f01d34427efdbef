import SIP
import Script

/// Functions of the core that need neither a message nor a module.
enum CoreFunctions {
    static func all(_ node: Node) -> [String: Function.Body] {
        let printf: Function.Body = { call in .code(call.set(0, call.value(1)) ? 1 : -1) }
        return [
            // The text was expanded on its way here.
            "pv_printf": printf, "avp_printf": printf,
            "avp_print": AVPOps.print,
            "get_timestamp": { [unowned node] call in
                let now = node.host.wallClock
                let isSet =
                    call.set(0, .number(Int32(truncatingIfNeeded: now / 1_000_000)))
                    && call.set(1, .number(Int32(truncatingIfNeeded: now % 1_000_000)))
                return .code(isSet ? 1 : -1)
            },
            // Where no module reports of itself, there is only the node, which runs.
            "sr_check_status": { call in
                guard let group = call.text(0), group.equalsIgnoringCase("core"), call.value(1).isNull else {
                    call.warn("siskin knows the status of 'core' only")
                    return .code(-1)
                }
                return .code(1)
            },
            "script_trace": { [unowned node] call in
                if node.statementObserver == nil, !call.value(0).isNull { call.warn("siskin traces with --trace") }
                return .code(1)
            },
        ].merging(Caches.functions(node)) { first, _ in first }
    }
}
