import Testing

/// SplitMix64: small, and the same on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// Compares line by line and shows the first place where the two differ.
func expectSame(
    _ actual: [String], _ expected: [String], _ about: String, location: SourceLocation = #_sourceLocation
) {
    for index in 0..<max(actual.count, expected.count) {
        let (a, e) = (
            index < actual.count ? actual[index] : "nothing", index < expected.count ? expected[index] : "nothing"
        )
        if a != e {
            Issue.record("\(about), line \(index)\n  is:     \(a)\n  wanted: \(e)", sourceLocation: location)
            return
        }
    }
}
