import Events
import Node
import Script
import Syntax

/// What comes to a node from outside.
extension TestFunction {
    static let input = [
        /// `run(node, route[, arguments...])` runs a route: `find`, or with its kind `failure_route[missed]`. Its code is
        /// the code of the call; 1 where it waits, or where it ended with `exit`.
        TestFunction("run(sss?#s?#s?#s?#s?#s?#)") { stage, call throws(TestFailure) in
            let (node, route) = try stage.node(call.word(0)).route(call.word(1))
            let arguments = (2..<max(2, call.context.count)).map { call.context.content($0) }
            var code: Int32 = 1
            node.run(route, passing: arguments) { code = $0.returnCode }
            return code == 0 ? 1 : code
        },
        /// `run_message(node, message, route[, arguments...])` runs a route, of any kind, on a SIP message that no other
        /// route has seen. The message is written as for `send`.
        TestFunction("run_message(ssss?#s?#s?#s?#s?#s?#)") { stage, call throws(TestFailure) in
            let stageNode = try stage.node(call.word(0))
            let (node, route) = try stageNode.route(call.word(2))
            let place = (try? SIPClient.address(of: stageNode)) ?? .ip(.loopbackV4, port: 5060)
            let message = try stage.client.message(stage.messageText(call.word(1)), to: place)
            let arguments = (3..<max(3, call.context.count)).map { call.context.content($0) }
            var code: Int32 = 1
            do throws(UnreadableMessage) {
                try node.run(route, on: message.bytes, from: message.from, passing: arguments) { code = $0.returnCode }
            } catch {
                throw TestFailure("this is no SIP message: \(error.reason)")
            }
            return code == 0 ? 1 : code
        },
        /// `timer(node, route)` runs a timer route now.
        TestFunction("timer(ss)") { stage, call throws(TestFailure) in
            let (node, route) = try stage.node(call.word(0)).route(.timer, call.word(1))
            node.run(route)
            return 1
        },
        /// `raise(node, event[, name, value]...)` raises an event.
        TestFunction("raise(ss" + String(repeating: "s?s?#", count: 8) + ")") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0)).running()
            var event = Event(name: Array(try call.word(1).utf8))
            for index in stride(from: 2, to: call.context.count, by: 2) {
                let name = Array(try call.word(index).utf8)
                let value: Event.Value
                switch call.context.content(index + 1) {
                case .number(let number)?: value = .integer(Int(number))
                case .text(let bytes)?: value = .bytes(bytes)
                case nil: throw TestFailure("the attribute \(String(decoding: name, as: UTF8.self)) has no value")
                }
                event.attributes.append(Event.Attribute(name: name, value: value))
            }
            node.raise(event)
            return 1
        },
        /// `send(node, message)` sends a SIP message to its first UDP socket: a file (`invite.sip`), a text of several
        /// lines, or `METHOD uri`. See `MessageTemplate` for the placeholders.
        TestFunction("send(ss)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0))
            try stage.client.send(stage.messageText(call.word(1)), to: node)
            return 1
        },
        /// `send_from(address, node, message)`: the same from `192.0.2.7:5060`.
        TestFunction("send_from(sss)") { stage, call throws(TestFailure) in
            let source = try call.address(0)
            let node = try stage.node(call.word(1))
            try stage.client.send(stage.messageText(call.word(2)), to: node, from: source)
            return 1
        },
        /// `mi(node, command[, arguments...])` runs a command of the management interface; arguments are given by place,
        /// or all as `name=value`. The answer is in `$answer`, its parts in `$answer(path.to.0.part)`. The code is -1
        /// where the command fails; then the answer has `code` and `message`.
        TestFunction("mi(sss?#s?#s?#s?#)") { stage, call throws(TestFailure) in
            let node = try stage.node(call.word(0)).running()
            stage.answer = CommandAnswer(try call.word(1), call.words(from: 2), on: node)
            return stage.answer?.isError == true ? -1 : 1
        },
    ]
}

extension Stage {
    /// A message as it is written in the test, or in a file.
    fileprivate func messageText(_ text: String) throws(TestFailure) -> String {
        guard text.hasSuffix(".sip"), !text.contains(where: \.isNewline) else { return text }
        let path = file.files.path(of: text, beside: file.path)
        guard let bytes = file.files.read(path) else { throw TestFailure("\(path) cannot be read") }
        return String(decoding: bytes, as: UTF8.self)
    }
}
