import Testing

@testable import Syntax

/// Diagnostics as people and programs see them.
struct RenderingTests {
    private let source = Source(name: "a.cfg", bytes: Array("route {\n\t$var(\u{e4}) = 1\n\t$var(b) = 2;\n}\n".utf8))

    @Test func theTerminalFormShowsTheLineAndACaret() {
        let text = Parser.parse(source).1.map { $0.rendered(in: source) }.joined()
        #expect(
            text == """
                a.cfg:2:14: error: a semicolon is missing here [syntax.missing-semicolon]
                     $var(ä) = 1
                                ^
                  note: write ';' here

                """)
    }

    @Test func notesWithAPlaceShowIt() {
        let source = Source(name: "a.cfg", bytes: Array("route { f(1; }".utf8))
        let text = Parser.parse(source).1.map { $0.rendered(in: source) }.joined()
        #expect(
            text == """
                a.cfg:1:12: error: ')' or ',' is missing here, before ';' [syntax.missing-parenthesis]
                    route { f(1; }
                               ^

                """)
        let close = Source(name: "a.cfg", bytes: Array("route { route(a; }".utf8))
        let closing = Parser.parse(close).1.map { $0.rendered(in: close) }.joined()
        #expect(
            closing == """
                a.cfg:1:16: error: ')' is missing here, before ';' [syntax.missing-parenthesis]
                    route { route(a; }
                                   ^
                  a.cfg:1:14: note: opened here
                    route { route(a; }
                                 ^

                """)
    }

    @Test func coloursWrapTheParts() {
        let text = Parser.parse(source).1[0].rendered(in: source, colours: .ansi)
        #expect(text.contains("\u{1B}[1;31merror\u{1B}[0m"))
        #expect(text.contains("\u{1B}[1;31m^\u{1B}[0m"))
    }

    @Test func theJSONFormIsOneObject() {
        let json = Parser.parse(source).1[0].json(in: source)
        #expect(
            json == #"{"file":"a.cfg","line":2,"column":14,"endLine":2,"endColumn":14,"severity":"error","#
                + #""code":"syntax.missing-semicolon","message":"a semicolon is missing here","#
                + #""notes":[{"message":"write ';' here"}]}"#)
        #expect(Diagnostic.jsonString("a\"\\\n\u{1}\u{7f}ü") == #""a\"\\\n\u0001\u007fü""#)
    }

    @Test func longLinesAreCutAndPlacesOutsideDoNoHarm() {
        let long = Source(name: "l", bytes: Array((String(repeating: "x", count: 5000) + "?").utf8))
        let diagnostic = Diagnostic(.badNumber, at: Span(start: 4990, end: 9000), "m")
        #expect(diagnostic.rendered(in: long).utf8.count < 500)
        for span in [
            Span(start: -4, end: 2), Span(start: 9, end: 3), Span(start: .max, end: .min), Span(start: 6000, end: 7000),
        ] {
            #expect(!Diagnostic(.badNumber, at: span, "m").rendered(in: long).isEmpty)
            #expect(!Diagnostic(.badNumber, at: span, "m").json(in: long).isEmpty)
        }
        #expect(!Diagnostic(.badNumber, at: .none, "m").rendered(in: Source(name: "e", bytes: [])).isEmpty)
    }
}
