/// Byte strings that come again and again, such as the names of attributes: kept as arrays, so that they are not copied
/// each time. Words that share a place push one another out.
struct WordCache {
    private var words: [[UInt8]] = Array(repeating: [], count: 64)
    /// Longer ones are not kept.
    private static let longest = 64

    mutating func array(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard let first = text.first, let last = text.last, text.count <= WordCache.longest else { return Array(text) }
        let place = (text.count &* 31 &+ Int(first) &* 7 &+ Int(last)) & 63
        if words[place].elementsEqual(text) { return words[place] }
        let word = Array(text)
        words[place] = word
        return word
    }
}
