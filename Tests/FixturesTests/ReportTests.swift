import Fixtures
import Foundation
import FoundationXML
import Testing

@Suite("Reports")
struct ReportTests {
    private let playground = Playground([
        "t/n.cfg": "startup_route { xlog(\"a <b> & \\\"c\\\"\\n\"); } route { exit; }",
        "t/a.test.cfg": """
        test["passes"] { node("n", "n.cfg"); advance("1.5"); }
        test["fails # <badly>"] { node("n", "n.cfg"); expect(0, "\\"no\\""); }
        test["waits", skip] { expect(0); }
        """,
    ])

    private func text(_ report: some Report) -> String {
        var report = report
        var summary = Summary(seed: 7)
        let results = playground.results()
        var text = report.begin(results.count)
        for result in results {
            summary.add(result)
            text += report.add(result)
        }
        return text + report.end(summary)
    }

    /// Without the times that each run takes.
    private func timeless(_ text: String) -> String {
        text.replacing(#/in \d+ ms/#, with: "in ? ms").replacing(#/time="[0-9.]+"/#, with: "time=\"?\"")
    }

    @Test("For people")
    func people() {
        #expect(
            timeless(text(TextReport(isColoured: false))) == """
                t/a.test.cfg
                  ok    passes  (1.5 s in ? ms)
                  FAIL  fails # <badly>  (0 s in ? ms)
                        t/a.test.cfg:2:47: "no"
                            test["fails # <badly>"] { node("n", "n.cfg"); expect(0, "\\"no\\""); }
                                                                          ^~~~~~~~~~~~~~~~~~~
                          the last lines of the log:
                            0.000000  n  NOTICE: a <b> & "c"
                  skip  waits
                3 tests: 1 passed, 1 failed, 1 skipped; 1.5 s of virtual time in ? ms, seed 7

                """)
    }

    @Test("TAP")
    func tap() {
        let lines = text(TAPReport()).split(separator: "\n")
        #expect(
            lines.filter { !$0.hasPrefix("#") } == [
                "TAP version 13", "1..3", "ok 1 - t/a.test.cfg: passes",
                "not ok 2 - t/a.test.cfg: fails \\# <badly>", "ok 3 - t/a.test.cfg: waits # SKIP",
            ])
    }

    @Test("JUnit's XML is well-formed and complete")
    func junit() throws {
        let xml = timeless(text(JUnitReport()))
        #expect(XMLParser(data: Data(xml.utf8)).parse())
        #expect(xml.contains("<testsuites tests=\"3\" failures=\"1\" skipped=\"1\" time=\"?\">"))
        #expect(xml.contains("name=\"fails # &lt;badly&gt;\""))
        #expect(xml.contains("<failure message=\"&quot;no&quot;\">t/a.test.cfg:2:47: &quot;no&quot;"))
        #expect(xml.components(separatedBy: "<testcase").count == 4)
        #expect(xml.components(separatedBy: "</testcase>").count == 3)
    }

    @Test("JSON, a line a test")
    func json() throws {
        let objects = try text(JSONReport()).split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(objects.map { $0["outcome"] as? String } == ["passed", "failed", "skipped", nil])
        let failure = try #require(objects[1]["failure"] as? [String: Any])
        #expect(failure["message"] as? String == "\"no\"")
        #expect(failure["column"] as? Int == 47)
        let log = try #require(failure["log"] as? [[String: Any]])
        #expect(log.first?["text"] as? String == "a <b> & \"c\"")
    }
}
