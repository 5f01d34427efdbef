import Node

/// The tests of some files that are to be run, each by itself: they share nothing, so any may run on any thread.
package struct TestPlan: Sendable {
    package struct Entry: Sendable {
        package var file: TestFile
        package var test: TestFile.Test
        package var isSkipped: Bool { test.tags.contains("skip") }
    }

    /// Which tests are wanted.
    package struct Selection: Sendable {
        /// Part of the name or of the file of a test, or one of its tags.
        package var text: String?
        /// The test has one of these, if there are any.
        package var tags: Set<String> = []
        /// The test has none of these.
        package var unwantedTags: Set<String> = []

        package init(text: String? = nil, tags: Set<String> = [], unwantedTags: Set<String> = []) {
            self.text = text
            self.tags = tags
            self.unwantedTags = unwantedTags
        }

        func takes(_ test: TestFile.Test, of file: TestFile) -> Bool {
            guard unwantedTags.isDisjoint(with: test.tags), tags.isEmpty || !tags.isDisjoint(with: test.tags) else {
                return false
            }
            guard let text else { return true }
            return test.name.contains(text) || file.path.contains(text) || test.tags.contains(text)
        }
    }

    package private(set) var entries: [Entry] = []

    /// Where a test has the tag `only`, no others run.
    package init(_ files: [TestFile], _ selection: Selection = Selection()) {
        for file in files {
            for test in file.tests where selection.takes(test, of: file) {
                entries.append(Entry(file: file, test: test))
            }
        }
        if entries.contains(where: { $0.test.tags.contains("only") }) {
            entries.removeAll { !$0.test.tags.contains("only") }
        }
    }

    /// Runs one of the entries.
    package static func run(_ entry: Entry, seed: UInt64, options: TestOptions = TestOptions()) -> TestResult {
        var result = TestResult(
            file: entry.file.path, name: entry.test.name, line: entry.test.line, tags: entry.test.tags.sorted(),
            outcome: .skipped(reason: nil), seeds: [seed])
        if entry.isSkipped { return result }
        let clock = ContinuousClock()
        let start = clock.now
        let director = Director(entry.test, of: entry.file, seed: seed, options)
        director.run()
        if let failure = director.failure {
            result.outcome = .failed(failure)
            result.failedSeeds = [seed]
        } else if let reason = director.stage.reasonToSkip {
            result.outcome = .skipped(reason: reason)
        } else {
            result.outcome = .passed
        }
        result.realTime = clock.now - start
        result.virtualTime = director.stage.world.now
        result.coverage = director.stage.coverage
        return result
    }
}
