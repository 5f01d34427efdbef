/// SHA-1 (FIPS 180-4, 6.1).
struct SHA1: Compression {
    private var state = SIMD4<UInt32>(0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476)
    private var last: UInt32 = 0xc3d2_e1f0

    static var blockCount: Int { 64 }
    static var lengthCount: Int { 8 }
    static var isBigEndian: Bool { true }

    mutating func compress(_ block: UnsafePointer<UInt8>) {
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], last)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { w in
            for i in 0..<16 { w[i] = block.bigEndian(i) }
            for i in 16..<80 {
                w[i] = (w[i &- 3] ^ w[i &- 8] ^ w[i &- 14] ^ w[i &- 16]).rotatedLeft(1)
            }
            for i in 0..<80 {
                let f: UInt32
                let constant: UInt32
                switch i {
                case ..<20: (f, constant) = ((b & c) | (~b & d), 0x5a82_7999)
                case ..<40: (f, constant) = (b ^ c ^ d, 0x6ed9_eba1)
                case ..<60: (f, constant) = ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc)
                default: (f, constant) = (b ^ c ^ d, 0xca62_c1d6)
                }
                let next = a.rotatedLeft(5) &+ f &+ e &+ constant &+ w[i]
                (e, d, c, b, a) = (d, c, b.rotatedLeft(30), a, next)
            }
        }
        state = state &+ SIMD4(a, b, c, d)
        last = last &+ e
    }

    func write(to target: UnsafeMutablePointer<UInt8>) {
        for i in 0..<4 { target.store(bigEndian: state[i], at: i) }
        target.store(bigEndian: last, at: 4)
    }
}
