/// A time recurrence of `check_time_rec`: a subset of RFC 2445 4.8.5, in wall-clock time of its zone.
///
///     [timezone|]dtstart|dtend|duration|freq|until|interval|byday|bymday|byyday|byweekno|bymonth
struct TimeRecurrence {
    enum Frequency: String { case daily, weekly, monthly, yearly }

    /// Which of the weekdays in the month or year, counted from either end; 0 where it is not said.
    struct Weekday: Hashable {
        var ordinal: Int
        /// 0 is Sunday.
        var day: Int
    }

    /// What the script gets for a recurrence that cannot be used.
    enum Failure: Int32, Error {
        /// A date, a month or the like that does not exist.
        case value = -1
        case syntax = -2
    }

    /// nil for the zone of the host.
    private(set) var zone: String?
    /// Seconds since 1970 by the wall clock; 0 where it is not given.
    private var start = 0
    /// In seconds; nil where neither an end nor a duration is given.
    private var duration: Int?
    private var frequency: Frequency?
    private var until: Int?
    private var interval = 1
    private var weekdays: [Weekday] = []
    private var monthDays: [Int] = []
    private var yearDays: [Int] = []
    private var weeks: [Int] = []
    private var months: [Int] = []

    init(_ text: String) throws(Failure) {
        var fields = text.split(separator: "|", omittingEmptySubsequences: false).map { String($0.trimmingBlanks) }
        // What does not begin like a date is a zone, even an empty one in front of more fields.
        if let first = fields.first, first.utf8.first.map({ $0 &- 48 < 10 }) != true {
            guard fields.count > 1 || first.isEmpty else { throw .syntax }
            zone = first.isEmpty ? nil : fields[0]
            fields.removeFirst()
        }
        guard fields.count <= 11 else { throw .syntax }
        let field = { (index: Int) -> String in index < fields.count ? fields[index] : "" }
        if !field(0).isEmpty { start = try TimeRecurrence.dateTime(field(0)) }
        if !field(1).isEmpty { duration = max(0, try TimeRecurrence.dateTime(field(1)) - start) }
        if !field(2).isEmpty { duration = try TimeRecurrence.duration(field(2)) }
        guard !field(3).isEmpty else { return }
        guard let frequency = Frequency(rawValue: field(3).lowercased()) else { throw .value }
        self.frequency = frequency
        if !field(4).isEmpty { until = try TimeRecurrence.dateTime(field(4)) }
        if !field(5).isEmpty {
            guard let number = Int(field(5)), (1...10_000).contains(number) else { throw .value }
            interval = number
        }
        weekdays = try TimeRecurrence.weekdays(field(6))
        monthDays = try TimeRecurrence.numbers(field(7), to: 31)
        yearDays = try TimeRecurrence.numbers(field(8), to: 366)
        weeks = try TimeRecurrence.numbers(field(9), to: 53)
        months = try TimeRecurrence.numbers(field(10), to: 12)
    }

    // MARK: Reading

