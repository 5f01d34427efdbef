import Script

/// What the core itself exports about messages.
enum SIPExports {
    static func functions(_ sip: SIPLayer) -> [String: Function.Body] {
        var all: [String: Function.Body] = [:]
        for group in [
            URIFunctions.all(sip), FlagFunctions.all(sip), BranchFunctions.all(sip), ForwardFunctions.all(sip),
            BlacklistFunctions.all(sip),
        ] {
            all.merge(group) { $1 }
        }
        return all
    }
}
