import Testing

@testable import Syntax

/// Damaged scripts: nothing traps, nothing hangs, every place lies in the text, and what can be read can be printed.
struct FuzzTests {
    private static let words = [
        "{", "}", "(", ")", "[", "]", ";", ",", "\"", "'", "$", "$(", "/*", "*/", "#", "\n", "\\\n", "\\", "::1",
        "1.2.3.4/8", "if", "else",
        "while (1)", "switch", "case 1:", "default:", "break", "route", "route[", "route {", "xlog(\"", "return", "=~",
        "==", "&&", "!", "~", "-",
        "include_file \"x\"\n", "\ninclude_file 'x'", "$avp(", "{s.len}", "NULL", "for", "in", "socket=", "alias=",
        "include_file", "=", "event_route[E]", "\u{0}", "\u{ff}", "08", "async(",
    ].map { Array($0.utf8) }

    private static func mutated(_ random: inout SplitMix) -> [UInt8] {
        let scripts = Corpus.scripts
        var bytes = Array((scripts.randomElement(using: &random) ?? "").utf8)
        // A piece of a script is as good as the whole, and faster.
        if bytes.count > 60, Int.random(in: 0..<4, using: &random) > 0 {
            let start = Int.random(in: 0..<bytes.count - 40, using: &random)
            bytes = Array(bytes[start..<min(bytes.count, start + Int.random(in: 20..<160, using: &random))])
            if Bool.random(using: &random) { bytes = Array("route {".utf8) + bytes + Array("\n}".utf8) }
        }
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
            case 4: bytes.replaceSubrange(place..<end, with: words.randomElement(using: &random) ?? [])
            default: bytes.insert(UInt8.random(in: 32...126, using: &random), at: place)
            }
        }
        return bytes
    }

    /// `SISKIN_FUZZ` inputs in all; each of the parts has its own seed.
    @Test(arguments: 0..<4)
    func damagedScripts(_ part: Int) throws {
        let seed = Setting.seed &+ UInt64(part) << 32
        var random = SplitMix(seed)
        for number in 0..<Setting.count("SISKIN_FUZZ", 200_000) / 4 {
            let bytes = Self.mutated(&random)
            let source = Source(name: "f", bytes: bytes)
            let result = Parser.read(source)
            let place = "input \(number) of seed \(seed): \(bytes)"
            for diagnostic in result.diagnostics {
                let spans =
                    [diagnostic.span] + diagnostic.notes.compactMap(\.span) + [diagnostic.fix?.span].compactMap(\.self)
                let isInside = spans.allSatisfy { $0.start >= 0 && $0.start <= $0.end && Int($0.end) <= bytes.count }
                try #require(isInside, "\(diagnostic) \(place)")
            }
            if number % 16 == 0 { for diagnostic in result.diagnostics { _ = diagnostic.rendered(in: source) } }
            _ = source.fixing(result.diagnostics.compactMap(\.fix), in: "f", bytes)
            try #require(result.diagnostics.count { $0.severity == .error } <= Parser.maximumErrors + 2, "\(place)")
            try #require(Law.broken(bytes) == nil, "\(place)")
        }
    }

    @Test func damagedVariablesAndFormats() {
        var random = SplitMix(Setting.seed)
        let seeds = [
            "$(<request>avp($var(n)x)[$var(i)]{s.select,$(var(x){s.len}),\\,}{re.subst,/a/b/g})",
            "a$$b$var(x)$(ru{uri.host})$x.y $",
        ]
        let signs = Array("$(){}[]<>.,*\\x1- ".utf8)
        for _ in 0..<Setting.count("SISKIN_FUZZ", 200_000) / 4 {
            var bytes = Array((seeds.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if Bool.random(using: &random) {
                    bytes[place] = signs.randomElement(using: &random) ?? 0
                } else {
                    bytes.insert(signs.randomElement(using: &random) ?? 0, at: place)
                }
            }
            _ = VariableParser.parse(bytes)
            _ = FormatParser.parse(bytes)
        }
    }

    /// Inputs that would take long if any part looked at the rest of the text again and again.
    @Test(arguments: [
        "$a(", "$(", "\"$(\"", "/*", "if (", "route {", "{", "1:", "a::", "$x[", "$avp(x)[", "'", "\\\n",
        "\ninclude_file 'x'", "case", "xlog(\"a\n@", "f(;", "$",
        "route[a] { x", "\ninclude_file=", "\nimport_file ", "socket=", "alias=a ", "a=1 ", "@", "1.", "else ", "# c\n",
        "$a{s.", "switch ($x) { case 1: ",
    ])
    func repeatedText(_ piece: String) {
        let text = Array(String(repeating: piece, count: 400_000 / piece.utf8.count).utf8)
        _ = Parser.parse(Source(name: "t", bytes: text))
        _ = Parser.parse(Source(name: "t", bytes: Array("route {".utf8) + text))
    }
}
