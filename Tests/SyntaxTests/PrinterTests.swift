import Foundation
import Testing

@testable import Syntax

/// The formatter: what it makes of a script, and what it must never do.
struct PrinterTests {
    private func format(_ text: String, _ indentation: Printer.Indentation = .spaces(4)) -> String? {
        Printer.format(Source(name: "t", bytes: Array(text.utf8)), indentation: indentation).text.map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test func linesFollowFromTheTree() {
        let text = """
            log_level=2   socket=udp:127.0.0.1:5060 tag x


            # main
            route{if($x==1){f(1,"a");}else if(!g( )){h();} # why
            else exit;
            switch($rm){case "A":case -1:f();break;default:xlog("x"  "y");}
            while(1)  break;
              if ($y)
              g();

            for($var(v) in $(avp(a)[*])){ }

            }
            """
        #expect(
            format(text) == """
                log_level = 2
                socket = udp:127.0.0.1:5060 tag x

                # main
                route {
                    if ($x == 1) {
                        f(1, "a");
                    } else if (!g()) {
                        h();
                    } # why
                    else exit;
                    switch ($rm) {
                        case "A":
                        case -1:
                            f();
                            break;
                        default:
                            xlog("x" "y");
                    }
                    while (1) break;
                    if ($y)
                        g();

                    for ($var(v) in $(avp(a)[*])) { }
                }

                """)
    }

