import Foundation
import Testing

@testable import Node

@Suite struct TimeRecurrenceTests {
    private func seconds(_ text: String) throws -> Int {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "UTC")
        format.dateFormat = "yyyyMMdd'T'HHmmss"
        return Int(try #require(format.date(from: text)).timeIntervalSince1970)
    }

    @Test func `recurrences hold as recorded`() throws {
        for (recurrence, time, code) in RecurrenceRecordings.rows {
            let now = try seconds(time)
            let found: Int32
            do throws(TimeRecurrence.Failure) {
                found = try RecurrenceExpression(recurrence).contains { _ in now } ? 1 : -1
            } catch {
                found = error.rawValue
            }
            // The function itself answers for the empty text.
            if !recurrence.isEmpty { #expect(found == code, "\(recurrence) at \(time)") }
        }
    }

    @Test(arguments: [
        ("20200101T090000|20200101T170000||YEARLY|||||-1", ["20201231", "20211231"]),
        ("20200101T090000|20200101T170000||YEARLY|||1MO||||5", ["20200504", "20210503"]),
        ("20200101T090000|20200101T170000||MONTHLY|||2MO,-1FR|||", ["20200113", "20200131", "20200210"]),
        ("20200229T090000|20200229T170000||YEARLY", ["20200229", "20240229"]),
        ("20200101T090000|20200101T170000||YEARLY||||||10", ["20200304", "20210303"]),
        ("20200101T090000|20200101T170000||DAILY||100", ["20200101", "20200410", "20200719", "20201027", "20210204"]),
        ("20200101T090000|20200103T170000||MONTHLY||||28", ["20200128", "20200129", "20200130", "20200228"]),
    ])
    func `the days of a recurrence`(recurrence: String, days: [String]) throws {
        let expression = try RecurrenceExpression(recurrence)
        let first = try seconds("20200101T100000")
        let found = (0..<2000).map { first + $0 * 86_400 }.filter { time in expression.contains { _ in time } }
        #expect(try days.map { try seconds($0 + "T100000") } == Array(found.prefix(days.count)))
    }

    @Test func `zones come from the zone database`() throws {
        // Two hours east of UTC, three from 2020-03-29 01:00 to 2020-10-25 01:00 UTC, in both versions of the format.
        let transitions = [1_585_443_600, 1_603_587_600]
        for version in [UInt8(0), UInt8(ascii: "2")] {
            let file = try #require(ZoneFile(zone(version, transitions, offsets: [7200, 10_800], indexes: [1, 0])))
            #expect(file.offset(at: 0) == 7200)
            #expect(file.offset(at: transitions[0] - 1) == 7200)
            #expect(file.offset(at: transitions[0]) == 10_800)
            #expect(file.offset(at: transitions[1]) == 7200)
        }
        let story = try ModuleStory(
            """
            loadmodule "cfgutils.so"
            startup_route {
              if (check_time_rec("Europe/Bucharest|20200101T000000|20200101T120000||DAILY", 1591000000)) xlog("@@ yes\\n");
              if (check_time_rec("Nowhere|20200101T000000|20200101T120000||DAILY", 1591000000)) xlog("@@ yes, UTC\\n");
              check_time_rec("../../etc/passwd|20200101T000000|20200101T120000||DAILY", 1591000000); xlog("@@ $rc\\n");
            }
            """)
        story.host.disk["/usr/share/zoneinfo/Europe/Bucharest"] =
            zone(0, transitions, offsets: [7200, 10_800], indexes: [1, 0])
        // 08:26:40 UTC
        #expect(try story.start().said == ["yes", "yes, UTC", "1"])
    }

    private func zone(_ version: UInt8, _ transitions: [Int], offsets: [Int], indexes: [UInt8]) -> [UInt8] {
        func body(_ size: Int, _ transitions: [Int], _ indexes: [UInt8]) -> [UInt8] {
            let counts = [0, 0, 0, transitions.count, offsets.count, 4]
            var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
            for count in counts { bytes += number(count, 4) }
            for transition in transitions { bytes += number(transition, size) }
            bytes += indexes
            for offset in offsets { bytes += number(offset, 4) + [0, 0] }
            return bytes + Array("ABC\0".utf8)
        }
        return version == 0 ? body(4, transitions, indexes) : body(4, [], []) + body(8, transitions, indexes)
    }

    private func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * (size - 1 - $0))) }
    }

    @Test(arguments: [
        ("EST5EDT,M3.2.0,M11.1.0", "America/New_York"), ("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "Australia/Sydney"), ("<-03>3", "America/Sao_Paulo"),
        ("IST-5:30", "Asia/Kolkata"), ("IST-2IDT,M3.4.4/26,M10.5.0", "Asia/Jerusalem"),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "Australia/Lord_Howe"),
    ])
    func `the rule of a zone gives the offsets that Foundation knows`(rule: String, name: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        let read = try #require(ZoneRule(rule.utf8))
        let start = try seconds("20260101T000000")
        for hours in 0..<(365 * 24 * 3) {
            let time = start + hours * 3600 + 60
            let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(time)))
            try #require(read.offset(at: time) == offset, "\(name) at \(time)")
        }
    }

    @Test(arguments: ["", "X", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,J0,J1", "<EST5"])
    func `what is no rule is refused`(text: String) { #expect(ZoneRule(text.utf8) == nil) }

    @Test func `a file without transitions goes by its rule`() throws {
        var bytes = zone(UInt8(ascii: "2"), [1_000_000_000], offsets: [7200, 3600], indexes: [1])
        bytes += Array("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)
        let file = try #require(ZoneFile(bytes))
        #expect(file.offset(at: 0) == 7200)
        #expect(try file.offset(at: seconds("20300701T000000")) == 7200)
        #expect(try file.offset(at: seconds("20301201T000000")) == 3600)
    }

    @Test func `damaged zone files never break the reader`() {
        var random = ModuleRandom()
        let source =
            zone(UInt8(ascii: "2"), [1, 2, 3], offsets: [0, 3600], indexes: [0, 1, 0])
            + Array("\nCET-1CEST,M3.5.0,J10/3\n".utf8)
        for _ in 0..<ModuleRandom.rounds(20_000) {
            var bytes = source
            for _ in 0...random.below(6) { random.damage(&bytes, alphabet: [0, 1, 2, 255, 127, 128, 10, 44, 48, 57]) }
            _ = ZoneFile(bytes)?.offset(at: random.below(5))
        }
    }

    @Test func `damaged recurrences never break the reader`() {
        var random = ModuleRandom()
        let source = Array(
            "(A/B|20200101T090000|20200101T170000|P1D|WEEKLY|20300101T000000|2|MO,-1FR|1,-1|60|10|5) & !(".utf8)
        for _ in 0..<ModuleRandom.rounds(20_000) {
            var bytes = source
            for _ in 0...random.below(6) { random.damage(&bytes, alphabet: Array("|&/!()0123456789TPDWHM-,".utf8)) }
            let time = random.below(1 << 32)
            guard let text = String(validating: bytes, as: UTF8.self), let read = try? RecurrenceExpression(text) else {
                continue
            }
            _ = read.contains { _ in time }
        }
    }

    @Test func `dates and days count each other`() {
        var random = ModuleRandom()
        for day in [0, -1, 11_016, 11_017, -719_468, 2_932_896]
            + (0..<2000).map({ _ in random.below(4_000_000) - 1_000_000 })
        {
            let date = CivilDate(dayNumber: day)
            #expect(date.dayNumber == day)
            #expect((1...date.daysInMonth).contains(date.day) && (1...12).contains(date.month))
            #expect((1...date.daysInYear).contains(date.dayOfYear))
            #expect((1...54).contains(date.weekOfYear))
        }
        #expect(CivilDate(year: 2000, month: 3, day: 1).dayNumber == 11_017)
        #expect(CivilDate(year: 2026, month: 11, day: 21).weekday == 6)
    }
}
