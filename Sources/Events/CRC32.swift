/// The checksum of ISO 3309 and zlib: polynomial 0xEDB88320, reflected, inverted at both ends.
struct CRC32: Sendable {
    private var register: UInt32

    /// - Parameter seed: the checksum of what came before, 0 for nothing.
    init(seed: UInt32 = 0) {
        register = ~seed
    }

    var value: UInt32 { ~register }

    mutating func update(_ bytes: [UInt8]) { update(bytes[...]) }

    mutating func update(_ bytes: ArraySlice<UInt8>) {
        var register = register
        bytes.withUnsafeBufferPointer { bytes in
            CRC32.table.withUnsafeBufferPointer { table in
                var place = 0
                while place < bytes.count {
                    register = register >> 8 ^ table[Int((register ^ UInt32(bytes[place])) & 0xFF)]
                    place += 1
                }
            }
        }
        self.register = register
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
}
