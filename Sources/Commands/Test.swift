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

    @Flag(help: "Write the snapshots that differ anew.")
    var update = false

    @Flag(help: "Run the tests again whenever one of their files changes.")
    var watch = false

    @Flag(help: "Show what the scripts did in a test that fails, statement by statement.")
    var trace = false

    @OptionGroup var coverage: CoverageOptions

    func validate() throws {
        if trace && coverage.isWanted { throw ValidationError("--trace and coverage exclude each other") }
        guard (1...1000).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 1000") }
        guard (1...1_000_000).contains(repetitions) else { throw ValidationError("--repeat takes a number from 1") }
        guard (1...1_000_000_000).contains(limit), (1...1_000_000).contains(timeout) else {
            throw ValidationError("--limit and --timeout take a number of seconds")
        }
    }

    func run() throws {
        let files = WatchedFiles()
        guard watch else {
            if try !run(plan(files)) { throw ExitStatus.failed }
            return
        }
        while true {
            // What is broken now may be mended in a moment.
            if let plan = try? plan(files) { _ = try run(plan) }
            Terminal.say("waiting for a change of \(files.count) files")
            let found = testFiles
            files.waitForChange { testFiles != found }
        }
    }

    private var testFiles: [String] { paths.flatMap { TestFiles.find($0) } }

    private func plan(_ watched: WatchedFiles) throws -> TestPlan {
        let files = Files(
            read: { watched.read($0) }, write: { path, bytes in SourceFile.writeMakingFolder(bytes, to: path) })
        var tests: [TestFile] = []
        var isBroken = false
        for path in testFiles {
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

    private var options: TestOptions {
        var options = TestOptions()
        options.virtualTime = .seconds(limit)
        options.realTime = .seconds(timeout)
        options.updatesSnapshots = update
        options.measuresCoverage = coverage.isWanted
        options.traces = trace
        return options
    }

    /// Runs all tests; whether all passed.
    private func run(_ plan: TestPlan) throws -> Bool {
        var report = makeReport()
        var summary = Summary(seed: seed)
        var covered = Coverage()
        Terminal.write(report.begin(plan.entries.count))
        let clock = ContinuousClock()
        let start = clock.now
        let entries = plan.entries
        let (seed, step, repetitions, options) = (seed, seeds ? 1 : 0 as UInt64, repetitions, options)
        let progress = Progress(of: entries.count, isShown: format == .text && Terminal.isOutputTerminal)
        var whole: TestResult?
        Threads.inOrder(entries.count * repetitions, threads: jobs) { index in
            let (entry, repetition) = index.quotientAndRemainder(dividingBy: repetitions)
            return TestPlan.run(entries[entry], seed: seed &+ UInt64(repetition) &* step, options: options)
        } consume: { run in
            if whole == nil { whole = run } else { whole?.add(run) }
            guard let result = whole, result.seeds.count == repetitions || (failFast && run.isFailure) else {
                return true
            }
            whole = nil
            summary.add(result)
            covered.add(result.coverage)
            progress.write(report.add(result), done: summary.count)
            return !(failFast && result.isFailure)
        }
        progress.clear()
        summary.realTime = clock.now - start
        Terminal.write(report.end(summary))
        if coverage.isWanted { try coverage.show(covered.files, isTextReport: format == .text) }
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

/// What is to be done about coverage.
struct CoverageOptions: ParsableArguments {
    @Flag(help: "Show which lines and branches of the scripts were executed.")
    var coverage = false

    @Option(help: ArgumentHelp("Write coverage as an lcov tracefile.", valueName: "file"))
    var lcov: String?

    @Option(help: ArgumentHelp("Write coverage as a page of HTML.", valueName: "file"))
    var html: String?

    var isWanted: Bool { coverage || lcov != nil || html != nil }

    /// - Parameter isTextReport: standard output is for people; if not, the table goes to standard error.
    func show(_ files: [FileCoverage], isTextReport: Bool) throws {
        if coverage {
            let table = CoverageText.table(files, isColoured: isTextReport && Terminal.isOutputTerminal)
            Terminal.write("\n" + table, to: isTextReport ? STDOUT_FILENO : STDERR_FILENO)
        }
        if let lcov { try write(CoverageText.lcov(files), to: lcov) }
        if let html { try write(CoveragePage.html(files) { SourceFile.read($0) }, to: html) }
    }

    private func write(_ text: String, to path: String) throws {
        guard SourceFile.writeMakingFolder(Array(text.utf8), to: path) else {
            Terminal.say("\(path): cannot be written")
            throw ExitStatus.failed
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
