import Commands
import Foundation
import Testing

@Suite("siskin test")
struct TestCommandTests {
    private static let node = "startup_route { xlog(\"hello\\n\"); } route { exit; }\n"

    @Test(
        "The exit status tells whether all passed, some failed, or nothing could be run",
        arguments: [
            ("test[\"a\"] { node(\"n\", \"n.cfg\"); expect_log(\"n\", \"hello\"); }", 0),
            ("test[\"a\"] { expect(1); } test[\"b\"] { expect(0); }", 1),
            ("test[\"a\"] { skip(\"not now\"); }", 0),
            ("test[\"a\"] { expect(1) }", 2),
            ("setup { ; }", 2),
        ])
    func status(text: String, status: Int32) throws {
        let folder = try Folder(["n.cfg": Self.node, "a.test.cfg": text])
        for format in ["text", "tap", "junit", "json"] { #expect(folder.test("--format", format) == status) }
    }

    @Test("Nothing to run, nothing that fits, and wrong options are wrong usage")
    func usage() throws {
        let empty = try Folder([:])
        #expect(empty.test() == 2)
        let folder = try Folder(["a.test.cfg": "test[\"a\", slow] { expect(1); }"])
        #expect(folder.test("--filter", "b") == 2)
        #expect(folder.test("--tag", "slow") == 0)
        #expect(folder.test("--without-tag", "slow") == 2)
        #expect(folder.test("--jobs", "0") == 2)
        #expect(folder.test("--format", "xml") == 2)
        #expect(folder.test("--repeat", "3", "--seeds", "--seed", "7") == 0)
        #expect(Siskin.main(arguments: ["test", folder.path + "/missing.test.cfg"]) == 2)
    }

    @Test("Snapshots and coverage are written where they belong")
    func files() throws {
        let folder = try Folder([
            "n.cfg": Self.node,
            "a.test.cfg": "test[\"a\"] { node(\"n\", \"n.cfg\"); expect_snapshot(\"start\"); }",
        ])
        #expect(folder.test() == 1)
        #expect(folder.test("--update") == 0)
        #expect(folder.read("a.snapshots/start.txt") == "0.000000  n  NOTICE: hello\n")
        #expect(folder.test("--lcov", folder.path + "/out/c.info", "--html", folder.path + "/out/c.html") == 0)
        #expect(folder.read("out/c.info")?.contains("DA:1,1") == true)
        #expect(folder.read("out/c.html")?.contains("</html>") == true)
        try folder.write("n.cfg", "startup_route { xlog(\"goodbye\\n\"); } route { exit; }\n")
        #expect(folder.test() == 1)
    }

    @Test("With --watch tests run again when a script, a message or a test file changes, and when one is added")
    func watch() async throws {
        let folder = try Folder([
            "n.cfg": Self.node,
            "a.test.cfg": "test[\"greets\"] { node(\"n\", \"n.cfg\"); expect_log(\"n\", \"hello\"); }",
        ])
        let process = Process()
        // Built beside the tests.
        process.executableURL = Bundle.main.bundleURL.appendingPathComponent("siskin")
        process.arguments = ["test", folder.path, "--watch"]
        let output = folder.path + "/output.txt"
        #expect(FileManager.default.createFile(atPath: output, contents: nil))
        let handle = try #require(FileHandle(forWritingAtPath: output))
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        // Not SIGTERM: other tests of this process ignore it, and its children inherit that.
        defer { kill(process.processIdentifier, SIGKILL) }
        func said(_ text: String) async throws -> Bool {
            // Generous, as the machine may be busy.
            for _ in 0..<600 {
                if folder.read("output.txt")?.contains(text) == true { return true }
                try await Task.sleep(for: .milliseconds(100))
            }
            return false
        }
        #expect(try await said("waiting for a change of 2 files"))
        try folder.write("n.cfg", "startup_route { xlog(\"goodbye for now\\n\"); } route { exit; }\n")
        #expect(try await said("FAIL  greets"))
        try folder.write("b.test.cfg", "test[\"is new\"] { expect(1); }")
        #expect(try await said("ok    is new"))
    }

    @Test("The scripts of the find-user story and the production script pass their tests")
    func examples() {
        let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("examples").path
        // Generous, as the machine may be busy.
        #expect(Siskin.main(arguments: ["test", examples, "--timeout", "120"]) == 0)
    }
}