    /// `YYYYMMDDThhmmss`
    private static func dateTime(_ text: String) throws(Failure) -> Int {
        let bytes = Array(text.utf8)
        guard bytes.count == 15, bytes[8] | 32 == UInt8(ascii: "t") else { throw .syntax }
        var digits = bytes
        digits.remove(at: 8)
        guard digits.allSatisfy({ $0 &- 48 < 10 }) else { throw .syntax }
        let number = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + Int($1 - 48) } }
        let date = CivilDate(year: number(0..<4), month: number(4..<6), day: number(6..<8))
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard (1...12).contains(date.month), date.day >= 1, date.day <= date.daysInMonth, hour < 24, minute < 60,
            second <= 60
        else { throw .value }
        return date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// `P1W2DT3H4M5S`; the letters P and T may be left out.
    private static func duration(_ text: String) throws(Failure) -> Int {
        var total = 0
        var number: Int?
        for byte in text.uppercased().utf8 {
            if byte &- 48 < 10 {
                number = (number ?? 0) * 10 + Int(byte - 48)
                guard (number ?? 0) < 1_000_000_000 else { throw .syntax }
                continue
            }
            let unit: Int
            switch byte {
            case UInt8(ascii: "P"), UInt8(ascii: "T"), UInt8(ascii: "+"):
                guard number == nil else { throw .syntax }
                continue
            case UInt8(ascii: "W"): unit = 604_800
            case UInt8(ascii: "D"): unit = 86_400
            case UInt8(ascii: "H"): unit = 3600
            case UInt8(ascii: "M"): unit = 60
            case UInt8(ascii: "S"): unit = 1
            default: throw .syntax
            }
            guard let count = number else { throw .syntax }
            total += count * unit
            number = nil
        }
        guard number == nil else { throw .syntax }
        return total
    }

    private static func weekdays(_ text: String) throws(Failure) -> [Weekday] {
        let names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
        var result: [Weekday] = []
        for item in text.split(separator: ",") {
            let word = String(item.trimmingBlanks).uppercased()
            guard let day = names.firstIndex(of: String(word.suffix(2))) else { throw .value }
            let sign = word.dropLast(2)
            guard let ordinal = sign.isEmpty ? 0 : Int(sign), (-53...53).contains(ordinal) else { throw .value }
            result.append(Weekday(ordinal: ordinal, day: day))
        }
        return result
    }

    /// Numbers from 1 up, or from -1 down where they count from the end.
    private static func numbers(_ text: String, to limit: Int) throws(Failure) -> [Int] {
        var result: [Int] = []
        for item in text.split(separator: ",") {
            guard let number = Int(item.trimmingBlanks), number != 0, abs(number) <= limit else { throw .value }
            result.append(number)
        }
        return result
    }

    // MARK: Checking

    /// Whether a time lies in one of the intervals.
    /// - Parameter time: seconds since 1970 by the wall clock of the zone.
    func contains(_ time: Int) -> Bool {
        guard time >= start else { return false }
        guard let frequency else { return duration.map { time - start < $0 } ?? true }
        if let until, time > until { return false }
        let day = TimeRecurrence.day(of: time)
        let timeOfDay = start - TimeRecurrence.day(of: start) * 86_400
        let reach = min(duration.map { $0 / 86_400 + 1 } ?? 366, TimeRecurrence.maximalReach)
        for back in 0...reach {
            let date = CivilDate(dayNumber: day - back)
            guard isOccurrence(date, frequency) else { continue }
            let begin = (day - back) * 86_400 + timeOfDay
            let end = duration.map { begin + $0 } ?? self.end(of: date, frequency)
            if begin >= start && begin <= time && time < end { return true }
        }
        return false
    }

    /// Days that an interval can reach back.
    private static let maximalReach = 3660

    private static func day(of time: Int) -> Int { time >= 0 ? time / 86_400 : -((86_399 - time) / 86_400) }

    /// Where an interval without a duration ends: with the unit that the rule counts in.
    private func end(of date: CivilDate, _ frequency: Frequency) -> Int {
        let day = date.dayNumber
        let days: Int
        if frequency == .daily || !weekdays.isEmpty || !monthDays.isEmpty || !yearDays.isEmpty {
            days = 1
        } else if frequency == .weekly || !weeks.isEmpty {
            days = 7 - date.weekday
        } else if frequency == .monthly || !months.isEmpty {
            days = date.daysInMonth - date.day + 1
        } else {
            days = date.daysInYear - date.dayOfYear + 1
        }
        return (day + days) * 86_400
    }

    private func isOccurrence(_ date: CivilDate, _ frequency: Frequency) -> Bool {
        let first = CivilDate(dayNumber: TimeRecurrence.day(of: start))
        let day = date.dayNumber
        guard day >= first.dayNumber else { return false }
        let periods: Int
        switch frequency {
        case .daily: periods = day - first.dayNumber
        case .weekly: periods = (monday(of: day) - monday(of: first.dayNumber)) / 7
        case .monthly: periods = (date.year - first.year) * 12 + date.month - first.month
        case .yearly: periods = date.year - first.year
        }
        guard periods % interval == 0 else { return false }
        return isListed(date, frequency) && isOnDay(date, of: first, frequency)
    }

    private func monday(of day: Int) -> Int { day - (CivilDate.weekday(day) + 6) % 7 }

    private func isListed(_ date: CivilDate, _ frequency: Frequency) -> Bool {
        let lists = [
            (months, date.month, date.month - 13),
            (monthDays, date.day, date.day - date.daysInMonth - 1),
            (yearDays, date.dayOfYear, date.dayOfYear - date.daysInYear - 1),
            (
                weeks, date.weekOfYear,
                date.weekOfYear - CivilDate(year: date.year, month: 12, day: 31).weekOfYear - 1
            ),
        ]
        for (numbers, forward, backward) in lists where !numbers.isEmpty {
            guard numbers.contains(forward) || numbers.contains(backward) else { return false }
        }
        return weekdays.isEmpty || weekdays.contains { isOn($0, date, frequency) }
    }

    /// Monthly and yearly rules mean the first such day where they do not say which: RFC 2445 has every one of them, but
    /// OpenSIPS has not.
    private func isOn(_ weekday: Weekday, _ date: CivilDate, _ frequency: Frequency) -> Bool {
        guard weekday.day == date.weekday else { return false }
        guard frequency == .monthly || frequency == .yearly else { return true }
        let ordinal = date.ordinal(inYear: frequency == .yearly && months.isEmpty)
        let wanted = weekday.ordinal == 0 ? 1 : weekday.ordinal
        return wanted == ordinal.first || wanted == ordinal.last
    }

    /// Where no list says which day it is, the first interval does.
    private func isOnDay(_ date: CivilDate, of first: CivilDate, _ frequency: Frequency) -> Bool {
        if !weekdays.isEmpty || !monthDays.isEmpty || !yearDays.isEmpty { return true }
        switch frequency {
        case .daily: return true
        case .weekly: return date.weekday == first.weekday
        case .monthly: return date.day == first.day
        case .yearly:
            if !weeks.isEmpty { return date.weekday == first.weekday }
            return date.day == first.day && (!months.isEmpty || date.month == first.month)
        }
    }
}
