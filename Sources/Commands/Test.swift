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

    @Option(help: "Where all chance comes from: the same seed gives the same run.")
    var seed: UInt64 = 1

    @Option(
        name: .customLong("repeat"), help: ArgumentHelp("Run with so many seeds, one after the other.", valueName: "n"))
    var repetitions = 1

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
        guard repetitions > 0 else { throw ValidationError("--repeat takes a number from 1") }
        guard (1...1_000_000_000).contains(limit), (1...1_000_000).contains(timeout) else {
            throw ValidationError("--limit and --timeout take a number of seconds")
        }
    }

    func run() throws {
        let plan = try plan()
        var hasFailed = false
        for repetition in 0..<repetitions {
            if try !run(plan, seed: seed &+ UInt64(repetition)) { hasFailed = true }
            if hasFailed && failFast { break }
        }
        if hasFailed { throw ExitStatus.failed }
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
        let plan = TestPlan(tests, filter: filter)
        if plan.entries.isEmpty {
            Terminal.say(
                "there are no tests" + (filter.map { " with '\($0)'" } ?? " in \(paths.joined(separator: ", "))"))
            throw ExitStatus.usage
        }
        return plan
    }

    /// Runs all tests; whether all passed.
    private func run(_ plan: TestPlan, seed: UInt64) throws -> Bool {
        var report = makeReport()
        var summary = Summary(seed: seed)
        var limits = Limits()
        limits.virtualTime = .seconds(limit)
        limits.realTime = .seconds(timeout)
        Terminal.write(report.begin(plan.entries.count))
        let clock = ContinuousClock()
        let start = clock.now
        let entries = plan.entries
        let fixed = limits
        Threads.inOrder(entries.count, threads: jobs) { index in
            TestPlan.run(entries[index], seed: seed, limits: fixed)
        } consume: { result in
            summary.add(result)
            Terminal.write(report.add(result))
            return !(failFast && result.isFailure)
        }
        summary.realTime = clock.now - start
        Terminal.write(report.end(summary))
        return summary.failed == 0
    }

    private func makeReport() -> any Report {
        switch format {
        case .text: TextReport(isColoured: isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil)
        case .tap: TAPReport()
        case .junit: JUnitReport()
        case .json: JSONReport()
        }
    }
}
