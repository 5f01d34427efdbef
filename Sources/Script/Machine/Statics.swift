/// The static slots of a machine: the constants of its program and its `$var`s, addressed by negative operands.
///
/// They lie backwards in memory, so that `top[operand]` finds slot `~operand`. `$var`s own their texts; constants
/// point to bytes that live as long as the machine.
final class Statics {
    struct Owner {
        var buffer: UnsafeMutablePointer<UInt8>?
        var capacity: Int32 = 0
    }

    let top: UnsafeMutablePointer<Value>
    private let owners: UnsafeMutablePointer<Owner>
    let count: Int
    private var texts: [UnsafeMutablePointer<UInt8>] = []
    /// The one that this is a copy of; it owns the constants' texts.
    private let original: Statics?

    init(_ slots: [StaticTable.Slot]) {
        (top, owners) = Statics.allocate(slots.count)
        count = slots.count
        original = nil
        for (index, slot) in slots.enumerated() {
            switch slot {
            case .null, .variable: break
            case .number(let number): top[~index] = .bare(number)
            case .text(let bytes):
                let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
                copy.initialize(from: bytes, count: bytes.count)
                texts.append(copy)
                top[~index] = .text(copy, bytes.count)
            }
        }
    }

    /// A copy of the variables; the constants are shared.
    init(copying other: Statics) {
        (top, owners) = Statics.allocate(other.count)
        count = other.count
        original = other.original ?? other
        for index in 0..<count {
            let value = other.top[~index]
            if other.owners[index].buffer != nil { set(~index, value) } else { top[~index] = value }
        }
    }

    deinit {
        for index in 0..<count { owners[index].buffer?.deallocate() }
        (top - count).deallocate()
        owners.deallocate()
        for text in texts { text.deallocate() }
    }

    private static func allocate(_ count: Int) -> (UnsafeMutablePointer<Value>, UnsafeMutablePointer<Owner>) {
        let values = UnsafeMutablePointer<Value>.allocate(capacity: count)
        values.initialize(repeating: .null, count: count)
        let owners = UnsafeMutablePointer<Owner>.allocate(capacity: count)
        owners.initialize(repeating: Owner(), count: count)
        return (values + count, owners)
    }

    /// Sets a `$var`.
    @inline(__always)
    func set(_ operand: Int, _ value: Value) {
        top[operand] = storeText(of: value, in: &owners[~operand].buffer, &owners[~operand].capacity)
    }
}
