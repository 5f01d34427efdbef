import Dispatch
import Fixtures
import Foundation

/// A hundred tests of three clustered nodes and ten virtual seconds each, as `siskin test` runs them on two cores.
enum ScriptTests {
    static func measure() {
        let rows = (1...100).map { "        \($0);\n" }.joined()
        let text = """
            test["run $case(number)"] {
                cases {
                    number;
            \(rows)    }
                node("asker", "asker.cfg"); node("home", "home.cfg"); node("other", "other.cfg");
                advance(10);
                expect_log("asker", "bob is at 10\\.0\\.0\\.7, says node 2");
                expect_no_log("other", "told it");
            }
            """
        let folder = "examples/find-user"
        let files = Files { path in
            path == "\(folder)/benchmark.test.cfg"
                ? Array(text.utf8) : FileManager.default.contents(atPath: path).map { Array($0) }
        }
        for measuresCoverage in [false, true] {
            guard let file = TestFile("\(folder)/benchmark.test.cfg", files: files), !file.isBroken else {
                return print("script tests: run this in the folder of the package")
            }
            let entries = TestPlan([file]).entries
            var options = TestOptions()
            options.measuresCoverage = measuresCoverage
            let chosen = options
            let (clock, processor) = (ContinuousClock().now, Foundation.clock())
            DispatchQueue.concurrentPerform(iterations: 2) { half in
                for index in stride(from: half, to: entries.count, by: 2) {
                    let result = TestPlan.run(entries[index], seed: 1, options: chosen)
                    if result.isFailure { print("script tests: \(result.name) failed") }
                }
            }
            let time = (ContinuousClock().now - clock) / .milliseconds(1)
            let used = Double(Foundation.clock() - processor) / Double(CLOCKS_PER_SEC) * 1000
            print(
                "script tests\(measuresCoverage ? " with coverage" : ""): \(entries.count) of three nodes and 10 s in "
                    + "\(Int(time)) ms, \(Int(used)) ms of processor time")
        }
    }
}
