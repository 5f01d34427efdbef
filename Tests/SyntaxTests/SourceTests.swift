import Testing

@testable import Syntax

/// Includes, and the way back from a place in the joined text to a file and a line.
struct SourceTests {
    private func load(_ files: [String: String], main: String = "main.cfg") -> (Source, [Diagnostic]) {
        Source.load(main, Array((files[main] ?? "").utf8)) { path, _ in files[path].map { (path, Array($0.utf8)) } }
    }

    private func text(_ source: Source) -> String { String(decoding: source.bytes, as: UTF8.self) }

    @Test func includeLinesAreReplacedByTheirFiles() {
        let (source, diagnostics) = load([
            "main.cfg": "a=1\n  include_file \"b.inc\" and the rest is dropped\nimport_file 'c.inc'\nz=9\n",
            "b.inc": "b=2\n", "c.inc": "c=3",
        ])
        #expect(diagnostics.isEmpty)
        #expect(text(source) == "a=1\n  b=2\n\nc=3\nz=9\n")
        #expect(source.files == ["main.cfg", "b.inc", "c.inc"])
    }

    @Test func everyPlaceLeadsBackToItsFile() throws {
        let (source, _) = load([
            "main.cfg": "a=1\ninclude_file \"b.inc\"\nc=3\n", "b.inc": "# one\nb=2\ninclude_file \"d.inc\"\ne=5",
            "d.inc": "\nd=4\n",
        ])
        func place(_ needle: String) throws -> String {
            let bytes = Array(needle.utf8)
            let offset = try #require(
                source.bytes.indices.first { source.bytes[$0...].starts(with: bytes) }, "\(needle) is not there")
            let location = source.location(of: Int32(offset))
            return "\(location.file):\(location.line):\(location.column)"
        }
        #expect(try place("a=1") == "main.cfg:1:1")
        #expect(try place("b=2") == "b.inc:2:1")
        #expect(try place("=2") == "b.inc:2:2")
        #expect(try place("d=4") == "d.inc:2:1")
        #expect(try place("e=5") == "b.inc:4:1")
        #expect(try place("c=3") == "main.cfg:3:1")
        #expect(source.location(of: -5).line == 1)
        #expect(source.location(of: 10_000).file == "main.cfg")
    }

    @Test(arguments: [
        "#include_file \"b.inc\"", "x include_file \"b.inc\"", "include_file b.inc", "include_file \"\"",
        "include_files \"b.inc\"", "include_file \"b.inc", "include_file \"b.inc'", "import_file\n\"b.inc\"",
    ])
    func otherLinesStay(_ line: String) {
        let (source, diagnostics) = load(["main.cfg": line + "\n", "b.inc": "b=2\n"])
        #expect(text(source) == line + "\n")
        #expect(diagnostics.isEmpty)
    }

    @Test func includesWorkInsideOfCommentsAndLiterals() {
        let (source, _) = load([
            "main.cfg": "/*\ninclude_file \"b.inc\"\n*/\n\"\ninclude_file \"b.inc\"\n\"", "b.inc": "b",
        ])
        #expect(text(source) == "/*\nb\n*/\n\"\nb\n\"")
    }

    @Test func aMissingFileIsReportedAtItsPathAndStaysInTheText() throws {
        let (source, diagnostics) = load(["main.cfg": "a=1\n  include_file \"none.inc\"\n"])
        let diagnostic = try #require(diagnostics.first)
        #expect(diagnostics.count == 1)
        #expect(diagnostic.code == .includeMissing)
        #expect(source.text(diagnostic.span) == "none.inc")
        #expect(source.location(of: diagnostic.span.start).line == 2)
        #expect(Parser.parse(source).1.isEmpty)
    }

    @Test func aFileThatIncludesItselfEndsAtTheLimit() {
        let (source, diagnostics) = load(["main.cfg": "x\ninclude_file \"main.cfg\"\n"])
        #expect(diagnostics.map(\.code) == [.includeTooDeep])
        #expect(text(source).split(separator: "\n").filter { $0 == "x" }.count == Source.maximumDepth)
    }

    @Test func hostileIncludesCannotGrowForEver() {
        let text = Array((String(repeating: "include_file \"main.cfg\"\n", count: 2) + "# of some length\n").utf8)
        let (source, diagnostics) = Source.load("main.cfg", text, limit: 1 << 20) { path, _ in (path, text) }
        #expect(source.bytes.count < 2 << 20)
        #expect(diagnostics.contains { $0.code == .includeTooLarge })
    }

    @Test func theLineAroundAPlaceHasNoLineEnd() {
        let source = Source(name: "x", bytes: Array("one\r\ntwo\n\nfour".utf8))
        let lines = [0, 4, 5, 8, 9, 10, 99].map {
            String(decoding: source.bytes[source.line(around: $0)], as: UTF8.self)
        }
        #expect(lines == ["one", "one", "two", "two", "", "four", "four"])
    }
}
