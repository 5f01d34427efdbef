import Testing

@testable import Node

@Suite struct AgendaTests {
    @Test func `actions come in the order of their times, and of their adding where times are equal`() {
        var agenda = Agenda()
        var done: [String] = []
        for (time, name) in [(5, "e"), (1, "a"), (3, "c"), (1, "b"), (3, "d")] {
            _ = agenda.add(at: Nanoseconds(time)) { done.append(name) }
        }
        while let due = agenda.take(due: 4) { due.action() }
        #expect(done == ["a", "b", "c", "d"])
        #expect(agenda.next == 5)
    }

    @Test func `a timer that ran or was cancelled is harmless, even when its place is used again`() {
        var agenda = Agenda()
        var done: [String] = []
        let first = agenda.add(at: 1) { done.append("first") }
        agenda.cancel(first)
        agenda.cancel(first)
        #expect(agenda.take(due: 10)?.time == nil)
        let second = agenda.add(at: 2) { done.append("second") }
        #expect(first != second)
        agenda.cancel(first)
        agenda.take(due: 10)?.action()
        agenda.cancel(second)
        agenda.cancel(Timer(id: 0))
        agenda.cancel(Timer(id: .max))
        #expect(done == ["second"])
    }

    @Test func `what is added while actions run waits for the next round`() {
        var agenda = Agenda()
        _ = agenda.add(at: 1) {}
        let limit = agenda.sequence
        _ = agenda.add(at: 0) {}
        #expect(agenda.take(due: 1, addedUpTo: limit) == nil)
        #expect(agenda.take(due: 1)?.time == 0)
    }

    @Test func `an owner's actions can be removed, or held and given back with their timers`() {
        var agenda = Agenda()
        var done: [Int] = []
        var timers: [Timer] = []
        for number in 0..<10 {
            timers.append(agenda.add(at: Nanoseconds(number), owner: UInt32(number % 3)) { done.append(number) })
        }
        let held = agenda.hold(0)
        agenda.cancel(timers[3])
        agenda.removeAll(of: 1)
        while let due = agenda.take(due: 100) { due.action() }
        #expect(done == [2, 5, 8])
        agenda.restore(held)
        while let due = agenda.take(due: 100) { due.action() }
        #expect(done == [2, 5, 8, 0, 6, 9])
    }

    @Test func `any schedule of adding, cancelling and taking agrees with a sorted list`() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = HostTestRandom(state: seed)
        var agenda = Agenda()
        var model: [(time: Nanoseconds, number: Int, timer: Timer)] = []
        var taken: [Int] = []
        for number in 0..<50_000 {
            switch random.next() % 8 {
            case 0..<4:
                let time = Nanoseconds(random.next() % 1000)
                model.append((time, number, agenda.add(at: time) { taken.append(number) }))
            case 4..<7 where !model.isEmpty:
                let gone = model.remove(at: Int(random.next() % UInt64(model.count)))
                agenda.cancel(gone.timer)
            default:
                let expected = model.min { ($0.time, $0.number) < ($1.time, $1.number) }
                #expect(agenda.next == expected?.time, "seed \(seed)")
                agenda.take(due: .max)?.action()
                #expect(taken.last == expected?.number || expected == nil, "seed \(seed)")
                model.removeAll { $0.number == expected?.number }
            }
        }
        #expect(agenda.count < 2 * model.count + 130, "cancelled entries are swept out")
    }
}
