import Node
import Script

/// Receivers of events outside of the nodes, and how they fail.
extension TestFunction {
    static let backends = [
        /// `backend(name, socket)`: something listens where the event socket leads: `udp:`, `unix:`, `tcp:`, `xmlrpc:` or
        /// `rabbitmq:`, written as for `subscribe_event`.
        TestFunction("backend(ss)") { stage, call throws(TestFailure) in
            try stage.addBackend(call.word(0), call.word(1))
            return 1
        },
        /// `backend_fails(name)`: nobody is there any more, and connections break.
        TestFunction("backend_fails(s)") { stage, call throws(TestFailure) in
            try stage.backend(call.word(0)).fail()
            return 1
        },
        /// `backend_recovers(name)`: it is there, and takes and answers everything at once.
        TestFunction("backend_recovers(s)") { stage, call throws(TestFailure) in
            try stage.backend(call.word(0)).recover()
            return 1
        },
        /// `backend_answers_after(name, seconds)`
        TestFunction("backend_answers_after(ss#)") { stage, call throws(TestFailure) in
            let time = try call.seconds(1)
            try stage.backend(call.word(0)).answer(.accepts, after: time)
            return 1
        },
        /// `backend_hangs(name)`: it takes events and never answers.
        TestFunction("backend_hangs(s)") { stage, call throws(TestFailure) in
            try stage.backend(call.word(0)).answer(.nothing)
            return 1
        },
        /// `backend_refuses(name)`: it answers that it does not want the event.
        TestFunction("backend_refuses(s)") { stage, call throws(TestFailure) in
            try stage.backend(call.word(0)).answer(.refuses)
            return 1
        },
        /// `expect_delivered(backend, pattern[, count])`: events came there, as JSON or XML.
        TestFunction("expect_delivered(srs?#)") { stage, call throws(TestFailure) in
            let name = try call.word(0)
            let pattern = try call.pattern(1)
            let all = try stage.backend(name).deliveries
            let found = all.filter { call.matches(pattern, $0) }
            let count = try call.count(2)
            if count.map({ $0 == found.count }) ?? !found.isEmpty { return 1 }
            throw TestFailure(
                "no such event was delivered to \(name)",
                [
                    Failure.Detail("expected", count.map { "\($0) times" } ?? "once or more often"),
                    Failure.Detail("actual", "\(found.count) of \(all.count) events"),
                    Failure.Detail("events", lastLines(all.map(\.trimmed))),
                ])
        },
        /// `expect_not_delivered(backend[, pattern])`
        TestFunction("expect_not_delivered(sr?)") { stage, call throws(TestFailure) in
            let name = try call.word(0)
            let pattern = call.context.has(1) ? try call.pattern(1) : nil
            let found = try stage.backend(name).deliveries.first { event in
                pattern.map { call.matches($0, event) } ?? true
            }
            guard let found else { return 1 }
            throw TestFailure(
                "an event was delivered to \(name), and should not have been",
                [Failure.Detail("actual", found.trimmed)])
        },
    ]
}
