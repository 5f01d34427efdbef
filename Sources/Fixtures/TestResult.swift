import Node

/// How a test ended, with one seed or with several.
package struct TestResult: Sendable {
    package enum Outcome: Sendable {
        case passed
        /// With several seeds, the first failure.
        case failed(Failure)
        case skipped(reason: String?)
    }

    package var file: String
    package var name: String
    package var line: Int
    /// Sorted.
    package var tags: [String]
    package var outcome: Outcome
    package var realTime = Duration.zero
    package var virtualTime: Nanoseconds = 0
    /// One for each run, in order.
    package var seeds: [UInt64] = []
    package var failedSeeds: [UInt64] = []
    /// Empty unless it was asked for.
    package var coverage = Coverage()

    package var isFailure: Bool { if case .failed = outcome { true } else { false } }

    /// Adds another run of the same test.
    package mutating func add(_ other: TestResult) {
        if !isFailure { outcome = other.outcome }
        realTime += other.realTime
        virtualTime += other.virtualTime
        seeds += other.seeds
        failedSeeds += other.failedSeeds
        coverage.add(other.coverage)
    }
}

/// How tests are run.
package struct TestOptions: Sendable {
    /// That a test may take.
    package var virtualTime = Nanoseconds.seconds(3600)
    /// That a test may take.
    package var realTime = Duration.seconds(10)
    /// Snapshots that differ are written anew.
    package var updatesSnapshots = false
    package var measuresCoverage = false
    /// A test that fails shows the statements that its nodes executed last; not together with coverage.
    package var traces = false

    package init() {}
}
