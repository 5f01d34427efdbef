/// The rule of a zone for the years to come, `EST5EDT,M3.2.0,M11.1.0` (POSIX.1-2017 8.3, with the hours of RFC 8536 3.3.1).
struct ZoneRule {
    /// A day of each year and a time of it, by the clock that holds until then.
    private struct Change {
        enum Day {
            /// `M3.2.0`: the second Sunday of March; week 5 is the last.
            case weekday(month: Int, week: Int, day: Int)
            /// `J60`: counted from 1, and never February 29th
            case julian(Int)
            /// `59`: counted from 0
            case ordinal(Int)
        }

        var day: Day
        /// Seconds, -167 to 167 hours
        var time: Int

        /// In seconds since 1970, by the clock.
        func moment(in year: Int) -> Int {
            let newYear = CivilDate(year: year, month: 1, day: 1)
            let number: Int
            switch day {
            case .ordinal(let day): number = newYear.dayNumber + day
            case .julian(let day): number = newYear.dayNumber + day - 1 + (newYear.isLeapYear && day >= 60 ? 1 : 0)
            case .weekday(let month, let week, let weekday):
                let first = CivilDate(year: year, month: month, day: 1)
                let inFirstWeek = (weekday - first.weekday + 7) % 7 + 1
                let day = inFirstWeek + (week - 1) * 7
                number = first.dayNumber + (day > first.daysInMonth ? day - 7 : day) - 1
            }
            return number * 86_400 + time
        }
    }

    /// In seconds east of UTC.
    private var standard: Int
    private var summer: Int?
    private var start = Change(day: .ordinal(0), time: 0)
    private var end = Change(day: .ordinal(0), time: 0)

    /// Nil where the text is no rule.
    init?(_ text: some Sequence<UInt8>) {
        var reader = Reader(text: Array(text))
        guard reader.name(), let offset = reader.time(maximalHours: 24) else { return nil }
        standard = -offset
        guard !reader.isAtEnd else { return }
        guard reader.name() else { return nil }
        // Without a number summer time is an hour ahead.
        if reader.next == UInt8(ascii: ",") {
            summer = standard + 3600
        } else {
            guard let offset = reader.time(maximalHours: 24) else { return nil }
            summer = -offset
        }
        guard let start = reader.change(), let end = reader.change(), reader.isAtEnd else { return nil }
        self.start = start
        self.end = end
    }

    /// Seconds east of UTC at a time, in seconds since 1970.
    func offset(at time: Int) -> Int {
        guard let summer else { return standard }
        let local = time + standard
        let year = CivilDate(dayNumber: local >= 0 ? local / 86_400 : -((86_399 - local) / 86_400)).year
        let begin = start.moment(in: year) - standard
        let finish = end.moment(in: year) - summer
        // South of the equator summer goes over New Year.
        let isSummer = begin < finish ? (begin..<finish).contains(time) : !(finish..<begin).contains(time)
        return isSummer ? summer : standard
    }

    private struct Reader {
        let text: [UInt8]
        var position = 0

        var next: UInt8 { position < text.count ? text[position] : 0 }
        var isAtEnd: Bool { position == text.count }

        /// Passes letters, or anything between angle brackets.
        mutating func name() -> Bool {
            let start = position
            if next == UInt8(ascii: "<") {
                while !isAtEnd, next != UInt8(ascii: ">") { position += 1 }
                guard !isAtEnd else { return false }
                position += 1
                return true
            }
            while (next | 32) &- UInt8(ascii: "a") < 26 { position += 1 }
            return position - start >= 3
        }

        mutating func pass(_ byte: UInt8) -> Bool {
            guard next == byte else { return false }
            position += 1
            return true
        }

        mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let start = position
            var value = 0
            while next &- 48 < 10, position - start < 3 {
                value = value * 10 + Int(next - 48)
                position += 1
            }
            return position > start && range.contains(value) ? value : nil
        }

        /// `[+-]h[:m[:s]]` in seconds
        mutating func time(maximalHours: Int) -> Int? {
            let isNegative = pass(UInt8(ascii: "-"))
            if !isNegative { _ = pass(UInt8(ascii: "+")) }
            guard var seconds = number(0...maximalHours).map({ $0 * 3600 }) else { return nil }
            for unit in [60, 1] where pass(UInt8(ascii: ":")) {
                guard let value = number(0...59) else { return nil }
                seconds += value * unit
            }
            return isNegative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            guard pass(UInt8(ascii: ",")) else { return nil }
            let day: Change.Day
            if pass(UInt8(ascii: "M")) {
                guard let month = number(1...12), pass(UInt8(ascii: ".")), let week = number(1...5),
                    pass(UInt8(ascii: ".")), let weekday = number(0...6)
                else { return nil }
                day = .weekday(month: month, week: week, day: weekday)
            } else if pass(UInt8(ascii: "J")) {
                guard let number = number(1...365) else { return nil }
                day = .julian(number)
            } else {
                guard let number = number(0...365) else { return nil }
                day = .ordinal(number)
            }
            guard pass(UInt8(ascii: "/")) else { return Change(day: day, time: 7200) }
            return time(maximalHours: 167).map { Change(day: day, time: $0) }
        }
    }
}
