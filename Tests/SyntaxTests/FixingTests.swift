import Testing

@testable import Syntax

/// Texts after what diagnostics say to write instead.
struct FixingTests {
    private static func fixed(_ text: String, _ fixes: [(Range<Int32>, String)]) -> String {
        let bytes = Array(text.utf8)
        let fixes = fixes.map { Diagnostic.Fix(Span(start: $0.0.lowerBound, end: $0.0.upperBound), $0.1) }
        return String(decoding: Source(name: "f", bytes: bytes).fixing(fixes, in: "f", bytes), as: UTF8.self)
    }

    @Test func placesAreReplacedAndTheRestStays() {
        #expect(Self.fixed("listen=a; listen=b;", [(10..<16, "socket"), (0..<6, "socket")]) == "socket=a; socket=b;")
        #expect(Self.fixed("ab", [(1..<1, "-"), (0..<0, "<"), (2..<2, ">")]) == "<a-b>")
        #expect(Self.fixed("ab", [(1..<1, "2"), (1..<1, "1"), (1..<1, "2")]) == "a12b")
    }

    @Test func whatOverlapsWaits() {
        #expect(Self.fixed("abcdef", [(0..<3, "x"), (2..<4, "y"), (4..<9, "z")]) == "xdef")
    }

    @Test func aLineOnWhichNothingIsLeftGoes() {
        #expect(Self.fixed("a\n  gone \r\nb\n", [(4..<8, "")]) == "a\nb\n")
        #expect(Self.fixed("gone", [(0..<4, "")]) == "")
        #expect(Self.fixed("a gone\nb", [(2..<6, "")]) == "a \nb")
        #expect(Self.fixed("gone # why\nb", [(0..<4, "")]) == " # why\nb")
    }

    @Test func aFileGetsItsOwnFixes() {
        let main = Array("one\ninclude_file \"part\"\nthree listen\n".utf8)
        let part = Array("two\n  listen four\n".utf8)
        let (source, _) = Source.load("main", main) { _, _ in ("part", part) }
        let text = String(decoding: source.bytes, as: UTF8.self)
        let fixes = text.ranges(of: "listen").map { range in
            let start = Int32(text.utf8.distance(from: text.startIndex, to: range.lowerBound))
            return Diagnostic.Fix(Span(start: start, end: start + 6), "socket")
        }
        #expect(fixes.count == 2)
        #expect(String(decoding: source.fixing(fixes, in: "part", part), as: UTF8.self) == "two\n  socket four\n")
        #expect(
            String(decoding: source.fixing(fixes, in: "main", main), as: UTF8.self)
                == "one\ninclude_file \"part\"\nthree socket\n")
    }
}
