import Node
import Script
import Simulation

/// SIP messages and other datagrams that nodes send.
extension TestFunction {
    static let messages = [
        /// `expect_reply(node, status[, pattern])`: the client got a reply with that status, and the pattern in it.
        TestFunction("expect_reply(ss#r?)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let status = try call.word(1)
            let pattern = call.context.has(2) ? try call.pattern(2) : nil
            let replies = try stage.client.received(from: node)
            let found = replies.contains { reply in
                reply.hasPrefix("SIP/2.0 \(status) ") && (pattern.map { call.matches($0, reply) } ?? true)
            }
            if found { return 1 }
            let details = replies.isEmpty ? "no reply at all" : replies.map(\.firstLine).joined(separator: "\n")
            var failure = TestFailure(
                "\(node.name) did not send such a reply",
                [Failure.Detail("expected", status), Failure.Detail("actual", details)])
            if pattern != nil, let last = replies.last {
                failure.details.append(Failure.Detail("message", last.trimmed))
            }
            throw failure
        },
        /// `expect_no_reply(node)`
        TestFunction("expect_no_reply(s)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            guard let first = try stage.client.received(from: node).first else { return 1 }
            throw TestFailure(
                "\(node.name) replied, and should not have", [Failure.Detail("actual", first.firstLine)])
        },
        /// `expect_sent(address, pattern[, count])`: datagrams to an address, whether they arrived or not.
        TestFunction("expect_sent(srs?#)") { stage, call throws(TestFailure) in
            let address = try call.word(0)
            let pattern = try call.pattern(1)
            let all = stage.datagrams(to: address)
            let found = all.filter { call.matches(pattern, $0) }
            let count = try call.count(2)
            if count.map({ $0 == found.count }) ?? !found.isEmpty { return 1 }
            throw TestFailure(
                "no such message was sent to \(address)",
                [
                    Failure.Detail("expected", count.map(String.init) ?? "one or more"),
                    Failure.Detail("actual", "\(found.count) of \(all.count) messages to that address"),
                ] + all.suffix(1).map { Failure.Detail("message", $0.trimmed) })
        },
        /// `expect_not_sent(address, pattern)`
        TestFunction("expect_not_sent(sr)") { stage, call throws(TestFailure) in
            let address = try call.word(0)
            let pattern = try call.pattern(1)
            guard let found = stage.datagrams(to: address).first(where: { call.matches(pattern, $0) }) else { return 1 }
            throw TestFailure(
                "a message was sent to \(address), and should not have been",
                [Failure.Detail("message", found.trimmed)])
        },
    ]
}

extension Stage {
    fileprivate func datagrams(to address: String) -> [String] {
        world.trace.filter { $0.transport == .datagram && $0.to.text == address }
            .map { String(decoding: $0.bytes, as: UTF8.self) }
    }
}

extension String {
    /// `SIP/2.0 404 Not Found`
    fileprivate var firstLine: String { String(prefix { !$0.isNewline }) }
}
