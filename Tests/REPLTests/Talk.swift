import Simulation

@testable import REPL

/// A session in a simulated world, and what it says.
final class Talk {
    let session: Session
    let simulation: Simulation
    private let log: Log

    private final class Log { var lines: [Output] = [] }

    /// - Parameter files: what can be read, by path; the first one is the script of the node `main`.
    init(_ files: KeyValuePairs<String, String> = [:]) {
        let log = Log()
        self.log = log
        simulation = Simulation(seed: 1)
        let world = World(.simulated(simulation)) { path in
            files.first { $0.key == path }.map { Array($0.value.utf8) }
        }
        session = Session(world) { log.lines.append($0) }
        session.add("main", file: files.first?.key)
    }

    /// All that was said.
    var lines: [String] { log.lines.map(\.text) }

    /// Types lines one after the other; what is said to them, without what was said before.
    @discardableResult
    func say(_ inputs: String...) -> [String] {
        let before = log.lines.count
        for input in inputs {
            session.submit(input)
            session.finishWaiting()
        }
        return log.lines[before...].map(\.text)
    }
}
