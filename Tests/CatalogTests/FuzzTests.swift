import Testing

@testable import Catalog

/// A small generator whose runs can be repeated from the seed it prints.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// Data edited by hand can be wrong; reading it must not stop the program.
@Suite struct FuzzTests {
    private static let seed = UInt64.random(in: 0 ... .max)

    private func damaged(_ text: Substring, _ random: inout SplitMix) -> Substring {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert("()[]<>=?!^*@+%:;,#|./ \n24".utf8.randomElement(using: &random) ?? 0, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return Substring(String(decoding: bytes, as: UTF8.self))
    }

    @Test func damagedModules() {
        print("seed", Self.seed)
        var random = SplitMix(state: Self.seed)
        for name in Catalog.moduleNames {
            guard let block = Catalog.block(named: name) else { continue }
            for line in block.split(separator: "\n") {
                for _ in 0..<5 { _ = ModuleReader(block: damaged(line, &random)).facts }
            }
        }
    }

    @Test func damagedLanguageAndHistory() {
        print("seed", Self.seed)
        var random = SplitMix(state: Self.seed)
        for _ in 0..<10 {
            for line in Catalog.wholeText(languageFacts).split(separator: "\n") {
                _ = LanguageReader(text: damaged(line, &random)).facts
            }
            for line in Catalog.wholeText(historyFacts).split(separator: "\n") {
                _ = HistoryReader(text: "syntax x\n" + damaged(line, &random)).history
            }
        }
    }
}
