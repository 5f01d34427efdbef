import Events
import Node
import Script

/// What comes to a node from outside.
extension TestFunction {
    static let input = [
        /// `run(node, route[, arguments...])` runs a route. Its code is the code of the call; 1 where it waits, or where
        /// it ended with `exit`.
        TestFunction("run(sss?#s?#s?#s?#s?#s?#)") { stage, call throws(TestFailure) in
            let (node, route) = try stage.node(call.word(0)).route(.request, call.word(1))
            let arguments = (2..<max(2, call.context.count)).map { call.context.content($0) }
            var code: Int32 = 1
            node.run(route, passing: arguments) { code = $0.returnCode }
            return code == 0 ? 1 : code
        },
        /// `timer(node, route)` runs a timer route now.
        TestFunction("timer(ss)") { stage, call throws(TestFailure) in
            let (node, route) = try stage.node(call.word(0)).route(.timer, call.word(1))
            node.run(route)
            return 1
        },
        /// `raise(node, event[, name, value]...)` raises an event.
        TestFunction("raise(sss?s?#s?s?#s?s?#)") { stage, call throws(TestFailure) in
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
            let text = try call.word(1)
            guard text.hasSuffix(".sip") else {
                try stage.client.send(text, to: node)
                return 1
            }
            let path = stage.file.files.path(of: text, beside: stage.file.path)
            guard let bytes = stage.file.files.read(path) else { throw TestFailure("\(path) cannot be read") }
            try stage.client.send(String(decoding: bytes, as: UTF8.self), to: node)
            return 1
        },
    ]
}
