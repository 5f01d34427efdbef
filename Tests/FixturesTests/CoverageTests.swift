import Fixtures
import Foundation
import Testing

@Suite("Coverage")
struct CoverageTests {
    private static let script = """
        route[pick] {
            if ($param(1) == "a") {
                xlog("a\\n");
            } else {
                xlog("b < c\\n");
            }
            if ($param(1) == "z")
                xlog("z\\n");
            $var(i) = 0;
            while ($var(i) < 3) { $var(i) = $var(i) + 1; }
            switch ($param(1)) {
            case "a": xlog("one\\n"); break;
            case "c": xlog("two\\n"); break;
            }
        }
        route[never] { exit; }
        """

    private func coverage(_ test: String, more: String = "") throws -> [FileCoverage] {
        let playground = Playground([
            "t/n.cfg": Self.script + "\nroute { exit; }\n",
            "t/a.test.cfg": "test[\"a\"] {\n    node(\"n\", \"n.cfg\");\n\(test)\n}\n\(more)",
        ])
        var options = TestOptions()
        options.measuresCoverage = true
        var all = Coverage()
        for result in playground.results(options: options) {
            #expect(!result.isFailure)
            all.add(result.coverage)
        }
        return all.files
    }

    private func lines(_ text: String, _ prefix: String) -> [Substring] {
        text.split(separator: "\n").filter { $0.hasPrefix(prefix) }
    }

    @Test("Lines, branches and routes are counted as lcov wants them")
    func lcov() throws {
        let text = CoverageText.lcov(try coverage("run(\"n\", \"pick\", \"a\"); run(\"n\", \"pick\", \"b\");"))
        #expect(lines(text, "SF:") == ["SF:t/n.cfg"])
        #expect(
            lines(text, "DA:") == [
                "DA:2,2", "DA:3,1", "DA:5,1", "DA:7,2", "DA:8,0", "DA:9,2", "DA:10,6", "DA:11,2", "DA:12,1", "DA:13,0",
                "DA:16,0", "DA:17,0",
            ])
        #expect(
            lines(text, "BRDA:") == [
                "BRDA:2,0,0,1", "BRDA:2,0,1,1", "BRDA:7,1,0,0", "BRDA:7,1,1,2", "BRDA:10,2,0,6", "BRDA:10,2,1,2",
                "BRDA:11,3,0,1", "BRDA:11,3,1,0", "BRDA:11,3,2,1",
            ])
        #expect(lines(text, "FNDA:") == ["FNDA:2,route[pick]", "FNDA:0,route[never]", "FNDA:0,route"])
        #expect(lines(text, "LF:") + lines(text, "LH:") == ["LF:12", "LH:8"])
        #expect(lines(text, "BRF:") + lines(text, "BRH:") == ["BRF:9", "BRH:7"])
    }

    @Test("The table names the lines that were not executed; what two tests did adds up")
    func table() throws {
        let first = try coverage("run(\"n\", \"pick\", \"a\");")
        #expect(
            CoverageText.table(first, isColoured: false) == """
                coverage   lines        branches       not executed
                t/n.cfg   58.3 %  7/12    55.5 %  5/9  5, 8, 13-17

                """)
        let both = try coverage(
            "run(\"n\", \"pick\", \"a\");", more: "test[\"b\"] { node(\"n\", \"n.cfg\"); run(\"n\", \"pick\", \"z\"); }"
        )
        #expect(CoverageText.table(both, isColoured: false).contains("75.0 %  9/12"))
    }

    @Test("Mock routes are not counted, nor is anything where nobody asks")
    func mocks() throws {
        let files = try coverage("crash(\"n\"); restart(\"n\");", more: "mock_route[append_hf] { return (1); }")
        #expect(files.map(\.name) == ["t/n.cfg"])
        let playground = Playground(Self.script, test: "run(\"n\", \"pick\", \"a\");")
        #expect(playground.results().allSatisfy { $0.coverage.files.isEmpty })
    }

    @Test("The page stands alone, shows every line, and marks what was never executed")
    func page() throws {
        let files = try coverage("run(\"n\", \"pick\", \"a\");")
        let html = CoveragePage.html(files) { path in path == "t/n.cfg" ? Array(Self.script.utf8) : nil }
        #expect(html.contains("<tr class=\"missed\"><td class=\"number\">5</td><td class=\"count\">never</td>"))
        #expect(html.contains("<tr class=\"run\"><td class=\"number\">9</td><td class=\"count\">1×</td>"))
        #expect(html.contains("<tr class=\"partly\"><td class=\"number\">2</td>"))
        #expect(html.contains("never: false"))
        #expect(html.contains("xlog(&quot;b &lt; c\\n&quot;);"))
        #expect(!html.contains("http") && !html.contains("<script") && !html.contains("<link"))
        #expect(html.components(separatedBy: "<tr class").count == Self.script.split(separator: "\n").count + 1)
    }
}
