/// The static slots of a program in order: constants and `$var`s. Operands name slot n as `~n`.
package struct StaticTable {
    package enum Slot: Equatable { case null, number(Int32), text([UInt8]), variable([UInt8]) }
    package private(set) var slots: [Slot] = []
    /// Numbers of slots at the places of their hashes, -1 where none is; never more than half full. The compiler looks
    /// up a slot for nearly every word of a script, and `Dictionary` would spend a third of its time on hashing.
    private var places = [Int32](repeating: -1, count: 64)

    /// The operand of a slot, made where it does not exist.
    package mutating func operand(of slot: Slot) -> Int32 {
        let place = place(of: slot)
        if places[place] >= 0 { return ~places[place] }
        let index = Int32(slots.count)
        slots.append(slot)
        places[place] = index
        if slots.count * 2 > places.count { grow() }
        return ~index
    }

    /// The operand of an existing `$var`.
    package func variable(_ name: [UInt8]) -> Int32? {
        let index = places[place(of: .variable(name))]
        return index >= 0 ? ~index : nil
    }

    /// Where the slot is, or would be.
    private func place(of slot: Slot) -> Int {
        let mask = places.count - 1
        var place = slot.hash & mask
        while places[place] >= 0, slots[Int(places[place])] != slot { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        places = [Int32](repeating: -1, count: places.count * 2)
        for (index, slot) in slots.enumerated() { places[place(of: slot)] = Int32(index) }
    }
}

extension StaticTable.Slot {
    fileprivate var hash: Int {
        switch self {
        case .null: 0
        case .number(let number): Int(UInt32(bitPattern: number) &* 0x9e37_79b1 >> 8)
        case .text(let bytes): StaticTable.Slot.hash(bytes, seed: 0x811c_9dc5)
        case .variable(let name): StaticTable.Slot.hash(name, seed: 0x050c_5d1f)
        }
    }

    /// FNV-1a.
    private static func hash(_ bytes: [UInt8], seed: UInt32) -> Int {
        var hash = seed
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return Int(hash ^ hash >> 15)
    }
}
