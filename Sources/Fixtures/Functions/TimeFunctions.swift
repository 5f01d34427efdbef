import Node
import Script

/// Virtual time, in seconds.
extension TestFunction {
    static let time = [
        /// `advance(seconds)` lets everything happen that is due.
        TestFunction("advance(s#)") { stage, call throws(TestFailure) in
            try stage.advance(by: call.seconds(0))
            return 1
        },
        /// `wall_clock(seconds)` sets what all nodes take for the time, in seconds since 1970.
        TestFunction("wall_clock(s#)") { stage, call throws(TestFailure) in
            stage.world.wallClock = Int64(try call.seconds(0) / 1000)
            return 1
        },
    ]
}
