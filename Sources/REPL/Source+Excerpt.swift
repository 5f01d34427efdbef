import Syntax

extension Source {
    /// The line of a place with its number and a sign, and some lines around it of the same file. Where the place is not
    /// the beginning of its line, a caret is under it.
    func excerpt(around offset: Int32, count: Int) -> [String] {
        let place = location(of: offset)
        let own = line(around: offset)
        var lines = [(number: place.line, range: own)]
        var range = own
        for number in stride(from: place.line - 1, to: max(0, place.line - 1 - count), by: -1) {
            range = line(around: Int32(range.lowerBound - 1))
            lines.insert((number, range), at: 0)
        }
        range = own
        for number in (place.line + 1)..<(place.line + 1 + count) {
            guard let end = bytes[range.upperBound...].firstIndex(of: UInt8(ascii: "\n")), end + 1 < bytes.count,
                location(of: Int32(end + 1)) == Location(file: place.file, line: number, column: 1)
            else { break }
            range = line(around: Int32(end + 1))
            lines.append((number, range))
        }
        let width = String(lines.last?.number ?? 0).count
        return lines.flatMap { number, range -> [String] in
            let isOwn = number == place.line
            let digits = String(repeating: " ", count: width - String(number).count) + String(number)
            let text = "\(isOwn ? ">" : " ") \(digits) | \(String(decoding: bytes[range], as: UTF8.self))"
            let before = bytes[range.lowerBound..<max(range.lowerBound, Int(offset))]
            guard isOwn, before.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else {
                return [text]
            }
            // Tabs stay tabs, so that the caret is where the text is.
            let blanks = before.map { $0 == UInt8(ascii: "\t") ? $0 : UInt8(ascii: " ") }
            let margin = String(repeating: " ", count: width + 5)
            return [text, margin + String(decoding: blanks, as: UTF8.self) + "^"]
        }
    }
}
