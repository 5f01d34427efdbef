import Fixtures

/// Test files and scripts in memory, and what comes of running them.
struct Playground {
    var files: [String: String]

    init(_ files: [String: String]) { self.files = files }

    func load() -> TestFile? {
        let files = files
        return TestFile("t/a.test.cfg", files: Files { files[$0].map { Array($0.utf8) } })
    }

    func results(seed: UInt64 = 1, options: TestOptions = TestOptions()) -> [TestResult] {
        guard let file = load() else { return [] }
        return TestPlan([file]).entries.map { TestPlan.run($0, seed: seed, options: options) }
    }

    /// What `siskin test` prints for the failures; empty where all passed.
    func failures(options: TestOptions = TestOptions()) -> [String] {
        results(options: options).compactMap { result in
            if case .failed(let failure) = result.outcome { failure.lines.joined(separator: "\n") } else { nil }
        }
    }

    /// A test file with one test, and a node `n` with a script.
    init(_ script: String, test: String, more: String = "") {
        self.init([
            "t/n.cfg": script + "\nroute { exit; }\n",
            "t/a.test.cfg": "test[\"a\"] {\n    node(\"n\", \"n.cfg\");\n\(test)\n}\n\(more)",
        ])
    }
}
