import Script

/// What every node can be asked.
struct CoreCommands {
    private unowned let node: Node

    init(_ node: Node) { self.node = node }

    var commands: KeyValuePairs<String, Command> {
        [
            "uptime": Command { [unowned node] _ in CoreCommands(node).uptime },
            "version": Command { _ in .members(["Server": .text("Siskin (\(Node.version))")]) },
            "pwd": Command { [unowned node] _ in .members(["WD": .text(node.host.workingDirectory)]) },
            "arg": Command { [unowned node] _ in .list(node.host.arguments.map { .text($0) }) },
            "ps": Command { [unowned node] _ in
                let process = JSON.members([
                    "ID": .integer(0), "PID": .number(node.host.processID), "Type": .text("siskin"),
                ])
                return .members(["Processes": .list([process])])
            },
            "log_level": Command([[], ["level"], ["level", "pid"]]) { [unowned node] (call) throws(CommandError) in
                try CoreCommands(node).logLevel(call)
            },
            "xlog_level": Command([[], ["level"]]) { [unowned node] (call) throws(CommandError) in
                guard call.has("level") else { return .members(["xLog Level": .number(node.globals.xlogLevel)]) }
                let level = try call.number("level")
                node.setLevels(xlog: level)
                return .members(["New xLog level": .number(level)])
            },
        ]
    }

    private var uptime: JSON {
        let now = node.host.wallClock / 1_000_000
        func date(_ seconds: Int64) -> JSON { .string(LogClock.format("%a %b %e %H:%M:%S %Y", at: seconds)) }
        return .members([
            "Now": date(now), "Up since": date(node.startedAtSeconds),
            "Up time": .text("\((node.host.now &- node.startedAt) / 1_000_000_000) [sec]"),
        ])
    }

    private func logLevel(_ call: CommandArguments) throws(CommandError) -> JSON {
        guard call.has("level") else {
            let process = JSON.members([
                "PID": .number(node.host.processID), "Log level": .number(node.globals.logLevel),
                "Type": .text("siskin"),
            ])
            return .members(["Processes": .list([process])])
        }
        let level = try call.number("level")
        if call.has("pid") {
            guard try call.number("pid") == node.host.processID else { throw .invalidParameters("Bad PID") }
            node.setLevels(log: level)
            return .members(["Log level": .number(level)])
        }
        node.setLevels(log: level)
        return .members(["New global log level": .number(level)])
    }
}
