/// Days and their dates in the Gregorian calendar. A time here is wall-clock seconds since 1970 of some zone.
struct CivilDate: Hashable {
    var year: Int
    /// 1 to 12
    var month: Int
    /// 1 to 31
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The date of a day counted from 1970-01-01; the year is taken to begin in March, so that the leap day is last.
    init(dayNumber: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Counted from 1970-01-01.
    var dayNumber: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// 0 is Sunday.
    var weekday: Int { CivilDate.weekday(dayNumber) }

    static func weekday(_ dayNumber: Int) -> Int { ((dayNumber + 4) % 7 + 7) % 7 }

    var isLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    var daysInYear: Int { isLeapYear ? 366 : 365 }

    var daysInMonth: Int {
        switch month {
        case 2: isLeapYear ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// 1 to 366
    var dayOfYear: Int { dayNumber - CivilDate(year: year, month: 1, day: 1).dayNumber + 1 }

    /// Weeks begin on Mondays, and the first one holds January 1st.
    var weekOfYear: Int {
        let firstWeekday = (CivilDate(year: year, month: 1, day: 1).weekday + 6) % 7
        return (dayOfYear - 1 + firstWeekday) / 7 + 1
    }

    /// Of the days with this weekday in the month or the year: which one, from the start and from the end (-1 the last).
    func ordinal(inYear: Bool) -> (first: Int, last: Int) {
        let position = inYear ? dayOfYear : day
        let count = inYear ? daysInYear : daysInMonth
        return ((position - 1) / 7 + 1, -((count - position) / 7 + 1))
    }
}
