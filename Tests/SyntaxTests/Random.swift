import Foundation

/// A small generator of numbers that a seed reproduces.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// What the environment says about random tests.
enum Setting {
    /// `SISKIN_SEED`; the same inputs in every run unless it is given.
    static var seed: UInt64 { ProcessInfo.processInfo.environment["SISKIN_SEED"].flatMap(UInt64.init) ?? 1 }

    static func count(_ name: String, _ usual: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
    }
}
