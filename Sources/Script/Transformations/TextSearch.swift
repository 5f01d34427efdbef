import SIP

/// `{s.index,text[,start]}` and `{s.rindex,...}`: where the text begins, counted from 0. A start is where it may begin
/// at the earliest or, for `rindex`, at the latest; negative ones count from the end.
@inline(never)
func findIndex(_ function: TransformationFunction, _ text: Bytes, _ arguments: TransformationArguments) -> Value {
    guard let needle = arguments.text(0), needle.count > 0, needle.count <= text.count else { return .null }
    var start: Int?
    if arguments.count > 1 {
        guard let number = arguments.number(1) else { return .null }
        start = number < 0 ? number &+ text.count : number
    }
    if function == .index {
        let start = start ?? 0
        guard start >= 0, start <= text.count else { return .null }
        let found = TextSearch(needle, arguments.scratch, isBackward: false)
            .distance(in: text[ByteRange(start, text.count)])
        return found.map { .number(Int32(truncatingIfNeeded: start &+ $0)) } ?? .null
    }
    let end = min(max(start ?? text.count, 0), text.count &- needle.count) &+ needle.count
    let found = TextSearch(needle, arguments.scratch, isBackward: true).distance(in: text[ByteRange(0, end)])
    return found.map { .number(Int32(truncatingIfNeeded: end &- $0 &- needle.count)) } ?? .null
}

/// Knuth, Morris and Pratt in either direction: linear, whatever the texts are.
private struct TextSearch {
    private let needle: Bytes
    private let isBackward: Bool
    /// For each start of the needle (end, when going backward): how much of it is repeated at its own end. 32 bits each.
    private let borders: UnsafeMutableRawPointer

    /// The needle is not empty.
    init(_ needle: Bytes, _ scratch: Arena, isBackward: Bool) {
        self.needle = needle
        self.isBackward = isBackward
        borders = UnsafeMutableRawPointer(scratch.allocate(needle.count &* 4))
        borders.storeBytes(of: 0, as: Int32.self)
        var matched = 0
        for k in 1..<max(needle.count, 1) {
            matched = extend(matched, with: byte(needle, k))
            borders.storeBytes(of: Int32(truncatingIfNeeded: matched), toByteOffset: k &* 4, as: Int32.self)
        }
    }

    /// How many bytes stand before the first match, in the direction of the search.
    func distance(in text: Bytes) -> Int? {
        var matched = 0
        for i in 0..<text.count {
            matched = extend(matched, with: byte(text, i))
            if matched == needle.count { return i &+ 1 &- matched }
        }
        return nil
    }

    @inline(__always)
    private func byte(_ text: Bytes, _ k: Int) -> UInt8 { isBackward ? text[text.count &- 1 &- k] : text[k] }

    /// How much of the needle is matched after one more byte.
    @inline(__always)
    private func extend(_ matched: Int, with next: UInt8) -> Int {
        var matched = matched
        while matched > 0, byte(needle, matched) != next {
            matched = Int(borders.loadUnaligned(fromByteOffset: (matched &- 1) &* 4, as: Int32.self))
        }
        return byte(needle, matched) == next ? matched &+ 1 : matched
    }
}
