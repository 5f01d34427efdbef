import Foundation
import Testing

@testable import Syntax

/// The parser reads what the grammar derives, and the printer keeps it.
struct SentenceTests {
    @Test func sentencesOfTheGrammarAreReadAndPrinted() throws {
        let grammar = try Grammar.load()
        let seed = Setting.seed
        var random = SplitMix(seed)
        let count = Setting.count("SISKIN_SENTENCES", 4000)
        for number in 0..<count {
            // One in four is a global parameter alone, of which there are many kinds.
            let text = grammar.sentence(number % 4 == 0 ? "global" : "file", budget: 8 + number % 24, &random)
            let source = Source(name: "sentence \(number) of seed \(seed)", bytes: text)
            let errors = Parser.parse(source).1.filter { $0.severity == .error }
            guard errors.isEmpty else {
                let shown = errors.prefix(2).map { $0.rendered(in: source) }.joined()
                try #require(Bool(false), "\(shown)\n\(String(decoding: text, as: UTF8.self))")
                return
            }
            try #require(Law.broken(text) == nil, "seed \(seed)")
        }
        for number in 0..<count {
            let text = grammar.sentence("FORMAT", budget: 3 + number % 12, &random)
            let found = FormatParser.parse(text).diagnostics.filter { $0.severity == .error }
            try #require(
                found.isEmpty, "seed \(seed): \(found.map(\.message)) in \(String(decoding: text, as: UTF8.self))")
        }
        if count >= 4000 { #expect(grammar.missing() == [], "seed \(seed)") }
    }

    @Test func theParserReservesTheWordsOfTheGrammar() throws {
        for word in try Grammar.load().words("RESERVED") {
            let text = "route[\(word)] { exit; }"
            let isNumber = ["yes", "true", "on", "enable", "no", "false", "off", "disable"].contains(word)
            #expect(Law.isParsed(Array(text.utf8)) == isNumber, "\(word)")
        }
    }
}
