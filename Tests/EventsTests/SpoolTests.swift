import Testing

@testable import Events

private func event(_ number: Int, _ random: inout SeededGenerator) -> Event {
    Event(
        name: bytes("E_\(number)"),
        attributes: (0..<random.below(4)).map { _ in
            .init(
                name: random.chance(50) ? random.bytes(Array(0...255), upTo: 6) : nil,
                value: random.chance(50)
                    ? .integer(Int(truncatingIfNeeded: random.next())) : .bytes(random.bytes(Array(0...255), upTo: 20)))
        })
}

/// A file, and what is in the spool after each of its records.
private struct Written {
    var file: [UInt8]
    /// The length of the file after each record, and the events in it then.
    var states: [(length: Int, live: [SpooledEvent])]

    init(_ records: Int, _ random: inout SeededGenerator) throws {
        var spool = Spool(salt: random.next())
        var live: [SpooledEvent] = []
        file = spool.header
        states = [(file.count, [])]
        for index in 0..<records {
            if !live.isEmpty, random.chance(40) {
                let done = live.remove(at: random.below(live.count))
                file += spool.acknowledge(done.number)
            } else {
                let event = event(index, &random)
                let (number, bytes) = try spool.append(event, raisedAt: Int64(index) * 1000)
                live.append(SpooledEvent(number: number, raisedAt: Int64(index) * 1000, event: event))
                file += bytes
            }
            states.append((file.count, live))
            guard spool.length == file.count, spool.count == live.count else { throw SpoolTests.Mismatch() }
        }
    }

    /// What a file cut at a length holds.
    func state(at length: Int) -> (length: Int, live: [SpooledEvent]) {
        states.last { $0.length <= length } ?? (0, [])
    }
}

@Suite struct SpoolTests {
    struct Mismatch: Error {}

    @Test func theChecksumIsTheUsualOne() {
        var checksum = CRC32()
        checksum.update(bytes("123456789"))
        #expect(checksum.value == 0xCBF4_3926)
        var rest = CRC32(
            seed: {
                var first = CRC32(); first.update(bytes("12345")); return first.value
            }())
        rest.update(bytes("6789"))
        #expect(rest.value == 0xCBF4_3926)
    }

    @Test func aSpoolCutAtAnyByteHoldsWhatWasWrittenToItsEnd() throws {
        for seed in seeds(4) {
            var random = SeededGenerator(seed: seed)
            let written = try Written(20, &random)
            for length in 0...written.file.count {
                let recovery = SpoolRecovery(Array(written.file[..<length]))
                let expected = written.state(at: length)
                #expect(recovery.events == expected.live, "seed \(seed), cut at \(length)")
                #expect(recovery.damagedBytes == 0, "seed \(seed), cut at \(length)")
                if length >= SpoolHeader.length {
                    #expect(recovery.length == expected.length, "seed \(seed), \(length)")
                }
            }
        }
    }

    @Test func aDamagedByteCostsAtMostItsRecord() throws {
        for seed in seeds(300) {
            var random = SeededGenerator(seed: seed)
            let written = try Written(15, &random)
            var file = written.file
            let place = random.below(file.count)
            file[place] ^= UInt8(1 + random.below(255))
            let recovery = SpoolRecovery(file)
            // One of the two copies of the header is good still.
            #expect(recovery.salt != nil, "seed \(seed)")
            let all = Set(written.states.flatMap(\.live))
            let expected = Set(written.states.last?.live ?? [])
            #expect(recovery.events.allSatisfy { all.contains($0) }, "seed \(seed): an event nobody wrote")
            #expect(Set(recovery.events).symmetricDifference(expected).count <= 1, "seed \(seed), byte \(place)")
            #expect(recovery.events.map(\.number) == recovery.events.map(\.number).sorted(), "seed \(seed)")
        }
    }

