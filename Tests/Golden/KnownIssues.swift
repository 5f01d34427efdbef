/// Cases that do not pass yet, with the reason. A case that begins to pass fails its test until it is taken out.
enum KnownIssues {
    static func reason(for name: String) -> String? { reasons[name] }

    static let reasons: [String: String] = {
        var reasons: [String: String] = [:]
        for (reason, names) in groups {
            for name in names { reasons[name] = reason }
        }
        return reasons
    }()

    private static let groups: [(reason: String, names: [String])] = [
        (
            "requests are not handed to the script yet",
            [
                "async/filter-wildcards", "async/in-sub-route", "async/launch", "async/notify-on-event",
                "async/other-requests-go-on", "async/resume-basic", "async/two-waits", "async/wait-for-event",
                "async/wait-timeout", "async/wait-unknown-event", "async/what-survives", "control/exit-in-loop",
                "control/for-each-headers", "events/message-in-event-route", "events/order",
                "events/order-with-sleep", "json/across-messages", "lexical/variable-boundaries", "programs/limiter",
                "programs/longest-prefix", "programs/publish-subscribe", "programs/word-count",
                "routes/assert-failing", "routes/exit-and-drop", "routes/main-route-return", "routes/return-zero",
                "sip/append-remove-not-seen", "sip/bad-ruri", "sip/branches", "sip/change-ruri", "sip/contacts",
                "sip/dst-uri", "sip/error-route", "sip/flags", "sip/folded-header", "sip/from-to",
                "sip/general-variables", "sip/hdr", "sip/is-myself-and-net", "sip/methods-and-headers",
                "sip/no-reply", "sip/replies", "sip/request-line", "sip/text-functions", "sip/transaction-reply",
                "transform-uri/of-request", "variables/shared-var", "variables/var-across-messages",
                "variables/var-from-startup",
            ]
        ),
    ]
}
