import Foundation

/// SplitMix64, from the seed in `SISKIN_SEED` or a new one; failures print it.
struct ModuleRandom: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init() {
        let given = ProcessInfo.processInfo.environment["SISKIN_SEED"].flatMap { UInt64($0) }
        seed = given ?? UInt64.random(in: 0...999_999)
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z &>> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z &>> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z &>> 31
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    mutating func flip() -> Bool { next() & 1 == 0 }

    /// Changes, drops, adds or moves a few bytes.
    mutating func damage(_ text: inout [UInt8], alphabet: [UInt8]) {
        let position = below(text.count + 1)
        switch below(5) {
        case 0 where position < text.count: text[position] = alphabet[below(alphabet.count)]
        case 1 where position < text.count: text.remove(at: position)
        case 2: text.insert(alphabet[below(alphabet.count)], at: position)
        case 3: text.removeLast(text.count - position)
        default: text.insert(contentsOf: text[..<position], at: below(text.count + 1))
        }
        if text.count > 400 { text.removeLast(text.count - 400) }
    }

    /// How many rounds to fuzz: `SISKIN_FUZZ`, else the number given.
    static func rounds(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["SISKIN_FUZZ"].flatMap { Int($0) } ?? usual
    }
}
