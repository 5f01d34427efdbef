import Node

/// How a test ended.
package struct TestResult: Sendable {
    package enum Outcome: Sendable {
        case passed
        case failed(Failure)
        case skipped
    }

    package var file: String
    package var name: String
    package var line: Int
    package var outcome: Outcome
    package var realTime = Duration.zero
    package var virtualTime: Nanoseconds = 0

    package var isFailure: Bool { if case .failed = outcome { true } else { false } }
}

/// The tests of some files that are to be run, each by itself: they share nothing, so any may run on any thread.
package struct TestPlan: Sendable {
    package struct Entry: Sendable {
        package var file: TestFile
        package var test: TestFile.Test
        package var isSkipped: Bool
    }

    package private(set) var entries: [Entry] = []

    /// - Parameter filter: part of the name or of the file of a test, or one of its tags. Where a test has the tag
    ///   `only`, no others run.
    package init(_ files: [TestFile], filter: String? = nil) {
        for file in files {
            for test in file.tests {
                if let filter, !test.name.contains(filter), !file.path.contains(filter), !test.tags.contains(filter) {
                    continue
                }
                entries.append(Entry(file: file, test: test, isSkipped: test.tags.contains("skip")))
            }
        }
        if entries.contains(where: { $0.test.tags.contains("only") }) {
            entries.removeAll { !$0.test.tags.contains("only") }
        }
    }

    /// Runs one of the entries.
    package static func run(_ entry: Entry, seed: UInt64, limits: Limits = Limits()) -> TestResult {
        var result = TestResult(
            file: entry.file.path, name: entry.test.name, line: entry.test.line, outcome: .skipped)
        if entry.isSkipped { return result }
        let clock = ContinuousClock()
        let start = clock.now
        let director = Director(entry.test, of: entry.file, seed: seed, limits)
        director.run()
        result.outcome = director.failure.map { .failed($0) } ?? .passed
        result.realTime = clock.now - start
        result.virtualTime = director.stage.world.now
        return result
    }
}

/// How long a test may take.
package struct Limits: Sendable {
    package var virtualTime = Nanoseconds.seconds(3600)
    package var realTime = Duration.seconds(10)

    package init() {}
}
