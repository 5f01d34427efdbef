import Foundation

/// SplitMix64, from the seed in `SISKIN_SEED` or a new one; failures print it.
struct SeededRandom: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init(_ seed: UInt64? = nil) {
        let given = ProcessInfo.processInfo.environment["SISKIN_SEED"].flatMap { UInt64($0) }
        self.seed = seed ?? given ?? UInt64.random(in: 0...999_999)
        state = self.seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z &>> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z &>> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z &>> 31
    }

    mutating func bytes(upTo count: Int, from alphabet: [UInt8]) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in alphabet.randomElement(using: &self)! }
    }

    /// How many rounds to fuzz: `SISKIN_FUZZ`, else the number given.
    static func rounds(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["SISKIN_FUZZ"].flatMap { Int($0) } ?? usual
    }
}
