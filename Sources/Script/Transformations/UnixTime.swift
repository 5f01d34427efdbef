import SIP

/// Seconds since 1970 of a date as SIP has it (RFC 3261, 20.17): `Thu, 13 Jun 2024 12:48:00 GMT`. Lenient as
/// `strptime`: full names, one-digit numbers, more blanks; the day of the week need not fit. Days and seconds that a
/// month or minute does not have run over into the next.
/// - Returns: nil for everything else.
func unixTime(_ text: Bytes) -> Int64? {
    var reader = DateReader(text)
    guard reader.name(weekdays) != nil, reader.byte(UInt8(ascii: ",")) else { return nil }
    guard let day = reader.number(1...31, digits: 2), reader.blank(),
        let month = reader.name(months), reader.blank(),
        let year = reader.number(0...9999, digits: 4), reader.blank(),
        let hour = reader.number(0...23, digits: 2), reader.byte(UInt8(ascii: ":")),
        let minute = reader.number(0...59, digits: 2), reader.byte(UInt8(ascii: ":")),
        let second = reader.number(0...61, digits: 2), reader.blank(), reader.literal("GMT")
    else { return nil }
    let days = daysSinceEpoch(year: year, month: month + 1, day: day)
    return Int64(((days &* 24 &+ hour) &* 60 &+ minute) &* 60 &+ second)
}

private let weekdays: [StaticString] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
private let months: [StaticString] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]

/// In the Gregorian calendar, with years that start in March so that the leap day comes last.
private func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year &- 1
    let era = (shifted >= 0 ? shifted : shifted &- 399) / 400
    let yearOfEra = shifted &- era &* 400
    let dayOfYear = (153 &* (month > 2 ? month &- 3 : month &+ 9) &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
}

private struct DateReader {
    private let text: Bytes
    private var position = 0

    init(_ text: Bytes) { self.text = text }

    /// The index of the name that stands here, in full or its first three letters, in either case.
    mutating func name(_ names: [StaticString]) -> Int? {
        var end = position
        while end < text.count, text[end].isLetter { end &+= 1 }
        let word = text[ByteRange(position, end)]
        for (index, name) in names.enumerated() where word.count >= 3 {
            let full = name.bytes
            let short = full[ByteRange(0, 3)]
            if word.equalsIgnoringCase(full) || word.equalsIgnoringCase(short) {
                position = end
                return index
            }
        }
        return nil
    }

    /// A number, blanks before it allowed.
    mutating func number(_ range: ClosedRange<Int>, digits: Int) -> Int? {
        while position < text.count, text[position].isBlank { position &+= 1 }
        let start = position
        var value = 0
        while position < text.count, position &- start < digits, text[position].isDigit {
            value = value &* 10 &+ Int(text[position] &- UInt8(ascii: "0"))
            position &+= 1
        }
        return position > start && range.contains(value) ? value : nil
    }

    mutating func byte(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position &+= 1
        return true
    }

    /// At least one blank.
    mutating func blank() -> Bool {
        let start = position
        while position < text.count, text[position].isBlank { position &+= 1 }
        return position > start
    }

    mutating func literal(_ literal: StaticString) -> Bool {
        for byte in literal.bytes where !self.byte(byte) { return false }
        return true
    }
}
