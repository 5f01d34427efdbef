import Fixtures
import Synchronization
import Testing

@Suite("Snapshots")
struct SnapshotTests {
    /// Files that tests write to.
    private final class Disk: Sendable {
        private let content: Mutex<[String: String]>
        init(_ content: [String: String]) { self.content = Mutex(content) }

        subscript(_ path: String) -> String? {
            get { content.withLock { $0[path] } }
            set { content.withLock { $0[path] = newValue } }
        }

        var files: Files {
            Files(
                read: { [self] path in self[path].map { Array($0.utf8) } },
                write: { [self] path, bytes in
                    content.withLock { $0[path] = String(decoding: bytes, as: UTF8.self) }
                    return true
                })
        }

        func failure(updating: Bool = false) throws -> String? {
            var options = TestOptions()
            options.updatesSnapshots = updating
            let file = try #require(TestFile("t/a.test.cfg", files: files))
            let entry = try #require(TestPlan([file]).entries.first)
            guard case .failed(let failure) = TestPlan.run(entry, seed: 1, options: options).outcome else { return nil }
            return failure.lines.joined(separator: "\n")
        }
    }

    @Test("A snapshot is written when asked for, compared after that, and its difference is shown")
    func texts() throws {
        let disk = Disk([
            "t/n.cfg": "startup_route { xlog(\"one\\n\"); xlog(\"two\\n\"); xlog(\"three\\n\"); } route { exit; }",
            "t/a.test.cfg": "test[\"a\"] { node(\"n\", \"n.cfg\"); advance(1); expect_snapshot(\"start\"); }",
        ])
        let missing = try #require(try disk.failure())
        #expect(missing.contains("there is no snapshot t/a.snapshots/start.txt"))
        #expect(missing.contains("siskin test --update"))
        #expect(try disk.failure(updating: true) == nil)
        #expect(
            disk["t/a.snapshots/start.txt"]
                == "0.000000  n  NOTICE: one\n0.000000  n  NOTICE: two\n0.000000  n  NOTICE: three\n")
        #expect(try disk.failure() == nil)
        disk["t/n.cfg"] = "startup_route { xlog(\"one\\n\"); xlog(\"2\\n\"); xlog(\"three\\n\"); } route { exit; }"
        let changed = try #require(try disk.failure())
        #expect(changed.contains("this is not what t/a.snapshots/start.txt says"))
        #expect(changed.contains("- 0.000000  n  NOTICE: two\n"))
        #expect(changed.contains("+ 0.000000  n  NOTICE: 2\n"))
    }

    @Test("Any text can be kept")
    func values() throws {
        let disk = Disk(["t/a.test.cfg": "test[\"a\"] { $var(x) = \"abc\"; expect_snapshot(\"x\", $var(x)); }"])
        #expect(try disk.failure(updating: true) == nil)
        #expect(disk["t/a.snapshots/x.txt"] == "abc\n")
        disk["t/a.test.cfg"] = "test[\"a\"] { expect_snapshot(\"../x\"); }"
        #expect(try disk.failure()?.contains("'../x' is no name for a file") == true)
    }
}
