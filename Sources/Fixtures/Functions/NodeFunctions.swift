import Script

/// Which nodes there are, and whether they run; and whether the test does.
extension TestFunction {
    static let nodes = [
        /// `node(name, file[, overrides...])` starts a node.
        TestFunction("node(sss?s?s?s?s?s?)") { stage, call throws(TestFailure) in
            try stage.add(call.word(0), call.word(1), call.words(from: 2))
            return 1
        },
        /// `stop(node)` ends its process; peers see their connections end.
        TestFunction("stop(s)") { stage, call throws(TestFailure) in
            try stage.node(call.word(0)).stop()
            return 1
        },
        /// `crash(node)` takes its power away; nobody is told.
        TestFunction("crash(s)") { stage, call throws(TestFailure) in
            try stage.node(call.word(0)).crash()
            return 1
        },
        /// `restart(node)` starts it with an empty memory, whether it crashed, was stopped or runs.
        TestFunction("restart(s)") { stage, call throws(TestFailure) in
            try stage.node(call.word(0)).restart()
            return 1
        },
        /// `skip(reason)` ends the test, which then counts neither as passed nor as failed.
        TestFunction("skip(s)") { stage, call throws(TestFailure) in
            stage.reasonToSkip = try call.word(0)
            return 1
        },
        /// `environment(node, name, value)` sets a variable of its environment.
        TestFunction("environment(sss#)") { stage, call throws(TestFailure) in
            try stage.node(call.word(0)).host.environmentVariables[call.word(1)] = call.word(2)
            return 1
        },
    ]
}
