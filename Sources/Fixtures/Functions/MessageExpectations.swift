import Node
import SIP
import Script
import Simulation

/// SIP messages and other datagrams that nodes send. A destination is an address (`10.0.0.9:5060`), a node by its name,
/// or `client` for whoever sent with `send`.
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
        /// `expect_no_reply(node[, status])`
        TestFunction("expect_no_reply(ss?#)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            let prefix = call.text(1).map { "SIP/2.0 \($0) " } ?? "SIP/2.0 "
            guard let first = try stage.client.received(from: node).first(where: { $0.hasPrefix(prefix) }) else {
                return 1
            }
            throw TestFailure(
                "\(node.name) replied, and should not have", [Failure.Detail("actual", first.firstLine)])
        },
        /// `expect_sent(destination, pattern[, count])`: datagrams to there, whether they arrived or not.
        TestFunction("expect_sent(srs?#)") { stage, call throws(TestFailure) in
            let destination = try call.word(0)
            let pattern = try call.pattern(1)
            let all = stage.datagrams(to: destination)
            let found = all.filter { call.matches(pattern, $0) }
            let count = try call.count(2)
            if count.map({ $0 == found.count }) ?? !found.isEmpty { return 1 }
            throw TestFailure(
                "no such message was sent to \(destination)",
                [
                    Failure.Detail("expected", count.map(String.init) ?? "one or more"),
                    Failure.Detail("actual", "\(found.count) of \(all.count) messages to there"),
                ] + all.suffix(1).map { Failure.Detail("message", $0.trimmed) })
        },
        /// `expect_not_sent(destination[, pattern])`
        TestFunction("expect_not_sent(sr?)") { stage, call throws(TestFailure) in
            let destination = try call.word(0)
            let pattern = call.context.has(1) ? try call.pattern(1) : nil
            let found = stage.datagrams(to: destination).first { datagram in
                pattern.map { call.matches($0, datagram) } ?? true
            }
            guard let found else { return 1 }
            throw TestFailure(
                "a message was sent to \(destination), and should not have been",
                [Failure.Detail("message", found.trimmed)])
        },
        /// `expect_header(destination, header, pattern)`: some message to there has the header with such a value.
        TestFunction("expect_header(ssr)") { stage, call throws(TestFailure) in
            let destination = try call.word(0)
            let header = try call.word(1)
            let pattern = try call.pattern(2)
            let messages = stage.datagrams(to: destination)
            let values = messages.flatMap { $0.values(of: header) }
            if values.contains(where: { call.matches(pattern, $0) }) { return 1 }
            throw TestFailure(
                "no message to \(destination) has such a header \(header)",
                [Failure.Detail("actual", lastLines(values))]
                    + messages.suffix(1).map { Failure.Detail("message", $0.trimmed) })
        },
        /// `expect_no_header(destination, header[, pattern])`
        TestFunction("expect_no_header(ssr?)") { stage, call throws(TestFailure) in
            let destination = try call.word(0)
            let header = try call.word(1)
            let pattern = call.context.has(2) ? try call.pattern(2) : nil
            let values = stage.datagrams(to: destination).flatMap { $0.values(of: header) }
            guard let found = values.first(where: { value in pattern.map { call.matches($0, value) } ?? true }) else {
                return 1
            }
            throw TestFailure(
                "a message to \(destination) has a header \(header), and should not",
                [Failure.Detail("actual", found)])
        },
        /// `expect_body(destination, text)`: the body of the last message to there, to the letter but for line ends.
        TestFunction("expect_body(ss)") { stage, call throws(TestFailure) in
            let destination = try call.word(0)
            let expected = try call.word(1).withPlainLineEnds
            guard let last = stage.datagrams(to: destination).last else {
                throw TestFailure("no message was sent to \(destination)")
            }
            let actual = last.body.withPlainLineEnds
            if actual.trimmed == expected.trimmed { return 1 }
            throw TestFailure(
                "the last message to \(destination) has another body",
                TextDifference.details(expected: expected.trimmed, actual: actual.trimmed))
        },
    ]
}

extension Stage {
    /// The datagrams that were sent to a destination, the oldest first.
    fileprivate func datagrams(to destination: String) -> [String] {
        let node = nodes.first { $0.name == destination }
        let address = node.flatMap { try? SIPClient.address(of: $0) }
        return world.trace.filter { trace in
            guard trace.transport == .datagram else { return false }
            if destination == "client" { return client.isMine(trace.to) }
            return address.map { trace.to == $0 } ?? (trace.to.text == destination)
        }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
}

extension String {
    /// `SIP/2.0 404 Not Found`
    var firstLine: String { String(prefix { !$0.isNewline }) }

    fileprivate var withPlainLineEnds: String { replacing("\r\n", with: "\n") }

    /// The values of a SIP message's headers of a name, compact forms included; none where this is no message.
    fileprivate func values(of header: String) -> [String] {
        guard let message = try? Message(Array(utf8)) else { return [] }
        var header = header
        return header.withUTF8 { name in
            let kind = HeaderKind(name: name)
            var values: [String] = []
            var next = message.index(of: kind, orNamed: name)
            while let index = next, let found = message.header(at: index) {
                values.append(String(decoding: message[found.value], as: UTF8.self))
                next = message.index(of: kind, orNamed: name, from: index + 1)
            }
            return values
        }
    }

    fileprivate var body: String {
        guard let message = try? Message(Array(utf8)) else { return "" }
        return String(decoding: message[message.body], as: UTF8.self)
    }
}
