/// The checksum of ISO 3309 and zlib: polynomial 0xEDB88320, reflected, inverted at both ends.
struct CRC32: Sendable {
    private var register: UInt32

    /// - Parameter seed: the checksum of what came before, 0 for nothing.
    init(seed: UInt32 = 0) {
        register = ~seed
    }

    var value: UInt32 { ~register }

    mutating func update(_ bytes: some Sequence<UInt8>) {
        let table = CRC32.table
        for byte in bytes { register = register >> 8 ^ table[Int((register ^ UInt32(byte)) & 0xFF)] }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
}
