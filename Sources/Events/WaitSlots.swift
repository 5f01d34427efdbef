extension Waits {
    /// One wait, 88 bytes with its filters kept outside.
    struct Slot: Sendable {
        var order: UInt64 = 0
        var owner: UInt64 = 0
        var deadline: Nanoseconds = .max
        var key: UInt64 = 0
        var filters = PackedFilters.none
        var generation: UInt32 = 1
        /// None where the slot is free; `nextInGroup` then links the free slots.
        var group = none
        var nextInGroup = none
        var previousInGroup = none
        var nextInBucket = none
        var previousInBucket = none
        var isRepeated = false
        var isIndexed = false
    }
}

/// Slots in blocks, so that growing copies nothing.
struct SlotTable: Sendable {
    private var blocks: [[Waits.Slot]] = []
    private var firstFree = Waits.none
    private var used: Int32 = 0

    private static let blockBits: Int32 = 12

    var indices: Range<Int32> { 0..<used }

    func ticket(of index: Int32) -> Waits.Ticket {
        UInt64(self[index].generation) << 32 | UInt64(UInt32(bitPattern: index))
    }

    /// The slot of a wait that has not ended.
    func index(of ticket: Waits.Ticket) -> Int32? {
        let index = Int32(truncatingIfNeeded: ticket)
        guard index >= 0, index < used, self[index].group >= 0,
            self[index].generation == UInt32(truncatingIfNeeded: ticket >> 32)
        else { return nil }
        return index
    }

    subscript(index: Int32) -> Waits.Slot {
        _read { yield blocks[Int(index >> SlotTable.blockBits)][Int(index & (1 << SlotTable.blockBits - 1))] }
        _modify { yield &blocks[Int(index >> SlotTable.blockBits)][Int(index & (1 << SlotTable.blockBits - 1))] }
    }

    mutating func take() -> Int32 {
        if firstFree >= 0 {
            let index = firstFree
            firstFree = self[index].nextInGroup
            return index
        }
        if used >> SlotTable.blockBits == Int32(blocks.count) {
            blocks.append(Array(repeating: Waits.Slot(), count: 1 << SlotTable.blockBits))
        }
        used += 1
        return used - 1
    }

    /// The next owner of the slot gets another generation, so that old tickets do not fit.
    mutating func giveBack(_ index: Int32) {
        var slot = Waits.Slot()
        slot.generation = self[index].generation &+ 1
        slot.nextInGroup = firstFree
        self[index] = slot
        firstFree = index
    }
}