    @Test func noBytesCanTrapAndNoneAreTakenForAnEventThatAreNot() throws {
        for seed in seeds(2000) {
            var random = SeededGenerator(seed: seed)
            let written = try Written(6, &random)
            var file = written.file
            for _ in 0..<(1 + random.below(8)) where !file.isEmpty {
                let start = random.below(file.count)
                let end = min(file.count, start + random.below(40))
                switch random.below(5) {
                case 0: file.removeSubrange(start..<end)
                case 1: file.insert(contentsOf: file[start..<end], at: random.below(file.count))
                case 2: file.replaceSubrange(start..<end, with: (start..<end).map { _ in UInt8(random.below(256)) })
                case 3: file.insert(contentsOf: SpoolRecord.marker, at: start)
                default: file = Array(file[..<end])
                }
            }
            let recovery = SpoolRecovery(file)
            let all = Set(written.states.flatMap(\.live))
            #expect(recovery.events.allSatisfy { all.contains($0) }, "seed \(seed)")
            #expect(recovery.length <= file.count, "seed \(seed)")
            _ = SpoolRecovery(random.bytes(Array(0...255), upTo: 200))
        }
    }

    /// Somebody who can choose what is in an event, but does not know the salt, cannot smuggle in another one.
    @Test func aRecordInsideAnEventIsNoRecord() throws {
        let forged = try #require(
            SpoolRecord.event(.init(number: 9, raisedAt: 0, event: Event(name: bytes("F")))).bytes(salt: 1))
        var spool = Spool(salt: 2)
        let carrier = Event(name: bytes("E"), attributes: [.init(value: .bytes(forged + forged))])
        var file = spool.header + (try spool.append(carrier, raisedAt: 0)).bytes
        #expect(SpoolRecovery(file).events.map(\.event) == [carrier])
        file[SpoolHeader.length] ^= 1
        #expect(SpoolRecovery(file).events.isEmpty)
    }

    @Test func aRecoveredSpoolGoesOn() throws {
        for seed in seeds(100) {
            var random = SeededGenerator(seed: seed)
            let written = try Written(20, &random)
            let cut = SpoolHeader.length + random.below(written.file.count - SpoolHeader.length + 1)
            let recovery = SpoolRecovery(Array(written.file[..<cut]))
            var spool = try #require(Spool(recovery))
            var file = Array(written.file[..<recovery.length])
            var live = recovery.events
            let added = event(99, &random)
            let (number, bytes) = try spool.append(added, raisedAt: 7)
            #expect(live.allSatisfy { $0.number < number }, "seed \(seed)")
            live.append(.init(number: number, raisedAt: 7, event: added))
            file += bytes
            if live.count > 1 { file += spool.acknowledge(live.removeFirst().number) }
            #expect(SpoolRecovery(file).events == live, "seed \(seed)")
            #expect(spool.length == file.count)
            // A crash while the compacted file is written leaves the old one.
            let anew = spool.compacted(file)
            let compacted = try #require(anew)
            #expect(SpoolRecovery(compacted).events == live, "seed \(seed)")
            #expect(spool.length == compacted.count)
            for event in live { file = compacted + spool.acknowledge(event.number) }
            #expect(spool.count == 0)
        }
    }

    @Test func aSpoolIsBoundedAndKnowsWhenToCompact() throws {
        var limits = Spool.Limits()
        limits.bytes = 1000
        limits.events = 5
        limits.compactionThreshold = 300
        var spool = Spool(salt: 0, limits: limits)
        var file = spool.header
        for _ in 0..<5 { file += try spool.append(Event(name: bytes("E")), raisedAt: 0).bytes }
        #expect(throws: Spool.Fault.tooManyEvents) { _ = try spool.append(Event(name: []), raisedAt: 0) }
        #expect(!spool.wantsCompaction)
        for number in 0..<4 { file += spool.acknowledge(UInt64(number)) }
        #expect(spool.wantsCompaction)
        #expect(spool.acknowledge(0) == [])
        #expect(throws: Spool.Fault.fileTooLong) {
            _ = try spool.append(Event(name: Array(repeating: 0, count: 900)), raisedAt: 0)
        }
        #expect(throws: Spool.Fault.eventTooLong) {
            _ = try spool.append(Event(name: Array(repeating: 0, count: 1 << 24)), raisedAt: 0)
        }
        let anew = spool.compacted(file)
        file = try #require(anew)
        #expect(!spool.wantsCompaction)
        #expect(SpoolRecovery(file).events.map(\.number) == [4])
        let stranger = spool.compacted(bytes("something else"))
        #expect(stranger == nil)
        #expect(Spool(SpoolRecovery(bytes("something else"))) == nil)
    }
}
