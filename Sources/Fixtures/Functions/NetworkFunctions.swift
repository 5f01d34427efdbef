import Node
import Script
import Simulation

/// The network between two nodes, in both directions.
extension TestFunction {
    static let network = [
        /// `cut(node, node)`: nothing passes, and nobody is told.
        TestFunction("cut(ss)") { stage, call throws(TestFailure) in
            try stage.link(call) { $0.isCut = true }
        },
        /// `heal(node, node)`, or `heal()` for all that is cut.
        TestFunction("heal(s?s?)") { stage, call throws(TestFailure) in
            guard call.context.count == 0 else { return try stage.link(call) { $0.isCut = false } }
            stage.world.healAll()
            return 1
        },
        /// `delay(node, node, seconds)`, one way.
        TestFunction("delay(sss#)") { stage, call throws(TestFailure) in
            let time = try call.seconds(2)
            return try stage.link(call) { $0.latency = time }
        },
        /// `loss(node, node, percent)`
        TestFunction("loss(sss#)") { stage, call throws(TestFailure) in
            let share = try call.share(2)
            return try stage.link(call) { $0.loss = share }
        },
        /// `duplicate(node, node, percent)`, of datagrams.
        TestFunction("duplicate(sss#)") { stage, call throws(TestFailure) in
            let share = try call.share(2)
            return try stage.link(call) { $0.duplication = share }
        },
        /// `reorder(node, node, percent)`, of datagrams.
        TestFunction("reorder(sss#)") { stage, call throws(TestFailure) in
            let share = try call.share(2)
            return try stage.link(call) { $0.reordering = share }
        },
    ]
}

extension Stage {
    fileprivate func link(_ call: TestCall, _ change: (inout Link) -> Void) throws(TestFailure) -> Int32 {
        let one = try node(call.word(0))
        let other = try node(call.word(1))
        world.link(one.host, other.host, change)
        return 1
    }
}
