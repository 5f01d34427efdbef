import Foundation

/// SplitMix64. The seed of a failing case is in its message; `SISKIN_SEED=<seed>` runs that case alone.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

    mutating func bytes(_ alphabet: [UInt8], upTo length: Int) -> [UInt8] {
        (0..<below(length + 1)).map { _ in pick(alphabet) }
    }
}

/// The seeds of a property test. `SISKIN_SCALE=<n>` multiplies their number.
func seeds(_ count: Int) -> [UInt64] {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["SISKIN_SEED"].flatMap(UInt64.init) { return [seed] }
    let scale = environment["SISKIN_SCALE"].flatMap(Int.init) ?? 1
    return (0..<UInt64(count * scale)).map { 0x5151_0000 + $0 }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