    @Test func spellingStaysAsItWas() {
        #expect(
            format(#"route{$var(a)=0x2A+'r\n'+"\x41"|~ 5- -3;$var(b)=$a=~"x" ;exit();if(not $a and [$b ])return (1);}"#)
                == #"""
                route {
                    $var(a) = 0x2A + 'r\n' + "\x41" | ~5 - -3;
                    $var(b) = $a =~ "x";
                    exit();
                    if (not $a and [$b ]) return(1);
                }

                """#)
    }

    @Test func commentsStayWhereTheyBelong() {
        let text = """
            /* head */ route /* kind */ { # first
              # own line
              f( /* in */ 1 /* out */ ); # behind

              /* leading */ g();
              if ($a) # condition
              {
                # alone
              }
              $var(x) = 1 + # one
                2;
              # last
            }
            # tail
            """
        #expect(
            format(text) == """
                /* head */ route /* kind */ { # first
                    # own line
                    f(/* in */ 1 /* out */); # behind

                    /* leading */ g();
                    if ($a) # condition
                    {
                        # alone
                    }
                    $var(x) = 1 + # one
                        2;
                    # last
                }
                # tail

                """)
    }

    @Test func brokenLinesOfAStatementStayBroken() {
        let text = "route {\nxlog(\n\"a\"\n   \"b\"\n);\nif ($a\n&& $b\n) {\nf();\n}\n}\n"
        #expect(
            format(text, .tab)
                == "route {\n\txlog(\n\t\t\"a\"\n\t\t\"b\"\n\t);\n\tif ($a\n\t\t&& $b\n\t) {\n\t\tf();\n\t}\n}\n")
    }

    @Test func aScriptWithErrorsIsLeftAlone() {
        let (text, diagnostics) = Printer.format(Source(name: "t", bytes: Array("route { f( }".utf8)))
        #expect(text == nil)
        #expect(!diagnostics.isEmpty)
    }

    @Test(arguments: Corpus.scripts)
    func theLawsHoldForTheCorpus(_ text: String) throws {
        #expect(Law.broken(Array(text.utf8)) == nil)
        #expect(Law.isParsed(Array(text.utf8)) || text.contains("/* open"))
        #expect(Law.broken(Array(text.replacing("\n", with: "\r\n").utf8)) == nil)
        #expect(Law.broken(Array(text.replacing(" ", with: "\n").utf8)) == nil)
        #expect(Law.broken(Array(text.replacing(" ", with: " /* c */ ").utf8)) == nil)
        #expect(Law.broken(Array(text.replacing(" ", with: "\n# c\n").utf8)) == nil)
        #expect(Law.broken(Array(text.replacing(" ", with: " # c\n").utf8)) == nil)
        #expect(Law.broken(Array(text.replacing(";", with: "; # c\n\n\n").utf8)) == nil)
    }

    /// The recorded scripts that lie beside this target, and more from a folder named in `SYNTAX_CORPUS`.
    @Test func theLawsHoldForRecordedScripts() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        var folders = [tests.appendingPathComponent("Golden")]
        if let more = ProcessInfo.processInfo.environment["SYNTAX_CORPUS"] {
            folders.append(URL(fileURLWithPath: more))
        }
        for folder in folders {
            guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
                continue
            }
            for case let file as URL in files where ["cfg", "inc"].contains(file.pathExtension) {
                var text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
                for placeholder in ["@PORT@", "@CLIENT@"] { text = text.replacing(placeholder, with: "5060") }
                #expect(Law.broken(Array(text.utf8)) == nil, "\(file.path)")
                let refusal = file.deletingLastPathComponent().appendingPathComponent("expect-fail").path
                if !FileManager.default.fileExists(atPath: refusal) {
                    #expect(Law.isParsed(Array(text.utf8)), "\(file.path)")
                }
            }
        }
    }
}

/// What printing must keep: the tokens, the comments, the tree, and itself.
enum Law {
    static func isParsed(_ bytes: [UInt8]) -> Bool {
        !Parser.parse(Source(name: "t", bytes: bytes)).1.contains { $0.severity == .error }
    }

    /// The law that does not hold for this text; nil for a text with errors, too.
    static func broken(_ bytes: [UInt8]) -> String? {
        let source = Source(name: "t", bytes: bytes)
        let result = Parser.read(source)
        guard !result.diagnostics.contains(where: { $0.severity == .error }) else { return nil }
        let printed = Source(name: "t", bytes: Printer.print(result.script, of: source))
        let again = Parser.read(printed)
        func show(_ law: String) -> String {
            "\(law)\n--- source\n\(String(decoding: bytes, as: UTF8.self))\n--- printed\n"
                + String(decoding: printed.bytes, as: UTF8.self)
        }
        if let error = again.diagnostics.first(where: { $0.severity == .error }) {
            return show("what is printed cannot be read: \(error.rendered(in: printed))")
        }
        if tokens(source) != tokens(printed) { return show("tokens changed") }
        if comments(result, source) != comments(again, printed) { return show("comments changed") }
        if result.script.items.map(Sketch.item) != again.script.items.map(Sketch.item) {
            return show("the tree changed")
        }
        let second = Printer.print(again.script, of: printed)
        if second != printed.bytes {
            return show("printing twice differs") + "\n--- printed twice\n" + String(decoding: second, as: UTF8.self)
        }
        if printed.bytes.contains("\n\n\n".utf8), !bytes.contains("\"".utf8), !bytes.contains("'".utf8),
            !bytes.contains("/*".utf8)
        {
            return show("more than one blank line")
        }
        return nil
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let last = text.last, [32, 9, 13, 8].contains(last) { text.removeLast() }
        return text
    }

    private static func tokens(_ source: Source) -> [ArraySlice<UInt8>] {
        source.bytes.withUnsafeBufferPointer { bytes in
            var lexer = Lexer(bytes)
            var tokens: [ArraySlice<UInt8>] = []
            while true {
                let token = lexer.next()
                if token.kind == .end { return tokens }
                let text = source.bytes[Int(token.start)..<Int(token.end)]
                tokens.append(token.kind == .include ? trimmed(text) : text)
            }
        }
    }

    private static func comments(_ result: Parser.Result, _ source: Source) -> [ArraySlice<UInt8>] {
        result.comments.map { comment in
            let text = source.bytes[source.range(comment.span)]
            return comment.kind == .block ? text : trimmed(text)
        }
    }
}

extension [UInt8] {
    fileprivate func contains(_ needle: String.UTF8View) -> Bool {
        guard let first = needle.first else { return true }
        return indices.contains { self[$0] == first && self[$0...].starts(with: needle) }
    }
}
