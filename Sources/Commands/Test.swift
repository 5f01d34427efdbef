import ArgumentParser
import Fixtures
import Glibc

/// `siskin test [PATH...]`. Exit status: 0 all tests passed, 1 some failed, 2 a file is broken or there are no tests.
struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the tests of scripts (*.test.cfg) on simulated hosts, in virtual time.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, tap, junit, json }

    @Argument(help: "Test files, and folders to look for *.test.cfg in.")
    var paths: [String] = ["."]

    @Option(help: ArgumentHelp("Only tests with this in their name, file or tags.", valueName: "text"))
    var filter: String?

    @Option(help: ArgumentHelp("Only tests with this tag; may be given several times.", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("No tests with this tag; may be given several times.", valueName: "tag"))
    var withoutTag: [String] = []

    @Option(help: "Where all chance comes from: the same seed gives the same run.")
    var seed: UInt64 = 1

    @Option(name: .customLong("repeat"), help: ArgumentHelp("Run each test so many times.", valueName: "n"))
    var repetitions = 1

    @Flag(help: "Take another seed for each repetition, from --seed on.")
    var seeds = false

    @Flag(help: "Stop after the first test that fails.")
    var failFast = false

    @Option(help: ArgumentHelp("Tests to run side by side.", valueName: "n"))
    var jobs = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    @Option(help: "text, tap, junit or json")
    var format = Format.text

    @Option(help: ArgumentHelp("Virtual seconds that a test may take.", valueName: "seconds"))
    var limit = 3600

    @Option(help: ArgumentHelp("Real seconds that a test may take.", valueName: "seconds"))
    var timeout = 10

    func validate() throws {
        guard (1...1000).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 1000") }
        guard (1...1_000_000).contains(repetitions) else { throw ValidationError("--repeat takes a number from 1") }
        guard (1...1_000_000_000).contains(limit), (1...1_000_000).contains(timeout) else {
            throw ValidationError("--limit and --timeout take a number of seconds")
        }
    }

    func run() throws {
        if try !run(plan()) { throw ExitStatus.failed }
    }

    private func plan() throws -> TestPlan {
        let files = Files { SourceFile.read($0) }
        var tests: [TestFile] = []
        var isBroken = false
        for path in paths.flatMap({ TestFiles.find($0) }) {
            guard let test = TestFile(path, files: files) else {
                Terminal.say("\(path): cannot be read")
                isBroken = true
                continue
            }
            Terminal.show(test.diagnostics, in: test.source)
            if test.isBroken { isBroken = true }
            tests.append(test)
        }
        if isBroken { throw ExitStatus.usage }
        let selection = TestPlan.Selection(text: filter, tags: Set(tag), unwantedTags: Set(withoutTag))
        let plan = TestPlan(tests, selection)
        if plan.entries.isEmpty {
            Terminal.say(
                tests.isEmpty
                    ? "there are no tests in \(paths.joined(separator: ", "))" : "no test is among those asked for")
            throw ExitStatus.usage
        }
        return plan
    }

    /// Runs all tests; whether all passed.
    private func run(_ plan: TestPlan) -> Bool {
        var report = makeReport()
        var summary = Summary(seed: seed)
        var options = TestOptions()
        options.virtualTime = .seconds(limit)
        options.realTime = .seconds(timeout)
        Terminal.write(report.begin(plan.entries.count))
        let clock = ContinuousClock()
        let start = clock.now
        let entries = plan.entries
        let (seed, step, repetitions, fixed) = (seed, seeds ? 1 : 0 as UInt64, repetitions, options)
        let progress = Progress(of: entries.count, isShown: format == .text && Terminal.isOutputTerminal)
        var whole: TestResult?
        Threads.inOrder(entries.count * repetitions, threads: jobs) { index in
            let (entry, repetition) = index.quotientAndRemainder(dividingBy: repetitions)
            return TestPlan.run(entries[entry], seed: seed &+ UInt64(repetition) &* step, options: fixed)
        } consume: { run in
            if whole == nil { whole = run } else { whole?.add(run) }
            guard let result = whole, result.seeds.count == repetitions || (failFast && run.isFailure) else {
                return true
            }
            whole = nil
            summary.add(result)
            progress.write(report.add(result), done: summary.count)
            return !(failFast && result.isFailure)
        }
        progress.clear()
        summary.realTime = clock.now - start
        Terminal.write(report.end(summary))
        return summary.failed == 0
    }

    private func makeReport() -> any Report {
        switch format {
        case .text: TextReport(isColoured: Terminal.isOutputTerminal)
        case .tap: TAPReport()
        case .junit: JUnitReport()
        case .json: JSONReport()
        }
    }
}

/// A last line on a terminal that tells how far the tests are.
private struct Progress {
    private let count: Int
    private let isShown: Bool

    init(of count: Int, isShown: Bool) {
        self.count = count
        self.isShown = isShown
    }

    func write(_ text: String, done: Int) {
        clear()
        Terminal.write(text)
        if isShown { Terminal.write("  \(done) of \(count)") }
    }

    /// Takes the line away.
    func clear() {
        if isShown { Terminal.write("\r\u{1b}[K") }
    }
}
