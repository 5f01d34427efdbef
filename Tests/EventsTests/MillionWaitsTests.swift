import Foundation
import Testing

@testable import Events

/// `SISKIN_WAITS=1000000` runs it at the size asked for.
@Suite(.serialized) struct MillionWaitsTests {
    private let asked = ProcessInfo.processInfo.environment["SISKIN_WAITS"].flatMap(Int.init)
    private var count: Int { asked ?? 50_000 }

    /// Of the whole process, so it says something only where no other test runs.
    private func residentBytes() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .ascii).split(separator: " ")
        return try #require(Int(fields[1])) * 4096
    }

    @Test func manyWaitsForTagsAreSmallAndFoundAtOnce() throws {
        let id = EventID(number: 7)
        let name = bytes("tag")
        let tags = (0..<count).map { Array(String(format: "siskin-%08x-%010d", $0 &* 2_654_435_761, $0).utf8) }
        var waits = Waits()
        var tickets: [Waits.Ticket] = []
        tickets.reserveCapacity(count)
        let before = try residentBytes()
        let clock = ContinuousClock()
        let adding = try clock.measure {
            for (owner, tag) in tags.enumerated() {
                let filter = try #require(EventFilter(name + [UInt8(ascii: "=")] + tag))
                let ticket = waits.add(
                    event: id, filters: [filter], owner: UInt64(owner), kind: .once, deadline: Int64(owner) + 1_000_000)
                tickets.append(try #require(ticket))
            }
        }
        let each = try (residentBytes() - before) / count
        var found = 0
        let finding = clock.measure {
            for (owner, tag) in tags.enumerated() where owner % 2 == 0 {
                let reply = Event(name: bytes("E_RPL"), attributes: [.init(name: name, value: .bytes(tag))])
                found += waits.onEvent(reply, id, now: 0).filter { $0.owner == UInt64(owner) }.count
            }
        }
        let removing = clock.measure {
            for owner in stride(from: 1, to: count, by: 4) { waits.remove(tickets[owner]) }
        }
        #expect(found == (count + 1) / 2)
        let left = waits.count
        #expect(left == count - found - (count + 2) / 4)
        #expect(waits.onTimer(now: .max).count == left)
        print(
            "\(count) waits: \(each) bytes each, added in \(adding), half found in \(finding), removed in \(removing)")
        if asked != nil { #expect(each <= 250) }
        #expect(waits.count == 0)
    }
}
