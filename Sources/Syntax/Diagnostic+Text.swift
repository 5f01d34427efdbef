/// Pieces of scripts inside of messages: printable and short.
extension Diagnostic {
    /// The text between two offsets in single quotes.
    static func quote(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> String {
        "'\(clip(text, start, end))'"
    }

    /// The text between two offsets, cut off at 40 bytes, with `?` for what does not print.
    static func clip(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> String {
        let start = min(max(start, 0), text.count)
        let end = min(max(end, start), text.count)
        let shown = min(end, start + 40)
        let printable = text[start..<shown].map { $0 >= 32 && $0 < 127 ? $0 : UInt8(ascii: "?") }
        return String(decoding: printable, as: UTF8.self) + (shown < end ? "..." : "")
    }
}
