import SIP
import Script

/// `use_blacklist`, `unuse_blacklist`, and the functions that change lists and ask them.
enum BlacklistFunctions {
    static func all(_ sip: SIPLayer) -> [String: Function.Body] {
        [
            "use_blacklist": { [unowned sip] call in
                guard let index = list(&call, sip) else { return .code(-1) }
                call.sip.blacklists.insert(index)
                return .code(1)
            },
            "unuse_blacklist": { [unowned sip] call in
                guard let index = list(&call, sip) else { return .code(-1) }
                call.sip.blacklists.remove(index)
                return .code(1)
            },
            "check_blacklist_rule": { [unowned sip] call in
                guard let index = list(&call, sip), let place = rule(&call) else { return .code(-1) }
                let isForbidden = sip.options.blacklists[index].forbids(
                    place.transport, place.network.address, port: place.port, place.pattern, at: sip.node.host.now)
                return .code(isForbidden ? 1 : -1)
            },
            "add_blacklist_rule": { [unowned sip] call in
                guard let index = changeableList(&call, sip), let rule = rule(&call) else { return .code(-1) }
                let now = sip.node.host.now
                let end = call.number(5).map { now + .seconds(Int(max($0, 0))) }
                sip.options.blacklists[index].add(rule, until: end, at: now)
                return .code(1)
            },
            "del_blacklist_rule": { [unowned sip] call in
                guard let index = changeableList(&call, sip), let rule = rule(&call) else { return .code(-1) }
                return .code(sip.options.blacklists[index].remove(rule) ? 1 : -1)
            },
        ]
    }

    /// The list that the first argument names.
    private static func list(_ call: inout CallContext, _ sip: SIPLayer) -> Int? {
        guard let name = call.bytes(0), let index = sip.options.blacklists.firstIndex(where: { $0.name == name }) else {
            call.warn("there is no such blacklist")
            return nil
        }
        return index
    }

    private static func changeableList(_ call: inout CallContext, _ sip: SIPLayer) -> Int? {
        guard let index = list(&call, sip) else { return nil }
        guard sip.options.blacklists[index].isChangeable else {
            call.warn("only lists that are declared with /expire can be changed")
            return nil
        }
        return index
    }

    /// `name, net[, port[, proto[, pattern]]]`
    private static func rule(_ call: inout CallContext) -> Blacklist.Rule? {
        guard let network = call.text(1).flatMap({ Network(text: $0) }) else {
            call.warn("that is no address or network")
            return nil
        }
        return Blacklist.Rule(
            transport: call.text(3).flatMap { SIP.Transport($0) }, network: network, port: Int(call.number(2) ?? 0),
            pattern: call.bytes(4) ?? [])
    }
}
