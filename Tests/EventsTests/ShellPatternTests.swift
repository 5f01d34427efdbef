import Glibc
import Testing

@testable import Events

@Suite struct ShellPatternTests {
    @Test(arguments: [
        ("alice", "alice", true), ("alice", "ALICE", false), ("b?b*", "bob", true), ("b?b*", "bobby", true),
        ("b?b*", "bb", false), ("[a-c]*", "bob", true), ("[a-c]*", "dan", false), ("[!a-c]*", "dan", true),
        ("[^a-c]*", "bob", false), ("bob@*", "bob@x", true), ("*", "", true), ("?", "", false), ("", "", true),
        ("a\\*", "a*", true), ("a\\*", "ab", false), ("a\\", "a\\", false), ("[]]", "]", true), ("[!]]", "]", false),
        ("[a-]", "-", true), ("[]-a]", "_", true), ("[", "[", true), ("a[b", "a[b", true), ("[[:digit:]]", "7", true),
        ("[[:alpha:]x]", "7", false), ("[\\]]", "]", true), ("*/*", "a/b", true), ("*", ".hidden/file", true),
        ("*a*b*c", "xaybzc", true), ("*a*b*c", "xaybz", false), ("[[.-.]]", "-", true), ("[[=a=]]", "a", true),
        ("**", "x", true), ("?*?", "x", false),
    ])
    func patternsAreThoseOfTheShell(pattern: String, value: String, expected: Bool) {
        #expect(ShellPattern(bytes(pattern)).matches(bytes(value)) == expected)
        #expect((fnmatch(pattern, value, 0) == 0) == expected)
    }

    @Test func textWithoutOperatorsIsExact() {
        #expect(ShellPattern(bytes("a\\*b")) == .exact(bytes("a*b")))
        #expect(ShellPattern(bytes("a*b")) == .wild(bytes("a*b")))
        #expect(ShellPattern(bytes("a\\")) == .wild(bytes("a\\")))
    }

    @Test func theSystemsMatcherAgrees() {
        let alphabets = ["ab*?", "abc[]!^-\\", "a[]:-!*", "[]ab-", "a\\*[]?b-^"].map { bytes($0) }
        let pieces = [
            "[:alpha:]", "[[:digit:]", "[[:upper:]]", "[:", ":]", "[!", "[^", "a-c", "*", "?", "[a-z]", "x", "]",
        ]
        for seed in seeds(40000) {
            var random = SeededGenerator(seed: seed)
            let alphabet = random.pick(alphabets)
            var pattern = random.bytes(alphabet, upTo: 9)
            if random.chance(30) { pattern += bytes(random.pick(pieces)) + random.bytes(alphabet, upTo: 4) }
            // POSIX leaves open what a class at the end of a range means, and what a broken class means; glibc has
            // different answers, depending on what else is in the brackets.
            let rest = text(pattern).replacing("[:alpha:]", with: "").replacing("[:digit:]", with: "")
                .replacing("[:upper:]", with: "")
            if text(pattern).contains("-[:") || rest.contains("[:") { continue }
            let value = random.bytes(random.chance(70) ? bytes("abc") : alphabet + bytes("7X"), upTo: 6)
            let expected = fnmatch(text(pattern), text(value), 0) == 0
            #expect(
                ShellPattern(pattern).matches(value) == expected,
                "seed \(seed): \(text(pattern)) against \(text(value)) is \(expected)")
        }
    }

    @Test func noPatternTakesForEver() {
        let pattern = ShellPattern(bytes(String(repeating: "*a", count: 200) + "b"))
        #expect(!pattern.matches(Array(repeating: UInt8(ascii: "a"), count: 2000)))
    }

    @Test func anyBytesCanBeAPattern() {
        for seed in seeds(5000) {
            var random = SeededGenerator(seed: seed)
            let all: [UInt8] = Array(0...255) + bytes("[[[]]]**??\\\\--::")
            _ = ShellPattern(random.bytes(all, upTo: 30)).matches(random.bytes(all, upTo: 30))
        }
    }
}
