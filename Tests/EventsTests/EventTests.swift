import Testing

@testable import Events

@Suite struct EventTests {
    @Test func attributesAreNumberedInAvpOrderAndNamesHeedCase() throws {
        let event = try Event(
            name: bytes("E_HELLO"), names: [.bytes(bytes("age")), .bytes(bytes("who"))],
            values: [.integer(30), .bytes(bytes("ann"))])
        #expect(event.value(at: 1) == .integer(30))
        #expect(event.value(at: 2) == .bytes(bytes("ann")))
        #expect(event.value(named: bytes("who")) == .bytes(bytes("ann")))
        #expect(event.value(named: bytes("WHO")) == nil)
        #expect(event.value(at: 0) == nil)
        #expect(event.value(at: 3) == nil)
        #expect(event.value(at: .min) == nil)
    }

    // golden events/names-and-values-mismatch
    @Test func surplusNamesAreDroppedAndSurplusValuesRefused() throws {
        let names: [Event.Value] = ["c", "b", "a"].map { .bytes(bytes($0)) }
        let more = try Event(name: [], names: names, values: [.integer(2), .integer(1)])
        #expect(more.value(named: bytes("c")) == .integer(2))
        #expect(more.value(named: bytes("b")) == .integer(1))
        #expect(more.value(named: bytes("a")) == nil)
        #expect(try Event(name: [], names: names, values: nil).attributes.isEmpty)
        #expect(try Event(name: [], names: [], values: []).attributes.isEmpty)
        let unnamed = try Event(name: [], names: nil, values: [.integer(2), .integer(1)])
        #expect(unnamed.value(at: 1) == .integer(2))
        #expect(unnamed.attributes.allSatisfy { $0.name == nil })
        #expect(throws: RaiseError.moreValuesThanNames(names: 1, values: 2)) {
            try Event(name: [], names: [.integer(1)], values: [.integer(1), .integer(2)])
        }
    }

    @Test func aRepeatedNameMeansTheFirst() throws {
        let names = [Event.Value.bytes(bytes("a")), .bytes(bytes("a"))]
        let event = try Event(name: [], names: names, values: [.bytes(bytes("new")), .bytes(bytes("old"))])
        #expect(event.value(named: bytes("a")) == .bytes(bytes("new")))
        #expect(event.value(at: 2) == .bytes(bytes("old")))
    }

    @Test(arguments: [(0, "0"), (-5, "-5"), (Int.min, "-9223372036854775808"), (Int.max, "9223372036854775807")])
    func integersAreWrittenInDecimal(number: Int, expected: String) {
        #expect(text(Event.Value.integer(number).text) == expected)
    }
}
