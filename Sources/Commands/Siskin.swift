import ArgumentParser
import Node

/// The command line. Exit status: 0 done, 1 a script failed to load or to start (or has errors), 2 wrong usage.
package struct Siskin: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "siskin",
        abstract: "Runs OpenSIPS routing scripts without OpenSIPS.",
        version: Node.version,
        subcommands: [
            Run.self, Repl.self, Eval.self, Test.self, Cluster.self, Send.self, Check.self, Format.self,
            Migrate.self,
        ])

    package init() {}

    /// Runs a command; the exit status.
    package static func main(arguments: [String]) -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let status as ExitStatus {
            return status.rawValue
        } catch {
            let isRequest = exitCode(for: error) == .success
            Terminal.write(fullMessage(for: error) + "\n", to: isRequest ? 1 : 2)
            return isRequest ? 0 : ExitStatus.usage.rawValue
        }
    }
}

/// How a command ends when it does not end well; what was wrong has been said.
enum ExitStatus: Int32, Error {
    case failed = 1
    case usage = 2
}
