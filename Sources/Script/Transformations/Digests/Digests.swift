/// Digests of bytes, for modules.
package enum Digests {
    package static func md5(_ input: [UInt8]) -> [UInt8] { digest(MD5(), 16, input) }
    package static func sha1(_ input: [UInt8]) -> [UInt8] { digest(SHA1(), 20, input) }

    private static func digest<State: Compression>(_ state: State, _ count: Int, _ input: [UInt8]) -> [UInt8] {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: State.blockCount) { block in
            [UInt8](unsafeUninitializedCapacity: 64) { output, initialized in
                guard let block = block.baseAddress, let target = output.baseAddress else { return }
                var digest = Digest(state, block: block)
                input.withUnsafeBufferPointer { digest.update($0) }
                digest.finish(to: target)
                initialized = count
            }
        }
    }
}
